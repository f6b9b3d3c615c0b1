"""What a document says, before it has a form: everything an output needs, nothing that would have to be looked up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from services.invoicing.events import InvoiceLine, TaxGroup
from shared.kernel.period import Period


class Seller(msgspec.Struct, frozen=True, kw_only=True):
    """Who issues the invoice. `address` and `payment_details` may have several lines; what is empty is left out."""

    name: str
    address: str = ""
    tax_id: str = ""
    payment_details: str = ""


class InvoiceContents(msgspec.Struct, frozen=True, kw_only=True):
    """An issued invoice with all that its documents show. `bill_to` is in the clear, so this is never stored."""

    number: str
    account_id: str
    bill_to: str
    currency: str
    issued_on: date
    due_on: date
    period: Period
    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    net: Decimal
    tax: Decimal
    total: Decimal
    seller: Seller
