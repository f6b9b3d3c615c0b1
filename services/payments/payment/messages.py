"""What is asked and reported of payments: money came in. What of it pays which invoice is told by `PaymentAllocated`.

RecordPayment(payment_id="pay-1", account_id="acc-1", amount=Money(Decimal("50.00"), "EUR"),
              method="bank_transfer", received_on=date(2026, 10, 9))
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from services.payments.payment.refusals import duplicate_external_key, payment_exists
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.message import Command, Event
from shared.kernel.money import Money


class RecordPayment(Command, frozen=True, kw_only=True):
    """Money came in: allocate it (R48) and keep what is left as credit. `invoice_id` is an invoice's id or number.

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

    def claims(self, command_id: str) -> Sequence[Claim]:
        claims = claim_chosen("payment", self.payment_id, payment_exists, command_id=command_id)
        if (key := self.external_key) is not None:
            taken = partial(duplicate_external_key, key)
            claims = (*claims, Claim("external_key", key, self.payment_id, taken))
        return claims


class PaymentRecorded(Event, frozen=True, kw_only=True):
    """Money came in. What of it pays which invoice is told by `PaymentAllocated`; the rest is credit."""

    payment_id: str
    account_id: str
    amount: Decimal
    currency: str
    method: str
    received_on: date
    invoice_id: str | None = None
    external_key: str | None = None
