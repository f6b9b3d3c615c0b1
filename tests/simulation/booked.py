"""What the journal books of a run: in balance, of one mind with the ledger, and revenue that is what was billed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.void.messages import InvoiceVoided
from services.payments.ledger.postings import Money
from services.payments.ledger.postings import postings as ledger
from services.reporting.journal.book import Book, Known
from services.reporting.journal.payments import Days, Moves, postings
from services.reporting.journal.postings import Posting

if TYPE_CHECKING:
    from tests.simulation.world import World

NO_DAY = date(2026, 1, 1)
EARNED = ("revenue", "late_fees", "deferred_revenue", "unbilled_revenue")


def check(world: World) -> None:
    """Over all customers, whatever their days are: at the end of all of them."""
    documents = _documents(world)
    sums = _sums([*documents, *_payments(world)])
    assert not sum(sums.values()), f"the journal is out of balance: {sums}"
    theirs: dict[str, Decimal] = defaultdict(Decimal)
    for seen in world.observer.all("payments"):
        if isinstance(seen.event, get_args(Money)):
            _add(theirs, ledger(seen.event))
    ours = {"receivables": "receivables", "customer_credit": "unapplied", "rounding": "rounding_differences"}
    for name, other in ours.items():
        assert sums[name] == theirs[other], f"{name}: {sums[name]} in the journal, {theirs[other]} in the ledger"
    assert -sum(sums[name] for name in EARNED) == _billed(world), f"billed {_billed(world)}, earned {sums}"


def _documents(world: World) -> list[Posting]:
    book = Book(Known())
    return [posting for seen in world.observer.all("invoicing") for posting in book.postings(seen.event, NO_DAY)]


def _payments(world: World) -> Iterable[Posting]:
    for seen in world.observer.all("payments"):
        event: Any = seen.event
        if type(event) in get_args(Moves):
            yield from postings(event, Days({}, {}), NO_DAY)


def _billed(world: World) -> Decimal:
    """Nets of all invoices, less those that are void and what was credited."""
    nets = {event.invoice_id: event.net for event in world.observer.events("invoicing", InvoiceIssued)}
    for void in world.observer.events("invoicing", InvoiceVoided):
        del nets[void.invoice_id]
    credited = sum((note.net for note in world.observer.events("invoicing", CreditNoteIssued)), Decimal(0))
    return sum(nets.values(), Decimal(0)) - credited


def _sums(found: Iterable[Posting]) -> Mapping[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    _add(sums, found)
    return sums


def _add(sums: dict[str, Decimal], found: Iterable[Any]) -> None:
    for posting in found:
        sums[posting.debit] += posting.amount
        sums[posting.credit] -= posting.amount
