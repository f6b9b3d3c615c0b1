"""The chargebacks there were."""

from __future__ import annotations

from decimal import Decimal

from services.payments.payment.messages import Part
from shared.kernel.decider import State


class Chargeback(State, frozen=True, kw_only=True):
    """What was taken back of a payment, and what invoices lost by it; until it is `reversed`. `paid_back_before` was
    taken besides, and is owed as `owed_as`; `fee` was taken of the operator."""

    KEY_FIELD = "chargeback_id"

    chargeback_id: str
    payment_id: str
    amount: Decimal
    reopened: tuple[Part, ...] = ()
    reversed: bool = False
    paid_back_before: Decimal = Decimal(0)
    owed_as: str | None = None
    fee: Decimal = Decimal(0)
