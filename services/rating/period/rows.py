"""ChargeFixed -> a row of charge_row; PeriodClosed -> a row of closed_period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.rating.period.messages import ChargeFixed, PeriodClosed
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.kernel.envelope import Envelope
from shared.kernel.wire import write

Row = tuple[Any, ...]

_FIX = f"""
    insert into charge_row (partition, charge_id, account_id, billing_start, billing_end, n, kind, subscription_id,
                            plan_id, plan_version, price_index, description, period_start, period_end, amount,
                            unrounded, currency, meter, unit, quantity, records, covered_records, fraction, steps, seq,
                            fixed_at)
    values ({", ".join(f"${n}" for n in range(1, 27))})"""
_CLOSE = """
    insert into closed_period (partition, account_id, period_start, period_end, lines, sum, currency, closed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    fixed = [(partition, *_charge(event, e)) for event, e, _ in batch if isinstance(event, ChargeFixed)]
    if fixed:
        await connection.executemany(_FIX, fixed)
    closed = [(partition, *_closed(event, e)) for event, e, _ in batch if isinstance(event, PeriodClosed)]
    if closed:
        await connection.executemany(_CLOSE, closed)


def _charge(event: ChargeFixed, envelope: Envelope) -> Row:
    return (
        event.charge_id,
        event.account_id,
        event.billing_period.start,
        event.billing_period.end,
        event.n,
        event.kind,
        event.subscription_id,
        event.plan_id,
        event.plan_version,
        event.price_index,
        event.description,
        event.period.start,
        event.period.end,
        event.amount,
        event.unrounded,
        event.currency,
        event.meter,
        event.unit,
        event.quantity,
        event.records,
        event.covered_records,
        event.fraction,
        write(event.steps).decode(),
        envelope.seq,
        envelope.recorded_at,
    )


def _closed(event: PeriodClosed, envelope: Envelope) -> Row:
    period = event.period
    return event.account_id, period.start, period.end, event.lines, event.sum, event.currency, envelope.recorded_at
