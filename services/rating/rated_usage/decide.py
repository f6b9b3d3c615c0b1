"""Guided usage becomes sums: the hot path of rating.

Every record of a message ends in exactly one place: a sum of its (subscription, meter, plan version, local day), the
list of those that no price covers, or the list of those that go back to usage:

    subscription unknown, or not active on the local day     -> returned, no_subscription
    the day lies in a period that closed over 35 days ago     -> returned, too_late
    the version in force has no price for the meter           -> not billable, no_price
    its price cannot price it (an unknown destination)        -> returned, with the reason that the price gives

Integers only, and little work per record: it is put to its line, and of each line with its day. What prices need beyond
sums is measured once that is through, for those lines alone that have such a price (detail.py).

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
from services.rating.rated_usage.chunks import with_detail
from services.rating.rated_usage.detail import Detailed, Measuring
from services.rating.rated_usage.fair_use import asked_for
from services.rating.rated_usage.late import billed, with_late
from services.rating.rated_usage.messages import (
    LateSum,
    RatedMeasure,
    RatedSum,
    RateGuided,
    UsageMoved,
    UsageRated,
    UsageTakenBack,
    in_time,
)
from services.rating.rated_usage.moving import evolve_moved
from services.rating.rated_usage.retracting import evolve_retracted
from services.rating.rated_usage.slots import NO_PRICE, NO_SUBSCRIPTION, Slot, Slots
from services.rating.rated_usage.state import BilledUsage, PairNumber, Tally, UsageSum, tally_key
from services.rating.rated_usage.taking_back import evolve_taken_back
from services.rating.recurring.calendar import QUARTER_US, day_of_quarter
from services.rating.usage_retraction.messages import RetractionRated
from services.usage.record.messages import GuidedRecord
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Indivisible


class PairGap(Indivisible):
    """A guided message is missing or came twice. Messages of a pair are numbered without gaps: the log is damaged."""


def decide_rated_usage(command: RateGuided, view: View, context: Context) -> list[UsageRated | BandwidthProfileAsked]:
    """One `UsageRated` for the message, and what follows of fair use. Raises `PairGap` unless it is the next of its
    pair."""
    if not command.part:
        _check_number(command, view)
    slots = Slots(view, context.now)
    rating = _Rating(slots)
    rating.take(command.records)
    if rating.detailed:
        rating.measure(Measuring(command.origins, slots, view))
    aside = rating.aside
    rated = UsageRated(
        source=command.source,
        n=command.n,
        usage_seq=command.seq,
        sums=rating.sums,
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


Line = tuple[str, str, str]
"""Account, subscription and meter."""


class _Rating:
    """Where the records of a message end. `detailed` are sums whose records are measured in other ways too."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self.sums: list[RatedSum] = []
        self.late: list[LateSum] = []
        self.detailed: list[Detailed] = []
        self.measured: list[RatedMeasure] = []
        self.aside: list[tuple[GuidedRecord, str]] = []
        self.unpriceable: list[tuple[GuidedRecord, str]] = []

    def take(self, records: Sequence[GuidedRecord]) -> None:
        """Sum the records of each line and day up."""
        accounts = [record.account for record in records]
        subscriptions = [record.subscription for record in records]
        different = set(subscriptions)
        if len(different) == len(records):
            # Lines report in turn: none of them has two records in a message.
            self._slots.load(accounts, subscriptions)
            self._take_single(records, accounts, subscriptions)
            return
        self._slots.load(set(accounts), different)
        lines: dict[Line, list[GuidedRecord]] = {}
        for record in records:
            line = (record.account, record.subscription, record.meter)
            held = lines.get(line)
            if held is None:
                lines[line] = [record]
            else:
                held.append(record)
        single = [held[0] for held in lines.values() if len(held) == 1]
        self._take_single(single, [record.account for record in single], [record.subscription for record in single])
        for line, held in lines.items():
            if len(held) > 1:
                account = self._slots.account(line[0])
                for day, of_day in _by_day(account.terms.time_zone if account else "UTC", held).items():
                    self._put(line, day, self._slots.slot(*line, day), of_day)

    def _take_single(
        self, records: Sequence[GuidedRecord], accounts: Sequence[str], subscriptions: Sequence[str]
    ) -> None:
        """Records that are the only ones of their lines, as nearly all are where many lines report.

        Of a line that was never changed, one look-up says where, without a call and without days being compared.
        """
        slots, sums = self._slots, self.sums
        zone, started_at = "UTC", 0
        day, known = slots.on(zone, started_at)
        lines = slots.lines(records, accounts, subscriptions)
        for record, account_id, subscription_id, account, subscription in lines:
            if account is None or subscription is None:
                self.aside.append((record, NO_SUBSCRIPTION))
                continue
            if record.started_at != started_at or account.terms.time_zone != zone:
                zone, started_at = account.terms.time_zone, record.started_at
                day, known = slots.on(zone, started_at)
            period, term, meter = account.open_period, subscription.first, record.meter
            if period is None or subscription.terms or subscription.end is not None:
                self._place(record, day)
                continue
            alike = (term.plan_id, term.plan_version, meter, term.start, period.start, period.end)
            place = known.get(alike)
            if place is None or subscription.account_id != account_id:
                slot = self._place(record, day)
                if not isinstance(slot, str) and not slot.fair_use and period.contains(day):
                    known[alike] = slot.place
                continue
            measured, plan, version, start = place
            if measured is not None:
                self.detailed.append(Detailed((account_id, subscription_id, meter, day), measured, [record]))
                continue
            quantity, indexes = record.quantity, [record.index]
            sums.append(RatedSum(account_id, subscription_id, meter, plan, version, start, day, quantity, indexes))

    def _place(self, record: GuidedRecord, day: date) -> Slot | str:
        """Put one record to where it belongs, whatever its line has gone through."""
        line = (record.account, record.subscription, record.meter)
        slot = self._slots.slot(*line, day)
        self._put(line, day, slot, [record])
        return slot

    def _put(self, line: Line, day: date, slot: Slot | str, records: list[GuidedRecord]) -> None:
        if isinstance(slot, str):
            self.aside += [(record, slot) for record in records]
        elif slot.measures:
            self.detailed.append(Detailed((*line, day), slot, records))
        else:
            self._sum(line, day, slot, records)

    def _sum(self, line: Line, day: date, slot: Slot, records: list[GuidedRecord]) -> None:
        plan, version, start, *_, billed_in = slot
        if len(records) == 1:
            quantity, indexes = records[0].quantity, [records[0].index]
        else:
            quantity, indexes = sum([record.quantity for record in records]), [record.index for record in records]
        if billed_in is not None:
            self.late.append(LateSum(len(self.sums), billed_in))
        self.sums.append(RatedSum(*line, plan, version, start, day, quantity, indexes))

    def measure(self, measuring: Measuring) -> None:
        """Sum the others up, with what they come to beyond that."""
        self.unpriceable = measuring.take(self.detailed)
        for detailed in measuring.held:
            place = len(self.sums)
            *line, day = detailed.key
            self._sum((line[0], line[1], line[2]), day, detailed.slot, detailed.records)
            self.measured += [RatedMeasure(place, name, groups) for name, groups in detailed.groups]


def _by_day(zone: str, records: Sequence[GuidedRecord]) -> dict[date, list[GuidedRecord]]:
    """The records by the local day that they began on."""
    days: dict[date, list[GuidedRecord]] = {}
    for record in records:
        day = day_of_quarter(zone, record.started_at // QUARTER_US)
        held = days.get(day)
        if held is None:
            days[day] = [record]
        else:
            held.append(record)
    return days


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
