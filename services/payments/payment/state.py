"""The payments that were recorded, by their ids and by what banks and providers call them (R52)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from services.payments.payment.messages import Part, PaymentStatus
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT, exact
from shared.kernel.errors import Rejection

PENDING: Final = ("pending", "authorised")
"""Waited for, and no money yet."""


class KnownPayment(State, frozen=True, kw_only=True):
    """A payment, when it came in, and what became of it: `parts` is what it pays, what was allocated last at the end.

    `refunded` and `charged_back` are gone of its `amount`; what is left as credit the payer's state says. Of what was
    refunded, banks took `charged_again` a second time, which is owed. `version` is 1 and one more for all that happened
    to it.
    """

    KEY_FIELD = "payment_id"

    payment_id: str
    received_on: date | None = None
    account_id: str = ""
    amount: Decimal = Decimal(0)
    method: str = ""
    status: PaymentStatus = "succeeded"
    invoice_id: str | None = None
    parts: tuple[Part, ...] = ()
    refunded: Decimal = Decimal(0)
    charged_back: Decimal = Decimal(0)
    charged_again: Decimal = Decimal(0)
    version: int = 1

    @property
    def left(self) -> Decimal:
        """What was not paid back nor taken back: credit, and what it pays."""
        with exact():
            return self.amount - self.refunded - self.charged_back

    @property
    def paid_back(self) -> Decimal:
        """What was refunded, and a bank may take a second time. Below zero: so much of what a bank took so was not paid
        out after all."""
        return EXACT.subtract(self.refunded, self.charged_again)

    @property
    def takeable(self) -> Decimal:
        """What a bank may still take of it."""
        return EXACT.add(self.left, self.paid_back)

    def pays(self, invoice_id: str) -> Decimal:
        return next((part.amount for part in self.parts if part.invoice_id == invoice_id), Decimal(0))

    def with_part(self, invoice_id: str, amount: Decimal) -> tuple[Part, ...]:
        """Its parts, with that much more or less of one invoice; what is more comes last."""
        others = tuple(part for part in self.parts if part.invoice_id != invoice_id)
        sum_ = EXACT.add(self.pays(invoice_id), amount)
        changed = Part(invoice_id=invoice_id, amount=sum_)
        if amount > 0:
            return (*others, changed)
        kept = (changed if part.invoice_id == invoice_id else part for part in self.parts)
        return tuple(part for part in kept if part.amount > 0)

    def newest_first(self, named: str | None = None) -> Iterator[Part]:
        """What it pays, in the order in which that is taken back: a named invoice, then what was allocated last."""
        yield from (part for part in self.parts if part.invoice_id == named)
        yield from (part for part in reversed(self.parts) if part.invoice_id != named)


class ExternalKey(State, frozen=True, kw_only=True):
    """The bank's or provider's name of a payment, a refund or a chargeback, used up (R52)."""

    KEY_FIELD = "external_key"

    external_key: str
    payment_id: str


def status_of(amount: Decimal, refunded: Decimal, charged_back: Decimal) -> PaymentStatus:
    """What a payment is called that has succeeded, by what is gone of it."""
    if charged_back:
        return "charged_back"
    if refunded:
        return "refunded" if refunded == amount else "partially_refunded"
    return "succeeded"


def found_payment(payment_id: str, account_id: str, view: View, context: Context | None = None) -> KnownPayment:
    """The payment of the account. Raises `Rejection`: `payment_not_found`, `version_mismatch`."""
    known = view.get(KnownPayment, payment_id)
    if known is None or known.account_id != account_id:
        raise Rejection("payment_not_found", f"there is no payment {payment_id!r}", status=404)
    if context is not None:
        context.check_version(known.version)
    return known


def succeeded_payment(payment_id: str, account_id: str, view: View, context: Context | None = None) -> KnownPayment:
    """Likewise, one of which there is money. Raises `payment_not_succeeded`, too."""
    known = found_payment(payment_id, account_id, view, context)
    if known.status in ("pending", "authorised", "failed", "cancelled", "reversed"):
        detail = f"payment {payment_id} is {known.status}; only of one that has succeeded there is something"
        raise Rejection("payment_not_succeeded", detail, status=409)
    return known
