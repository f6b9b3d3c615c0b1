"""Charts of accounts, and exports of the journal, as they were asked for. What exports hold is shown by reporting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.payments.bookkeeping.messages import ChartOfAccountsSet, JournalExported
from shared.engine.rows import Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert


class ChartRow(Row, frozen=True, kw_only=True):
    TABLE = "chart_of_accounts_row"
    KEY = ("version",)

    version: int
    effective_from: date
    terms: Jsonb
    set_at: datetime
    set_by: str | None


class ExportedRow(Row, frozen=True, kw_only=True):
    TABLE = "journal_exported_row"
    KEY = ("n",)

    n: int
    export_id: str
    month: date
    closes: bool
    exported_at: datetime
    exported_by: str | None


TABLES: Final = Tables(insert(ChartRow), insert(ExportedRow))


def rows(applied: AppliedOf[ChartOfAccountsSet | JournalExported]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    at, by = envelope.recorded_at, envelope.actor
    match event:
        case ChartOfAccountsSet():
            yield ChartRow.of(event, terms=jsonb(event.terms), set_at=at, set_by=by)
        case JournalExported():
            yield ExportedRow.of(event, exported_at=at, exported_by=by)
