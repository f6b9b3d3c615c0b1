"""Whatever moves what an account owes or will owe asks whether anybody keeps an eye on it."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.draft_sums.messages import DraftsTold
from services.invoicing.invoice.messages import InvoiceDrafted, InvoiceIssued
from services.invoicing.void.messages import InvoiceVoidAsked
from services.payments.balance.state import Payer
from services.payments.chargeback.messages import RecordChargeback
from services.payments.exposure.messages import ONLY, AskUnbilled, ChangeCreditTerms, SetPaymentMode
from services.payments.exposure.state import CreditSettings, Exposure
from services.payments.payment.messages import RecordPayment, ReversePayment, SucceedPayment
from services.payments.receivable.messages import OpenReceivable
from services.payments.refund.messages import RefundPayment
from services.rating.period.messages import PeriodClosed
from services.rating.unbilled_watch.messages import UnbilledTold
from shared.kernel.decider import State

Moving = (
    InvoiceIssued
    | OpenReceivable
    | CreditNoteIssued
    | InvoiceVoidAsked
    | RecordPayment
    | SucceedPayment
    | ReversePayment
    | RefundPayment
    | RecordChargeback
    | PeriodClosed
    | InvoiceDrafted
)
Asking = ChangeCreditTerms | SetPaymentMode | AskUnbilled | UnbilledTold | DraftsTold


def preload(message: Moving) -> Iterator[tuple[type[State], str]]:
    yield Exposure, message.account_id


def preload_asking(message: Asking) -> Iterator[tuple[type[State], str]]:
    yield Exposure, message.account_id
    yield Payer, message.account_id
    yield CreditSettings, ONLY
