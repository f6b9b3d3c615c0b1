"""Which draft shall be issued or not."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.approval.messages import ApproveInvoice, RejectInvoice
from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.state import Invoice
from shared.kernel.decider import State


def preload(message: ApproveInvoice | RejectInvoice) -> Iterator[tuple[type[State], str]]:
    yield BillProfile, message.account_id
    yield Invoice, message.invoice_id
