"""An issued invoice is owed, in the same partition. What credit paid of it at once is told to invoicing, so that the
document asks for the rest. One that shall be void is withdrawn, unless something was paid of it; either is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.invoice.messages import InvoiceIssued, StateAmountDue
from services.invoicing.void.messages import CompleteVoid, InvoiceVoidAsked
from services.payments.fees_in_invoice import late_fees_in
from services.payments.receivable.messages import (
    OpenReceivable,
    ReceivableOpened,
    ReceivableWithdrawn,
    WithdrawalRefused,
    WithdrawReceivable,
)
from shared.kernel.decider import Do, Send, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

Followed = InvoiceIssued | InvoiceVoidAsked | ReceivableOpened | ReceivableWithdrawn | WithdrawalRefused


def react(event: Followed, envelope: Envelope, view: View) -> Iterator[Do | Send]:
    match event:
        case InvoiceIssued():
            fees = late_fees_in(event.lines, event.tax_groups, event.currency)
            yield Do(same_fields(OpenReceivable, event, amount=event.total, late_fees=fees))
        case ReceivableOpened():
            due = StateAmountDue(
                invoice_id=event.invoice_id,
                account_id=event.account_id,
                credit_applied=event.credit_applied,
                amount_due=EXACT.subtract(event.amount, event.credit_applied),
            )
            yield Send(due, to="invoicing")
        case InvoiceVoidAsked():
            yield Do(same_fields(WithdrawReceivable, event))
        case ReceivableWithdrawn() | WithdrawalRefused():
            yield Send(same_fields(CompleteVoid, event), to="invoicing")
