"""Whatever lowers what an account owes asks for its promise."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.void.messages import InvoiceVoidAsked
from services.payments.payment.messages import RecordPayment
from services.payments.promise.messages import CancelPromise, MakePromise, ReviewPromise
from services.payments.promise.state import OpenPromise
from shared.kernel.decider import State


def preload(
    message: InvoiceIssued
    | CreditNoteIssued
    | InvoiceVoidAsked
    | RecordPayment
    | MakePromise
    | CancelPromise
    | ReviewPromise,
) -> Iterator[tuple[type[State], str]]:
    yield OpenPromise, message.account_id
