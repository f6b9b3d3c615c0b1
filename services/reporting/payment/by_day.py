"""Payments by day and method, counted and summed as they come: what became of them, and what was taken back.

PaymentRecorded succeeded 10.00     2026-10-07 EUR card succeeded   1   10.00
PaymentFailed hard 20.00            2026-10-08 EUR card declined    1   20.00
RefundPaid 4.00                     2026-10-09 EUR card refunded    1    4.00
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from services.payments.chargeback.messages import ChargebackReversed, PaymentChargedBack
from services.payments.payment.messages import (
    PaymentFailed,
    PaymentRecorded,
    PaymentReversed,
    PaymentSucceeded,
)
from services.payments.refund.messages import PaymentRefunded, RefundFailed, RefundPaid
from services.reporting.adding import adding, plain
from shared.engine.rows import Amount, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables

# fmt: off
Outcome = Literal[
    "succeeded", "declined", "failed", "refunded", "refund_returned", "charged_back", "chargeback_reversed", "reversed",
]
# fmt: on
Happened = (
    PaymentRecorded
    | PaymentSucceeded
    | PaymentFailed
    | PaymentRefunded
    | RefundPaid
    | RefundFailed
    | PaymentChargedBack
    | ChargebackReversed
    | PaymentReversed
)


class PaymentDay(Row, frozen=True, kw_only=True):
    """`declined` is a hard failure, which is not tried again, `failed` a soft one; `reversed` was recorded in error."""

    TABLE = "payment_day"
    KEY = ("day", "currency", "method", "outcome")

    day: date
    currency: str
    method: str
    outcome: Outcome
    payments: int
    amount: Amount


def rows(applied: AppliedOf[Happened]) -> Iterator[Columns]:
    event = applied.event
    match event:
        case PaymentRecorded(status="succeeded") | PaymentSucceeded():
            yield _row(event, event.received_on, "succeeded", event.amount)
        case PaymentRecorded():
            pass
        case PaymentFailed():
            yield _row(event, event.failed_on, "declined" if event.hard else "failed", event.amount)
        case PaymentRefunded(way=None):
            yield _row(event, event.refunded_on, "refunded", event.amount)
        case PaymentRefunded():
            pass
        case RefundPaid():
            yield _row(event, event.paid_on, "refunded", event.amount)
        case RefundFailed(returned=True):
            yield _row(event, event.failed_on, "refund_returned", event.amount)
        case RefundFailed():
            pass
        case PaymentChargedBack():
            yield _row(event, event.received_on, "charged_back", event.amount)
        case ChargebackReversed():
            yield _row(event, event.reversed_on, "chargeback_reversed", event.amount)
        case PaymentReversed():
            yield _row(event, event.reversed_on, "reversed", event.amount)


def _row(event: Happened, day: date, outcome: Outcome, amount: Decimal) -> PaymentDay:
    return PaymentDay.of(event, day=day, outcome=outcome, payments=1, amount=plain(amount))


project: Final = Tables(adding(PaymentDay, "payments", "amount")).projection(rows)
