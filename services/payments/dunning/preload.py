"""Whatever happens to what an account owes asks how dunning stands with it, which policy is the operator's, and what of
its invoices is disputed."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.void.messages import InvoiceVoidAsked
from services.payments.balance.state import Payer
from services.payments.chargeback.messages import RecordChargeback
from services.payments.dispute.state import Dispute
from services.payments.dunning.messages import AssignDunningPolicy, ExemptFromDunning, LookAtDunning, OfCase
from services.payments.dunning.state import DunningAccount
from services.payments.dunning_policy.state import DEFAULT, DunningDefault
from services.payments.payment.messages import AllocatePayment, RecordPayment, ReversePayment, SucceedPayment
from services.payments.promise.messages import CancelPromise, MakePromise, ReviewPromise
from services.payments.promise.state import OpenPromise
from services.payments.receivable.messages import OpenReceivable
from services.payments.refund.messages import RefundPayment
from shared.kernel.decider import Asked, State, View

Asking = (
    InvoiceIssued
    | OpenReceivable
    | CreditNoteIssued
    | InvoiceVoidAsked
    | RecordPayment
    | SucceedPayment
    | AllocatePayment
    | ReversePayment
    | RefundPayment
    | RecordChargeback
    | MakePromise
    | CancelPromise
    | ReviewPromise
    | AssignDunningPolicy
    | ExemptFromDunning
    | LookAtDunning
    | OfCase
)


def preload(message: Asking) -> Iterator[tuple[type[State], str]]:
    yield DunningAccount, message.account_id
    yield Payer, message.account_id
    yield OpenPromise, message.account_id
    yield DunningDefault, DEFAULT


def preload_next(message: Asking, view: View) -> Iterator[Asked]:
    """Very many accounts are looked at at one midnight: a question for each invoice would be most of their time."""
    payer = view.get(Payer, message.account_id)
    if payer is not None and payer.owed:
        yield Dispute, [invoice.invoice_id for invoice in payer.owed]
