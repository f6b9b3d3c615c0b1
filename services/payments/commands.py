"""What may be asked of payments.

RecordPayment(payment_id="pay-1", account_id="acc-1", amount=Money(Decimal("50.00"), "EUR"),
              method="bank_transfer", received_on=date(2026, 10, 9))
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from services.payments.refusals import duplicate_external_key, payment_exists
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.message import Command, catalogue
from shared.kernel.money import Money


class OpenPayer(Command, frozen=True, kw_only=True):
    """An account was opened in rating; from now on it can owe and pay. Decided in place."""

    account_id: str
    currency: str
    time_zone: str = "UTC"

    @property
    def key(self) -> str:
        return self.account_id


class OpenReceivable(Command, frozen=True, kw_only=True):
    """An invoice was issued: it is owed, and credit the account has pays for it at once. Decided in place."""

    invoice_id: str
    account_id: str
    number: str
    amount: Decimal
    currency: str
    issued_on: date
    due_on: date

    @property
    def key(self) -> str:
        return self.account_id


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

    @property
    def key(self) -> str:
        return self.account_id

    def claims(self, command_id: str) -> Sequence[Claim]:
        claims = claim_chosen("payment", self.payment_id, payment_exists, command_id=command_id)
        if (key := self.external_key) is not None:
            taken = partial(duplicate_external_key, key)
            claims = (*claims, Claim("external_key", key, self.payment_id, taken))
        return claims


COMMANDS = catalogue("payments", OpenPayer, OpenReceivable, RecordPayment)
