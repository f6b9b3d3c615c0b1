"""What the prices of a quote measure: its records, through the very aggregations that a bill goes through.

A price says in `measures` what it asks: the sum of its meter, the largest record of each of several meters, the records
one by one. Each takes the records of its meter. While all measures are of one meter, or of none, a record or price that
names no meter is for that one; once there are several, it must be said which one a record belongs to.

Records stand in the order of (started_at, source, id) and then of what they say, never of their place in the array.
Only those that say no instant are in the order given: it is the one thing that is known of their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property

from services.rating.pricing import Price
from services.rating.pricing.engine.aggregation import SUM, Aggregation, Coded, Columns, aggregations
from services.rating.pricing.engine.contract import Entry, Measure, Measured, PricingContext, UsageModel
from services.rating.pricing.engine.measuring import AggregationOf, aggregation_in, attributes_in
from services.rating.quote.bodies import RecordBody, UsageQuoteBody
from shared.kernel.decimals import format_decimal
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.instants import EPOCH
from shared.kernel.json_keys import json_pointer
from shared.kernel.money import quantity_micro


@dataclass(frozen=True)
class Usage:
    """The usage of a quote, for its `prices` by JSON pointer."""

    asked: UsageQuoteBody
    prices: Mapping[str, Price]
    context: PricingContext
    kept: AggregationOf = lambda meter: SUM

    def check(self) -> None:
        """Raises `Rejections` for a quantity that cannot be meant, and records that do not say what is needed."""
        refused = self._wrong_quantities() or self._wrong_records()
        if refused:
            raise Rejections(refused)

    def of(self, price: Price) -> tuple[Measured, ...]:
        """A value for each measure of the price, what was billed before included."""
        if self.asked.quantity is not None:
            return (self.asked.quantity + self._billed,)
        return tuple(self._measured(measure) for measure in price.measures)

    def billed(self, price: Price) -> tuple[Measured, ...] | None:
        """What of it has been billed; `None` while nothing has, which is not the same as zero."""
        return None if self.asked.already_billed_quantity is None else (self._billed,)

    @property
    def _billed(self) -> Decimal:
        return self.asked.already_billed_quantity or Decimal(0)

    @cached_property
    def _meters(self) -> set[str | None]:
        return {measure.meter for price in self.prices.values() for measure in price.measures}

    @property
    def _several(self) -> bool:
        return len(self._meters) > 1

    def _meter_of(self, record: RecordBody) -> str | None:
        """Which meter a record is of."""
        if self._several:
            return record.meter
        (only,) = self._meters
        return only if record.meter is None or only is None else record.meter

    def _records(self, measure: Measure) -> list[tuple[int, RecordBody]]:
        """The records of its meter, each with its place."""
        records = enumerate(self.asked.records or ())
        return [(index, record) for index, record in records if self._meter_of(record) == measure.meter]

    def _measured(self, measure: Measure) -> Measured:
        measure = self._of_meter(measure)
        aggregation: Aggregation[object] = aggregations()[measure.aggregation or SUM]
        columns = _columns(self._records(measure), measure.words, self.context)
        if not measure.group_by:
            value = aggregation.value(aggregation.add(aggregation.zero, columns))
            return value + self._billed if measure.summed and isinstance(value, Decimal) else value
        groups = columns.grouped(measure.group_by)
        values = {words: aggregation.value(aggregation.add(aggregation.zero, some)) for words, some in groups.items()}
        return {words: value for words, value in values.items() if isinstance(value, Decimal)}

    def _of_meter(self, measure: Measure) -> Measure:
        """The measure as the meter has it, where the price leaves that to the meter."""
        if measure.aggregation is not None or measure.meter is None:
            return measure
        kept = self.kept(measure.meter)
        attributes = measure.attributes or attributes_in(kept)
        return replace(measure, aggregation=aggregation_in(kept), attributes=attributes)

    def _wrong_quantities(self) -> list[Rejection]:
        asked = self.asked
        if (asked.quantity is None) == (asked.records is None):
            return [Rejection("invalid", "a usage quote has either quantity or records", pointer="/quantity")]
        given: dict[str, Callable[[Measure], bool]] = {
            "quantity": lambda measure: measure.summed or (measure.aggregation == "max" and not measure.words),
            "already_billed_quantity": lambda measure: self._of_meter(measure).summed,
        }
        return [
            refusal
            for name, fits in given.items()
            if getattr(asked, name) is not None and (refusal := self._no_one_quantity(name, fits)) is not None
        ]

    def _no_one_quantity(self, name: str, fits: Callable[[Measure], bool]) -> Rejection | None:
        """Why that field cannot be the quantity of every price."""
        for price in self.prices.values():
            if not (len(price.measures) == 1 and fits(price.measures[0])):
                detail = f"{name} is one sum, and a {price.name} price looks at more than that; give records"
                return Rejection("invalid", f"{detail}, all of the period", pointer=f"/{name}")
        if self._several:
            detail = f"the prices have several meters, so {name} could mean any of them; give records with their meter"
            return Rejection("invalid", detail, pointer=f"/{name}")
        return None

    def _wrong_records(self) -> list[Rejection]:
        refused: list[Rejection] = []
        for index, record in enumerate(self.asked.records or ()):
            if record.started_at is not None and record.ended_at is not None and record.ended_at < record.started_at:
                detail = "a record ends when it started, or later"
                refused.append(Rejection("invalid", detail, pointer=f"/records/{index}/ended_at"))
            if self._several and record.meter is None and None not in self._meters:
                detail = "the prices have several meters, and this record names none"
                refused.append(Rejection("required", detail, pointer=f"/records/{index}/meter"))
        for pointer, price in self.prices.items():
            for measure in price.measures:
                records = self._records(measure)
                refused += _unsaid(price, measure, records)
                try:
                    refused += _unpriceable(price, measure, records, self.context)
                except Rejection as unknown:  # a table or a calendar that the price names
                    refused += [Rejection(no.code, no.detail, pointer=f"{pointer}{no.pointer}") for no in unknown.all]
        return list({(one.code, one.pointer): one for one in refused}.values())


def _columns(records: Sequence[tuple[int, RecordBody]], attributes: Iterable[str], context: PricingContext) -> Columns:
    entries = [_entry(index, record, ()) for index, record in records]
    words = {name: Coded.of([(record.attributes or {}).get(name) for _, record in records]) for name in attributes}
    start, end = context.instants
    return Columns(
        quantities=[entry.quantity for entry in entries],
        started_us=[entry.started_us for entry in entries],
        ended_us=[entry.ended_us for entry in entries],
        sources=[entry.source for entry in entries],
        ids=[entry.id for entry in entries],
        attributes=words,
        within=(_microseconds(start), _microseconds(end)),
    )


def _entry(index: int, record: RecordBody, attributes: Iterable[str], meter: str | None = None) -> Entry:
    """The record as a price sees it. One that says no instant has its place instead, padded so that it sorts."""
    start, end = record.started_at, record.ended_at
    said = record.attributes or {}
    return Entry(
        0 if start is None else _microseconds(start),
        record.source or "",
        record.id or (f"{index:08}" if start is None else ""),
        quantity_micro(f"{record.quantity:f}"),
        _microseconds(end or start) if end or start else 0,
        tuple(said.get(name) for name in attributes),
        meter,
    )


def _microseconds(moment: datetime | None) -> int:
    return 0 if moment is None else (moment - EPOCH) // timedelta(microseconds=1)


def _unsaid(price: Price, measure: Measure, records: Sequence[tuple[int, RecordBody]]) -> list[Rejection]:
    return [
        Rejection("required", f"a {price.name} price needs {name} of every record", pointer=f"/records/{index}/{name}")
        for index, record in records
        for name in measure.needs
        if getattr(record, name) is None
    ]


def _unpriceable(
    price: Price, measure: Measure, records: Sequence[tuple[int, RecordBody]], context: PricingContext
) -> list[Rejection]:
    """The records that nothing of the price has an amount for: visible, never zero (R20)."""
    model = price.model
    if not isinstance(model, UsageModel) or model.unpriceable is None:
        return []
    found: list[Rejection] = []
    entries = [_entry(index, record, measure.words, measure.meter) for index, record in records]
    if model.wanted is not None:
        for table_id, numbers in model.wanted(price.terms, entries).items():
            context.want_rates(table_id, numbers)
    for (index, record), entry in zip(records, entries, strict=True):
        if code := model.unpriceable(price.terms, context, entry):
            said = ", ".join(
                f"{name} not said" if word is None else f"{name} {word[:40]!r}"
                for name, word in zip(measure.words, entry.words, strict=True)
            )
            detail = f"a {price.name} price has no amount for this record: {said or format_decimal(record.quantity)}"
            place = ["attributes", *measure.words][:2] if len(measure.words) == 1 else ["attributes"]
            where = json_pointer("records", index, *(place if measure.words else ["quantity"]))
            found.append(Rejection(code, detail, pointer=where))
    return found
