"""What a batch of invoicing books, event by event: with what was known of its drafts and invoices before.

    book = Book(known)                     # read from the tables, for all that the batch is about
    for event, envelope, offset in batch:
        book.postings(event, on=...)       # in order; it learns of each

What is read was written by the same partition of the same log, so that the order of topics and the cut into batches
leave no trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.draft_credit.messages import DraftCredited
from services.invoicing.invoice.messages import (
    DraftCarriedForward,
    DraftLineAdded,
    DraftPassedOn,
    InvoiceDrafted,
    InvoiceIssued,
)
from services.invoicing.void.messages import InvoiceVoided
from services.reporting.journal.accruals import (
    DraftLine,
    accruals,
    accrued_by_line,
    draft_line,
    reversed_accruals,
)
from services.reporting.journal.documents import credited, issued, voided
from services.reporting.journal.postings import Posting, of_entity, upright

Learns = DraftLineAdded | DraftCarriedForward
Books = InvoiceDrafted | DraftPassedOn | DraftCredited | InvoiceIssued | CreditNoteIssued | InvoiceVoided
"""The events of invoicing that are booked, or may be."""


@dataclass
class Known:
    """Of drafts and invoices: the lines that wait, what was accrued, what the issued invoice has booked, and by draft
    which others were carried into it."""

    lines: dict[str, dict[int, DraftLine]] = field(default_factory=dict)
    accrued: dict[str, list[Posting]] = field(default_factory=dict)
    booked: dict[str, list[Posting]] = field(default_factory=dict)
    carried: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Book:
    """`added` are lines that wait, `done` drafts that wait no longer, `moved` drafts that were carried into others."""

    known: Known
    added: dict[tuple[str, int], DraftLine] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)

    def postings(self, event: object, recorded_on: date, legal_entity: str | None = None) -> Sequence[Posting]:
        """What the event books; the book knows it from now on. `legal_entity` is the account's at that moment, by which
        drafts earn; documents say who has issued them, and what is taken back is taken back where it was booked."""
        found = list(self._of(event, recorded_on, legal_entity))
        for posting in found:
            if posting.invoice_id is None:
                continue
            of = self.known.accrued if posting.kind == "accrual" else self.known.booked
            if posting.kind in ("accrual", "invoice", "debit_note", "release") and posting.document_id == (
                posting.invoice_id
            ):
                of.setdefault(posting.invoice_id, []).append(posting)
        return found

    def _of(self, event: object, recorded_on: date, legal_entity: str | None) -> Iterable[Posting]:
        match event:
            case DraftLineAdded():
                line = draft_line(event.line)
                self.known.lines.setdefault(event.invoice_id, {})[line.n] = line
                self.added[event.invoice_id, line.n] = line
            case DraftCarriedForward():
                self.known.carried.setdefault(event.into, []).append(event.invoice_id)
                self.moved[event.invoice_id] = event.into
                self._forget(event.invoice_id)
            case InvoiceDrafted(invoice_id=invoice_id):
                lines, accrued = self.known.lines.get(invoice_id, {}), self.known.accrued.get(invoice_id, [])
                made = upright(accruals(event, lines, frozenset(accrued_by_line(accrued))))
                return of_entity(made, legal_entity)
            case DraftPassedOn():
                self._forget(event.invoice_id)
                return reversed_accruals(list(self._of_carried(event.invoice_id)), event.invoice_id, event.period.end)
            case DraftCredited():
                self._forget(event.invoice_id)
                accrued = self.known.accrued.get(event.invoice_id, [])
                every = [*accrued, *self._of_carried(event.invoice_id)]
                return reversed_accruals(every, event.invoice_id, recorded_on)
            case InvoiceIssued():
                return self._issued(event)
            case CreditNoteIssued():
                return of_entity(credited(event), event.legal_entity)
            case InvoiceVoided():
                return voided(self.known.booked.get(event.invoice_id, []), event.voided_on)
        return ()

    def _issued(self, event: InvoiceIssued) -> Iterable[Posting]:
        accrued = accrued_by_line(self.known.accrued.get(event.invoice_id, []))
        carried = list(self._of_carried(event.invoice_id))
        self._forget(event.invoice_id)
        yield from of_entity(issued(event, accrued), event.legal_entity)
        yield from reversed_accruals(carried, event.invoice_id, event.issued_on)

    def _of_carried(self, invoice_id: str) -> Iterator[Posting]:
        """What drafts have accrued whose nets are lines of this one, now or by way of another."""
        for source in self.known.carried.get(invoice_id, ()):
            yield from self.known.accrued.get(source, ())
            yield from self._of_carried(source)

    def _forget(self, invoice_id: str) -> None:
        for n in self.known.lines.pop(invoice_id, {}):
            self.added.pop((invoice_id, n), None)
        self.done.add(invoice_id)
