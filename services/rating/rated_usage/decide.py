"""Guided usage becomes sums: the hot path of rating.

Every record of a message ends in exactly one place: a sum of its (subscription, meter, plan version, local day), the
list of those that no price covers, or the list of those that go back to usage:

    subscription unknown, or not active on the local day     -> returned, no_subscription
    the day lies in a period that closed over 35 days ago     -> returned, too_late
    the version in force has no price for the meter           -> not billable, no_price
    its price cannot price it (an unknown destination)        -> returned, with the reason that the price gives

Integers only, and no work per record beyond one look-up of its day and one of its sum. What prices need beyond sums is
measured once the loop is through, for those subscriptions alone that have such a price (detail.py).

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
from services.rating.rated_usage.chunks import put_away
from services.rating.rated_usage.detail import Detail
from services.rating.rated_usage.fair_use import asked_for
from services.rating.rated_usage.late import billed, with_late
from services.rating.rated_usage.messages import LateSum, RatedMeasure, RatedSum, RateGuided, UsageRated, in_time
from services.rating.rated_usage.slots import NO_PRICE, DetailedSlot, Slot, SlotKey, Slots
from services.rating.rated_usage.state import BilledUsage, Chunks, PairNumber, Tally, UsageSum, tally_key
from services.rating.recurring.calendar import QUARTER_US, day_of_quarter
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
    by_key, known = slots.by_key, slots.accounts.get
    aside: list[tuple[GuidedRecord, str]] = []
    for record in command.records:
        account_id = record.account
        account, zone = known(account_id) or slots.account(account_id)
        day = day_of_quarter(zone, record.started_at // QUARTER_US)
        key = (account_id, record.subscription, record.meter, day)
        slot = by_key.get(key)
        if slot is None:
            slot = by_key[key] = slots.slot(account, record.subscription, record.meter, day)
        if isinstance(slot, str):
            aside.append((record, slot))
        else:
            slot.quantity += record.quantity
            slot.indexes.append(record.index)
    unpriceable = Detail(command, slots, view).take() if slots.detailed else []
    rated = UsageRated(
        source=command.source,
        n=command.n,
        usage_seq=command.seq,
        sums=_sums(by_key),
        not_billable=[(r.index, reason, r.account) for r, reason in aside if reason == NO_PRICE],
        returned=[
            *((r.index, reason, r.account) for r, reason in aside if reason != NO_PRICE),
            *((r.index, reason, r.account) for r, reason in unpriceable),
        ],
        part=command.part,
        measured=_measured(by_key) if slots.detailed else [],
        late=_late(slots) if slots.late else [],
    )
    return [rated, *(asked_for(rated, slots.fair_use, view, context.now) if slots.fair_use else ())]


def evolve_rated_usage(event: UsageRated | PeriodClosed, envelope: Envelope, view: View) -> Sequence[State | Gone]:
    match event:
        case UsageRated():
            return _rated(event, view)
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
        others = {start: held for start, held in (sums.chunks or {}).items() if start != closed}
        rest = UsageSum(subscription_id=subscription_id, periods=left, chunks=others or None)
        changes.append(rest if left else Gone(UsageSum, subscription_id))
    return changes


def _rated(event: UsageRated, view: View) -> list[State]:
    """The sums with the message in them, what else is measured of it, and the number of the pair."""
    late = {late.of for late in event.late}
    details, chunks = put_away(event, view, late) if event.measured else ([], {})
    changed: dict[str, dict[date, dict[str, Tally]]] = {}
    copied: dict[tuple[str, date], dict[str, Tally]] = {}
    names: dict[tuple[str, int, str], str] = {}
    get = view.get
    for added in in_time(event):
        subscription, start = added.subscription, added.period_start
        tallies = copied.get((subscription, start))
        if tallies is None:
            periods = changed.get(subscription)
            if periods is None:
                known = get(UsageSum, subscription)
                if known is None:
                    periods = changed[subscription] = {}
                else:
                    periods = changed[subscription] = known.periods.copy()
                    if known.chunks is not None:
                        chunks.setdefault(subscription, known.chunks)
            held = periods.get(start)
            tallies = copied[subscription, start] = periods[start] = held.copy() if held else {}
        wanted = (added.meter, added.version, added.plan)
        name = names.get(wanted)
        if name is None:
            name = names[wanted] = tally_key(*wanted)
        before = tallies.get(name)
        quantity, records = added.quantity, len(added.indexes)
        # Written out: calls of this size would be a tenth of what a record costs.
        if before is not None:
            quantity += before.quantity
            records += before.records
        tallies[name] = Tally(quantity, records)
    states = _sums_of(changed, chunks)
    states += details
    states += with_late(event, view) if late else []
    if not event.part:
        states.append(PairNumber(source=str(event.source), n=event.n))
    return states


def _sums_of(
    periods: Mapping[str, dict[date, dict[str, Tally]]], chunks: Mapping[str, dict[date, Chunks]]
) -> list[State]:
    return [
        UsageSum(subscription_id=subscription, periods=held)
        if subscription not in chunks
        else UsageSum(subscription_id=subscription, periods=held, chunks=chunks[subscription])
        for subscription, held in periods.items()
    ]


def _check_number(command: RateGuided, view: View) -> None:
    last = view.get(PairNumber, str(command.source))
    expected = last.n + 1 if last else 1
    if command.n != expected:
        raise PairGap(f"usage partition {command.source} sent message {command.n} where {expected} comes next")


def _sums(slots: Mapping[SlotKey, Slot | str]) -> list[RatedSum]:
    return [
        RatedSum(
            account,
            subscription,
            meter,
            slot.plan,
            slot.version,
            slot.period_start,
            day,
            slot.quantity,
            slot.indexes,
        )
        for (account, subscription, meter, day), slot in slots.items()
        if not isinstance(slot, str)
    ]


def _late(slots: Slots) -> list[LateSum]:
    summed = [key for key, slot in slots.by_key.items() if not isinstance(slot, str)]
    return [LateSum(place, slots.late[key]) for place, key in enumerate(summed) if key in slots.late]


def _measured(slots: Mapping[SlotKey, Slot | str]) -> list[RatedMeasure]:
    summed = [slot for slot in slots.values() if not isinstance(slot, str)]
    return [
        RatedMeasure(place, name, groups)
        for place, slot in enumerate(summed)
        if type(slot) is DetailedSlot
        for name, groups in slot.groups
    ]
