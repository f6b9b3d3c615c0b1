"""Usage and rating together, without servers: in whatever order usage, reassignments and closes come, the line that had
the resource in the end is billed what it would have been billed at once.

Answers of rating come when the story says so: reassignments overtake one another while records are on their way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from services.rating.commands import COMMANDS as RATING
from services.rating.period.messages import ChargeFixed
from services.usage.commands import COMMANDS
from services.usage.meter.messages import MeterDefined
from services.usage.quarantine.messages import RecycleResource, UsageReturned
from services.usage.quarantine.state import RECALLED, ParkedPage, ParkedRecord, page_name, place_name
from services.usage.reassignment.messages import RetractReassigned
from services.usage.reassignment.state import Asked, CountedPage
from services.usage.record.messages import GuidedRetraction, GuidedUsage, RecordedUsage, UsageRecorded
from services.usage.resource.messages import ReassignResource, ResourceRegistered
from services.usage.resource.state import micros_of
from services.usage.retraction.messages import UsageRetracted
from services.usage.retraction.state import CountedRecord
from shared.kernel.decider import Due
from shared.kernel.message import Command, Event
from tests.services.rating.usage_retraction.retracting import Line
from tests.services.rating.world import TIERED, account, at, close, plan, subscription
from tests.services.usage.resource.test_decide import subscribed
from tests.services.usage.story import MAC, assigned, command, partition, record

PAGE = 2
OCTOBER_5 = at("2026-10-05 12:00")
LINES = (("acme", "sub-a"), ("bolt", "sub-b"))
PRICES = (TIERED, {"model": "per_unit", "unit_price": "0.5", "meter": "ports"})


class Rating(Line):
    """The lines of acme and bolt. `ends`: the day on which a subscription ends, which usage is not told."""

    def __init__(self, ends: Mapping[str, str] | None = None) -> None:
        super().__init__(given=plan(*PRICES, aggregations={"ports": "max"}))
        for account_id, subscription_id in LINES:
            opened = account(account_id=account_id)
            end = (ends or {}).get(subscription_id)
            started = subscription(end=end, account_id=account_id, subscription_id=subscription_id)
            self.story.given(opened, started)

    def takes(self, message: Event) -> list[Command]:
        """What it tells usage."""
        self.story.when_event(message)
        self._note(self.story.events)
        told = [*self.story.sends]
        if isinstance(message, GuidedRetraction):
            self._load()
            for timer in [due for due in self.story.state.all(Due) if due.name.startswith("retraction/")]:
                self.story.when(RATING.decode(timer.command_type, bytes(timer.command)))
                self._note(self.story.events)
                told += self.story.sends
        return [send.message for send in told if send.to == "usage" and isinstance(send.message, Command)]

    def closes_all(self) -> None:
        for account_id, _ in LINES:
            now = self.story.now
            close(self.story, account_id)
            fixed = [event for event in self.story.events if isinstance(event, ChargeFixed)]
            assert fixed or self.story.events
            self.charges += fixed
            self.story.now = max(now, self.story.now)

    def billed(self) -> dict[tuple[str, int], Decimal]:
        totals: dict[tuple[str, int], Decimal] = {}
        for charge in self.charges:
            key = (charge.account_id, charge.price_index)
            totals[key] = totals.get(key, Decimal(0)) + charge.amount
        return {key: amount for key, amount in totals.items() if amount}


class World:
    """One partition of usage with its tables in memory, and rating behind it."""

    def __init__(self, ends: Mapping[str, str] | None = None) -> None:
        self.usage = partition(partitions=1, now=OCTOBER_5)
        self.usage.given(
            MeterDefined(meter_id="ports", unit="port", aggregation="max"),
            *(fact for account_id, line in LINES for fact in subscribed(line, account_id)),
            ResourceRegistered(resource_id=MAC),
            assigned(MAC, "acme", "sub-a"),
        )
        self.rating = Rating(ends)
        self.on_its_way: deque[Event] = deque()
        self._recorded: dict[int, list[RecordedUsage]] = {}
        self._parked: dict[tuple[int, int], str] = {}
        self._reassignments = 0

    def comes(self, fields: dict[str, Any]) -> None:
        self._asks(command(record(**fields)))

    def reassigns(self, line: tuple[str, str] | None, since: datetime, until: datetime | None) -> None:
        self._reassignments += 1
        account_id, subscription_id = line or (None, None)
        self._asks(
            ReassignResource(
                resource_id=MAC,
                retraction_id=f"ret-{self._reassignments}",
                account_id=account_id,
                subscription_id=subscription_id,
                valid_from=since,
                valid_to=until,
            )
        )

    def delivers(self) -> None:
        """What is on its way to rating now; what follows from it is on its way then."""
        for _ in range(len(self.on_its_way)):
            for told in self.rating.takes(self.on_its_way.popleft()):
                self._asks(told)

    def settles(self) -> None:
        while self.on_its_way:
            self.delivers()

    def _asks(self, first: Command) -> None:
        asked: deque[Command] = deque([first])
        while asked:
            one = asked.popleft()
            self._load(one)
            self.usage.when(one)
            for event, envelope in zip(self.usage.events, self.usage.envelopes, strict=True):
                self._write(event, envelope.seq)
            for send in self.usage.sends:
                if isinstance(send.message, GuidedUsage | GuidedRetraction):
                    self.on_its_way.append(send.message)
                elif isinstance(send.message, Command):
                    asked.append(send.message)
            for timer in self.usage.state.all(Due):
                asked.append(COMMANDS.decode(timer.command_type, bytes(timer.command)))
                self.usage.state.keep({Due: {timer.key: None}})

    def _write(self, event: Event, seq: int) -> None:
        """As the tables do (quarantine/rows.py)."""
        match event:
            case UsageRecorded():
                self._recorded[seq] = [*event.records]
                self._parked |= {(seq, n): r.reason for n, r in enumerate(event.records) if r.reason is not None}
                for place in event.recycled.values():
                    self._parked.pop(place)
            case UsageReturned():
                self._parked |= {(event.seq, index): reason for index, reason in event.items}
            case UsageRetracted():
                for item in event.items:
                    if item.parked is not None:
                        self._parked.pop((item.seq, item.index))

    def _load(self, asked: Command) -> None:
        places = {(seq, n): r for seq, records in sorted(self._recorded.items()) for n, r in enumerate(records)}
        kept: dict[Any, dict[str, Any]] = {CountedRecord: {}, ParkedRecord: {}}
        for place, found in places.items():
            name, reason, plain = place_name(*place), self._parked.get(place), replace(found, reason=None)
            kept[CountedRecord][name] = CountedRecord(name=name, record=plain, parked=reason)
            kept[ParkedRecord][name] = None
            if reason is not None:
                kept[ParkedRecord][name] = ParkedRecord(name=name, reason=reason, record=plain)
        if isinstance(asked, RetractReassigned):
            until = None if asked.valid_to is None else micros_of(asked.valid_to)
            wanted = Asked(asked.after, micros_of(asked.valid_from), until, asked.resource_id)
            guided = [place for place, r in places.items() if r.account is not None and self._is_in(r, wanted)]
            behind = [place for place in guided if place > asked.after]
            page = CountedPage(name=wanted.name, places=tuple(behind[:PAGE]), more=len(behind) > PAGE)
            if page.more:
                page = replace(page, after=behind[PAGE - 1])
            kept[CountedPage] = {wanted.name: page}
        if isinstance(asked, RecycleResource):
            name = page_name(asked.after, asked.resource_id)
            recalled = sorted(place for place, reason in self._parked.items() if reason in RECALLED)
            kept[ParkedPage] = {name: ParkedPage(name=name, places=tuple(recalled))}
        self.usage.state.keep(kept)

    def _is_in(self, found: RecordedUsage, asked: Asked) -> bool:
        return found.started_at >= asked.since and (asked.until is None or found.started_at < asked.until)


Step = tuple[str, Any]
DAYS = st.integers(0, 29)


@st.composite
def reassignments(draw: st.DrawFn) -> Step:
    since = at("2026-09-01 00:00") + timedelta(days=draw(DAYS))
    until = draw(st.none() | st.integers(1, 15).map(lambda days: since + timedelta(days=days)))
    return "reassign", (draw(st.sampled_from([*LINES, None])), since, until)


@st.composite
def stories(draw: st.DrawFn) -> list[Step]:
    records = [
        {
            "id": f"r{n}",
            "meter": draw(st.sampled_from(["data.octets", "ports"])),
            "quantity": str(draw(st.integers(0, 40))),
            "started_at": f"2026-09-{draw(st.integers(1, 30)):02}T10:00:00Z",
        }
        for n in range(draw(st.integers(1, 6)))
    ]
    steps: list[Step] = [("comes", fields) for fields in records]
    steps += draw(st.lists(reassignments(), min_size=1, max_size=4))
    steps += [("deliver", None)] * draw(st.integers(0, 4)) + [("close", None)] * draw(st.integers(0, 2))
    return list(draw(st.permutations(steps)))


def told(steps: list[Step]) -> World:
    world = World()
    closes = 0
    for what, how in steps:
        match what:
            case "comes":
                world.comes(how)
            case "reassign":
                world.reassigns(*how)
            case "deliver":
                world.delivers()
            case "close":
                # As no period closes before what was counted has arrived.
                world.settles()
                world.rating.closes_all()
                closes += 1
    world.settles()
    for _ in range(3 - closes):
        world.rating.closes_all()
    return world


@settings(max_examples=150, deadline=None)
@given(stories())
def test_the_order_of_usage_and_reassignments_changes_no_billed_amount_r34(steps: list[Step]) -> None:
    known_at_first = [step for step in steps if step[0] == "reassign"] + [step for step in steps if step[0] == "comes"]
    assert told(steps).rating.billed() == told(known_at_first).rating.billed()
