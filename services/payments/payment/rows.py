"""Payments with what is not allocated of them, what became of them, and what paid for what.

pay-3   acc-1   10.00 EUR   succeeded   unallocated 0.00   bank_transfer   2026-10-07   version 2
pay-3   inv-7    10.00
pay-3   inv-7   -10.00      2026-10-20      taken back on that day
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeVar

import msgspec

from services.payments.balance.messages import PaymentAllocated, PaymentDeallocated
from services.payments.chargeback.messages import ChargebackReversed, PaymentChargedBack
from services.payments.payment.messages import (
    PaymentCancelled,
    PaymentFailed,
    PaymentRecorded,
    PaymentReversed,
    PaymentStatus,
    PaymentSucceeded,
)
from services.payments.refund.messages import PaymentRefunded, RefundFailed
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update
from shared.kernel.decimals import EXACT

ZERO: Final = Decimal(0)


class PaymentRow(Row, frozen=True, kw_only=True):
    """`unallocated` is what is left as credit; `refunded` and `charged_back` are gone of the `amount`. Of what was
    refunded banks took `charged_again` besides, which is owed. `version` is 1 and one more for all that happened to it.
    `reason` is that of what happened last.
    """

    TABLE = "payment_row"
    KEY = ("payment_id",)

    payment_id: str
    account_id: str
    currency: str
    amount: Amount
    unallocated: Amount
    refunded: Amount = ZERO
    charged_back: Amount = ZERO
    charged_again: Amount = ZERO
    status: PaymentStatus = "succeeded"
    method: str
    received_on: date
    invoice_id: str | None
    external_key: str | None
    failure_code: str | None = None
    hard_failure: bool | None = None
    reason: str | None = None
    recorded_at: datetime
    version: int = 1


class AllocationRow(Row, frozen=True, kw_only=True):
    """`seq` is the number of the event that says so; the currency is the payment's. What was taken back is below zero,
    and counts from the day `taken_back_on`."""

    TABLE = "allocation_row"
    KEY = ("seq",)

    seq: int
    payment_id: str
    invoice_id: str
    amount: Decimal
    recorded_at: datetime
    taken_back_on: date | None = None


class OfPayment(Columns, frozen=True, kw_only=True):
    """Which row of `payment_row`."""

    TABLE = "payment_row"
    KEY = ("payment_id",)

    payment_id: str


class Unallocated(OfPayment, Change, frozen=True, kw_only=True):
    """What a payment has left; `version` is how many events said so."""

    unallocated: Amount
    version: int = 1


class Succeeded(OfPayment, Change, frozen=True, kw_only=True):
    """Its money came, on another day perhaps than was expected."""

    received_on: date
    version: int = 0


class Became(OfPayment, Change, frozen=True, kw_only=True):
    """What is said of it from now on."""

    status: PaymentStatus
    failure_code: str | None = None
    hard_failure: bool | None = None
    reason: str | None = None
    version: int = 1


class Refunded(OfPayment, Change, frozen=True, kw_only=True):
    refunded: Amount
    version: int = 0


class ChargedBack(OfPayment, Change, frozen=True, kw_only=True):
    charged_back: Amount
    version: int = 0


class ChargedAgain(OfPayment, Change, frozen=True, kw_only=True):
    """So much more, or (below zero) less, of what was refunded was taken by a bank besides."""

    charged_again: Amount


N = TypeVar("N", Unallocated, Succeeded, Became, Refunded, ChargedBack)


def _both(earlier: N, later: N) -> N:
    return msgspec.structs.replace(later, version=earlier.version + later.version)


def _sum(earlier: ChargedAgain, later: ChargedAgain) -> ChargedAgain:
    return msgspec.structs.replace(later, charged_again=EXACT.add(earlier.charged_again, later.charged_again))


_MORE: Final = {"version": "t.version + new.version"}
TABLES: Final = Tables(
    insert(PaymentRow),
    insert(AllocationRow),
    update(Unallocated, sets=_MORE, merge=_both),
    update(Succeeded, sets=_MORE, merge=_both),
    update(Became, sets=_MORE, merge=_both),
    update(Refunded, sets=_MORE, merge=_both),
    update(ChargedBack, sets=_MORE, merge=_both),
    update(ChargedAgain, sets={"charged_again": "t.charged_again + new.charged_again"}, merge=_sum),
)

Settled = PaymentSucceeded | PaymentFailed | PaymentCancelled | PaymentReversed
Gone = PaymentRefunded | RefundFailed | PaymentChargedBack | ChargebackReversed


def rows(
    applied: AppliedOf[PaymentRecorded | PaymentAllocated | PaymentDeallocated | Settled | Gone],
) -> Iterator[Columns]:
    """A payment is recorded before anything else, so a batch can be written kind by kind."""
    event, envelope = applied.event, applied.envelope
    match event:
        case PaymentRecorded():
            here = event.amount if event.status == "succeeded" else ZERO
            yield PaymentRow.of(event, unallocated=here, recorded_at=envelope.recorded_at)
        case PaymentAllocated():
            yield AllocationRow.of(event, seq=envelope.seq, recorded_at=envelope.recorded_at)
            yield Unallocated.of(event)
        case PaymentDeallocated():
            yield AllocationRow.of(
                event,
                seq=envelope.seq,
                amount=EXACT.minus(event.amount),
                recorded_at=envelope.recorded_at,
                taken_back_on=event.deallocated_on,
            )
            yield Unallocated.of(event)
        case PaymentSucceeded() | PaymentFailed() | PaymentCancelled() | PaymentReversed():
            yield from _settled(event)
        case PaymentRefunded() | RefundFailed() | PaymentChargedBack() | ChargebackReversed():
            yield Unallocated.of(event, version=0)
            reason = event.code if isinstance(event, RefundFailed) else event.reason
            yield Became(payment_id=event.payment_id, status=event.status, reason=reason)
            yield from _gone(event)


def _settled(event: Settled) -> Iterator[Columns]:
    match event:
        case PaymentSucceeded():
            yield Succeeded.of(event)
            yield Unallocated(payment_id=event.payment_id, unallocated=event.amount, version=0)
            yield Became(payment_id=event.payment_id, status="succeeded")
        case PaymentFailed():
            code, hard = event.reason_code, event.hard
            yield Became.of(event, status="failed", failure_code=code, hard_failure=hard, reason=event.note)
        case PaymentCancelled():
            yield Became.of(event, status="cancelled")
        case PaymentReversed():
            yield Unallocated(payment_id=event.payment_id, unallocated=ZERO, version=0)
            yield Became.of(event, status="reversed")
            yield from _again(event.payment_id, event.paid_back_before)


def _gone(event: Gone) -> Iterator[Columns]:
    match event:
        case PaymentRefunded() | RefundFailed():
            yield Refunded.of(event)
        case PaymentChargedBack():
            yield ChargedBack.of(event)
            yield from _again(event.payment_id, event.paid_back_before)
        case ChargebackReversed():
            yield ChargedBack.of(event)
            yield from _again(event.payment_id, EXACT.minus(event.paid_back_before))


def _again(payment_id: str, amount: Decimal) -> Iterator[ChargedAgain]:
    if amount:
        yield ChargedAgain(payment_id=payment_id, charged_again=amount)
