"""Migrations as rows: each as it was asked for, its pages, and what each page found.

m-1   fiber 1 -> fiber 2   on 2026-12-01      page 0 of partition 3: 98 moved, 1 failed
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.rating.plan_migration.messages import MigrationCancelled, MigrationPageWalked, MigrationScheduled
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class MigrationRow(Row, frozen=True, kw_only=True):
    """A migration as it was asked for; without `accounts` it is over all of them."""

    TABLE = "plan_migration_row"
    KEY = ("migration_id",)

    migration_id: str
    from_plan: str
    from_version: int | None
    to_plan: str
    to_version: int | None
    takes_effect_on: date
    accounts: int | None
    partitions: int
    scheduled_at: datetime
    scheduled_by: str | None
    cancelled_at: datetime | None = None


class CancelledMigration(Change, frozen=True, kw_only=True):
    TABLE = "plan_migration_row"
    KEY = ("migration_id",)

    migration_id: str
    cancelled_at: datetime


class MigrationPageRow(Row, frozen=True, kw_only=True):
    """What a partition has walked, forth or (`undo`) back."""

    TABLE = "plan_migration_page"
    KEY = ("migration_id", "undo", "page")

    migration_id: str
    undo: bool
    page: int
    moved: int
    failed: int
    last: bool


class MigrationResultRow(Row, frozen=True, kw_only=True):
    """The n-th subscription of a page at which there was something to do."""

    TABLE = "plan_migration_result"
    KEY = ("migration_id", "undo", "page", "n")

    migration_id: str
    undo: bool
    page: int
    n: int
    subscription_id: str
    account_id: str
    outcome: str
    code: str | None
    detail: str | None


TABLES: Final = Tables(
    insert(MigrationRow), update(CancelledMigration), insert(MigrationPageRow), insert(MigrationResultRow)
)


def rows(applied: AppliedOf[MigrationScheduled | MigrationCancelled | MigrationPageWalked]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case MigrationScheduled():
            yield MigrationRow.of(
                event.terms,
                migration_id=event.migration_id,
                takes_effect_on=event.terms.on,
                accounts=None if event.account_ids is None else len(event.account_ids),
                partitions=event.partitions,
                scheduled_at=envelope.recorded_at,
                scheduled_by=envelope.actor,
            )
        case MigrationCancelled():
            yield CancelledMigration(migration_id=event.migration_id, cancelled_at=envelope.recorded_at)
        case MigrationPageWalked():
            failed = sum(1 for one in event.found if one.outcome == "failed")
            yield MigrationPageRow.of(event, moved=len(event.found) - failed, failed=failed)
            for n, one in enumerate(event.found, 1):
                yield MigrationResultRow.of(one, migration_id=event.migration_id, undo=event.undo, page=event.page, n=n)
