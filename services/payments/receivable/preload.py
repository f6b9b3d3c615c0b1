"""An invoice that is issued, or that a payment names, may be known already."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.void.messages import InvoiceVoidAsked
from services.payments.payment.messages import RecordPayment
from services.payments.receivable.messages import OpenReceivable
from services.payments.receivable.state import KnownInvoice
from shared.kernel.decider import Asked


def preload(
    message: InvoiceIssued | OpenReceivable | InvoiceVoidAsked | RecordPayment,
) -> Iterator[Asked]:
    match message:
        case InvoiceIssued() | OpenReceivable() | InvoiceVoidAsked():
            yield KnownInvoice, message.invoice_id
        case RecordPayment() if message.invoice_id is not None:
            yield KnownInvoice, message.invoice_id
