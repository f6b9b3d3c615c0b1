"""AccountOpened -> a row of account_row; SubscriptionStarted and PeriodClosed -> which of its periods is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from services.rating.account.messages import AccountOpened
from services.rating.period.messages import PeriodClosed
from services.rating.subscription.messages import SubscriptionStarted
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update
from shared.kernel.period import Period


class AccountRow(Row, frozen=True, kw_only=True):
    """An account; `name` and `details` are sealed. The open period is `None` before the first subscription."""

    TABLE = "account_row"
    KEY = ("account_id",)

    account_id: str
    name: str
    currency: str
    cycle_id: str
    terms: Jsonb
    tax_rate: Decimal
    opened_on: date
    opened_at: datetime
    details: str | None
    period_start: date | None = None
    period_end: date | None = None
    closed_before: date | None = None


class OpenPeriod(Change, frozen=True, kw_only=True):
    """The period that is open now; all before `closed_before` are closed, `None` for as before."""

    TABLE = "account_row"
    KEY = ("account_id",)

    account_id: str
    period_start: date
    period_end: date
    closed_before: date | None = None


def _last_word(earlier: OpenPeriod, later: OpenPeriod) -> OpenPeriod:
    if later.closed_before is not None:
        return later
    return OpenPeriod.of(later, closed_before=earlier.closed_before)


# An account is opened before it subscribes, so that all of a batch may be opened first.
_TABLES: Final = Tables(
    insert(AccountRow),
    update(OpenPeriod, sets={"closed_before": "coalesce(new.closed_before, t.closed_before)"}, merge=_last_word),
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        match event:
            case AccountOpened():
                cycle = event.cycle
                rows.append(
                    AccountRow.of(event, cycle_id=cycle.cycle_id, terms=jsonb(cycle), opened_at=envelope.recorded_at)
                )
            case SubscriptionStarted():
                rows.append(_open(event.account_id, event.period))
            case PeriodClosed():
                rows.append(_open(event.account_id, event.next_period, closed_before=event.period.end))
    await _TABLES.write(connection, partition, rows)


def _open(account_id: str, period: Period, *, closed_before: date | None = None) -> OpenPeriod:
    return OpenPeriod(
        account_id=account_id, period_start=period.start, period_end=period.end, closed_before=closed_before
    )
