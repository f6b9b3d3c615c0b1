"""Chargebacks of payments.

cb-1   pay-3   acc-1   40.00 EUR   fraud   received 2026-10-20   recorded
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from services.payments.chargeback.messages import ChargebackReversed, PaymentChargedBack
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update
from shared.kernel.decimals import EXACT

ChargebackStatus = Literal["recorded", "reversed"]


class ChargebackRow(Row, frozen=True, kw_only=True):
    """What was taken back; once it is `reversed`, the money is here again. Of the `amount`, `paid_back_before` had been
    refunded already: the customer owes it as the debit `owed_as`. The bank took `fee` of the operator for it,
    and has given `fee_returned` of that back."""

    TABLE = "chargeback_row"
    KEY = ("chargeback_id",)

    chargeback_id: str
    payment_id: str
    account_id: str
    currency: str
    amount: Amount
    paid_back_before: Amount
    owed_as: str | None
    fee: Amount
    reason: str
    note: str
    external_key: str | None
    received_on: date
    status: ChargebackStatus = "recorded"
    recorded_by: str | None
    recorded_at: datetime
    reversed_on: date | None = None
    reversal_reason: str | None = None
    fee_returned: Amount = Decimal(0)


class Reversed(Change, frozen=True, kw_only=True):
    TABLE = "chargeback_row"
    KEY = ("chargeback_id",)

    chargeback_id: str
    status: ChargebackStatus = "reversed"
    reversed_on: date
    reversal_reason: str
    fee_returned: Amount = Decimal(0)


TABLES: Final = Tables(insert(ChargebackRow), update(Reversed))


def rows(applied: AppliedOf[PaymentChargedBack | ChargebackReversed]) -> Iterator[Columns]:
    """A chargeback is recorded before it is reversed, so a batch can be written kind by kind."""
    event, envelope = applied.event, applied.envelope
    match event:
        case PaymentChargedBack():
            by, at = envelope.actor, envelope.recorded_at
            amount = EXACT.add(event.amount, event.paid_back_before)
            yield ChargebackRow.of(event, amount=amount, status="recorded", recorded_by=by, recorded_at=at)
        case ChargebackReversed():
            yield Reversed.of(event, status="reversed", reversal_reason=event.reason)
