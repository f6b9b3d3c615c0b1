"""The whole of it: months disturbed, the same months undisturbed, and the verdict.

    verdict = await run(seed=7, seconds=300, say=print)
    verdict.well

Faults come one after the other while the months go by, each when the one before has been recovered from. When time is
up (or the schedule is empty), the month that has begun is finished in a hurry, so both runs end at the same moment of
the story.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Protocol

import psutil
from aiokafka.errors import KafkaError

from meterlog.chaos.back_office import BackOffice
from meterlog.chaos.collecting import Collecting
from meterlog.chaos.debtors import Debtors
from meterlog.chaos.faults import idle
from meterlog.chaos.faults.fault import Missed, Pace, Scene
from meterlog.chaos.inventory import Events, Inventory, SeenRecords, read_log, take_inventory
from meterlog.chaos.lines import Lines, Told
from meterlog.chaos.nas import LossyNas, lossy_nas
from meterlog.chaos.probes import EVERYTHING, NotRecovered, Probes
from meterlog.chaos.receiver import failing_receiver
from meterlog.chaos.report import Hit, Verdict
from meterlog.chaos.sandbox import Sandbox
from meterlog.chaos.schedule import RESTORE, Scheduled, failpoints, scheduled
from meterlog.chaos.story import Feed, Months, PatientClient, world_of
from meterlog.demo.client import Refused
from meterlog.stand_ins.stripe import stripe_stand_in
from shared.embedded.stack import Stack
from shared.engine.log import Log
from shared.engine.settings import Settings

CUSTOMERS: Final = 24
CUSTOMERS_SHORT: Final = 12
LONG_RUN_S: Final = 1800
SWITCH_EVERY_S: Final = 2.0
# The longest stop outlives the session (2 s), step 8 (8 s) and the broker's patience with a transaction (11 s).
STOP_S: Final = (0.5, 13.0)
# A month lasts a minute: each fault finds usage on its way, and there are two closes to be met and to be played again.
SHORT: Final = Pace(slice_s=3.0, breath_s=(0.0, 0.3), stop_s=(0.3, 3.0))

Say = Callable[[str], None]


class RunFailed(Exception):
    """The run came to no verdict: something did not recover, or the API refused what it must not."""


class Place(Protocol):
    """What the undisturbed months take of a `Sandbox`."""

    @property
    def stack(self) -> Stack: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def key(self) -> str: ...
    @property
    def kafka(self) -> Log: ...


Undisturbed = Callable[[], AbstractAsyncContextManager[Place]]
"""A place of one's own for the undisturbed months."""


@dataclass(frozen=True)
class _Plan:
    seed: int
    schedule: Iterator[Scheduled]
    pace: Pace
    seconds: float | None
    """`None`: until the schedule is empty."""
    brokers: int = 1
    customers: int = CUSTOMERS
    back_up: bool = True
    """Whether a backup is made beforehand, for faults that put it back."""
    stack: type[Stack] = Stack
    undisturbed: Undisturbed | None = None
    """`None`: in a sandbox."""


@dataclass
class _Progress:
    """How far a run has come."""

    months: int = 0
    hits: list[Hit] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    enough: bool = False


async def run(*, seed: int, seconds: float, brokers: int = 1, kinds: Collection[str] = (), say: Say) -> Verdict:
    """Faults of every kind, or of these, for `seconds` from the moment the shop is open.

    What was wrong is in the verdict. Raises `RunFailed` where there is none.
    """
    schedule = scheduled(random.Random(f"{seed}/faults"), brokers=brokers)
    chosen = (entry for entry in schedule if not kinds or entry.kind in kinds)
    back_up = not kinds or RESTORE in kinds
    return await _run(_Plan(seed, chosen, _pace(seconds), seconds, brokers, back_up=back_up), say)


async def run_failpoints(
    *,
    seed: int,
    more: Iterable[Scheduled] = (),
    stack: type[Stack] = Stack,
    undisturbed: Undisturbed | None = None,
    say: Say,
) -> Verdict:
    """Each failpoint once, and `more`; the run ends when the schedule does. Raises `RunFailed`.

    `stack` is how the disturbed processes are started, `undisturbed` where the same months are played again.
    """
    chance = random.Random(f"{seed}/faults")
    planned = [*failpoints(chance), *more]
    chance.shuffle(planned)
    back_up = any(entry.kind == RESTORE for entry in planned)
    plan = _Plan(
        seed,
        iter(planned),
        SHORT,
        None,
        customers=CUSTOMERS_SHORT,
        back_up=back_up,
        stack=stack,
        undisturbed=undisturbed,
    )
    return await _run(plan, say)


async def _run(plan: _Plan, say: Say) -> Verdict:
    began = time.monotonic()
    progress = _Progress()
    with _directory(say) as directory:
        impatient = Sandbox(
            directory,
            brokers=plan.brokers,
            changes=idle.SETTINGS,
            broker_settings=idle.BROKER_SETTINGS,
            stack=plan.stack,
            say=say,
        )
        async with impatient as sandbox:
            inventory, events, told = await _disturbed(sandbox, progress, plan, say)
    say(f"the same {progress.months} months, undisturbed")
    async with (plan.undisturbed or partial(_sandbox, say))() as place:
        undisturbed, told_undisturbed = await _undisturbed(place, plan, progress.months, say)
    return Verdict(
        seed=plan.seed,
        months=progress.months,
        seconds=time.monotonic() - began,
        hits=progress.hits,
        missed=progress.missed,
        inventory=inventory,
        undisturbed=undisturbed,
        events=events,
        told=told,
        told_undisturbed=told_undisturbed,
    )


