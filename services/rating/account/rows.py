"""AccountOpened -> a row of account_row; SubscriptionStarted and PeriodClosed -> which of its periods is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.rating.account.messages import AccountOpened
from services.rating.period.messages import PeriodClosed
from services.rating.subscription.messages import SubscriptionStarted
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.kernel.envelope import Envelope
from shared.kernel.wire import write

Row = tuple[Any, ...]

_OPEN = """
    insert into account_row (partition, account_id, name, currency, cycle_id, terms, tax_rate, opened_on, opened_at,
                             details)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"""
_MOVE_PERIOD = """
    update account_row set period_start = $3, period_end = $4, closed_before = coalesce($5, closed_before)
     where partition = $1 and account_id = $2"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """An account is opened before it subscribes, so that all of a batch may be opened first."""
    opened = [(partition, *_row(event, envelope)) for event, envelope, _ in batch if isinstance(event, AccountOpened)]
    if opened:
        await connection.executemany(_OPEN, opened)
    if periods := _open_periods(batch):
        await connection.executemany(_MOVE_PERIOD, [(partition, *row) for row in periods])


def _row(event: AccountOpened, envelope: Envelope) -> Row:
    return (
        event.account_id,
        event.name,
        event.currency,
        event.cycle.cycle_id,
        write(event.cycle).decode(),
        event.tax_rate,
        event.opened_on,
        envelope.recorded_at,
        event.details,
    )


def _open_periods(batch: Sequence[Applied]) -> list[Row]:
    """The last word of the batch on each account's open period: (account, start, end, closed before)."""
    last: dict[str, Row] = {}
    for event, _, _ in batch:
        match event:
            case SubscriptionStarted():
                closed = last[event.account_id][3] if event.account_id in last else None
                last[event.account_id] = (event.account_id, event.period.start, event.period.end, closed)
            case PeriodClosed():
                next_ = event.next_period
                last[event.account_id] = (event.account_id, next_.start, next_.end, event.period.end)
    return list(last.values())
