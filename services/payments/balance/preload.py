"""Whatever happens to an account asks for its balance."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.invoice.messages import InvoiceIssued
from services.payments.balance.state import Payer
from services.payments.payment.messages import RecordPayment
from services.rating.account.messages import AccountOpened
from shared.kernel.decider import State


def preload(message: InvoiceIssued | RecordPayment | AccountOpened) -> Iterator[tuple[type[State], str]]:
    yield Payer, message.account_id
