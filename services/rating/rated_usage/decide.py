"""Guided usage becomes sums: the hot path of rating.

Every record of a message ends in exactly one place: a sum of its (subscription, meter, plan version, local day), the
list of those that no price covers, or the list of those that go back to usage:

    subscription unknown, or not active on the local day     -> returned, no_subscription
    the day lies in a period that closed over 35 days ago     -> returned, too_late
    the version in force has no price for the meter           -> not billable, no_price
    its price cannot price it (an unknown destination)        -> returned, with the reason that the price gives

Integers only, and next to no work per record: columns are summed by line and day (by_line.py), and only of those is
asked where they belong. What prices need beyond sums is measured once that is through, for those lines alone that have
such a price (detail.py).

Usage of a closed period that is not too late is summed for that period, and charged at the next close (R34): its sums
are named `late` in the event and wait beside what has been billed of the period (late.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never

from services.rating.account.state import Account, open_to_late
from services.rating.allowance.messages import BandwidthProfileAsked
from services.rating.period.messages import PeriodClosed
from services.rating.rated_usage.by_line import OfLine, by_line
from services.rating.rated_usage.chunks import with_detail
from services.rating.rated_usage.detail import Detailed, Measuring
from services.rating.rated_usage.fair_use import asked_for
from services.rating.rated_usage.late import billed, with_late
from services.rating.rated_usage.messages import (
    LateSum,
    RatedMeasure,
    RatedSum,
    RatedSums,
    RateGuided,
    UsageMoved,
    UsageRated,
    UsageTakenBack,
    in_time,
)
from services.rating.rated_usage.moving import evolve_moved
from services.rating.rated_usage.retracting import evolve_retracted
from services.rating.rated_usage.slots import NO_PRICE, Slot, Slots
from services.rating.rated_usage.state import BilledUsage, PairNumber, Tally, UsageSum, tally_key
from services.rating.rated_usage.taking_back import evolve_taken_back
from services.rating.usage_retraction.messages import RetractionRated
from services.usage.record.messages import GuidedColumns, GuidedRecord
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Indivisible

Line = tuple[str, str, str]
"""Account, subscription and meter."""


class PairGap(Indivisible):
    """A guided message is missing or came twice. Messages of a pair are numbered without gaps: the log is damaged."""


def decide_rated_usage(command: RateGuided, view: View, context: Context) -> list[UsageRated | BandwidthProfileAsked]:
    """One `UsageRated` for the message, and what follows of fair use. Raises `PairGap` unless it is the next of its
    pair."""
    if not command.part:
        _check_number(command, view)
    slots = Slots(view, context.now)
    rating = _Rating(slots, command.records)
    rating.take()
    if rating.detailed:
        rating.measure(Measuring(command.origins, slots, view))
    aside = rating.aside
    rated = UsageRated(
        source=command.source,
        n=command.n,
        usage_seq=command.seq,
        sums=RatedSums.of(rating.sums),
        not_billable=[(r.index, reason, r.account) for r, reason in aside if reason == NO_PRICE],
        returned=[
            *((r.index, reason, r.account) for r, reason in aside if reason != NO_PRICE),
            *((r.index, reason, r.account) for r, reason in rating.unpriceable),
        ],
        part=command.part,
        measured=rating.measured,
        late=rating.late,
    )
    return [rated, *(asked_for(rated, slots.fair_use, view, context.now) if slots.fair_use else ())]


class _Rating:
    """Where the records of a message end. `detailed` are sums whose records are measured in other ways too."""

    def __init__(self, slots: Slots, records: GuidedColumns) -> None:
        self._slots = slots
        self._records = records
        self._by_index: dict[int, GuidedRecord] = {}
        self.sums: list[RatedSum] = []
        self.late: list[LateSum] = []
        self.detailed: list[Detailed] = []
        self.measured: list[RatedMeasure] = []
        self.aside: list[tuple[GuidedRecord, str]] = []
        self.unpriceable: list[tuple[GuidedRecord, str]] = []

    def take(self) -> None:
        """Sum the records of each line and day up."""
        slots, sums = self._slots, self.sums
        slots.load(self._records.holder.values)
        for of_line in by_line(self._records, slots.zone):
            account, subscription, meter, day, quantity, indexes = of_line
            place = slots.place(account, subscription, meter, day)
            if place is None:
                self._put(of_line, slots.slot(account, subscription, meter, day))
                continue
            plan, version, start = place
            sums.append(RatedSum(account, subscription, meter, plan, version, start, day, quantity, indexes))

    def _put(self, of_line: OfLine, slot: Slot | str) -> None:
        *line, day, quantity, indexes = of_line
        if isinstance(slot, str):
            self.aside += [(record, slot) for record in self._at(indexes)]
        elif slot.measures:
            self.detailed.append(Detailed((line[0], line[1], line[2], day), slot, self._at(indexes)))
        else:
            self._sum((line[0], line[1], line[2]), day, slot, quantity, indexes)

    def _at(self, indexes: Sequence[int]) -> list[GuidedRecord]:
        """The records by themselves: of nearly all messages none is asked for."""
        if not self._by_index:
            self._by_index = {record.index: record for record in self._records}
        return [self._by_index[index] for index in indexes]

    def _sum(self, line: Line, day: date, slot: Slot, quantity: int, indexes: list[int]) -> None:
        plan, version, start, *_, billed_in = slot
        if billed_in is not None:
            self.late.append(LateSum(len(self.sums), billed_in))
        self.sums.append(RatedSum(*line, plan, version, start, day, quantity, indexes))

    def measure(self, measuring: Measuring) -> None:
        """Sum the others up, with what they come to beyond that."""
        self.unpriceable = measuring.take(self.detailed)
        for detailed in measuring.held:
            place = len(self.sums)
            *line, day = detailed.key
            quantity, indexes = sum([r.quantity for r in detailed.records]), [r.index for r in detailed.records]
            self._sum((line[0], line[1], line[2]), day, detailed.slot, quantity, indexes)
            self.measured += [RatedMeasure(place, name, groups) for name, groups in detailed.groups]


def evolve_rated_usage(
    event: UsageRated | UsageMoved | UsageTakenBack | RetractionRated | PeriodClosed, envelope: Envelope, view: View
) -> Sequence[State | Gone]:
    match event:
        case UsageRated():
            return _rated(event, view)
        case UsageMoved():
            return evolve_moved(event, view)
        case RetractionRated():
            return evolve_retracted(event, view)
        case UsageTakenBack():
            return evolve_taken_back(event, envelope, view)
        case PeriodClosed():
            return _charged(event, view)
        case _:
            assert_never(event)


def _charged(event: PeriodClosed, view: View) -> list[State | Gone]:
    """The sums of the closed period have become charges, and with them what came late for earlier ones."""
    account = view.get(Account, event.account_id)
    changes: list[State | Gone] = []
    if account is None:
        return changes
    closed = event.period.start
    kept = {period.start for period in open_to_late(account.closed, event.period)}
    for subscription_id in account.subscriptions:
        sums, before = view.get(UsageSum, subscription_id), view.get(BilledUsage, subscription_id)
        changes += billed(subscription_id, closed, sums, before, kept)
        if sums is None or closed not in sums.periods:
            continue
        left = {start: tallies for start, tallies in sums.periods.items() if start != closed}
        others = {start: held for start, held in (sums.details or {}).items() if start != closed}
        rest = UsageSum(subscription_id=subscription_id, periods=left, details=others or None)
        changes.append(rest if left else Gone(UsageSum, subscription_id))
    return changes


def _rated(event: UsageRated, view: View) -> list[State]:
    """The sums with the message in them, what else is measured of it, and the number of the pair."""
    in_time_sums = in_time(event)
    known = view.get_many(UsageSum, {added.subscription for added in in_time_sums})
    details, chunks = with_detail(event, known) if event.measured else ({}, [])
    states: list[State] = []
    for subscription, periods in _with_sums(in_time_sums, known).items():
        detail = details.get(subscription)
        if detail is None and (before := known.get(subscription)) is not None:
            detail = before.details
        if detail is None:
            states.append(UsageSum(subscription_id=subscription, periods=periods))
        else:
            states.append(UsageSum(subscription_id=subscription, periods=periods, details=detail))
    states += chunks
    states += with_late(event, view) if event.late else []
    if not event.part:
        states.append(PairNumber(source=str(event.source), n=event.n))
    return states


def _with_sums(sums: Sequence[RatedSum], known: Mapping[str, UsageSum]) -> dict[str, dict[date, dict[str, Tally]]]:
    """What each subscription has by period, with those sums in it."""
    changed: dict[str, dict[date, dict[str, Tally]]] = {}
    names: dict[tuple[str, int, str], str] = {}
    for added in sums:
        subscription, start = added.subscription, added.period_start
        periods = changed.get(subscription)
        if periods is None:
            before = known.get(subscription)
            periods = changed[subscription] = before.periods.copy() if before else {}
        wanted = (added.meter, added.version, added.plan)
        name = names.get(wanted)
        if name is None:
            name = names[wanted] = tally_key(*wanted)
        quantity, records = added.quantity, len(added.indexes)
        # Written out, and copied for each: a call, or to know what is ours already, would be a tenth of what one costs.
        held = periods.get(start)
        if held is None:
            periods[start] = {name: Tally(quantity, records)}
            continue
        tally = held.get(name)
        if tally is not None:
            quantity += tally.quantity
            records += tally.records
        periods[start] = {**held, name: Tally(quantity, records)}
    return changed


def _check_number(command: RateGuided, view: View) -> None:
    last = view.get(PairNumber, str(command.source))
    expected = last.n + 1 if last else 1
    if command.n != expected:
        raise PairGap(f"usage partition {command.source} sent message {command.n} where {expected} comes next")
