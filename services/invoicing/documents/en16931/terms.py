"""The business terms of EN 16931 that this product fills; each field names its number. "" and `None`: not given."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from shared.kernel.decimals import exact


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """BG-5 and BG-8. `lines` are at most three: BT-35, BT-36 and BT-162 of the seller."""

    lines: tuple[str, ...]
    city: str
    postal_code: str
    region: str
    country: str


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """BG-4, the seller, or BG-7, the buyer."""

    name: str
    address: Address
    id: str = ""
    """BT-46: what the seller calls the buyer."""
    registration_id: str = ""
    """BT-30, BT-47."""
    vat_id: str = ""
    """BT-31, BT-48."""
    endpoint: str = ""
    endpoint_scheme: str = ""
    """BT-34, BT-49."""
    email: str = ""
    phone: str = ""
    """BT-43 and BT-42, of the seller."""


class Tax(msgspec.Struct, frozen=True, kw_only=True):
    """BG-23, the VAT of a category and a rate. A category that is outside VAT (O) has no rate."""

    category: str
    rate: Decimal | None
    base: Decimal
    amount: Decimal
    reason: str = ""
    reason_code: str = ""


class Allowance(msgspec.Struct, frozen=True, kw_only=True):
    """BG-20, what is taken off the document in a category and rate of VAT; below zero it is a charge (BG-21)."""

    amount: Decimal
    reason: str
    category: str
    rate: Decimal | None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """BG-25. `first` and `last` day are of the service period; `price` is never negative, `quantity` may be."""

    id: str
    name: str
    note: str
    item_id: str
    quantity: Decimal
    unit: str
    price: Decimal
    net: Decimal
    category: str
    rate: Decimal | None
    first: date
    last: date


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """BG-16 and BG-17: a credit transfer to this account, quoting the number of the document."""

    code: str
    iban: str
    account_name: str
    bic: str = ""


class Preceding(msgspec.Struct, frozen=True, kw_only=True):
    """BG-3: an invoice that this document takes back or corrects."""

    number: str
    issued_on: date


class Invoice(msgspec.Struct, frozen=True, kw_only=True):
    """The whole document."""

    number: str
    type_code: str
    issued_on: date
    due_on: date
    currency: str
    buyer_reference: str
    note: str
    """BT-22."""
    terms: str
    first: date
    last: date
    seller: Party
    buyer: Party
    payment: Payment | None
    delivered_to: str
    preceding: tuple[Preceding, ...]
    taxes: tuple[Tax, ...]
    lines: tuple[Line, ...]
    allowances: tuple[Allowance, ...]
    lines_net: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal
    prepaid: Decimal
    due: Decimal
    proof: str = ""
    """BT-122: the hash that the series knows it by."""

    @property
    def allowed(self) -> Decimal:
        """BT-107, the sum of what is taken off."""
        with exact():
            return sum((max(one.amount, Decimal(0)) for one in self.allowances), Decimal(0))

    @property
    def charged(self) -> Decimal:
        """BT-108, the sum of what is added."""
        with exact():
            return self.allowed - sum((one.amount for one in self.allowances), Decimal(0))

    @property
    def is_for_peppol(self) -> bool:
        """Whether it has what Peppol BIS Billing 3 demands beside: both ends of the network, and a reference."""
        return bool(self.seller.endpoint and self.buyer.endpoint and self.buyer_reference)

    @property
    def is_credit_note(self) -> bool:
        return self.type_code == "381"
