"""An issued invoice is owed, and credit that the account has pays for it at once. Pure.

10.00 is credit, InvoiceIssued 25.00   ->   ReceivableOpened 25.00, PaymentAllocated 10.00        15.00 is open
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from services.payments.balance.state import opened_payer
from services.payments.receivable.messages import OpenReceivable, ReceivableOpened
from services.payments.receivable.state import InvoiceNumber, KnownInvoice
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import exact
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_receivable(command: OpenReceivable, view: View, context: Context) -> Sequence[Event]:
    """An invoice is owed once, however often it is heard of."""
    payer = opened_payer(view, command.account_id)
    if view.get(KnownInvoice, command.invoice_id) is not None:
        return []
    opened = same_fields(ReceivableOpened, command)
    allocated = list(payer.settle(opened))
    with exact():
        credit_applied = sum((paid.amount for paid in allocated), start=Decimal(0))
    return [msgspec.structs.replace(opened, credit_applied=credit_applied), *allocated]


def evolve_receivable(event: ReceivableOpened, envelope: Envelope, view: View) -> Iterator[State]:
    yield KnownInvoice(invoice_id=event.invoice_id, account_id=event.account_id)
    yield InvoiceNumber(number=event.number.upper(), invoice_id=event.invoice_id)
