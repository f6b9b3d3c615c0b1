"""Delivery against a network element of ours that loses and refuses, over crashes: every line ends as it is to be.

The log and the tables are a partition's story: commands are decided as they are sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from services.usage.access.messages import AccessStep, AttemptEnded, AttemptStarted, SetAccess
from services.usage.access.state import Access
from services.usage.commands import COMMANDS
from services.usage.network.calls.simulated import ELEMENTS, SimulatedElement
from services.usage.network.contract import Line
from services.usage.processes import delivery, delivery_rows
from services.usage.processes.delivery import Delivery, pause_s
from shared.kernel.message import Command, Event, encode
from tests.services.usage.story import NOON, partition

LINES = [f"subscription:sub-{n}" for n in range(10)]


class World:
    """A partition, its element, and what delivery sees of them."""

    def __init__(self, address: str) -> None:
        self.story = partition()
        self.address = address
        self.taken: set[str] = set()
        self.events: list[Event] = []
        self.owned = frozenset(range(4))
        self.host = self
        self.settings = SimpleNamespace(partitions=4)
        self.kafka = SimpleNamespace(env="test", topic=lambda name: name)
        self.clock = SimpleNamespace(now=lambda: NOON)
        self.pool = None
        ELEMENTS["nas"] = SimulatedElement()

    @property
    def nas(self) -> SimulatedElement:
        return ELEMENTS["nas"]

    def wants(self, line: str, state: Any) -> None:
        self._decide(SetAccess(resource_id=line, cause="x", steps=[AccessStep(at=NOON, state=state)]), None)

    def access(self, line: str) -> Access:
        found = self.story.get(Access, line)
        assert found is not None
        return found

    async def send(self, command: Command, command_id: str) -> None:
        if command_id not in self.taken:
            self.taken.add(command_id)
            self._decide(COMMANDS.decode(COMMANDS.name_of(command), encode(command)), command_id)

    def _decide(self, command: Any, command_id: str | None) -> None:
        self.story.when(command, command_id=command_id)
        self.events += self.story.events

    async def elements(self, pool: Any) -> Mapping[str, Any]:
        return {
            "nas": {
                "element_id": "nas",
                "driver": "simulated",
                "address": self.address,
                "vendor": "generic",
                "secret": None,
            }
        }

    async def open_intents(self, pool: Any, owned: Sequence[int], known: Sequence[str]) -> list[Mapping[str, Any]]:
        held = [a for a in self.story.state.all(Access) if a.version != a.told and 0 in owned]
        return [
            {
                "partition": 0,
                "resource_id": a.resource_id,
                "version": a.version,
                "desired": a.wanted,
                "rates": None,
                "why": [],
                "state": "sent" if a.running else "pending",
                "attempts": a.attempts,
                "element_id": "nas",
                "serving": "nas",
            }
            for a in held
        ]

    async def line(self, pool: Any, resource_id: str, at: datetime) -> Line:
        return Line(resource_id)

    def new_process(self) -> Delivery:
        return Delivery(self, self, None)  # type: ignore[arg-type]

    async def until_told(self, process: Delivery, looks: int = 400) -> None:
        for _ in range(looks):
            await process.look()
            await asyncio.sleep(0)
            if all(a.version == a.told for a in self.story.state.all(Access)):
                return
        raise AssertionError("not told")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> World:
    made = World(getattr(request, "param", "lose=3"))
    for name in ("elements", "open_intents", "line"):
        monkeypatch.setattr(delivery_rows, name, getattr(made, name))
    monkeypatch.setattr(delivery, "pause_s", lambda attempts: 0.0)
    return made


@pytest.mark.parametrize("world", ["lose=3", "nak=2", "lose=3,nak=4"], indirect=True)
async def test_an_element_that_loses_or_refuses_ends_with_every_line_as_it_is_to_be(world: World) -> None:
    for line in LINES:
        world.wants(line, "blocked")
    await world.until_told(world.new_process())
    assert {line: state for line, (state, _) in world.nas.lines.items()} == dict.fromkeys(LINES, "blocked")
    outcomes = [event.outcome for event in world.events if isinstance(event, AttemptEnded)]
    assert outcomes.count("acknowledged") == len(LINES) < len(outcomes)


async def test_what_is_acknowledged_is_never_sent_again(world: World) -> None:
    world.wants(LINES[0], "blocked")
    process = world.new_process()
    await world.until_told(process)
    told = len(world.nas.told)
    for _ in range(20):
        await process.look()
        await world.new_process().look()
    assert len(world.nas.told) == told


async def test_every_attempt_stands_in_the_log_before_the_element_is_told(world: World) -> None:
    for line in LINES:
        world.wants(line, "blocked")
    await world.until_told(world.new_process())
    started = [e for e in world.events if isinstance(e, AttemptStarted)]
    assert len(started) == len(world.nas.told)


async def test_a_state_that_is_superseded_is_skipped(world: World) -> None:
    world.wants(LINES[0], "blocked")
    world.wants(LINES[0], "throttled")
    await world.until_told(world.new_process())
    assert {request.version for request in world.nas.told} == {2}
    assert world.nas.lines[LINES[0]] == ("throttled", 2)


async def test_a_crash_between_call_and_outcome_repeats_the_attempt_and_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.address = ""
    world.wants(LINES[0], "blocked")
    crashing = world.new_process()
    await crashing.look()

    async def crash(*args: Any) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(crashing, "_send", crash)
    await crashing.look()
    await asyncio.sleep(0.01)
    assert world.access(LINES[0]).running and len(world.nas.told) == 1
    await world.until_told(world.new_process())
    assert world.nas.lines == {LINES[0]: ("blocked", 1)} and len(world.nas.told) == 2
    assert world.access(LINES[0]).attempts == 1


async def test_a_bug_is_isolated_to_the_line_that_met_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    named = world.line

    async def bug(pool: Any, resource_id: str, at: datetime) -> Line:
        if resource_id == LINES[0] and world.access(resource_id).attempts < 3:
            raise ZeroDivisionError
        return await named(pool, resource_id, at)

    monkeypatch.setattr(delivery_rows, "line", bug)
    for line in LINES:
        world.wants(line, "blocked")
    await world.until_told(world.new_process())
    answers = [e.answer for e in world.events if isinstance(e, AttemptEnded) and e.resource_id == LINES[0]]
    assert answers[0].startswith("a bug of Meterlog's: ZeroDivisionError")


async def test_a_partition_that_is_anothers_is_left_to_it(world: World) -> None:
    world.wants(LINES[0], "blocked")
    process = world.new_process()
    world.owned = frozenset()
    for _ in range(5):
        await process.look()
    assert world.nas.told == []


async def test_a_call_for_a_partition_that_is_lost_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = asyncio.Event()

    async def hanging(*args: Any) -> Any:
        await hangs.wait()

    monkeypatch.setattr(delivery, "tell", hanging)
    world.wants(LINES[0], "blocked")
    process = world.new_process()
    await process.look()
    await process.look()
    (call,) = process._calls.values()
    world.owned = frozenset({7})
    await process.look()
    await asyncio.sleep(0)
    assert call.task.cancelled() and not process._calls


def test_the_pause_doubles_up_to_an_hour() -> None:
    assert [pause_s(n) for n in (1, 2, 3, 11, 12, 5000)] == [2, 4, 8, 2048, 3600, 3600]
