"""Money of a payment goes back: first what pays no invoice, then what was allocated last, or to a named invoice.

payment 50.00, of which 40.00 pays inv-1    RefundPayment 20.00
-> PaymentDeallocated 10.00 of inv-1 (10.00 is open again), PaymentRefunded 20.00
RefundPayment(..., adjust_invoice=True)
-> likewise, and CreditGranted 10.00, CreditAllocated to inv-1: the charge is lower, nothing is open again (R51)

Then it is owed to the customer until it is there:

SendRefund                             -> RefundSent            in the log before a gateway is called
EndRefund, ConfirmRefund               -> RefundPaid            a gateway, a person or a bank statement says so
EndRefund "unknown"                    -> RefundPending         asked for again, never sent again
EndRefund "failed", FailRefund         -> RefundFailed          the money is credit of its payment again
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Literal

from services.payments.gateways.contract import Outcome
from services.payments.payment.messages import PaymentStatus, claimed_key
from services.payments.payment.refusals import exists_already
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.message import Command, Event
from shared.kernel.money import Money

RefundWay = Literal["gateway", "transfer", "cash"]
"""How it goes back: by the gateway that it came through, by a transfer that a person makes, out of the till."""


class RefundPayment(Command, frozen=True, kw_only=True):
    """Pay back of a payment, `amount` or all that is left. `invoice_id`: of what pays this invoice first.
    `role` is the caller's, whose limit counts. `way`: `None` is by the gateway it came through where that pays back,
    what came in cash in cash, all else by a transfer.

    Refused: `payment_not_found`, `payment_not_succeeded`, `over_refund`, `invoice_not_found`, `amount_not_positive`,
    `too_many_decimals`, `currency_mismatch`, `refund_exists`, `duplicate_external_key`, `version_mismatch`,
    `above_approval_limit` (403), `not_of_a_gateway`.
    """

    payment_id: str
    account_id: str
    refund_id: str
    reason: str
    amount: Money | None = None
    note: str = ""
    external_key: str | None = None
    invoice_id: str | None = None
    adjust_invoice: bool = False
    role: str = "admin"
    way: RefundWay | None = None

    def claims(self, command_id: str) -> Sequence[Claim]:
        refused = partial(exists_already, "refund", code="refund_exists")
        claims = claim_chosen("refund", self.refund_id, refused, command_id=command_id)
        return (*claims, *claimed_key(self.external_key, self.refund_id))


class OfRefund(Command, frozen=True, kw_only=True):
    account_id: str
    refund_id: str


class SendRefund(OfRefund, frozen=True, kw_only=True):
    """A person has given the transfer to the bank, or the process `claim` will call the gateway.

    What a process asks for and is not to be sent stays as it is. Refused: `refund_not_found`, `refund_not_requested`.
    """

    claim: str = ""


class EndRefund(OfRefund, frozen=True, kw_only=True):
    """What the gateway says of a refund. One that was heard before changes nothing."""

    outcome: Outcome
    reference: str = ""
    code: str = ""


class ConfirmRefund(OfRefund, frozen=True, kw_only=True):
    """It was paid out: a person says so, or with `entry_id` an entry of a bank statement. `paid_on`: `None` is today.

    Refused: `refund_not_found`, `refund_over`, `refund_under_way` (its gateway will say), `in_future`.
    """

    paid_on: date | None = None
    reference: str = ""
    entry_id: str | None = None


class FailRefund(OfRefund, frozen=True, kw_only=True):
    """It is not paid out, or has come back. Refused: `refund_not_found`, `refund_over`, `refund_under_way`."""

    reason_code: str
    note: str = ""


class PaymentRefunded(Event, frozen=True, kw_only=True):
    """`amount` of a payment goes back. Afterwards `refunded` of it goes back in all, and `unallocated` is left as
    credit. What invoices lost of it was told before (`PaymentDeallocated`); with `adjusts`, they owe that much less.

    It is owed to the customer until `RefundPaid`. Without `way`, as in older logs, it was paid in that moment. `charge`
    is what the `gateway` calls the charge that it is of."""

    payment_id: str
    account_id: str
    refund_id: str
    amount: Decimal
    currency: str
    method: str
    reason: str
    refunded_on: date
    refunded: Decimal
    unallocated: Decimal
    status: PaymentStatus
    note: str = ""
    external_key: str | None = None
    adjusts: bool = False
    way: RefundWay | None = None
    gateway: str = ""
    charge: str = ""


class RefundSent(Event, frozen=True, kw_only=True):
    """It is on its way: a gateway is called by the process `claim`, or a person has given it to the bank."""

    account_id: str
    payment_id: str
    refund_id: str
    claim: str = ""


class RefundPending(Event, frozen=True, kw_only=True):
    """The gateway is at work on it, or nobody knows whether it is: the answer was lost."""

    account_id: str
    payment_id: str
    refund_id: str
    outcome: Outcome
    reference: str = ""
    code: str = ""


class RefundPaid(Event, frozen=True, kw_only=True):
    """The customer has the money; `method` is the way of paying by which it went out. `late`: it had failed before, and
    was credit again, so that the customer has it twice and owes it as the debit `owed_as` that follows."""

    account_id: str
    payment_id: str
    refund_id: str
    amount: Decimal
    currency: str
    method: str
    paid_on: date
    reference: str = ""
    entry_id: str | None = None
    late: bool = False
    owed_as: str | None = None


class RefundFailed(Event, frozen=True, kw_only=True):
    """The customer does not get it: `unallocated` is left of the payment as credit, `refunded` still goes back. With
    `returned` it had been paid out by `method`, and is here again. Of a payment that was taken back by now it is credit
    of its own, `credited_as`, which follows (`BalanceAdjusted`)."""

    account_id: str
    payment_id: str
    refund_id: str
    amount: Decimal
    currency: str
    method: str
    code: str
    failed_on: date
    refunded: Decimal
    unallocated: Decimal
    status: PaymentStatus
    note: str = ""
    reference: str = ""
    returned: bool = False
    credited_as: str | None = None
