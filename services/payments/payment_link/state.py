"""The invoices that have a link."""

from __future__ import annotations

from shared.kernel.decider import State


class PaymentLink(State, frozen=True, kw_only=True):
    KEY_FIELD = "invoice_id"

    invoice_id: str
    token: str
