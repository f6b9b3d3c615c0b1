"""A document made again of the proof that its file carries, to be held against the file.

contents_of(proof).lines[0].net      # Decimal('39.90')
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from services.invoicing.documents.contract import Cited, Cleared, InvoiceContents, Kind
from services.invoicing.invoice.messages import Allowance, InvoiceLine, Seller, TaxGroup
from services.invoicing.proof.link import DocumentProof, Hashes, Proof
from shared.kernel.bounds import Count, Seq
from shared.kernel.customer import AddressBody
from shared.kernel.period import Period


class Content(msgspec.Struct, kw_only=True):
    """The hashed content; see content.py."""

    kind: Kind
    account_id: str
    currency: str
    period: Period
    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    net: Decimal
    tax: Decimal
    total: Decimal
    terms_days: Count = 0
    seller: Seller = Seller(name="")
    cites: tuple[Cited, ...] = ()
    note: str = ""
    allowances: list[Allowance] = []


class Link(msgspec.Struct, kw_only=True):
    series_id: str
    n: Seq
    number: str
    issued_on: date
    id: str
    content_sha256: str
    inputs_sha256: str
    previous_sha256: str | None = None


class Customer(msgspec.Struct, kw_only=True):
    name: str = ""
    address: dict[str, Any] | None = None
    tax_id: str = ""
    electronic_address: str = ""
    buyer_reference: str = ""
    language: str = ""


class Unchained(msgspec.Struct, kw_only=True):
    customer: Customer
    credit_applied: Decimal = Decimal(0)
    payment_link: str = ""
    cleared: Cleared | None = None


class Carried(msgspec.Struct, kw_only=True):
    """A proof as its form demands it."""

    content: Content
    content_sha256: str
    link: Link
    sha256: str
    unchained: Unchained
    unchained_sha256: str
    body_sha256: str = ""


def contents_of(proof: dict[str, Any]) -> InvoiceContents:
    """Raises `ValueError` (of which `msgspec.ValidationError` is one) or `OverflowError` for what no document has."""
    told = msgspec.convert(proof, Carried, strict=False)
    content, link, customer = told.content, told.link, told.unchained.customer
    is_due = content.kind != "credit_note"
    return InvoiceContents(
        **{name: getattr(content, name) for name in content.__struct_fields__ if name != "terms_days"},
        number=link.number,
        issued_on=link.issued_on,
        due_on=link.issued_on + timedelta(days=content.terms_days if is_due else 0),
        bill_to=customer.name,
        bill_to_address=None if customer.address is None else AddressBody.model_validate(customer.address),
        bill_to_tax_id=customer.tax_id,
        bill_to_electronic_address=customer.electronic_address,
        buyer_reference=customer.buyer_reference,
        language=customer.language,
        credit_applied=told.unchained.credit_applied,
        payment_link=told.unchained.payment_link,
        cleared=told.unchained.cleared,
        proof=DocumentProof(
            document_id=link.id,
            series_id=link.series_id,
            n=link.n,
            proof=Proof(
                hash=told.sha256,
                previous=link.previous_sha256,
                hashes=Hashes(content=link.content_sha256, inputs=link.inputs_sha256),
            ),
        ),
    )
