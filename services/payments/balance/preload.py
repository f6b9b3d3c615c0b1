"""Whatever happens to an account asks for its balance."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.void.messages import InvoiceVoidAsked
from services.payments.balance.messages import OpenPayer
from services.payments.balance.state import Payer
from services.payments.payment.messages import RecordPayment
from services.rating.account.messages import AccountOpened
from shared.kernel.decider import State


def preload(
    message: InvoiceIssued | CreditNoteIssued | InvoiceVoidAsked | RecordPayment | AccountOpened | OpenPayer,
) -> Iterator[tuple[type[State], str]]:
    yield Payer, message.account_id
