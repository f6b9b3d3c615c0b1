"""What an output is, and what it is made of: contents -> bytes, pure, with nothing that would have to be looked up.

OUTPUT = Output(name="pdf", media_type="application/pdf", render=render, examples=EXAMPLES)
OUTPUT = Output(name="ubl", path="xml", media_type="application/xml", render=render, examples=EXAMPLES)

GET /v1/invoices/{id}/pdf
GET /v1/invoices/{id}/xml?syntax=ubl      and likewise of credit and debit notes
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, Literal

import msgspec

from services.invoicing.documents.paper.style import DocumentStyle
from services.invoicing.invoice.messages import Allowance, InvoiceLine, Seller, TaxGroup
from services.invoicing.proof.link import DocumentProof
from shared.kernel.currency import Currency
from shared.kernel.customer import AddressBody
from shared.kernel.decimals import EXACT, exact
from shared.kernel.period import Period

Kind = Literal["invoice", "credit_note", "debit_note", "deposit_request"]
DEPOSIT_REQUEST: Final = "deposit_request"
"""Asks for a deposit, and is no invoice: it has no tax, and its number is of no series."""


@dataclass(frozen=True, kw_only=True)
class Output:
    """A form of an issued invoice, credit or debit note. `name` is the end of its path, and of the file it is saved as.

    Outputs with the same `path` are told apart by `?syntax=` and their name; the file ends in the path then. `render`
    gives the same bytes for the same contents, on every machine, or raises a `Rejection` that names what the form
    demands and the contents lack. With `personal` it is made only for those who may read personal data: it would be
    wrong without. `examples` are rendered by the shared test.
    """

    name: str
    media_type: str
    render: Callable[[InvoiceContents], bytes]
    examples: tuple[InvoiceContents, ...]
    path: str = ""
    personal: bool = False

    @property
    def ending(self) -> str:
        """Of the path, and of the file's name."""
        return self.path or self.name


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier document that this one is about, such as the invoice that a credit note takes back."""

    number: str
    issued_on: date


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """That a tax authority has cleared the document, and the number it has there."""

    authority: str
    reference: str
    at: datetime


class DayOfUse(msgspec.Struct, frozen=True, kw_only=True):
    """What was used on one day, in the unit of the line."""

    day: date
    quantity: Decimal


def days_of(line: InvoiceLine) -> Sequence[DayOfUse]:
    """Each day from the first to the last with usage."""
    if line.daily is None:
        return ()
    first = line.daily.first
    return [DayOfUse(day=first + timedelta(days=n), quantity=Decimal(q)) for n, q in enumerate(line.daily.quantities)]


class InvoiceContents(msgspec.Struct, frozen=True, kw_only=True):
    """An issued invoice with all that its documents show. The customer is in the clear, so this is never stored.

    `language` is the customer's, a BCP 47 tag. `credit_applied` (>= 0) is what the account's credit paid of the invoice
    at once, when it was issued. `payment_link` is an address where the invoice can be paid. A credit or debit note
    `cites` its invoice and has a `note` in words; an invoice cites the one that it replaces. `cleared` is told beside
    what was issued, never in an electronic invoice: that is what the authority was given. `allowances` are what
    discounts take off the lines, whose sum less them is `net`. `proof` is `None` of what was issued before there were
    proofs.
    """

    number: str
    account_id: str
    bill_to: str
    bill_to_address: AddressBody | None = None
    bill_to_tax_id: str = ""
    bill_to_electronic_address: str = ""
    buyer_reference: str = ""
    language: str = ""
    currency: Currency
    issued_on: date
    due_on: date
    period: Period
    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    net: Decimal
    tax: Decimal
    total: Decimal
    seller: Seller
    credit_applied: Decimal = Decimal(0)
    allowances: list[Allowance] = []
    kind: Kind = "invoice"
    cites: tuple[Cited, ...] = ()
    note: str = ""
    payment_link: str = ""
    cleared: Cleared | None = None
    style: DocumentStyle = DocumentStyle()
    proof: DocumentProof | None = None

    @property
    def is_due(self) -> bool:
        """Whether it names a day: a request for a deposit that is due on its own day names none."""
        return self.kind != DEPOSIT_REQUEST or self.due_on > self.issued_on

    @property
    def lines_net(self) -> Decimal:
        """The sum of the lines, before allowances (EN 16931, BT-106)."""
        with exact():
            return self.net + sum((one.amount for one in self.allowances), Decimal(0))

    @property
    def amount_due(self) -> Decimal:
        """What is to be paid: the total less the credit applied (EN 16931, BT-115)."""
        return EXACT.subtract(self.total, self.credit_applied)
