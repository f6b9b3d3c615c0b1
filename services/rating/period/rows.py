"""ChargeFixed -> a row of charge_row; PeriodClosed -> a row of closed_period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from services.rating.period.messages import ChargeFixed, PeriodClosed
from shared.engine.rows import Amount, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert
from shared.kernel.bounds import SEQ_MAX
from shared.kernel.envelope import Envelope


class ChargeRow(Row, frozen=True, kw_only=True):
    """A charge. `quantity` in the unit of the meter; `seq` is its event: rating/<partition>/<seq>.

    `meters`: records by meter where usage of others than `meter` is priced, as a JSON object; else empty.
    `settles_start` to `settles_end`: the closed period whose late usage it is for.
    `corrects`: the charges that it makes good, because of `cause`, as a JSON list.
    """

    TABLE = "charge_row"
    KEY = ("charge_id",)

    charge_id: str
    account_id: str
    billing_start: date
    billing_end: date
    n: int
    kind: str
    subscription_id: str
    plan_id: str
    plan_version: int
    price_index: int
    description: str
    period_start: date
    period_end: date
    amount: Amount
    unrounded: Decimal
    currency: str
    meter: str | None
    unit: str | None
    quantity: Decimal | None
    records: int
    covered_records: int
    meters: Jsonb
    settles_start: date | None
    settles_end: date | None
    fraction: str | None
    steps: Jsonb
    item: str | None
    corrects: Jsonb
    cause: str | None
    evidence: Jsonb | None
    tax_class: str | None
    includes_tax: bool
    seq: int
    fixed_at: datetime


class ClosedPeriod(Row, frozen=True, kw_only=True):
    """A period whose charges are out: so many lines, so much in all."""

    TABLE = "closed_period"
    KEY = ("account_id", "period_start")

    account_id: str
    period_start: date
    period_end: date
    lines: int
    sum: Amount
    currency: str
    closed_at: datetime


TABLES: Final = Tables(insert(ChargeRow), insert(ClosedPeriod))


def rows(applied: AppliedOf[ChargeFixed | PeriodClosed]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case ChargeFixed():
            yield _charge(event, envelope)
        case PeriodClosed():
            start, end = event.period.start, event.period.end
            yield ClosedPeriod.of(event, period_start=start, period_end=end, closed_at=envelope.recorded_at)


def _charge(event: ChargeFixed, envelope: Envelope) -> ChargeRow:
    return ChargeRow.of(
        event,
        billing_start=event.billing_period.start,
        billing_end=event.billing_period.end,
        period_start=event.period.start,
        period_end=event.period.end,
        records=min(event.records + sum(event.retracted.values()), SEQ_MAX),
        meters=jsonb(event.meters),
        settles_start=event.settles.start if event.settles else None,
        settles_end=event.settles.end if event.settles else None,
        steps=jsonb(event.steps),
        corrects=jsonb(event.corrects),
        evidence=None if event.evidence is None else jsonb(event.evidence),
        seq=envelope.seq,
        fixed_at=envelope.recorded_at,
    )
