"""Whatever happens to an account asks for its balance."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.invoice.messages import InvoiceIssued
from services.payments.balance.state import Payer
from services.payments.payment.messages import RecordPayment
from services.rating.account.messages import AccountOpened
from shared.kernel.decider import State
from shared.kernel.message import Message


def preload(message: Message) -> Iterator[tuple[type[State], str]]:
    match message:
        case InvoiceIssued() | RecordPayment() | AccountOpened():
            yield Payer, message.account_id
