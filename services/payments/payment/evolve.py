"""A payment after each event: what it pays, what is gone of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from services.payments.balance.messages import PaymentAllocated, PaymentDeallocated
from services.payments.chargeback.messages import ChargebackReversed, PaymentChargedBack
from services.payments.payment.messages import (
    PaymentCancelled,
    PaymentFailed,
    PaymentRecorded,
    PaymentReversed,
    PaymentSucceeded,
)
from services.payments.payment.state import ExternalKey, KnownPayment
from services.payments.refund.messages import PaymentRefunded, RefundFailed
from shared.kernel.decider import State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.same_fields import same_fields

Settled = PaymentSucceeded | PaymentFailed | PaymentCancelled
Gone = PaymentRefunded | RefundFailed | PaymentChargedBack | ChargebackReversed | PaymentReversed
Happened = Settled | Gone | PaymentAllocated | PaymentDeallocated


def evolve_recorded(event: PaymentRecorded, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(KnownPayment, event)
    if event.external_key is not None:
        yield ExternalKey(external_key=event.external_key, payment_id=event.payment_id)


def evolve_payment(event: Happened, envelope: Envelope, view: View) -> Iterator[State]:
    known = view.get(KnownPayment, event.payment_id)
    if known is None:
        raise NeverBegan(f"payment {event.payment_id} was never recorded")
    yield replace(_after(known, event), version=known.version + 1)
    match event:
        case PaymentRefunded(external_key=str(key), refund_id=holder):
            yield ExternalKey(external_key=key, payment_id=holder)
        case PaymentChargedBack(external_key=str(key), chargeback_id=holder):
            yield ExternalKey(external_key=key, payment_id=holder)


def _after(known: KnownPayment, event: Happened) -> KnownPayment:
    match event:
        case PaymentAllocated():
            return replace(known, parts=known.with_part(event.invoice_id, event.amount))
        case PaymentDeallocated():
            return replace(known, parts=known.with_part(event.invoice_id, EXACT.minus(event.amount)))
        case PaymentSucceeded():
            return replace(known, status="succeeded", received_on=event.received_on)
        case PaymentFailed():
            return replace(known, status="failed")
        case PaymentCancelled():
            return replace(known, status="cancelled")
        case PaymentReversed():
            again = EXACT.add(known.charged_again, event.paid_back_before)
            return replace(known, status="reversed", charged_again=again)
        case PaymentRefunded() | RefundFailed():
            return replace(known, status=event.status, refunded=event.refunded)
        case PaymentChargedBack():
            again = EXACT.add(known.charged_again, event.paid_back_before)
            return replace(known, status=event.status, charged_back=event.charged_back, charged_again=again)
        case ChargebackReversed():
            again = EXACT.subtract(known.charged_again, event.paid_back_before)
            return replace(known, status=event.status, charged_back=event.charged_back, charged_again=again)
