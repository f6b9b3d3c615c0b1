"""Whatever changes what an account owes, or has to do with its policy, asks for what is watched of it."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.bill_profile.messages import LateFeePolicyAssigned
from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.late_fee.messages import LateFeeRefused
from services.invoicing.void.messages import InvoiceVoidAsked
from services.payments.balance.state import Payer
from services.payments.chargeback.messages import RecordChargeback
from services.payments.late_fee.messages import ChargeLateFees
from services.payments.late_fee.state import LateFeeWatches
from services.payments.payment.messages import AllocatePayment, RecordPayment, ReversePayment, SucceedPayment
from services.payments.refund.messages import RefundPayment
from shared.kernel.decider import State


def preload(
    message: InvoiceIssued
    | CreditNoteIssued
    | InvoiceVoidAsked
    | RecordPayment
    | SucceedPayment
    | AllocatePayment
    | ReversePayment
    | RefundPayment
    | RecordChargeback
    | LateFeePolicyAssigned
    | LateFeeRefused
    | ChargeLateFees,
) -> Iterator[tuple[type[State], str]]:
    yield LateFeeWatches, message.account_id
    if isinstance(message, LateFeePolicyAssigned | ChargeLateFees):
        yield Payer, message.account_id
