"""As test_counted_once, and subscriptions end meanwhile, in a period that is open or closed: whatever was used behind
the end is parked once, and the bills are those of who knew the end from the first day on.

Rating takes an end only once all that it has rated is in its tables; refused till then, it is asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.rating.account.state import Account
from services.rating.lineage import RecordPosition, pack
from services.rating.rated_usage.by_day import (
    ClosedRow,
    ClosedUsage,
    DayOfUsage,
    RecordsOfDay,
    UsageBehind,
    UsageByDay,
    by_day_key,
    closed_key,
)
from services.rating.rated_usage.messages import UsageRated, UsageTakenBack
from services.rating.rated_usage.retracted_rows import Positions
from services.rating.subscription.messages import SubscriptionTerminated, TerminateSubscription
from services.rating.usage_retraction.messages import RetractionRated
from shared.kernel.message import Command, Event
from shared.kernel.outcome import CommandRejected
from tests.services import test_counted_once as without_ends
from tests.services.rating.usage_retraction.retracting import RowKey
from tests.services.rating.world import at
from tests.services.test_counted_once import Batched, Step, counts
from tests.services.test_reassigned_usage import LINES, OCTOBER_5, Rating

EXAMPLES = 60


class EndingRating(Rating):
    """With what the tables of days hold beside the places of records."""

    def __init__(self, ends: Mapping[str, str] | None = None) -> None:
        super().__init__(ends)
        self._quantities: dict[RowKey, int] = {}

    def end(self, line: tuple[str, str], day: date) -> tuple[str | None, list[Command]]:
        """The code of the refusal, if any, and what usage is told."""
        account_id, subscription_id = line
        self._load_days(account_id, subscription_id, day)
        command = TerminateSubscription(subscription_id=subscription_id, account_id=account_id, effective_on=day)
        self.story.when(command, now=max(OCTOBER_5, self.story.now))
        self._note(self.story.events)
        refused = next((event.code for event in self.story.events if isinstance(event, CommandRejected)), None)
        told = [send.message for send in self.story.sends if send.to == "usage"]
        assert refused or any(isinstance(event, SubscriptionTerminated) for event in self.story.events)
        return refused, [message for message in told if isinstance(message, Command)]

    def _note(self, events: Sequence[Event]) -> None:
        super()._note(events)
        for event in events:
            if isinstance(event, UsageRated):
                late = {one.of: one.billed_in for one in event.late}
                for n, one in enumerate(event.sums):
                    self._add((one.subscription, one.meter, one.day, one.version, one.plan, late.get(n)), one.quantity)
            elif isinstance(event, RetractionRated):
                for gone in event.sums:
                    key = (gone.subscription, gone.meter, gone.day, gone.version, gone.plan, gone.billed_in)
                    self._add(key, gone.quantity if event.restored else -gone.quantity)
            elif isinstance(event, UsageTakenBack):
                self._take_back(event)

    def _take_back(self, event: UsageTakenBack) -> None:
        for open_day in event.taken:
            key = (event.subscription_id, open_day.meter, open_day.day, open_day.version, open_day.plan, None)
            self._rows.pop(key, None)
            self._quantities.pop(key, None)
        for one in event.closed:
            late = (event.subscription_id, one.meter, one.day, one.version, one.plan, one.billed_in)
            columns = self._row(late, one.period_start)
            places = [RecordPosition(at, seq, index) for at, seq, indexes in one.behind for index in indexes]
            columns["credited"] += [place for place in places if place not in columns["positions"]]
            columns["positions"] = [place for place in columns["positions"] if place not in places]
            self._add(late, -one.quantity)

    def _add(self, key: RowKey, quantity: int) -> None:
        self._quantities[key] = self._quantities.get(key, 0) + quantity

    def _load_days(self, account_id: str, subscription_id: str, end: date) -> None:
        account = self.story.get(Account, account_id)
        assert account is not None and account.open_period is not None
        opened = account.open_period.start
        own = {key: row for key, row in self._rows.items() if key[0] == subscription_id}
        days, behind, closed = [], [], []
        reached = [period for period in account.closed if period.end > end]
        for (_, meter, day, version, plan, billed_in), (start, columns) in own.items():
            quantity = self._quantities.get((subscription_id, meter, day, version, plan, billed_in), 0)
            counted = len(columns["positions"]) - len(columns["credited"])
            if start >= opened:
                days.append(DayOfUsage(start, day, meter, plan, version, quantity, counted))
                behind.append(RecordsOfDay(day, meter, plan, version, _packed(columns["positions"])))
            elif reached and start >= reached[0].start:
                both = (_packed(columns["positions"]), _packed(columns["credited"]))
                closed.append(ClosedRow(start, day, meter, plan, version, quantity, counted, billed_in, *both))
        name = by_day_key(subscription_id, opened)
        since = by_day_key(subscription_id, max(end, opened))
        kept: dict[Any, Any] = {
            UsageByDay: {name: UsageByDay(name=name, days=days)},
            UsageBehind: {since: UsageBehind(name=since, days=[row for row in behind if row.day >= end])},
        }
        if reached:
            asked = closed_key(subscription_id, reached[0].start, end, opened)
            kept[ClosedUsage] = {asked: ClosedUsage(name=asked, rows=closed)}
        self.story.state.keep(kept)


def _packed(places: Positions) -> bytes:
    return b"".join(pack(at.partition, at.seq, [at.record]) for at in places)


class Ending(Batched):
    """`ends`: what has ended by now, and on which day."""

    def __init__(self, ends: Mapping[str, str]) -> None:
        super().__init__()
        self.rating: EndingRating = EndingRating(ends)
        self.ends = dict(ends)
        self._refused: list[tuple[tuple[str, str], date]] = []

    def end(self, line: tuple[str, str], day: date) -> None:
        code, told = self.rating.end(line, day)
        if code == "usage_arriving":
            self._refused.append((line, day))
        elif code is None:
            self.ends[line[1]] = str(day)
        else:
            # Ended already, out of reach, or with the largest of a meter that can't be taken back.
            assert code in ("subscription_ended", "period_closed", "usage_rated"), code
        for command in told:
            self._asks(command)

    def settles(self) -> None:
        super().settles()
        while self._refused:
            asked, self._refused = self._refused, []
            for line, day in asked:
                self.end(line, day)
            super().settles()
            assert len(self._refused) < len(asked) or not asked, "an end is refused though nothing is on its way"


def told(steps: Sequence[Step], ends: Mapping[str, str]) -> Ending:
    world, closes = Ending(ends), 0
    for what, how in steps:
        if what == "end":
            world.end(*how)
        elif what == "close":
            world.settles()
            world.rating.closes_all()
            closes += 1
        else:
            _tell(world, what, how)
    world.settles()
    for _ in range(2 - closes):
        world.rating.closes_all()
    return world


def _tell(world: Ending, what: str, how: Any) -> None:
    asked: dict[str, Callable[[Any], None]] = {
        "comes": world.comes,
        "retract": world.retracts,
        "restore": world.restores,
        "work": world.works,
    }
    if what in asked:
        asked[what](how)
    elif what in ("reassign", "correct"):
        (world.reassigns if what == "reassign" else world.corrects)(*how)
    else:
        (world.delivers if what == "deliver" else world.settles)()


ENDING = st.tuples(st.just("end"), st.tuples(st.sampled_from(LINES), st.dates(date(2026, 9, 2), date(2026, 9, 30))))


@st.composite
def stories(draw: st.DrawFn) -> list[Step]:
    """Those without ends, with one to three in between, and octets alone: they are taken back whatever is closed.

    In half of them September closes once most of it has happened, and the ends are said after that.
    """
    steps = [(what, _of_octets(how) if what == "comes" else how) for what, how in draw(without_ends.stories())]
    first = 0
    if draw(st.booleans()):
        steps = [step for step in steps if step[0] != "close"]
        first = draw(st.integers(len(steps) // 2, len(steps)))
        steps.insert(first, ("close", None))
    for one in draw(st.lists(ENDING, min_size=1, max_size=3)):
        steps.insert(draw(st.integers(min(first + 1, len(steps)), len(steps))), one)
    return steps


def _of_octets(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "meter": "data.octets"}


def truth_of(world: Ending, ids: Sequence[str]) -> Ending:
    """The bills of what is so in the end, told at once to who knows every end."""
    return told(without_ends.true_steps(world, ids), world.ends)


def check(steps: Sequence[Step]) -> None:
    world = told(steps, without_ends.ENDS)
    ids = [how["id"] for what, how in steps if what == "comes"]
    rated = world.rated()
    for record_id in ids:
        places = world.places(record_id)
        last = places[-1]
        holder = None
        if counts(world, last):
            holder = without_ends.holder_of(world, world.record_at(last), world.ends)
        in_sums = {key: n for key, n in rated.items() if key[1] in places and n}
        assert in_sums == ({} if holder is None else {(holder, last): 1}), (record_id, in_sums)
        is_parked = [place for place in places if world.parked_at(place) is not None]
        assert is_parked == ([last] if counts(world, last) and holder is None else []), (record_id, is_parked)
    assert world.rating.billed() == truth_of(world, ids).rating.billed()


# A record in quarantine is retracted, then restored and retracted once more in one batch.
TWICE: list[Step] = [
    ("reassign", (LINES[1], at("2026-09-01 00:00"), None)),
    ("end", (LINES[0], date(2026, 9, 2))),
    ("settle", None),
    ("comes", {"id": "r0", "meter": "data.octets", "quantity": "1", "started_at": "2026-09-20T10:00:00Z"}),
    *(("work", 1), ("reassign", (LINES[0], at("2026-09-15 00:00"), None)), ("work", 1), ("deliver", None)),
    *(("work", 2), ("work", 3), ("retract", "r0"), ("retract", "r0"), ("retract", "r0"), ("work", 2)),
    *(("deliver", None), ("restore", "r0"), ("retract", "r0"), ("retract", "r0")),
]


@example(TWICE)
@settings(max_examples=EXAMPLES, deadline=None)
@given(stories())
def test_a_record_counts_exactly_once_and_behind_no_end_whenever_that_is_said_r34(steps: list[Step]) -> None:
    check(steps)
