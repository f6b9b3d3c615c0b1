"""One invoice in one of its stages, with its lines until it is issued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from services.invoicing.invoice.messages import Allowance, DocumentReference, InvoiceLine, Seller, TaxGroup
from services.invoicing.proof.link import Hashes
from shared.kernel.currency import Currency
from shared.kernel.decider import State, View
from shared.kernel.errors import NeverBegan
from shared.kernel.ids import derive
from shared.kernel.period import Period


class Assembling(msgspec.Struct, frozen=True, kw_only=True, tag="assembling"):
    """Lines are coming in; rating has not closed the period yet."""


class Drafted(msgspec.Struct, frozen=True, kw_only=True, tag="drafted"):
    """Complete and in agreement with rating: may be finalised."""


class Disagreed(msgspec.Struct, frozen=True, kw_only=True, tag="disagreed"):
    """Lines received and lines announced differ: waits for a person."""


class CarriedForward(msgspec.Struct, frozen=True, kw_only=True, tag="carried_forward"):
    """It came to less than zero: its amount is a line of the invoice `into`, and this one is never issued."""

    into: str


class PassedOn(msgspec.Struct, frozen=True, kw_only=True, tag="passed_on"):
    """Another account pays: its lines are on the invoice `into` of that, once they have arrived there."""

    payer_id: str
    into: str | None = None


class CreditedDraft(msgspec.Struct, frozen=True, kw_only=True, tag="credited_draft"):
    """It came to less than zero, and these credit notes give that back: it is never issued."""

    credit_notes: tuple[str, ...] = ()


class Locked(msgspec.Struct, frozen=True, kw_only=True, tag="locked"):
    """Tax and totals are fixed, a number of the series is on its way."""

    net: Decimal
    tax: Decimal
    total: Decimal
    tax_groups: list[TaxGroup]
    terms_days: int
    series_id: str
    issue_date_asked: date
    run_id: str | None = None
    seller: Seller | None = None
    allowances: list[Allowance] = []
    hashes: Hashes | None = None
    legal_entity: str | None = None


class CreditedGroup(msgspec.Struct, frozen=True, kw_only=True):
    """What of a group of tax is credited."""

    base: Decimal
    tax: Decimal


class Credited(msgspec.Struct, frozen=True, kw_only=True):
    """What credit notes, locked ones included, take off an invoice: by group of tax, by line, and in all.

    `lines` is net, by the line's number; `unplaced` is the net of those that named an amount and no line.
    """

    net: Decimal
    tax: Decimal
    total: Decimal
    groups: tuple[CreditedGroup, ...]
    lines: dict[int, Decimal]
    unplaced: Decimal = Decimal(0)


class Issued(msgspec.Struct, frozen=True, kw_only=True, tag="issued", omit_defaults=True):
    """Numbered and final. `amount_due` is `None` until payments has said what credit paid of it at issue.

    `void_asked`: payments is asked whether anything was paid of it, and until it answers nothing else happens.
    """

    number: str
    issued_on: date
    net: Decimal
    tax: Decimal
    total: Decimal
    tax_groups: list[TaxGroup]
    amount_due: Decimal | None = None
    credited: Credited | None = None
    void_asked: VoidAsked | None = None
    allowances: list[Allowance] = []
    legal_entity: str | None = None

    @property
    def credited_so_far(self) -> Credited:
        """What is credited of it, nothing at first."""
        if self.credited is not None:
            return self.credited
        zero = Decimal(0)
        groups = (CreditedGroup(base=zero, tax=zero),) * len(self.tax_groups)
        return Credited(net=zero, tax=zero, total=zero, groups=groups, lines={})


class VoidAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Why it shall be void: a code, and a note in words."""

    reason: str
    note: str


class Void(msgspec.Struct, frozen=True, kw_only=True, tag="void"):
    """It claims nothing, and keeps its number for ever (R46)."""

    number: str
    issued_on: date


class Approval(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was asked or said of a draft of that `version` and `total`: waiting, approved, rejected (approval/)."""

    status: str
    version: int
    total: Decimal
    asked_by: str | None = None
    by: str | None = None
    reason: str = ""


class Clearance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far an issued invoice is with a tax authority (clearance/status.py)."""

    status: str
    authority: str = ""
    reference: str | None = None
    reason: str | None = None


class Debit(msgspec.Struct, frozen=True, kw_only=True):
    """What makes an invoice a debit note: which one it raises, and why; and what it comes to, until it is locked."""

    corrects: DocumentReference
    reason: str
    note: str = ""
    net: Decimal = Decimal(0)
    tax: Decimal | None = None
    total: Decimal | None = None
    tax_groups: list[TaxGroup] = []
    legal_entity: str | None = None


Stage = Assembling | Drafted | Disagreed | CarriedForward | PassedOn | CreditedDraft | Locked | Issued | Void


class Invoice(State, frozen=True, kw_only=True):
    """One invoice. `lines` are dropped once it is issued: `InvoiceIssued` holds them for ever.

    `others`: whether lines of accounts that it pays for are or were among them. `replaces`: what it issues anew.
    `debit`: it is a debit note. `version` counts the events of this invoice, for `If-Match`.
    """

    KEY_FIELD = "invoice_id"

    invoice_id: str
    account_id: str
    currency: Currency
    period: Period
    stage: Stage
    version: int
    lines: tuple[InvoiceLine, ...] = ()
    others: bool = False
    replaces: DocumentReference | None = None
    approval: Approval | None = None
    clearance: Clearance | None = None
    debit: Debit | None = None


class IssuedLines(State, frozen=True, kw_only=True):
    """The lines of an issued invoice, as the tables hold them: they never change (loading.py)."""

    KEY_FIELD = "invoice_id"
    STORED = False

    invoice_id: str
    lines: list[InvoiceLine]


def invoice_of(view: View, invoice_id: str) -> Invoice:
    """The invoice, which must be there. Raises `NeverBegan`."""
    invoice = view.get(Invoice, invoice_id)
    if invoice is None:
        raise NeverBegan(f"invoice {invoice_id} is not known here")
    return invoice


@lru_cache(maxsize=4096)
def invoice_id_of(account_id: str, period: Period, *charges_of: str) -> str:
    """The invoice of an account's billing period: the same in every retry, so a period has one invoice (R12).

    `charges_of`: an account whose charges of the period are on an invoice of their own (passing_on.py).

    >>> invoice_id_of("acc-1", Period(date(2026, 9, 1), date(2026, 10, 1)))
    '6oortdkdbzlvgm3ij465xwcn6i'
    """
    return derive("invoice", account_id, period.start.isoformat(), period.end.isoformat(), *charges_of)
