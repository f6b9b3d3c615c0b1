"""Which states a message will ask for, so that the runtime loads those of a whole batch in one round trip."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.invoice.messages import InvoiceIssued
from services.payments.commands import RecordPayment
from services.payments.domain import ExternalKey, KnownInvoice, KnownPayment, Payer
from services.rating.events import AccountOpened
from shared.kernel.decider import State
from shared.kernel.message import Message

Wanted = Sequence[tuple[type[State], str]]


def preload(message: Message) -> Wanted:
    """Only a hint: what is missing here is loaded when it is asked for."""
    match message:
        case InvoiceIssued():
            return ((Payer, message.account_id), (KnownInvoice, message.invoice_id))
        case RecordPayment():
            return _of_payment(message)
        case AccountOpened():
            return ((Payer, message.account_id),)
        case _:
            return ()


def _of_payment(command: RecordPayment) -> Wanted:
    wanted: list[tuple[type[State], str]] = [(Payer, command.account_id), (KnownPayment, command.payment_id)]
    if command.external_key is not None:
        wanted.append((ExternalKey, command.external_key))
    if command.invoice_id is not None:
        wanted.append((KnownInvoice, command.invoice_id))
    return wanted
