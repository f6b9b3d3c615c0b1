"""Which states a message about a collection will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.collection.messages import (
    Collect,
    EndCollection,
    HurryCollection,
    StartCollection,
    StopCollection,
)
from services.payments.collection.state import Collection, InvoiceCollection
from services.payments.direct_debit.state import InvoiceDebit
from services.payments.payment.state import KnownPayment
from services.payments.payment_method.state import PaymentMethods
from services.payments.receivable.state import KnownInvoice
from services.payments.settings.messages import ONLY
from services.payments.settings.state import PaymentSettings
from shared.kernel.decider import Asked


def preload(
    message: Collect | StartCollection | EndCollection | HurryCollection | StopCollection,
) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield Collection, message.collection_id
    yield KnownPayment, message.collection_id
    yield PaymentMethods, message.account_id
    yield PaymentSettings, ONLY
    if isinstance(message, Collect) and message.invoice_id is not None:
        yield KnownInvoice, message.invoice_id
        yield InvoiceCollection, message.invoice_id
        yield InvoiceDebit, message.invoice_id
