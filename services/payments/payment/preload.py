"""Which states a message about a payment will ask for: its id and external key may have been used already."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.direct_debit.state import DirectDebit
from services.payments.payment.messages import (
    AllocatePayment,
    CancelPayment,
    FailPayment,
    RecordPayment,
    ReversePayment,
    SucceedPayment,
)
from services.payments.payment.state import ExternalKey, KnownPayment
from services.payments.receivable.state import KnownInvoice
from shared.kernel.decider import Asked

Later = SucceedPayment | FailPayment | CancelPayment | AllocatePayment | ReversePayment


def preload(message: RecordPayment | Later) -> Iterator[Asked]:
    yield KnownPayment, message.payment_id
    match message:
        case RecordPayment(external_key=str(key)):
            yield ExternalKey, key
        case AllocatePayment():
            yield KnownInvoice, [part.invoice_id for part in message.allocations]
        case SucceedPayment() | FailPayment() | CancelPayment():
            yield DirectDebit, message.payment_id
    if not isinstance(message, RecordPayment):
        yield Payer, message.account_id
