"""The journal's projection: of invoicing with what its partition knew before, of payments with its days.

Runs before the tables of documents and behind those of payments. It reads what its own log has written alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, get_args

import asyncpg

from services.invoicing.bill_profile.messages import LegalEntityAssigned
from services.invoicing.draft_credit.messages import DraftCredited
from services.invoicing.invoice.messages import DraftCarriedForward, DraftPassedOn, InvoiceDrafted, InvoiceIssued
from services.invoicing.void.messages import InvoiceVoided
from services.payments.balance.messages import PaymentAllocated
from services.payments.bookkeeping.messages import ChartOfAccountsSet, JournalExported
from services.payments.payer_entity.messages import PayerEntityNoted
from services.reporting.journal.accruals import DraftLine
from services.reporting.journal.book import Book, Books, Known, Learns
from services.reporting.journal.payments import Days, Met, Moves, postings
from services.reporting.journal.postings import About, Posting, of_entity
from services.reporting.journal.rows import TABLES, CarriedRow, DraftLineRow, EntityRow, reference_rows, rows_of
from shared.engine.postgres import Connection
from shared.engine.rows import Columns
from shared.engine.service import Applied

_TAKEN: Final = (*get_args(Learns), *get_args(Books), LegalEntityAssigned)
_MOVES: Final = (*get_args(Moves), PayerEntityNoted)
_OF_DRAFTS: Final = (InvoiceDrafted, DraftCarriedForward, DraftPassedOn, DraftCredited, InvoiceIssued)
"""Events that are about what drafts have earned."""


async def project_documents(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """What a batch of invoicing books."""
    taken = [applied for applied in batch if isinstance(applied.event, _TAKEN)]
    if not taken:
        return
    book, whose = Book(await _known(connection, partition, taken)), await _entities(connection, partition, taken)
    rows: list[Columns] = []
    for event, envelope, offset in taken:
        if isinstance(event, LegalEntityAssigned):
            whose[event.account_id] = event.legal_entity or ""
            rows.append(_entity_row(event, "invoicing"))
            continue
        found = book.postings(event, envelope.recorded_at.date(), whose.get(event.account_id))
        rows += rows_of(found, envelope, offset, event.account_id, getattr(event, "currency", ""))
    await TABLES.write(connection, partition, rows)
    await _keep(connection, partition, book)


async def project_payments(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """What a batch of payments books, and what is said of bookkeeping itself."""
    moves = [applied for applied in batch if isinstance(applied.event, _MOVES)]
    days = await _days(connection, partition, [applied.event for applied in moves])
    whose = await _entities(connection, partition, moves) if moves else {}
    rows: list[Columns] = []
    for event, envelope, offset in moves:
        if isinstance(event, PayerEntityNoted):
            whose[event.account_id] = event.legal_entity or ""
            rows.append(_entity_row(event, "payments"))
            continue
        made = list(postings(event, days, envelope.recorded_at.date()))
        found = list(of_entity(made, days.entity(event, whose.get(event.account_id))))
        rows += rows_of(found, envelope, offset, event.account_id, event.currency)
    for event, envelope, _ in batch:
        if isinstance(event, ChartOfAccountsSet | JournalExported):
            rows += reference_rows(event, envelope)
    await TABLES.write(connection, partition, rows)


async def _days(connection: Connection, partition: int, events: Sequence[Any]) -> Days:
    """Of the allocations: when money was received and claims were issued, as the tables of payments have it."""
    met = [event for event in events if isinstance(event, get_args(Met))]
    claimed = list({event.invoice_id for event in events if getattr(event, "invoice_id", None)})
    if not claimed:
        return Days({}, {})
    paid = [event.payment_id for event in met if isinstance(event, PaymentAllocated)]
    noted = [event.credit_note_id for event in met if not isinstance(event, PaymentAllocated)]
    money = await connection.fetch(_MONEY, partition, paid, noted)
    claims = await connection.fetch(_CLAIMS, partition, claimed)
    entities = {row["id"]: row["legal_entity"] for row in claims if row["legal_entity"] is not None}
    return Days({row["id"]: row["day"] for row in money}, {row["id"]: row["day"] for row in claims}, entities)


async def _entities(connection: Connection, partition: int, batch: Sequence[Applied]) -> dict[str, str]:
    """The legal entities of the accounts of a batch, as its log had said before."""
    log = batch[0].envelope.service
    accounts = list({applied.event.account_id for applied in batch})
    rows = await connection.fetch(_ENTITIES, partition, log, accounts)
    return {row["account_id"]: row["legal_entity"] for row in rows}


_ENTITIES: Final = """
select account_id, legal_entity from journal_entity where partition = $1 and log = $2 and account_id = any($3::text[])
"""


def _entity_row(event: LegalEntityAssigned | PayerEntityNoted, log: str) -> EntityRow:
    return EntityRow(log=log, account_id=event.account_id, legal_entity=event.legal_entity or "")


_MONEY: Final = """
select payment_id as id, received_on as day from payment_row where partition = $1 and payment_id = any($2::text[])
 union all
