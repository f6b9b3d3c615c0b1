"""What a month is billed is what a quote of the same records says, for every usage model, however the records came.

The records go through the whole of rating: guided in two messages in any order, put into sums or measured, closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from services.rating.period.messages import ChargeFixed
from services.rating.pricing import parse_price
from services.rating.pricing.engine.aggregation import SUM
from services.rating.quote.quote import quote
from services.usage.record.messages import GuidedRecord, GuidedUsage
from shared.kernel.money import format_micro
from shared.kernel.period import Period
from tests.services.rating.pricing.random_prices import MODIFIERS, PARAMETERS, RECORDS, Record
from tests.services.rating.world import account, close, cycle, guided, plan, rating, subscription

JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))
OWN = ("max", "level")
"""What a meter has to aggregate by itself; records and sums every meter has."""
# A story takes some 20 ms, and a smaller one of twelve failures would be looked for thousands of times.
WITHOUT_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def attributes_of(record: Record) -> dict[str, str]:
    said = {"direction": record.direction, "region": record.region, "amount": record.amount}
    return {"destination": "33612345678"} | {name: word for name, word in said.items() if word is not None}


def quoted(price: dict[str, Any], meters: Sequence[str], records: Sequence[Record]) -> dict[str, Any]:
    def instant(moment_us: int) -> str:
        return (EPOCH + timedelta(microseconds=moment_us)).isoformat()

    asked = [
        {
            "quantity": format_micro(record.quantity),
            "meter": meter,
            "started_at": instant(record.started_us),
            "ended_at": instant(record.ended_us),
            "source": record.source,
            "id": record.id,
            "attributes": attributes_of(record),
        }
        for record, meter in zip(records, meters, strict=True)
    ]
    period = {"start": "2026-06-01", "end": "2026-07-01"}
    return quote({"price": price, "currency": "EUR", "period": period, "cycle": {}, "records": asked})


def message(n: int, meters: Sequence[str], records: Sequence[Record]) -> GuidedUsage:
    return guided(
        *(
            GuidedRecord(
                index,
                "acc-1",
                "sub-1",
                meter,
                record.quantity,
                record.started_us,
                record.ended_us,
                attributes_of(record),
            )
            for index, (record, meter) in enumerate(zip(records, meters, strict=True))
        ),
        n=n,
        seq=n,
        origins={index: (record.source, record.id) for index, record in enumerate(records)},
    )


def billed(price: dict[str, Any], batches: Sequence[tuple[Sequence[str], Sequence[Record]]]) -> list[ChargeFixed]:
    asked = parse_price(price).measures
    aggregations = {measure.meter or "": measure.aggregation or SUM for measure in asked if measure.aggregation in OWN}
    story = rating(
        cycle(),
        *plan(price, aggregations=aggregations),
        account("2026-06-01"),
        subscription("2026-06-01", period=JUNE),
        now=datetime(2026, 6, 1, tzinfo=UTC),
    )
    for n, (meters, records) in enumerate(batches, start=1):
        story.when_event(message(n, meters, records))
    close(story)
    return [event for event in story.events if isinstance(event, ChargeFixed)]


@pytest.mark.parametrize("model", PARAMETERS)
@settings(max_examples=15, phases=WITHOUT_SHRINKING)
@given(data=st.data())
def test_a_bill_is_what_a_quote_says_r16(model: str, data: st.DataObject) -> None:
    price = {"model": model, **data.draw(PARAMETERS[model])}
    if modifiers := data.draw(MODIFIERS):
        price["modifiers"] = modifiers
    if model != "capacity":
        price["meter"] = "a"
    records = data.draw(RECORDS)
    shuffled = data.draw(st.permutations(records))
    cut = data.draw(st.integers(0, len(records)))

    def meters(some: Sequence[Record]) -> list[str]:
        return [record.source if model == "capacity" else "a" for record in some]

    said = quoted(price, meters(records), records)
    charges = billed(price, [(meters(some), some) for some in (shuffled[:cut], shuffled[cut:])])
    # A line of zero is left out, unless records are behind it; charges stand in the order of their kinds.
    kept = [line for line in said["lines"] if Decimal(line["amount"]) or (line["kind"] == "usage" and records)]
    lines = sorted(kept, key=lambda line: str(line["kind"]))
    assert [(charge.kind, charge.amount, charge.unrounded, charge.quantity) for charge in charges] == [
        (line["kind"], Decimal(line["amount"]), Decimal(line["unrounded"]), as_number(line.get("quantity")))
        for line in lines
    ]
    assert [[msgspec.to_builtins(step) for step in charge.steps] for charge in charges] == [
        line["steps"] for line in lines
    ]


def as_number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
