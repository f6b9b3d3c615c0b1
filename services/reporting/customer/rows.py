"""Accounts with their calendars and the period that is open, and their subscriptions.

acc-1    EUR   monthly, day 1, Europe/Paris   20 %   open 2026-09-01 to 2026-10-01
line-1   acc-1   home   from 2026-09-01
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from services.rating.account.messages import AccountOpened
from services.rating.period.messages import PeriodClosed
from services.rating.subscription.messages import (
    ChangeCancelled,
    PlanChanged,
    SubscriptionStarted,
    SubscriptionTerminated,
)
from services.reporting.customer import account_changes, cycle_rows
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update
from shared.kernel.calendar import known_zone
from shared.kernel.envelope import Envelope


class AccountRow(Row, frozen=True, kw_only=True):
    """`name` and `details` are sealed, `frequency` is JSON; the period is the open one, `None` before the first."""

    TABLE = "account_row"
    KEY = ("account_id",)

    account_id: str
    name: str
    details: str | None
    currency: str
    cycle_id: str
    frequency: str
    anchor_day: int
    anchor_month: int | None
    counts_from: date | None
    time_zone: str
    tax_rate: Decimal
    opened_on: date
    period_start: date | None = None
    period_end: date | None = None
    opened_at: datetime
    calendar: Jsonb
    next_calendar: Jsonb | None = None
    parent_id: str | None = None
    held_reason: str | None = None
    held_until: date | None = None
    closed_on: date | None = None
    renamed_at: datetime | None = None


class SubscriptionRow(Row, frozen=True, kw_only=True):
    TABLE = "subscription_row"
    KEY = ("subscription_id",)

    subscription_id: str
    account_id: str
    plan_id: str
    starts: date
    ends: date | None


class SubscriptionChangeRow(Row, frozen=True, kw_only=True):
    """Another plan from `starts` on, or without one its end before that day; `seq` puts those of a day in order."""

    TABLE = "subscription_change_row"
    KEY = ("change_id",)

    change_id: str
    subscription_id: str
    plan_id: str | None
    starts: date
    seq: int
    cancelled: bool = False


class ChangeDropped(Change, frozen=True, kw_only=True):
    TABLE = "subscription_change_row"
    KEY = ("change_id",)

    change_id: str
    cancelled: bool = True


class OpenPeriod(Change, frozen=True, kw_only=True):
    TABLE = "account_row"
    KEY = ("account_id",)

    account_id: str
    period_start: date
    period_end: date


TABLES: Final = Tables(
    insert(AccountRow),
    insert(SubscriptionRow),
    insert(SubscriptionChangeRow),
    update(ChangeDropped),
    update(OpenPeriod),
    *account_changes.STATEMENTS,
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await cycle_rows.project(connection, partition, batch)
    await TABLES.write(connection, partition, _rows(batch))


def _rows(batch: Sequence[Applied]) -> Iterator[Columns]:
    for event, envelope, _ in batch:
        match event:
            case AccountOpened():
                yield _account(event, envelope)
            case SubscriptionStarted():
                yield SubscriptionRow.of(event, starts=event.start, ends=event.end)
                yield _open(event.account_id, event.period.start, event.period.end)
            case PlanChanged():
                yield SubscriptionChangeRow.of(event, starts=event.effective_on, seq=envelope.seq)
            case SubscriptionTerminated():
                yield SubscriptionChangeRow.of(event, plan_id=None, starts=event.effective_on, seq=envelope.seq)
            case ChangeCancelled():
                yield ChangeDropped(change_id=event.change_id)
            case PeriodClosed():
                yield _open(event.account_id, event.next_period.start, event.next_period.end)
            case _:
                yield from account_changes.changes(event, envelope)


def _account(event: AccountOpened, envelope: Envelope) -> AccountRow:
    cycle = event.cycle
    return AccountRow.of(
        event,
        **account_changes.calendar_columns(cycle),
        time_zone=known_zone(cycle.time_zone),
        opened_at=envelope.recorded_at,
    )


def _open(account_id: str, start: date, end: date) -> OpenPeriod:
    return OpenPeriod(account_id=account_id, period_start=start, period_end=end)
