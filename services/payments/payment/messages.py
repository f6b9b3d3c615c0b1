"""What is asked and reported of payments: money came in. What of it pays which invoice is told by `PaymentAllocated`.

RecordPayment(payment_id="pay-1", account_id="acc-1", amount=Money(Decimal("50.00"), "EUR"),
              method="bank_transfer", received_on=date(2026, 10, 9))         PaymentRecorded, PaymentAllocated
RecordPayment(..., status="pending")                                         PaymentRecorded       pays nothing yet
SucceedPayment, FailPayment, CancelPayment         PaymentSucceeded, PaymentAllocated; PaymentFailed; PaymentCancelled
AllocatePayment([("inv-2", 20.00)])                PaymentDeallocated, PaymentAllocated            by hand
ReversePayment("booked twice")                     PaymentDeallocated, PaymentReversed             it never came in

What comes after, a refund or a chargeback, is in refund/ and chargeback/.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Literal

from services.payments.payment.refusals import duplicate_external_key, payment_exists
from shared.kernel.bounds import Checked
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.message import Command, Event
from shared.kernel.money import Money

RecordedAs = Literal["pending", "authorised", "succeeded"]
"""What is known of a payment when it is recorded: it is on its way, promised by the provider, or here."""

# fmt: off
PaymentStatus = Literal[
    "pending", "authorised", "succeeded", "failed", "cancelled",
    "partially_refunded", "refunded", "charged_back", "reversed",
]
# fmt: on


class Part(Checked, frozen=True, kw_only=True):
    """So much of a payment for one invoice."""

    invoice_id: str
    amount: Decimal


class Wanted(Checked, frozen=True, kw_only=True):
    """So much of a payment is to pay an invoice."""

    invoice_id: str
    amount: Money


class RecordPayment(Command, frozen=True, kw_only=True):
    """Money came in: allocate it (R48) and keep what is left as credit. `invoice_id` is an invoice's id or number.

    `also` are ids of further invoices that it names, which it pays before others.

    One that is `pending` or `authorised` pays nothing before it succeeds; `received_on` is then the day it is expected.

    Refused: `account_not_found`, `invoice_not_found`, `invoice_ambiguous`, `currency_mismatch`,
    `amount_not_positive`, `in_future`, `too_many_decimals`, `payment_exists`, `duplicate_external_key` (R52).
    """

    payment_id: str
    account_id: str
    amount: Money
    method: str
    received_on: date
    external_key: str | None = None
    invoice_id: str | None = None
    status: RecordedAs = "succeeded"
    also: tuple[str, ...] = ()

    def claims(self, command_id: str) -> Sequence[Claim]:
        claims = claim_chosen("payment", self.payment_id, payment_exists, command_id=command_id)
        return (*claims, *claimed_key(self.external_key, self.payment_id))


class SucceedPayment(Command, frozen=True, kw_only=True):
    """The money of a pending payment is here, since `received_on` (`None`: as expected, today at the latest).

    Refused: `payment_not_found`, `payment_not_pending`, `payment_collected`, `in_future`, `version_mismatch`.
    """

    payment_id: str
    account_id: str
    received_on: date | None = None


class FailPayment(Command, frozen=True, kw_only=True):
    """A pending payment did not come. `hard`: the same way of paying will not do another time.

    Refused: `payment_not_found`, `payment_not_pending`, `payment_collected`, `version_mismatch`.
    """

    payment_id: str
    account_id: str
    reason_code: str
    hard: bool = False
    note: str = ""


class CancelPayment(Command, frozen=True, kw_only=True):
    """A pending payment is waited for no longer. Refused as `FailPayment`."""

    payment_id: str
    account_id: str
    reason: str = ""


class AllocatePayment(Command, frozen=True, kw_only=True):
    """What a payment pays from now on, all of it: what is not named is taken back, the rest is credit.

    `invoice_id` of a part is an id. Refused: `payment_not_found`, `payment_not_succeeded`, `invoice_not_found`,
    `over_allocated`, `over_open`, `amount_not_positive`, `too_many_decimals`, `currency_mismatch`, `allocated_twice`,
    `version_mismatch`.
    """

    payment_id: str
    account_id: str
    allocations: tuple[Wanted, ...]


class ReversePayment(Command, frozen=True, kw_only=True):
    """A payment was recorded by mistake, or its debit was returned: all that is left of it is taken back. What was paid
    back of it before is owed: the customer has money that never came in.

    Refused: `payment_not_found`, `payment_not_succeeded`, `deposit_payment`, `version_mismatch`.
    """

    payment_id: str
    account_id: str
    reason: str


class PaymentRecorded(Event, frozen=True, kw_only=True):
    """Money came in. What of it pays which invoice is told by `PaymentAllocated`; the rest is credit.

    One that is not `succeeded` is no money yet, and is neither."""

    payment_id: str
    account_id: str
    amount: Decimal
    currency: str
    method: str
    received_on: date
    invoice_id: str | None = None
    external_key: str | None = None
    status: RecordedAs = "succeeded"


class PaymentSucceeded(Event, frozen=True, kw_only=True):
    """The money of a pending payment is here: from now on it is as one that was recorded on the day."""

    payment_id: str
    account_id: str
    amount: Decimal
    currency: str
    method: str
    received_on: date
    invoice_id: str | None = None


class PaymentFailed(Event, frozen=True, kw_only=True):
    """A pending payment did not come, for a reason by its code."""

    payment_id: str
    account_id: str
    amount: Decimal
    currency: str
    method: str
    reason_code: str
    hard: bool
    failed_on: date
    note: str = ""


class PaymentCancelled(Event, frozen=True, kw_only=True):
    """A pending payment is waited for no longer."""

    payment_id: str
    account_id: str
    amount: Decimal
    currency: str
    cancelled_on: date
    reason: str = ""


class PaymentReversed(Event, frozen=True, kw_only=True):
    """The payment never came in: `amount`, all that was left of it, is no credit any more. What it had paid was taken
    back before (`PaymentDeallocated`). What had been refunded of it, `paid_back_before`, the customer has for nothing:
    the debit `owed_as` follows (`BalanceAdjusted`)."""

    payment_id: str
    account_id: str
    amount: Decimal
    currency: str
    method: str
    reason: str
    reversed_on: date
    paid_back_before: Decimal = Decimal(0)
    owed_as: str | None = None


def claimed_key(external_key: str | None, holder: str) -> Sequence[Claim]:
    """The claim of a bank's or provider's reference: used once, whatever it names (R52)."""
    if external_key is None:
        return ()
    return (Claim("external_key", external_key, holder, partial(duplicate_external_key, external_key)),)
