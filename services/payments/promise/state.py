"""The promise that an account has open: one at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.payments.promise.messages import PromisedPart
from shared.kernel.decider import State, View


class OpenPromise(State, frozen=True, kw_only=True):
    """What is promised by the day `pay_by`; `parts` is what is not paid yet of each invoice, `paid` what came in since,
    for whichever invoice."""

    account_id: str
    promise_id: str
    amount: Decimal
    currency: str
    pay_by: date
    time_zone: str
    parts: tuple[PromisedPart, ...]
    paid: Decimal = Decimal(0)
    restores: bool = False

    @property
    def is_kept(self) -> bool:
        return self.paid >= self.amount or not self.parts


def promised(invoice_id: str, account_id: str, view: View) -> Decimal:
    """How much of an open invoice is promised for a day that has not passed."""
    promise = view.get(OpenPromise, account_id)
    parts = promise.parts if promise is not None else ()
    return next((part.amount for part in parts if part.invoice_id == invoice_id), Decimal(0))
