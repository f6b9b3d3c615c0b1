"""What rating has charged, and the billing periods whose records are billed by it.

charge ch-9   acc-1   line-1   data.octets   billing period 2026-09   12.40 EUR   8,640 records
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeVar

from services.rating.period.messages import ChargeFixed
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy, upsert
from shared.kernel.calendar import midnight


class ChargeRow(Row, frozen=True, kw_only=True):
    """`quantity` is in the unit of the meter; the billing period is the one that was closed, the other the line's.

    `records` are less than none where a charge takes more back than it adds. `meters`: the records by meter as a JSON
    object, where usage of others than `meter` is priced; else empty.
    `settles_start`: of usage that came late, the first day of the billing period it belongs to.
    """

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
    meters: Jsonb
    settles_start: date | None
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


class LateBilledPeriodRow(Row, frozen=True, kw_only=True):
    """What came late for a billing period and was charged with the one that begins `billed_in`."""

    TABLE = "late_billed_period"
    KEY = ("subscription_id", "meter", "starts", "billed_in")

    subscription_id: str
    meter: str
    starts: date
    billed_in: date
    covered: bool | None


B = TypeVar("B", BilledPeriodRow, LateBilledPeriodRow)


def _both(earlier: B, later: B) -> B:
    if earlier.covered is None or later.covered is None:
        return later if earlier.covered is None else earlier
    return later if earlier.covered else earlier


_COVERED: Final = {"covered": "coalesce(t.covered and excluded.covered, t.covered, excluded.covered)"}
TABLES: Final = Tables(
    copy(ChargeRow),
    upsert(BilledPeriodRow, sets=_COVERED, merge=_both),
    upsert(LateBilledPeriodRow, sets=_COVERED, merge=_both),
)
_ZONES: Final = "select account_id, time_zone from account_row where partition = $1 and account_id = any($2::text[])"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    charges = [event for event, _, _ in batch if isinstance(event, ChargeFixed)]
    if not charges:
        return
    rows = await connection.fetch(_ZONES, partition, list({charge.account_id for charge in charges}))
    zones = {row["account_id"]: row["time_zone"] for row in rows}
    await TABLES.write(connection, partition, [*map(_charge, charges), *_billed(charges, zones), *_settled(charges)])


def _charge(charge: ChargeFixed) -> ChargeRow:
    return ChargeRow.of(
        charge,
        records=charge.records - sum(charge.retracted.values()),
        billing_start=charge.billing_period.start,
        billing_end=charge.billing_period.end,
        period_start=charge.period.start,
        period_end=charge.period.end,
        meters=jsonb(_net(charge)),
        settles_start=charge.settles.start if charge.settles else None,
    )


def _net(charge: ChargeFixed) -> dict[str, int]:
    """The records by meter, less those that the charge takes back, where it is about others than its meter's."""
    meters = {**charge.meters, **dict.fromkeys(charge.retracted, 0)}
    if not charge.meters and meters.keys() <= {charge.meter}:
        return {}
    came = charge.meters or {charge.meter or "": charge.records}
    return {meter: came.get(meter, 0) - charge.retracted.get(meter, 0) for meter in meters}


def _billed(charges: Iterable[ChargeFixed], zones: Mapping[str, str]) -> list[BilledPeriodRow]:
    """What is billed by these charges, in the order of the table."""
    billed = [
        _period(charge, meter, zones.get(charge.account_id, "UTC"))
        for charge in charges
        if charge.settles is None
        for meter in _meters(charge)
    ]
    return sorted(billed, key=lambda row: (row.subscription_id, row.meter, row.starts))


def _settled(charges: Iterable[ChargeFixed]) -> list[LateBilledPeriodRow]:
    """What came late and is billed by these charges, in the order of the table."""
    settled = [
        LateBilledPeriodRow(
            subscription_id=charge.subscription_id,
            meter=meter,
            starts=charge.settles.start,
            billed_in=charge.billing_period.start,
            covered=_covered(charge),
        )
        for charge in charges
        if charge.settles is not None
        for meter in _meters(charge)
    ]
    return sorted(settled, key=lambda row: (row.subscription_id, row.meter, row.starts, row.billed_in))


def _meters(charge: ChargeFixed) -> Iterable[str]:
    """The meters whose records the charge bills; none of a price for time."""
    own = charge.meters or ((charge.meter,) if charge.meter is not None else ())
    return dict.fromkeys([*own, *charge.retracted])


def _covered(charge: ChargeFixed) -> bool | None:
    return charge.covered_records == charge.records if charge.records else None


def _period(charge: ChargeFixed, meter: str, zone: str) -> BilledPeriodRow:
    period = charge.billing_period
    return BilledPeriodRow(
        subscription_id=charge.subscription_id,
        meter=meter,
        starts=period.start,
        ends=period.end,
        begins=midnight(period.start, zone),
        finishes=midnight(period.end, zone),
        covered=_covered(charge),
    )
