"""Usage and rating together, in batches: whatever is asked of a record, in whatever order, it counts exactly once.

Records come, are reassigned, given back by rating, recycled, corrected, retracted and restored, several commands in one
batch, whose tables are those of the batch before. In the end each record that was not retracted is in one sum of the
line that had its resource, or parked once where nobody had it, and the bills are those of the final truth told at once.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.usage.commands import COMMANDS
from services.usage.quarantine.state import place_name
from services.usage.record.messages import GuidedRetraction, GuidedUsage, RecordedUsage
from services.usage.resource.messages import ResourceReassigned
from services.usage.resource.state import Resource, assigned_at
from services.usage.retraction.messages import CorrectUsage, RestoreUsage, RetractUsage, UsageRestored
from services.usage.retraction.state import REFUSED, RESTORED, RETRACTED, Standing
from shared.kernel.decider import Due
from shared.kernel.instants import clamped
from shared.kernel.message import Command, Event
from tests.services.rating.world import at
from tests.services.test_reassigned_usage import LINES, World
from tests.services.usage.story import MAC

ENDS = {"sub-b": "2026-09-20"}
"""Rating gives back what is guided to it for that day and later: usage was not told."""
EXAMPLES = 60

Place = tuple[int, int]
Step = tuple[str, Any]


class Batched(World):
    """Usage takes what is asked of it some commands at a time; nothing that one writes is in a table for the next."""

    def __init__(self) -> None:
        super().__init__(ENDS)
        self.pending: deque[Command] = deque()
        self.reassigned: list[ResourceReassigned] = []
        self._asked = 0

    def _asks(self, first: Command) -> None:
        self.pending.append(first)

    def works(self, size: int) -> None:
        """One batch of usage."""
        batch = [self.pending.popleft() for _ in range(min(size, len(self.pending)))]
        for one in batch:
            self._load(one)
        written: list[tuple[Event, int]] = []
        for one in batch:
            self.usage.when(one)
            written += [(event, at.seq) for event, at in zip(self.usage.events, self.usage.envelopes, strict=True)]
            for send in self.usage.sends:
                if isinstance(send.message, GuidedUsage | GuidedRetraction):
                    self.on_its_way.append(send.message)
                elif isinstance(send.message, Command):
                    self.pending.append(send.message)
        for event, seq in written:
            self._write(event, seq)
        for timer in self.usage.state.all(Due):
            self.pending.append(COMMANDS.decode(timer.command_type, bytes(timer.command)))
            self.usage.state.keep({Due: {timer.key: None}})

    def settles(self) -> None:
        while self.pending or self.on_its_way:
            while self.pending:
                self.works(3)
            self.delivers()

    def retracts(self, record_id: str) -> None:
        self._asked += 1
        for place in self._end_of(record_id):
            self._asks(RetractUsage(retraction_id=f"taken-{self._asked}", items=[place], reason="other"))

    def restores(self, record_id: str) -> None:
        for place in self._end_of(record_id):
            standing = self.usage.get(Standing, place_name(*place))
            if standing is not None:
                self._asks(RestoreUsage(retraction_id=standing.retraction_id, items=[place]))

    def corrects(self, record_id: str, units: int) -> None:
        self._asked += 1
        for place in self._end_of(record_id):
            correction = CorrectUsage(
                retraction_id=f"corrected-{self._asked}",
                place=place,
                reason="wrong_quantity",
                quantity=units * 1_000_000,
            )
            self._asks(correction)

    def _end_of(self, record_id: str) -> list[Place]:
        """Where the record is by now; nothing before it was counted."""
        return self.places(record_id)[-1:]

    def places(self, record_id: str) -> list[Place]:
        """Where it was counted first, and where it went, one after the other."""
        found = [
            (seq, n)
            for seq, records in sorted(self._recorded.items())
            for n, one in enumerate(records)
            if one.id == record_id
        ][:1]
        while found:
            standing = self.usage.get(Standing, place_name(*found[-1]))
            if standing is None or standing.moved_to is None:
                break
            seq, _, index = standing.moved_to.partition("#")
            found.append((int(seq), int(index)))
        return found

    def record_at(self, place: Place) -> RecordedUsage:
        return self._recorded[place[0]][place[1]]

    def parked_at(self, place: Place) -> str | None:
        return self._parked.get(place)

    def rated(self) -> Counter[tuple[str, Place]]:
        """How often each place is in a sum of which subscription, by rating's tables."""
        held: Counter[tuple[str, Place]] = Counter()
        for key, (_, columns) in self.rating._rows.items():
            held.update((key[0], (at.seq, at.record)) for at in columns["positions"])
            held.subtract((key[0], (at.seq, at.record)) for at in columns["credited"])
        return held

    def _write(self, event: Event, seq: int) -> None:
        super()._write(event, seq)
        if isinstance(event, ResourceReassigned):
            self.reassigned.append(event)
        if isinstance(event, UsageRestored):
            self._parked |= {(one.seq, one.index): one.parked for one in event.items if one.parked is not None}


WORK = st.tuples(st.just("work"), st.integers(1, 3))
DELIVER: st.SearchStrategy[Step] = st.tuples(st.just("deliver"), st.none())
MEETING: list[Step] = [("work", 1), ("deliver", None), ("work", 2), ("work", 3)]
"""Behind a reassignment: what rating gives back is parked in the batch in which the recall of the resource reads its
page, and before the retraction of what was counted for another."""
TAKEN: Step = ("reassign", (LINES[0], at("2026-09-15 00:00"), None))


@st.composite
def reassignments(draw: st.DrawFn) -> Step:
    since = at("2026-09-01 00:00") + timedelta(days=draw(st.integers(0, 29)))
    days_long = draw(st.none() | st.integers(1, 15))
    until = None if days_long is None else since + timedelta(days=days_long)
    return "reassign", (draw(st.sampled_from([*LINES, None])), since, until)