select credit_note_id, issued_on from credit_row where partition = $1 and credit_note_id = any($3::text[])
"""
_CLAIMS: Final = """
select invoice_id as id, issued_on as day, legal_entity from receivable_row
 where partition = $1 and invoice_id = any($2::text[])
"""


async def _known(connection: Connection, partition: int, batch: Sequence[Applied]) -> Known:
    """What earlier batches have left of what this one is about."""
    of_drafts = {event.invoice_id for event, _, _ in batch if isinstance(event, _OF_DRAFTS)}
    void = [event.invoice_id for event, _, _ in batch if isinstance(event, InvoiceVoided)]
    known = Known()
    carried = await connection.fetch(_CARRIED, partition, sorted(of_drafts)) if of_drafts else []
    for row in carried:
        known.carried.setdefault(row["into_id"], []).append(row["invoice_id"])
    drafts = sorted(of_drafts | {row["invoice_id"] for row in carried})
    for row in await connection.fetch(_LINES, partition, drafts) if drafts else ():
        values = dict(row)
        invoice_id = values.pop("invoice_id")
        known.lines.setdefault(invoice_id, {})[row["n"]] = DraftLine(**values)
    for row in await connection.fetch(_ACCRUED, partition, drafts) if drafts else ():
        known.accrued.setdefault(row["invoice_id"], []).append(_posting(row))
    for row in await connection.fetch(_BOOKED, partition, void) if void else ():
        known.booked.setdefault(row["invoice_id"], []).append(_posting(row))
    return known


_CARRIED: Final = """
with recursive carried as (
  select invoice_id, into_id from journal_carried where partition = $1 and into_id = any($2::text[])
  union
  select c.invoice_id, c.into_id from journal_carried c join carried on c.into_id = carried.invoice_id
   where c.partition = $1)
select invoice_id, into_id from carried order by into_id, invoice_id
"""
_LINES: Final = """
select invoice_id, n, kind, net, period_start, period_end, plan_id, subscription_id, charge_id, tax_class, divided
  from journal_draft_line where partition = $1 and invoice_id = any($2::text[])
"""
_POSTINGS: Final = """
select kind, debit, credit, amount, booked_on, document_id, number, invoice_id, line_n, plan_id, subscription_id,
       charge_id, tax_class, tax_category, tax_rate, method, legal_entity, earned_from, earned_to
  from journal_posting where partition = $1 and log = 'invoicing' and invoice_id = any($2::text[])
"""
_ACCRUED: Final = f"{_POSTINGS} and kind = 'accrual' order by seq, n"
_BOOKED: Final = f"""{_POSTINGS}
   and kind in ('invoice', 'debit_note', 'release') and document_id = invoice_id order by seq, n"""
_ABOUT: Final = About.__struct_fields__


def _posting(row: asyncpg.Record) -> Posting:
    values = dict(row)
    about = About(**{name: values.pop(name) for name in _ABOUT})
    return Posting(**values, about=about)


async def _keep(connection: Connection, partition: int, book: Book) -> None:
    """Lines that wait, and what was carried; lines of drafts that are done go."""
    if book.done:
        await connection.execute(_FORGET, partition, sorted(book.done))
    rows: list[Columns] = [DraftLineRow.of(line, invoice_id=invoice_id) for (invoice_id, _), line in book.added.items()]
    rows += (CarriedRow(invoice_id=one, into_id=into) for one, into in sorted(book.moved.items()))
    await TABLES.write(connection, partition, rows)


_FORGET: Final = "delete from journal_draft_line where partition = $1 and invoice_id = any($2::text[])"
