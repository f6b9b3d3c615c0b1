"""Of which invoice an authority has said something."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.clearance.messages import ReportClearance
from services.invoicing.invoice.state import Invoice
from shared.kernel.decider import State


def preload(message: ReportClearance) -> Iterator[tuple[type[State], str]]:
    yield Invoice, message.invoice_id
