"""Guided usage becomes sums: the hot path of rating.

Every record of a message ends in exactly one place: a sum of its (subscription, meter, plan version, local day), the
list of those that no price covers, or the list of those that go back to usage:

    subscription unknown, or not active on the local day     -> returned, no_subscription
    the day lies in a period that is closed                   -> returned, too_late
    the version in force has no price for the meter           -> not billable, no_price
    its price cannot price it (an unknown destination)        -> returned, with the reason that the price gives

Integers only, and no work per record beyond one look-up of its day and one of its sum. What prices need beyond sums is
measured once the loop is through, for those subscriptions alone that have such a price (detail.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never

from services.rating.account.state import Account
from services.rating.period.messages import PeriodClosed
from services.rating.rated_usage.chunks import put_away
from services.rating.rated_usage.detail import Detail
from services.rating.rated_usage.messages import RatedMeasure, RatedSum, RateGuided, UsageRated
from services.rating.rated_usage.slots import NO_PRICE, DetailedSlot, Slot, SlotKey, Slots
from services.rating.rated_usage.state import NO_CHUNKS, PairNumber, Tally, UsageDetail, UsageSum, detail_key, tally_key
from services.rating.recurring.calendar import local_day
from services.usage.record.messages import GuidedRecord
from shared.kernel.decider import Gone, State, View
from shared.kernel.errors import Indivisible


class PairGap(Indivisible):
    """A guided message is missing or came twice. Messages of a pair are numbered without gaps: the log is damaged."""


def decide_rated_usage(command: RateGuided, view: View) -> list[UsageRated]:
    """One `UsageRated` for the message. Raises `PairGap` unless it is the next of its pair."""
    if not command.part:
        _check_number(command, view)
    slots = Slots(view)
    by_key = slots.by_key
    aside: list[tuple[GuidedRecord, str]] = []
    for record in command.records:
        account, zone = slots.account(record.account)
        key = (record.account, record.subscription, record.meter, local_day(zone, record.started_at))
        slot = by_key.get(key)
        if slot is None:
            slot = slots.open(key, account)
        if isinstance(slot, str):
            aside.append((record, slot))
        else:
            slot.quantity += record.quantity
            slot.indexes.append(record.index)
    unpriceable = Detail(command, slots, view).take() if slots.detailed else []
    sums, measured = _sums(by_key)
    return [
        UsageRated(
            source=command.source,
            n=command.n,
            usage_seq=command.seq,
            sums=sums,
            not_billable=[(r.index, reason, r.account) for r, reason in aside if reason == NO_PRICE],
            returned=[
                *((r.index, reason, r.account) for r, reason in aside if reason != NO_PRICE),
                *((r.index, reason, r.account) for r, reason in unpriceable),
            ],
            part=command.part,
            measured=measured,
        )
    ]


def evolve_rated_usage(event: UsageRated | PeriodClosed, view: View) -> Sequence[State | Gone]:
    match event:
        case UsageRated():
            return _rated(event, view)
        case PeriodClosed():
            return _charged(event, view)
        case _:
            assert_never(event)


def _charged(event: PeriodClosed, view: View) -> list[State | Gone]:
    """The sums of the closed period have become charges."""
    account = view.get(Account, event.account_id)
    changes: list[State | Gone] = []
    for subscription_id in account.subscriptions if account else ():
        sums = view.get(UsageSum, subscription_id)
        if sums is None or event.period.start not in sums.periods:
            continue
        closed = event.period.start
        chunks = sums.chunks.get(closed, NO_CHUNKS)
        changes += [Gone(UsageDetail, detail_key(subscription_id, closed, n)) for n in range(chunks.count)]
        left = {start: tallies for start, tallies in sums.periods.items() if start != closed}
        others = {start: held for start, held in sums.chunks.items() if start != closed}
        kept = UsageSum(subscription_id=subscription_id, periods=left, chunks=others)
        changes.append(kept if left else Gone(UsageSum, subscription_id))
    return changes


def _rated(event: UsageRated, view: View) -> list[State]:
    """The sums with the message in them, what else is measured of it, and the number of the pair."""
    details, chunks = put_away(event, view) if event.measured else ([], {})
    changed: dict[str, dict[date, dict[str, Tally]]] = {}
    copied: dict[tuple[str, date], dict[str, Tally]] = {}
    names: dict[tuple[str, int, str], str] = {}
    get = view.get
    for added in event.sums:
        subscription, start = added.subscription, added.period_start
        tallies = copied.get((subscription, start))
        if tallies is None:
            periods = changed.get(subscription)
            if periods is None:
                known = get(UsageSum, subscription)
                periods = changed[subscription] = known.periods.copy() if known else {}
                if subscription not in chunks:
                    chunks[subscription] = known.chunks if known else {}
            held = periods.get(start)
            tallies = copied[subscription, start] = periods[start] = held.copy() if held else {}
        wanted = (added.meter, added.version, added.plan)
        name = names.get(wanted)
        if name is None:
            name = names[wanted] = tally_key(*wanted)
        before = tallies.get(name)
        quantity, records = added.quantity, len(added.indexes)
        tallies[name] = before.plus(quantity, records) if before else Tally(quantity, records)
    states: list[State] = [
        UsageSum(subscription_id=subscription, periods=periods, chunks=chunks[subscription])
        for subscription, periods in changed.items()
    ]
    states += details
    if not event.part:
        states.append(PairNumber(source=str(event.source), n=event.n))
    return states


def _check_number(command: RateGuided, view: View) -> None:
    last = view.get(PairNumber, str(command.source))
    expected = last.n + 1 if last else 1
    if command.n != expected:
        raise PairGap(f"usage partition {command.source} sent message {command.n} where {expected} comes next")


def _sums(slots: Mapping[SlotKey, Slot | str]) -> tuple[list[RatedSum], list[RatedMeasure]]:
    sums: list[RatedSum] = []
    measured: list[RatedMeasure] = []
    for (account, subscription, meter, day), slot in slots.items():
        if isinstance(slot, str):
            continue
        if type(slot) is DetailedSlot:
            if not slot.indexes and not slot.groups:
                continue
            measured += [RatedMeasure(len(sums), name, groups) for name, groups in slot.groups]
        sums.append(
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
        )
    return sums, measured
