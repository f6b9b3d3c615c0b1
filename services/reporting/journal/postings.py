"""A posting of the journal: an amount, debited to one account of bookkeeping and credited to another. Pure.

invoice   receivables  <-  deferred_revenue   39.90   2026-11-01   INV-000042, line 1, plan home
release   deferred_revenue  <-  revenue       39.90   2026-11-30   likewise

Accounts have names here; which number of the operator's chart stands for each is looked up where they are read. What a
posting is about beside them (plan, tax class, rate of tax, way of paying) chooses among numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import msgspec

from services.payments.bookkeeping.messages import LedgerAccount
from shared.kernel.decimals import EXACT

# fmt: off
Kind = Literal[
    "invoice", "debit_note", "credit_note", "void", "accrual", "release", "accrual_reversed", "payment", "refund",
    "chargeback", "chargeback_reversed", "payment_reversed", "credit", "credit_taken_back", "credit_expired",
    "adjustment", "write_off", "recovery", "allocation", "deposit_received", "deposit_returned",
    "refund_paid", "refund_failed",
]
# fmt: on


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a posting is about. What does not apply is empty: a tax has a category and a rate, revenue a plan and how it
    is taxed, money a way of paying; `legal_entity` is whose books it is in, empty for the operator. `earned_from` to
    `earned_to` (both included) are days of service."""

    line_n: int | None = None
    plan_id: str = ""
    subscription_id: str = ""
    charge_id: str = ""
    tax_class: str = ""
    tax_category: str = ""
    tax_rate: str = ""
    method: str = ""
    legal_entity: str = ""
    earned_from: date | None = None
    earned_to: date | None = None


NOTHING = About()


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` is above zero, and booked on the day `booked_on`. `document_id` is what it is booked for, `number` what
    people call that; `invoice_id` the invoice that it is about, or will be."""

    kind: Kind
    debit: LedgerAccount
    credit: LedgerAccount
    amount: Decimal
    booked_on: date
    document_id: str
    number: str = ""
    invoice_id: str | None = None
    about: About = NOTHING


def upright(postings: Iterable[Posting]) -> Iterator[Posting]:
    """Those that come to something; one below zero with its sides changed."""
    for posting in postings:
        if posting.amount > 0:
            yield posting
        elif posting.amount < 0:
            yield turned(posting, amount=EXACT.minus(posting.amount))


def turned(posting: Posting, **changes: Any) -> Posting:
    """What takes it back: debit and credit change sides."""
    sides: dict[str, Any] = {"debit": posting.credit, "credit": posting.debit}
    return msgspec.structs.replace(posting, **(sides | changes))


def of_entity(postings: Iterable[Posting], legal_entity: str | None) -> Iterator[Posting]:
    """As they are in the books of a legal entity; of the operator they are as they were made."""
    for posting in postings:
        if legal_entity:
            about = msgspec.structs.replace(posting.about, legal_entity=legal_entity)
            yield msgspec.structs.replace(posting, about=about)
        else:
            yield posting
