"""Which states a message about a link will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.payment_link.messages import MakePaymentLink
from services.payments.payment_link.state import PaymentLink
from services.payments.receivable.state import KnownInvoice
from shared.kernel.decider import Asked


def preload(message: MakePaymentLink) -> Iterator[Asked]:
    yield KnownInvoice, message.invoice_id
    yield PaymentLink, message.invoice_id
