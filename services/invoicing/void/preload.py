"""Which invoice shall be void."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.invoice.state import Invoice
from services.invoicing.void.messages import CompleteVoid, VoidInvoice
from shared.kernel.decider import State


def preload(message: VoidInvoice | CompleteVoid) -> Iterator[tuple[type[State], str]]:
    yield Invoice, message.invoice_id
