"""What rating has charged, and the billing periods whose records are billed by it.

charge ch-9   acc-1   line-1   data.octets   billing period 2026-09   12.40 EUR   8,640 records
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from services.rating.period.messages import ChargeFixed
from shared.engine.rows import Amount, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy, upsert
from shared.kernel.calendar import midnight

if TYPE_CHECKING:
    from shared.engine.postgres import Connection


class ChargeRow(Row, frozen=True, kw_only=True):
    """`quantity` is in the unit of the meter; the billing period is the one that was closed, the other the line's."""

    TABLE = "charge_row"
    KEY = ("charge_id",)

    charge_id: str
    account_id: str
    subscription_id: str
    plan_id: str
    plan_version: int
    kind: str
    meter: str | None
    billing_start: date
    billing_end: date
    period_start: date
    period_end: date
    quantity: Decimal | None
    records: int
    covered_records: int
    amount: Amount
    currency: str


class BilledPeriodRow(Row, frozen=True, kw_only=True):
    """`begins` and `finishes` are the period's instants where the account is; `covered`: its charges cover all records,
    `None` while none of them has records."""

    TABLE = "billed_period"
    KEY = ("subscription_id", "meter", "starts")

    subscription_id: str
    meter: str
    starts: date
    ends: date
    begins: datetime
    finishes: datetime
    covered: bool | None


def _both(earlier: BilledPeriodRow, later: BilledPeriodRow) -> BilledPeriodRow:
    if earlier.covered is None or later.covered is None:
        return later if earlier.covered is None else earlier
    return later if earlier.covered else earlier


TABLES: Final = Tables(
    copy(ChargeRow),
    upsert(
        BilledPeriodRow,
        sets={"covered": "coalesce(t.covered and excluded.covered, t.covered, excluded.covered)"},
        merge=_both,
    ),
)
_ZONES: Final = "select account_id, time_zone from account_row where partition = $1 and account_id = any($2::text[])"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    charges = [event for event, _, _ in batch if isinstance(event, ChargeFixed)]
    if not charges:
        return
    rows = await connection.fetch(_ZONES, partition, list({charge.account_id for charge in charges}))
    zones = {row["account_id"]: row["time_zone"] for row in rows}
    await TABLES.write(connection, partition, [*map(_charge, charges), *_billed(charges, zones)])


def _charge(charge: ChargeFixed) -> ChargeRow:
    return ChargeRow.of(
        charge,
        billing_start=charge.billing_period.start,
        billing_end=charge.billing_period.end,
        period_start=charge.period.start,
        period_end=charge.period.end,
    )


def _billed(charges: Iterable[ChargeFixed], zones: Mapping[str, str]) -> list[BilledPeriodRow]:
    """What is billed by these charges, in the order of the table."""
    billed = [_period(charge, zones.get(charge.account_id, "UTC")) for charge in charges if charge.meter is not None]
    return sorted(billed, key=lambda row: (row.subscription_id, row.meter, row.starts))


def _period(charge: ChargeFixed, zone: str) -> BilledPeriodRow:
    period = charge.billing_period
    return BilledPeriodRow(
        subscription_id=charge.subscription_id,
        meter=charge.meter or "",
        starts=period.start,
        ends=period.end,
        begins=midnight(period.start, zone),
        finishes=midnight(period.end, zone),
        covered=charge.covered_records == charge.records if charge.records else None,
    )
