"""Which states a message about a direct debit will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.direct_debit.messages import BookDebit, CancelDebit, PlaceDebit, ReturnDebit
from services.payments.direct_debit.state import DirectDebit, InvoiceDebit
from services.payments.mandate.state import Mandates
from services.payments.payment.state import KnownPayment
from services.payments.payment_method.state import PaymentMethods
from services.payments.receivable.state import KnownInvoice
from shared.kernel.decider import Asked


def preload(message: PlaceDebit | BookDebit | ReturnDebit | CancelDebit) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield DirectDebit, message.debit_id
    yield KnownPayment, message.debit_id
    yield Mandates, message.account_id
    if isinstance(message, PlaceDebit):
        yield InvoiceDebit, message.invoice_id
        yield PaymentMethods, message.account_id
        yield KnownInvoice, message.invoice_id
