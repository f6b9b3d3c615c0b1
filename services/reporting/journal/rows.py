"""Rows of the journal: entries with their postings, and the sums that reports are read from.

invoicing-3-1842-20261101   invoice   2026-11-01   INV-000042   62.76 EUR     receivables, deferred_revenue, tax, …
invoicing-3-1842-20261130   release   2026-11-30   INV-000042   39.90 EUR     deferred_revenue, revenue

An entry's id derives from the event that caused it and the day it is booked on: a rebuild gives the same ones. Entries
of days to come are written when their event is, and count from their day on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import msgspec

from services.payments.bookkeeping.messages import ChartOfAccountsSet, JournalExported
from services.reporting.adding import adding
from services.reporting.journal.postings import Posting
from shared.engine.rows import Amount, Columns, Jsonb, Row, jsonb
from shared.engine.tables import Tables, copy, insert, upsert
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope


class EntryRow(Row, frozen=True, kw_only=True):
    """`amount` is what its postings come to, `accounts` the names of those that they move amounts between;
    `legal_entity` is whose books it is in, empty for the operator."""

    TABLE = "journal_entry"
    KEY = ("log", "seq", "booked_on")

    log: str
    seq: int
    booked_on: date
    entry_id: str
    log_offset: int
    event_id: str
    event_type: str
    kind: str
    account_id: str
    document_id: str
    number: str
    invoice_id: str | None
    currency: str
    amount: Amount
    accounts: tuple[str, ...]
    legal_entity: str
    recorded_at: datetime
    actor: str | None


class PostingRow(Row, frozen=True, kw_only=True):
    TABLE = "journal_posting"
    KEY = ("log", "seq", "n")

    log: str
    seq: int
    n: int
    booked_on: date
    kind: str
    debit: str
    credit: str
    amount: Amount
    currency: str
    document_id: str
    number: str
    invoice_id: str | None
    line_n: int | None
    plan_id: str
    subscription_id: str
    charge_id: str
    tax_class: str
    tax_category: str
    tax_rate: str
    method: str
    legal_entity: str
    earned_from: date | None
    earned_to: date | None


class SumRow(Row, frozen=True, kw_only=True):
    """An account's debits and credits of a month, by kind and by what chooses among its numbers."""

    TABLE = "journal_sum"
    KEY = (
        *("log", "month", "account", "kind", "currency", "plan_id", "tax_class", "tax_category", "tax_rate"),
        *("method", "legal_entity"),
    )

    log: str
    month: date
    account: str
    kind: str
    currency: str
    plan_id: str
    tax_class: str
    tax_category: str
    tax_rate: str
    method: str
    legal_entity: str
    postings: int
    debit: Amount
    credit: Amount


class DayRow(Row, frozen=True, kw_only=True):
    TABLE = "journal_day"
    KEY = ("log", "booked_on", "kind", "currency")

    log: str
    booked_on: date
    kind: str
    currency: str
    entries: int
    amount: Amount


class DraftLineRow(Row, frozen=True, kw_only=True):
    """A line of a draft that is not issued (accruals.DraftLine)."""

    TABLE = "journal_draft_line"
    KEY = ("invoice_id", "n")

    invoice_id: str
    n: int
    kind: str
    net: Decimal
    period_start: date
    period_end: date
    plan_id: str
    subscription_id: str
    charge_id: str
    tax_class: str
    divided: bool


class CarriedRow(Row, frozen=True, kw_only=True):
    """A draft that was carried into another one."""

    TABLE = "journal_carried"
    KEY = ("invoice_id",)

    invoice_id: str
    into_id: str


class EntityRow(Row, frozen=True, kw_only=True):
    """The legal entity of an account, as a log has said last; empty for the operator."""

    TABLE = "journal_entity"
    KEY = ("log", "account_id")

    log: str
    account_id: str
    legal_entity: str


class ChartRow(Row, frozen=True, kw_only=True):
    TABLE = "chart_row"
    KEY = ("version",)

    version: int
    effective_from: date
    terms: Jsonb
    set_at: datetime
    set_by: str | None


class ExportRow(Row, frozen=True, kw_only=True):
    TABLE = "journal_export_row"
    KEY = ("n",)

    n: int
    export_id: str
    month: date
    closes: bool
    opens_on: date | None
    chart_version: int
    cut: Jsonb
    exported_at: datetime
    exported_by: str | None


TABLES: Final = Tables(
    copy(EntryRow),
    copy(PostingRow),
    adding(SumRow, "postings", "debit", "credit"),
    adding(DayRow, "entries", "amount"),
    insert(ChartRow),
    insert(ExportRow),
    copy(DraftLineRow),
    insert(CarriedRow, known="kept"),
    upsert(EntityRow),
)


def rows_of(
    postings: Sequence[Posting], envelope: Envelope, offset: int, account_id: str, currency: str
) -> Iterator[Columns]:
    """All rows of what one event books."""
    log = envelope.service
    by_day: dict[date, list[Posting]] = {}
    for n, posting in enumerate(postings, 1):
        by_day.setdefault(posting.booked_on, []).append(posting)
        about = msgspec.structs.asdict(posting.about)
        yield PostingRow.of(posting, log=log, seq=envelope.seq, n=n, currency=currency, **about)
        yield from _sums(posting, log, currency)
    for day, of_day in by_day.items():
        entry = _entry(of_day, day, envelope, offset, account_id, currency)
        yield entry
        yield DayRow(log=log, booked_on=day, kind=entry.kind, currency=currency, entries=1, amount=entry.amount)


def reference_rows(event: ChartOfAccountsSet | JournalExported, envelope: Envelope) -> Iterator[Columns]:
    """Rows of charts and exports."""
    if isinstance(event, ChartOfAccountsSet):
        at, by = envelope.recorded_at, envelope.actor
        yield ChartRow.of(event, terms=jsonb(event.terms), set_at=at, set_by=by)
    else:
        at, by = envelope.recorded_at, envelope.actor
        yield ExportRow.of(event, cut=jsonb(event.cut), exported_at=at, exported_by=by)


def _entry(
    postings: Sequence[Posting], day: date, envelope: Envelope, offset: int, account_id: str, currency: str
) -> EntryRow:
    first, log = postings[0], envelope.service
    return EntryRow.of(
        first,
        log=log,
        seq=envelope.seq,
        booked_on=day,
        entry_id=f"{log}-{envelope.partition}-{envelope.seq}-{day:%Y%m%d}",
        log_offset=offset,
        event_id=f"{log}/{envelope.partition}/{envelope.seq}",
        event_type=envelope.type,
        account_id=account_id,
        currency=currency,
        amount=_sum(posting.amount for posting in postings),
        accounts=tuple(sorted({name for posting in postings for name in (posting.debit, posting.credit)})),
        legal_entity=first.about.legal_entity,
        recorded_at=envelope.recorded_at,
        actor=envelope.actor,
    )


def _sums(posting: Posting, log: str, currency: str) -> Iterator[SumRow]:
    about, amount, zero = posting.about, posting.amount, Decimal(0)
    for account, debit, credit in ((posting.debit, amount, zero), (posting.credit, zero, amount)):
        yield SumRow(
            log=log,
            month=posting.booked_on.replace(day=1),
            account=account,
            kind=posting.kind,
            currency=currency,
            plan_id=about.plan_id,
            tax_class=about.tax_class,
            tax_category=about.tax_category,
            tax_rate=about.tax_rate,
            method=about.method,
            legal_entity=about.legal_entity,
            postings=1,
            debit=debit,
            credit=credit,
        )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