@st.composite
def stories(draw: st.DrawFn) -> list[Step]:
    """Half of them begin with records that rating will give back, as others get their resource meanwhile."""
    count = draw(st.integers(1, 5))
    names = st.integers(0, count - 1).map(lambda n: f"r{n}")
    comes: list[Step] = [
        (
            "comes",
            {
                "id": f"r{n}",
                "meter": draw(st.sampled_from(["data.octets", "ports"])),
                "quantity": str(draw(st.integers(1, 40))),
                "started_at": f"2026-09-{draw(st.integers(1, 30)):02}T10:00:00Z",
            },
        )
        for n in range(count)
    ]
    steps = draw(st.lists(reassignments(), max_size=4))
    asked = st.one_of(
        st.tuples(st.just("retract"), names),
        st.tuples(st.just("restore"), names),
        st.tuples(st.just("correct"), st.tuples(names, st.integers(1, 40))),
        st.tuples(st.just("work"), st.integers(1, 6)),
        DELIVER,
    )
    steps += draw(st.lists(asked, max_size=16))
    steps += [("close", None)] * draw(st.integers(0, 1))
    if draw(st.booleans()):
        return [*_given_back(comes), *draw(_meanwhile(steps))]
    return list(draw(st.permutations([*comes, *steps])))


def _given_back(comes: Sequence[Step]) -> list[Step]:
    """All of them are on their way to a line that has ended by then, and nothing else is under way."""
    late = [(what, {**how, "started_at": f"2026-09-{20 + n:02}T10:00:00Z"}) for n, (what, how) in enumerate(comes)]
    return [("reassign", (LINES[1], at("2026-09-01 00:00"), None)), ("settle", None), *late, ("work", len(late))]


@st.composite
def _meanwhile(draw: st.DrawFn, steps: Sequence[Step]) -> list[Step]:
    """Another is given the resource; its pages and the answers of rating meet in batches of a few commands.

    Where they do, nobody reassigns it after that: a later recall would find what an earlier one had left.
    """
    if draw(st.booleans()):
        return [TAKEN, *MEETING, *draw(st.permutations([step for step in steps if step[0] != "reassign"]))]
    between = draw(st.lists(st.one_of(WORK, DELIVER), min_size=2, max_size=10))
    return [TAKEN, *between, *draw(st.permutations(steps))]


def told(steps: Sequence[Step]) -> Batched:
    world, closes = Batched(), 0
    for what, how in steps:
        match what:
            case "comes":
                world.comes(how)
            case "reassign":
                world.reassigns(*how)
            case "retract":
                world.retracts(how)
            case "restore":
                world.restores(how)
            case "correct":
                world.corrects(*how)
            case "work":
                world.works(how)
            case "deliver":
                world.delivers()
            case "settle":
                world.settles()
            case "close":
                # As no period closes before what was counted has arrived.
                world.settles()
                world.rating.closes_all()
                closes += 1
    world.settles()
    for _ in range(2 - closes):
        world.rating.closes_all()
    return world


def truth_of(world: Batched, ids: Sequence[str]) -> Batched:
    """The bills of what is so in the end, told at once."""
    return told(true_steps(world, ids))


def true_steps(world: Batched, ids: Sequence[str]) -> list[Step]:
    """Whose the resource was, and the records that count."""
    steps: list[Step] = [
        ("reassign", (_line(event.account_id), event.valid_from, event.valid_to)) for event in world.reassigned
    ]
    for record_id in ids:
        place = world.places(record_id)[-1]
        if counts(world, place):
            one = world.record_at(place)
            started = clamped(one.started_at).isoformat()
            quantity = str(Decimal(one.quantity) / 1_000_000)
            fields = {"id": record_id, "meter": one.meter, "quantity": quantity, "started_at": started}
            steps.append(("comes", fields))
    return steps


def _line(account_id: str | None) -> tuple[str, str] | None:
    return next((line for line in LINES if line[0] == account_id), None)


def counts(world: Batched, place: Place) -> bool:
    standing = world.usage.get(Standing, place_name(*place))
    assert standing is None or standing.status in (RETRACTED, RESTORED, REFUSED), standing
    return standing is None or standing.status in (RESTORED, REFUSED)


def holder_of(world: Batched, one: RecordedUsage, ends: Mapping[str, str] = ENDS) -> str | None:
    """Who is billed for it: whoever has the resource then, unless rating gives it back."""
    resource = world.usage.get(Resource, MAC)
    assert resource is not None
    found = assigned_at(resource.assignments, one.started_at)
    ended = found is not None and str(clamped(one.started_at).date()) >= ends.get(found.subscription, "9999")
    return None if found is None or ended else found.subscription


def check(steps: Sequence[Step]) -> None:
    world = told(steps)
    ids = [how["id"] for what, how in steps if what == "comes"]
    rated = world.rated()
    for record_id in ids:
        places = world.places(record_id)
        one, last = world.record_at(places[-1]), places[-1]
        holder = holder_of(world, one) if counts(world, last) else None
        in_sums = {key: n for key, n in rated.items() if key[1] in places and n}
        assert in_sums == ({} if holder is None else {(holder, last): 1}), (record_id, in_sums)
        is_parked = [place for place in places if world.parked_at(place) is not None]
        assert is_parked == ([last] if counts(world, last) and holder is None else []), (record_id, is_parked)
    assert world.rating.billed() == truth_of(world, ids).rating.billed()


@settings(max_examples=EXAMPLES, deadline=None)
@given(stories())
def test_a_record_counts_exactly_once_whatever_is_asked_of_it_in_one_batch_r34(steps: list[Step]) -> None:
    check(steps)