async def _disturbed(sandbox: Sandbox, progress: _Progress, plan: _Plan, say: Say) -> tuple[Inventory, Events, Told]:
    world = world_of(plan.seed, plan.customers)
    client = PatientClient(sandbox.stack.base_url, sandbox.key)
    probes, seen = Probes(sandbox, world), SeenRecords()
    try:
        async with (
            lossy_nas() as nas,
            failing_receiver() as receiver,
            stripe_stand_in(now=partial(_clock, client)) as gateway,
            Feed(world, sandbox.settings, sandbox.kafka, pause_s=plan.pace.slice_s) as feed,
        ):
            debtors = Debtors(client, nas, random.Random(f"{plan.seed}/debtors"))
            collecting = Collecting(client, gateway, sandbox.stack.base_url)
            office = BackOffice(client, receiver, world.customers, collecting, debtors)
            months = Months(world, feed, client, say, office)
            await months.open_shop()
            lines = await _lines(client, nas, plan)
            if plan.back_up:
                await sandbox.back_up()
            await probes.until_taken(EVERYTHING)
            scene = Scene(sandbox, probes, months, random.Random(f"{plan.seed}/scene"), plan.pace)
            async with lines.switching(pause_s=SWITCH_EVERY_S), asyncio.TaskGroup() as group:
                group.create_task(_live(months, progress, client, seen))
                group.create_task(_disturb(scene, progress, plan, say)).add_done_callback(lambda _: feed.hurry())
            await probes.until_taken(EVERYTHING)
            told = await lines.settled()
            say("counting")
            inventory = await take_inventory(client, world, feed, progress.months, office, seen)
            return inventory, await read_log(sandbox.kafka), told
    except* (NotRecovered, Refused) as failures:
        raise RunFailed("; ".join(str(failure) for failure in _leaves(failures))) from failures
    finally:
        await probes.close()
        await client.close()


@asynccontextmanager
async def _sandbox(say: Say) -> AsyncIterator[Place]:
    with _directory(say) as directory:
        async with Sandbox(directory, say=say) as sandbox:
            yield sandbox


async def _undisturbed(place: Place, plan: _Plan, count: int, say: Say) -> tuple[Inventory, Told]:
    world = world_of(plan.seed, plan.customers)
    client, seen = PatientClient(place.stack.base_url, place.key), SeenRecords()
    try:
        async with (
            lossy_nas() as nas,
            failing_receiver() as receiver,
            stripe_stand_in(now=partial(_clock, client)) as gateway,
            Feed(world, place.settings, place.kafka, pause_s=0) as feed,
        ):
            debtors = Debtors(client, nas, random.Random(f"{plan.seed}/debtors"))
            collecting = Collecting(client, gateway, place.stack.base_url)
            office = BackOffice(client, receiver, world.customers, collecting, debtors)
            months = Months(world, feed, client, say, office)
            await months.open_shop()
            lines = await _lines(client, nas, plan)
            async with lines.switching(pause_s=SWITCH_EVERY_S):
                for lived, month in enumerate(world.months[:count], start=1):
                    await months.live_through(month)
                    await seen.look(client, world, lived)
            told = await lines.settled()
            return await take_inventory(client, world, feed, count, office, seen), told
    finally:
        await client.close()


async def _clock(client: PatientClient) -> float:
    """The instant that the services go by."""
    told: dict[str, str] = await client.get("/v1/clock")
    return datetime.fromisoformat(told["now"]).timestamp()


async def _lines(client: PatientClient, nas: LossyNas, plan: _Plan) -> Lines:
    lines = Lines(client, nas, random.Random(f"{plan.seed}/lines"))
    await lines.open()
    return lines


async def _live(months: Months, progress: _Progress, client: PatientClient, seen: SeenRecords) -> None:
    """Month after month, until it is enough."""
    while not progress.enough:
        await months.live_through(months.world.months[progress.months])
        progress.months += 1
        await seen.look(client, months.world, progress.months)


async def _disturb(scene: Scene, progress: _Progress, plan: _Plan, say: Say) -> None:
    until = None if plan.seconds is None else time.monotonic() + plan.seconds
    try:
        for entry in plan.schedule:
            if until is not None and time.monotonic() >= until:
                return
            try:
                struck = await entry.fault(scene)
            except (Missed, TimeoutError, KafkaError, psutil.Error) as missed:
                progress.missed.append(f"{entry.kind}: {missed!r}")
                say(progress.missed[-1])
                continue
            recovery_s = await scene.probes.until_taken(struck.affected)
            hit = Hit(entry.kind, struck.target, struck.detail, recovery_s)
            progress.hits.append(hit)
            say(hit.line())
            await asyncio.sleep(scene.chance.uniform(*plan.pace.breath_s))
    finally:
        progress.enough = True


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for inner in group.exceptions:
        if isinstance(inner, BaseExceptionGroup):
            yield from _leaves(inner)
        else:
            yield inner


def _pace(seconds: float) -> Pace:
    """In a long run a month lasts longer, so that what is to be played again undisturbed stays within bounds."""
    return Pace(slice_s=min(1.5, max(0.25, 1.5 * seconds / LONG_RUN_S)), breath_s=(0.2, 2.0), stop_s=STOP_S)


@contextmanager
def _directory(say: Say) -> Iterator[Path]:
    """Gone after the block, and kept for whoever wants to know what failed in it.

    Not below a folder that only its owner may pass, for Postgres may be somebody else.
    """
    directory = Path(tempfile.mkdtemp(prefix="meterlog-chaos-"))
    try:
        yield directory
    except BaseException:
        say(f"logs and data are kept in {directory}")
        raise
    shutil.rmtree(directory, ignore_errors=True)
