"""What facts mean here: an opened account can pay, an issued invoice is owed. All in the same partition.

What credit paid of an invoice at once is told to invoicing, so that the state asks for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.invoicing.invoice.messages import InvoiceIssued, StateAmountDue
from services.payments.commands import OpenPayer, OpenReceivable
from services.payments.events import ReceivableOpened
from services.rating.events import AccountOpened
from shared.kernel.decider import Do, Send, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event


def react(event: Event, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    """Policy for events of rating, invoicing and this service; those not named here have no consequence."""
    match event:
        case InvoiceIssued():
            yield Do(
                OpenReceivable(
                    invoice_id=event.invoice_id,
                    account_id=event.account_id,
                    number=event.number,
                    amount=event.total,
                    currency=event.currency,
                    issued_on=event.issued_on,
                    due_on=event.due_on,
                )
            )
        case ReceivableOpened():
            due = StateAmountDue(
                invoice_id=event.invoice_id,
                account_id=event.account_id,
                credit_applied=event.credit_applied,
                amount_due=EXACT.subtract(event.amount, event.credit_applied),
            )
            yield Send(due, to="invoicing")
        case AccountOpened():
            yield Do(OpenPayer(account_id=event.account_id, currency=event.currency, time_zone=event.cycle.time_zone))
