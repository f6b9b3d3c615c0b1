"""What an output is, and what it is made of: contents -> bytes, pure, with nothing that would have to be looked up.

OUTPUT = Output(name="pdf", media_type="application/pdf", render=render, examples=EXAMPLES)

GET /v1/invoices/{id}/pdf
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from services.invoicing.invoice.messages import InvoiceLine, Seller, TaxGroup
from shared.kernel.currency import Currency
from shared.kernel.decimals import EXACT
from shared.kernel.period import Period


@dataclass(frozen=True, kw_only=True)
class Output:
    """A form of an issued invoice. `name` is the end of its path, and of the file that it is saved as.

    `render` gives the same bytes for the same contents, on every machine. `examples` are rendered by the shared test.
    """

    name: str
    media_type: str
    render: Callable[[InvoiceContents], bytes]
    examples: tuple[InvoiceContents, ...]


class InvoiceContents(msgspec.Struct, frozen=True, kw_only=True):
    """An issued invoice with all that its documents show. The customer is in the clear, so this is never stored.

    `bill_to_lines` is the postal address as it is printed. `credit_applied` (>= 0) is what the account's credit paid of
    the invoice at once, when it was issued.
    """

    number: str
    account_id: str
    bill_to: str
    bill_to_lines: tuple[str, ...] = ()
    bill_to_tax_id: str = ""
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

    @property
    def amount_due(self) -> Decimal:
        """What is to be paid: the total less the credit applied (EN 16931, BT-115)."""
        return EXACT.subtract(self.total, self.credit_applied)
