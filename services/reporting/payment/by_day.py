"""Payments by day and method, counted and summed as they come: what became of them, and what was taken back.

PaymentRecorded succeeded 10.00     2026-10-07 EUR card succeeded   1   10.00   in  10.00
PaymentFailed hard 20.00            2026-10-08 EUR card declined    1   20.00        0
PaymentRefunded 4.00                2026-10-09 EUR card refunded    1    4.00   in  -4.00
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
from services.payments.refund.messages import PaymentRefunded
from services.reporting.adding import adding, plain
from shared.engine.rows import Amount, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, copy
from shared.kernel.decimals import EXACT

Outcome = Literal["succeeded", "declined", "failed", "refunded", "charged_back", "chargeback_reversed", "reversed"]
Happened = (
    PaymentRecorded
    | PaymentSucceeded
    | PaymentFailed
    | PaymentRefunded
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
    moved: Amount


class PaymentEventRow(Row, frozen=True, kw_only=True):
    """The same of one event; `moved` is the money that came in, or (below zero) went out again."""

    TABLE = "payment_event_row"
    KEY = ("seq",)

    seq: int
    payment_id: str
    account_id: str
    method: str
    outcome: Outcome
    amount: Amount
    moved: Amount
    currency: str
    day: date


def rows(applied: AppliedOf[Happened]) -> Iterator[Columns]:
    event, seq = applied.event, applied.envelope.seq
    match event:
        case PaymentRecorded(status="succeeded") | PaymentSucceeded():
            yield from _rows(event, seq, event.received_on, "succeeded", event.amount)
        case PaymentRecorded():
            pass
        case PaymentFailed():
            yield from _rows(event, seq, event.failed_on, "declined" if event.hard else "failed", ZERO)
        case PaymentRefunded():
            yield from _rows(event, seq, event.refunded_on, "refunded", EXACT.minus(event.amount))
        case PaymentChargedBack():
            yield from _rows(event, seq, event.received_on, "charged_back", EXACT.minus(_whole(event)))
        case ChargebackReversed():
            yield from _rows(event, seq, event.reversed_on, "chargeback_reversed", _whole(event))
        case PaymentReversed():
            yield from _rows(event, seq, event.reversed_on, "reversed", EXACT.minus(_whole(event)))


def _whole(event: PaymentChargedBack | ChargebackReversed | PaymentReversed) -> Decimal:
    return EXACT.add(event.amount, event.paid_back_before)


def _rows(event: Happened, seq: int, day: date, outcome: Outcome, moved: Decimal) -> Iterator[Columns]:
    amounts = {"amount": plain(event.amount), "moved": plain(moved)}
    yield PaymentDay.of(event, day=day, outcome=outcome, payments=1, **amounts)
    yield PaymentEventRow.of(event, seq=seq, day=day, outcome=outcome, **amounts)


ZERO: Final = Decimal(0)
project: Final = Tables(adding(PaymentDay, "payments", "amount", "moved"), copy(PaymentEventRow)).projection(rows)
