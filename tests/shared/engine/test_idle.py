"""A process to which nothing happens is as good an hour later as it was: the clock is moved for Kafka's client.

In this client a member that polls nothing for some minutes leaves its group, and stays away until it polls again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.consumer.group_coordinator import GroupCoordinator
from aiokafka.errors import KafkaError, UnknownError

from meterlog.installation import create_topics
from services.rating import events as rating
from services.reporting.app import SERVICE as REPORTING
from shared.engine.groups import Group
from shared.engine.log import Log
from shared.engine.membership import Membership, NotAMember
from shared.engine.ownership import Ownership
from shared.engine.process import Runtime
from shared.engine.service import Spec
from shared.engine.settings import Settings
from shared.http.server import Server
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Catalogue, Message, encode
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import COMMANDS, PutCoins, toy_service
from tests.kit.waiting import until
from tests.services.reporting.story import account_opened

HOUR_S = 3600.0


class Heartbeats:
    """Counts those that members have sent, and lets time pass for their clients."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self._later_s = 0.0
        original = GroupCoordinator._do_heartbeat

        async def counted(coordinator: Any) -> Any:
            self.count += 1
            return await original(coordinator)

        monkeypatch.setattr(GroupCoordinator, "_do_heartbeat", counted)
        clock = SimpleNamespace(monotonic=lambda: time.monotonic() + self._later_s)
        monkeypatch.setattr("aiokafka.consumer.subscription_state.time", clock)

    async def an_hour_passes(self) -> None:
        """And every member has looked at its clock since."""
        self._later_s += HOUR_S
        heard = self.count
        await until(lambda: self.count >= heard + 6)


@pytest.fixture
def heartbeats(monkeypatch: pytest.MonkeyPatch) -> Heartbeats:
    return Heartbeats(monkeypatch)


@asynccontextmanager
async def replica(spec: Spec, settings: Settings) -> AsyncIterator[Runtime]:
    runtime = await Runtime.start(spec, settings, Server)
    try:
        await until(lambda: runtime.ready()[0])
        yield runtime
    finally:
        if not runtime.stopped.is_set():
            await runtime.stop()


def impatient(environment: FreshEnvironment, **changes: Any) -> Settings:
    """Heartbeats every half second."""
    return environment.settings.model_copy(update={"session_timeout_ms": 2000, **changes})


async def publish(settings: Settings, topic: str, names: Catalogue[Any], message: Message, **meta: Any) -> None:
    envelope = Envelope(
        env=settings.env,
        service=names.service,
        partition=meta.pop("partition", 0),
        type=names.name_of(message),
        recorded_at=datetime.now(UTC),
        subject=message.key,
        **meta,
    )
    producer = await Log(settings).idempotent_producer()
    await producer.send_and_wait(
        f"{settings.env}.{topic}", encode(message), partition=envelope.partition, headers=to_headers(envelope)
    )
    await producer.stop()


@pytest.mark.servers
async def test_a_view_shows_what_happens_after_an_hour_of_nothing(
    fresh_env: FreshEnvironment, heartbeats: Heartbeats
) -> None:
    settings = impatient(fresh_env)
    await create_topics(settings)
    async with replica(REPORTING, settings) as runtime:
        await heartbeats.an_hour_passes()
        await publish(settings, "rating.events", rating.EVENTS, account_opened("acc-1"), partition=1, seq=1)
        await until(lambda: runtime.pool.fetchval("select count(*) from account_row"))
        assert runtime.ready() == (True, "")


@pytest.mark.servers
@pytest.mark.parametrize("spec", [toy_service(), REPORTING], ids=lambda spec: spec.name)
async def test_a_standby_takes_over_after_an_hour_of_nothing(
    fresh_env: FreshEnvironment, heartbeats: Heartbeats, spec: Spec
) -> None:
    settings = impatient(fresh_env, partitions=1)
    await create_topics(settings)
    async with replica(spec, settings) as first:
        await until(lambda: list(first.ownership.workers) == [0])
        async with replica(spec, settings) as second:
            await until(lambda: len(first.ownership.workers) + len(second.ownership.workers) == 1)
            owner, standby = (first, second) if first.ownership.workers else (second, first)
            await until(
                lambda: standby.ready() == (True, f"standby: others have all 1 partitions of {spec.name}.commands")
            )
            await heartbeats.an_hour_passes()
            assert standby.ready()[0] and not standby.ownership.workers
            await owner.stop()
            await until(lambda: list(standby.ownership.workers) == [0] and standby.ready() == (True, ""))


