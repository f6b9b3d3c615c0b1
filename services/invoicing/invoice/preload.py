"""Which invoice a message is about."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.invoice.messages import (
    CompleteIssue,
    CompleteIssues,
    FinaliseInvoice,
    NoteTaken,
    StateAmountDue,
    TakeCharges,
)
from services.invoicing.invoice.state import Invoice, invoice_id_of
from services.rating.period.messages import ChargeFixed, PeriodClosed
from shared.kernel.decider import Asked


def preload(
    message: ChargeFixed
    | PeriodClosed
    | TakeCharges
    | NoteTaken
    | CompleteIssue
    | CompleteIssues
    | FinaliseInvoice
    | StateAmountDue,
) -> Sequence[Asked]:
    match message:
        case CompleteIssues():
            return ((Invoice, [numbered.invoice_id for numbered in message.invoices]),)
        case ChargeFixed():
            return ((Invoice, invoice_id_of(message.account_id, message.billing_period)),)
        case PeriodClosed():
            return ((Invoice, invoice_id_of(message.account_id, message.period)),)
        case TakeCharges():
            return ((Invoice, invoice_id_of(message.account_id, message.period)),)
        case NoteTaken() | CompleteIssue() | FinaliseInvoice() | StateAmountDue():
            return ((Invoice, message.invoice_id),)
