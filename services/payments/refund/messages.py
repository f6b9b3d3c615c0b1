"""Money of a payment goes back: first what pays no invoice, then what was allocated last, or to a named invoice.

payment 50.00, of which 40.00 pays inv-1    RefundPayment 20.00
-> PaymentDeallocated 10.00 of inv-1 (10.00 is open again), PaymentRefunded 20.00
RefundPayment(..., adjust_invoice=True)
-> likewise, and CreditGranted 10.00, CreditAllocated to inv-1: the charge is lower, nothing is open again (R51)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from services.payments.payment.messages import PaymentStatus, claimed_key
from services.payments.payment.refusals import exists_already
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.message import Command, Event
from shared.kernel.money import Money


class RefundPayment(Command, frozen=True, kw_only=True):
    """Pay back of a payment, `amount` or all that is left. `invoice_id`: of what pays this invoice first.
    `role` is the caller's, whose limit counts.

    Refused: `payment_not_found`, `payment_not_succeeded`, `over_refund`, `invoice_not_found`, `amount_not_positive`,
    `too_many_decimals`, `currency_mismatch`, `refund_exists`, `duplicate_external_key`, `version_mismatch`,
    `above_approval_limit` (403).
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

    def claims(self, command_id: str) -> Sequence[Claim]:
        refused = partial(exists_already, "refund", code="refund_exists")
        claims = claim_chosen("refund", self.refund_id, refused, command_id=command_id)
        return (*claims, *claimed_key(self.external_key, self.refund_id))


class PaymentRefunded(Event, frozen=True, kw_only=True):
    """`amount` of a payment went back. Afterwards `refunded` of it has gone back in all, and `unallocated` is left as
    credit. What invoices lost of it was told before (`PaymentDeallocated`); with `adjusts`, they owe that much less."""

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