@pytest.mark.servers
async def test_a_partition_that_has_written_nothing_for_long_is_taken_over_anew_in_place(
    fresh_env: FreshEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the broker forgets its producer: the next command is answered, by the same process."""
    monkeypatch.setattr("shared.engine.worker.RENEW_AFTER_S", 1.0)
    settings = impatient(fresh_env, partitions=1)
    await create_topics(settings)
    async with replica(toy_service(), settings) as runtime:
        first = runtime.ownership.workers[0]
        await until(lambda: runtime.ownership.workers[0] is not first and runtime.ready()[0])
        monkeypatch.setattr("shared.engine.worker.RENEW_AFTER_S", HOUR_S)
        await until(lambda: runtime.ready()[0])
        await publish(settings, "payments.commands", COMMANDS, PutCoins(account_id="acc-1", coins=7), command_id="c1")
        await until(lambda: runtime.pool.fetchval("select count(*) from command_result"))
        assert runtime.ready() == (True, "") and len(runtime.ownership.workers) == 1


@pytest.mark.servers
async def test_what_goes_wrong_in_the_group_reaches_a_process_that_polls_nothing(fresh_env: FreshEnvironment) -> None:
    """The client waits with it for a poll, and neither beats nor joins until then."""
    settings = impatient(fresh_env)
    await create_topics(settings)
    ownership = Ownership(
        kafka=Log(settings),
        service="reporting",
        make=lambda _partition, _consumer: Standing(),  # type: ignore[arg-type,return-value]
        look_again=asyncio.Event().wait,  # type: ignore[arg-type]
        fatal=lambda error: pytest.fail(str(error)),
        stays_alive=(),
    )
    await ownership.start()
    try:
        await until(lambda: ownership.joined)
        pushed = asyncio.create_task(ownership._consumer._coordinator._push_error_to_user(UnknownError()))
        await asyncio.sleep(0)
        with pytest.raises(KafkaError):
            await ownership.attend()
        await pushed
    finally:
        await ownership.stop()


class Standing:
    """A partition whose owner does nothing."""

    partition = gen = activity = 0
    ready, beat, trouble = True, 0.0, None

    def __init__(self) -> None:
        self._stopped = asyncio.Event()

    async def take_over(self) -> None:
        """At once."""

    async def run(self) -> None:
        await self._stopped.wait()

    def stop(self) -> None:
        self._stopped.set()

    async def close(self) -> None:
        """Nothing is open."""


class Coordinator:
    """What it says of the group `payments`."""

    def __init__(self, state: str, owners: dict[int, str], *others: str) -> None:
        self.said = Group(state, frozenset([*owners.values(), *others]), owners)

    async def describe(self, group: str, topic: str) -> Group:
        return self.said


def member(coordinator: Coordinator, *working_on: int, lost_s: float = 60.0) -> Membership:
    return Membership(
        coordinator,  # type: ignore[arg-type]
        "payments",
        "payments.commands",
        "me",
        working_on=lambda: working_on,
        partitions=2,
        lost_s=lost_s,
    )


# fmt: off
STANDINGS = [
    # the coordinator says                                    we work on  ready   because
    (Coordinator("Stable", {0: "me", 1: "me"}),                (0, 1),    True,   ""),
    (Coordinator("Stable", {0: "me", 1: "you"}),               (0,),      True,   ""),
    (Coordinator("Stable", {0: "you", 1: "you"}, "me"),        (),        True,   "standby: others have all 2"),
    (Coordinator("Stable", {0: "you"}, "me"),                  (),        False,  "nobody has partitions [1]"),
    (Coordinator("Stable", {0: "you", 1: "you"}),              (),        False,  "no member of the group payments"),
    (Coordinator("Empty", {}),                                 (),        False,  "no member of the group payments"),
    (Coordinator("Stable", {0: "me", 1: "me"}),                (),        False,  "[0, 1], it works on []"),
    (Coordinator("PreparingRebalance", {}, "me"),              (),        False,  "handing out its partitions"),
]
# fmt: on


@pytest.mark.parametrize(("coordinator", "working_on", "ready", "why"), STANDINGS)
async def test_ready_is_who_has_the_place_that_the_coordinator_gave(
    coordinator: Coordinator, working_on: tuple[int, ...], ready: bool, why: str
) -> None:
    membership = member(coordinator, *working_on)
    assert not membership.standing()[0], "before anybody has answered"
    await membership.look()
    is_ready, detail = membership.standing()
    assert (is_ready, why in detail) == (ready, True), detail


async def test_a_process_that_does_not_find_its_place_again_ends() -> None:
    lost = member(Coordinator("Stable", {0: "you", 1: "you"}), lost_s=-1.0)
    with pytest.raises(NotAMember, match="no member of the group payments"):
        await lost.look()
