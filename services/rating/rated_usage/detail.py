"""What records come to beyond their sum, where a price asks for it: the largest, their percentiles, each by itself.

    Detail(command, slots, view).take()

Only slots whose plan version has such a price come here; plain sums never do. A record that the price of its slot says
it cannot price (R20, an unknown destination) is taken out of the slot and goes back to quarantine with that reason.

A record of an aggregation over time counts on each local day for the part that lies in it, and so in each period and
under each plan version (R21): it is cut at midnight. It is listed once, where it started.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from services.rating.account.state import Account
from services.rating.plan.state import PlanVersion
from services.rating.pricing.engine.aggregation import Coded, Columns, aggregations
from services.rating.pricing.engine.contract import Entry, PricingContext, UsageModel
from services.rating.pricing.engine.measuring import MeterMeasure, measures_of
from services.rating.pricing.engine.price import Price, UnreadablePrice
from services.rating.pricing_context import pricing_context
from services.rating.rate_table.lookup import StoredRates
from services.rating.rated_usage.messages import RateGuided
from services.rating.rated_usage.slots import DetailedSlot, Slot, SlotKey, Slots
from services.rating.recurring.calendar import local_day
from services.usage.record.messages import GuidedRecord
from shared.kernel.calendar import midnight
from shared.kernel.decider import View
from shared.kernel.instants import EPOCH
from shared.kernel.period import Period

_US: Final = timedelta(microseconds=1)


class _Part(NamedTuple):
    """A record, or what of it lies in a slot; in microseconds since 1970."""

    record: GuidedRecord
    started_us: int
    ended_us: int


class Detail:
    """The detailed slots of one message."""

    def __init__(self, command: RateGuided, slots: Slots, view: View) -> None:
        self._records = {record.index: record for record in command.records}
        self._origins = command.origins
        self._slots = slots
        self._view = view
        self._ends: dict[SlotKey, int] = {}
        self._careful: dict[tuple[str, int, str], tuple[tuple[Price, MeterMeasure], ...]] = {}
        self._contexts: dict[tuple[str, Period, str], PricingContext] = {}

    def take(self) -> list[tuple[GuidedRecord, str]]:
        """Measure the records of all detailed slots; gives those that cannot be priced, with the reason of each."""
        self._want()
        refused: list[tuple[GuidedRecord, str]] = []
        parts: dict[SlotKey, list[_Part]] = {}
        for key, slot in [*self._slots.by_key.items()]:
            if type(slot) is DetailedSlot:
                refused += self._without_unpriceable(key, slot)
                self._spread(key, slot, parts)
        for key, held in parts.items():
            slot = self._slots.by_key[key]
            if type(slot) is DetailedSlot:
                for measure in slot.measures:
                    if aggregations()[measure.aggregation].over_time:
                        slot.groups.append((measure.name, self._states(measure, held)))
        self._drop_empty()
        return refused

    def _drop_empty(self) -> None:
        by_key = self._slots.by_key
        for key, slot in [*by_key.items()]:
            if isinstance(slot, Slot) and not slot.indexes and not (type(slot) is DetailedSlot and slot.groups):
                del by_key[key]

    def _want(self) -> None:
        """Ask for the stored rates of all records before the first is looked up, so that they are loaded in one go."""
        wanted: dict[str, set[str]] = {}
        first_day = date.max
        for key, slot in self._slots.by_key.items():
            if type(slot) is not DetailedSlot:
                continue
            for price, measure, _ in self._checks(key, slot):
                if isinstance(price.model, UsageModel) and price.model.wanted is not None:
                    entries = [self._entry(measure, self._records[index]) for index in slot.indexes]
                    for table_id, numbers in price.model.wanted(price.terms, entries).items():
                        wanted.setdefault(table_id, set()).update(numbers)
                        first_day = min(first_day, key[3])
        for table_id in sorted(wanted):
            StoredRates(self._view, since=first_day).want_rates(table_id, wanted[table_id])

    def _without_unpriceable(self, key: SlotKey, slot: DetailedSlot) -> Iterator[tuple[GuidedRecord, str]]:
        checks = [*self._checks(key, slot)]
        if not checks:
            return
        kept: list[int] = []
        for index in slot.indexes:
            record = self._records[index]
            reason = next((why for check in checks if (why := self._refusal(*check, record))), None)
            if reason is None:
                kept.append(index)
            else:
                slot.quantity -= record.quantity
                yield record, reason
        slot.indexes = kept

    def _checks(self, key: SlotKey, slot: DetailedSlot) -> Iterator[tuple[Price, MeterMeasure, PricingContext]]:
        """The prices of the slot that may refuse a record of its meter, with what they read of it."""
        account_id, _, meter, day = key
        account, _ = self._slots.account(account_id)
        wanted = (slot.plan, slot.version, meter)
        if wanted not in self._careful:
            self._careful[wanted] = tuple(careful(slot.in_force, meter))
        if account is not None and self._careful[wanted]:
            context = self._context(account, day)
            for price, measure in self._careful[wanted]:
                yield price, measure, context

    def _refusal(
        self, price: Price, measure: MeterMeasure, context: PricingContext, record: GuidedRecord
    ) -> str | None:
        model = price.model
        assert isinstance(model, UsageModel) and model.unpriceable is not None
        return model.unpriceable(price.terms, context, self._entry(measure, record))

    def _entry(self, measure: MeterMeasure, record: GuidedRecord) -> Entry:
        source, identity = self._origins.get(record.index, ("", ""))
        words = tuple(word_of(record, name) for name in (*measure.attributes, *measure.group_by))
        return Entry(record.started_at, source, identity, record.quantity, record.ended_at, words, record.meter)

    def _context(self, account: Account, day: date) -> PricingContext:
        period = account.period_on(day)
        wanted = (account.currency, period, account.terms.time_zone)
        found = self._contexts.get(wanted)
        if found is None:
            found = self._contexts[wanted] = pricing_context(account, period, self._view)
        return found

    def _spread(self, key: SlotKey, slot: DetailedSlot, parts: dict[SlotKey, list[_Part]]) -> None:
        """Measure the slot's own records, and lay out those that count over time by the slots that they reach into."""
        whole = [
            _Part(record, record.started_at, record.ended_at)
            for record in map(self._records.get, slot.indexes)
            if record is not None
        ]
        over_time = False
        for measure in slot.measures:
            if aggregations()[measure.aggregation].over_time:
                over_time = True
            elif whole:
                slot.groups.append((measure.name, self._states(measure, whole)))
        if over_time:
            for part in whole:
                self._cut(key, part, parts)

    def _cut(self, key: SlotKey, part: _Part, parts: dict[SlotKey, list[_Part]]) -> None:
        account_id, subscription_id, meter, _ = key
        account, time_zone = self._slots.account(account_id)
        while account is not None:
            slot = self._slots.by_key.get(key)
            if slot is None:
                slot = self._slots.by_key[key] = self._slots.slot(account, subscription_id, meter, key[-1])
            if isinstance(slot, str):
                return
            end = self._ends.get(key) or self._ends.setdefault(key, _end_of(key[-1], time_zone))
            parts.setdefault(key, []).append(part._replace(ended_us=min(part.ended_us, end)))
            if part.ended_us <= end:
                return
            part = part._replace(started_us=end)
            key = (account_id, subscription_id, meter, local_day(time_zone, end))

    def _states(self, measure: MeterMeasure, parts: Sequence[_Part]) -> list[tuple[tuple[str, ...], Any]]:
        aggregation = aggregations()[measure.aggregation]
        columns = self._columns(measure, parts)
        groups = columns.grouped(measure.group_by) if measure.group_by else {(): columns}
        return [(words, aggregation.add(aggregation.zero, held)) for words, held in sorted(groups.items())]

    def _columns(self, measure: MeterMeasure, parts: Sequence[_Part]) -> Columns:
        """Columns in the order of (start, source, id, quantity), whatever the order of arrival."""
        nowhere, origins = ("", ""), self._origins
        rows = [
            (part.started_us, *origins.get(part.record.index, nowhere), part.record.quantity, part.ended_us, n)
            for n, part in enumerate(parts)
        ]
        rows.sort()
        started_us, sources, ids, quantities, ended_us, places = zip(*rows, strict=True)
        records = [parts[n].record for n in places]
        return Columns(
            quantities=quantities,
            started_us=started_us,
            ended_us=ended_us,
            sources=sources,
            ids=ids,
            attributes={
                name: Coded.of([word_of(record, name) for record in records])
                for name in (*measure.attributes, *measure.group_by)
            },
        )


def _end_of(day: date, time_zone: str) -> int:
    return (midnight(day + timedelta(days=1), time_zone) - EPOCH) // _US


def careful(in_force: PlanVersion, meter: str) -> Iterator[tuple[Price, MeterMeasure]]:
    """The prices of a version that may refuse a record of the meter, with the measure that they see it in."""
    for price in in_force.prices:
        if isinstance(price, UnreadablePrice) or not isinstance(price.model, UsageModel):
            continue
        if price.model.unpriceable is not None:
            measures = measures_of(price, in_force.aggregation_of)
            yield from [(price, measure) for measure in measures if measure.meter == meter][:1]


def word_of(record: GuidedRecord, attribute: str) -> str | None:
    """What the record says of an attribute: a text, or what is as exact as one; `None` for all else."""
    value = (record.attributes or {}).get(attribute)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else None
