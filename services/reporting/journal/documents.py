"""What documents book: invoices, debit notes and credit notes when they are issued, and an invoice that is void. Pure.

InvoiceIssued on 1 November, 39.90 for November + 12.40 of usage of October, 20 % tax
    invoice   receivables       <-  deferred_revenue  39.90   2026-11-01
    invoice   receivables       <-  unbilled_revenue  12.40   2026-11-01
    invoice   receivables       <-  tax               10.46   2026-11-01
    release   deferred_revenue  <-  revenue           39.90   2026-11-30

What a line was accrued of is turned into something owed; of the rest, months that are over by the day of issue are
earned at once, later ones at their last day of service. A credit note takes back by the same days what it credits, so
it lowers what is deferred and what is earned in proportion (R59).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import DEBIT_NOTE, InvoiceIssued, InvoiceLine
from services.payments.bookkeeping.messages import LedgerAccount
from services.reporting.journal.accruals import NOT_SPREAD, less_allowances
from services.reporting.journal.postings import About, Kind, Posting, turned, upright
from services.reporting.journal.recognition import spread
from services.reporting.journal.taxing import Taxed, rate_of
from shared.kernel.decimals import EXACT

NOTHING_ACCRUED: Mapping[int, Decimal] = {}
_DAY = timedelta(days=1)


def issued(event: InvoiceIssued, accrued: Mapping[int, Decimal]) -> Sequence[Posting]:
    """The postings of an invoice or a debit note; `accrued` is what its lines have earned as a draft."""
    kind: Kind = "debit_note" if event.kind == DEBIT_NOTE else "invoice"
    nets = less_allowances({line.n: line.net for line in event.lines}, event.allowances, event.currency)
    document = _Document(event, kind=kind, document_id=event.invoice_id)
    return list(upright(document.postings(nets, accrued)))


def credited(event: CreditNoteIssued) -> Sequence[Posting]:
    """The postings of a credit note: those of an invoice, with their sides changed."""
    document = _Document(event, kind="credit_note", document_id=event.credit_note_id)
    nets = {place: line.net for place, line in enumerate(event.lines, 1)}
    return [turned(posting) for posting in upright(document.postings(nets, NOTHING_ACCRUED))]


def voided(booked: Sequence[Posting], on: date) -> Iterator[Posting]:
    """Takes back what an invoice has booked: what is booked by then on that day, what was to come on its own.

    What its draft had accrued is no revenue any more, either: nobody is going to be billed for it.
    """
    for posting in booked:
        kind: Kind = "release" if posting.booked_on > on else "void"
        taken_back = turned(posting, kind=kind, booked_on=max(on, posting.booked_on))
        if taken_back.debit == "unbilled_revenue":
            taken_back = msgspec.structs.replace(taken_back, debit="revenue")
        elif taken_back.credit == "unbilled_revenue":
            taken_back = msgspec.structs.replace(taken_back, credit="revenue")
        yield taken_back


class _Document:
    def __init__(self, event: InvoiceIssued | CreditNoteIssued, *, kind: Kind, document_id: str) -> None:
        self._event = event
        self._said: dict[str, Any] = {"document_id": document_id, "number": event.number}
        self._said |= {"invoice_id": event.invoice_id}
        self._kind = kind
        self._taxed = Taxed(event.tax_groups)

    def postings(self, nets: Mapping[int, Decimal], accrued: Mapping[int, Decimal]) -> Iterator[Posting]:
        """All of it: what it asks for is debited to receivables, whatever its lines and taxes come to."""
        missing = self._event.total
        for posting in self._all(nets, accrued):
            if posting.debit == "receivables":
                missing = EXACT.subtract(missing, posting.amount)
            yield posting
        yield self._asks_for("rounding", missing, About())

    def _all(self, nets: Mapping[int, Decimal], accrued: Mapping[int, Decimal]) -> Iterator[Posting]:
        for place, line in enumerate(self._event.lines, 1):
            n = place if self._kind == "credit_note" else line.n
            yield from self._line(line, nets[n], accrued.get(n, Decimal(0)))
        for group in self._event.tax_groups:
            yield self._asks_for("tax", group.tax, About(tax_category=group.category, tax_rate=rate_of(group)))

    def _line(self, line: InvoiceLine, net: Decimal, accrued: Decimal) -> Iterator[Posting]:
        about = self._taxed.about(line)
        if accrued or line.kind in NOT_SPREAD:
            yield self._asks_for("unbilled_revenue", accrued, about)
            account: LedgerAccount = "late_fees" if line.kind == "late_fee" else "revenue"
            yield self._asks_for(account, EXACT.subtract(net, accrued), about)
            return
        earned = deferred = Decimal(0)
        for part in spread(net, line.period.start, line.period.end, self._event.currency):
            if part.last <= self._event.issued_on:
                earned = EXACT.add(earned, part.amount)
                continue
            deferred = EXACT.add(deferred, part.amount)
            days = msgspec.structs.replace(about, earned_from=part.first, earned_to=part.last)
            said: dict[str, Any] = {**self._said, "kind": "release", "booked_on": part.last, "about": days}
            yield Posting(debit="deferred_revenue", credit="revenue", amount=part.amount, **said)
        days = msgspec.structs.replace(about, earned_from=line.period.start, earned_to=line.period.end - _DAY)
        yield self._asks_for("revenue", earned, days)
        yield self._asks_for("deferred_revenue", deferred, days)

    def _asks_for(self, account: LedgerAccount, amount: Decimal, about: About) -> Posting:
        said: dict[str, Any] = {**self._said, "kind": self._kind, "booked_on": self._event.issued_on, "about": about}
        return Posting(debit="receivables", credit=account, amount=amount, **said)
