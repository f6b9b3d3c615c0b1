"""An issued invoice is owed, and credit that the account has pays for it at once. Pure.

10.00 is credit, InvoiceIssued 25.00   ->   ReceivableOpened 25.00, PaymentAllocated 10.00        15.00 is open

One that shall be void is owed no longer, if nothing was paid of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from services.payments.adjustment.messages import BalanceAdjusted
from services.payments.balance.state import opened_payer
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.granted_credit.messages import CreditGranted, CreditReversed
from services.payments.receivable.messages import (
    OpenReceivable,
    ReceivableOpened,
    ReceivableWithdrawn,
    WithdrawalRefused,
    WithdrawReceivable,
)
from services.payments.receivable.state import InvoiceNumber, KnownInvoice, known_invoice
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT, exact
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_receivable(command: OpenReceivable, view: View, context: Context) -> Sequence[Event]:
    """An invoice is owed once, however often it is heard of."""
    payer = opened_payer(view, command.account_id)
    if view.get(KnownInvoice, command.invoice_id) is not None:
        return []
    opened = same_fields(ReceivableOpened, command)
    allocated = list(payer.settle(opened, local_date(context.now, payer.time_zone)))
    with exact():
        credit_applied = sum((paid.amount for paid in allocated), start=Decimal(0))
    return [msgspec.structs.replace(opened, credit_applied=credit_applied), *allocated]


def evolve_receivable(event: ReceivableOpened, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(KnownInvoice, event)
    yield InvoiceNumber(number=event.number.upper(), invoice_id=event.invoice_id)


def decide_withdrawal(command: WithdrawReceivable, view: View, context: Context) -> Sequence[Event]:
    """What was paid at the same moment is decided here, too: before this, and it stands, or after, and it is credit."""
    known, payer = known_invoice(view, command.invoice_id), opened_payer(view, command.account_id)
    owed = Decimal(0) if known.withdrawn else max(known.amount, Decimal(0))
    paid = EXACT.subtract(owed, payer.open_of(command.invoice_id))
    if paid:
        return [same_fields(WithdrawalRefused, command, currency=payer.currency, paid=paid)]
    today = local_date(context.now, payer.time_zone)
    return [same_fields(ReceivableWithdrawn, command, amount=known.amount, currency=payer.currency, withdrawn_on=today)]


def evolve_withdrawn(event: ReceivableWithdrawn, envelope: Envelope, view: View) -> Iterator[State]:
    yield msgspec.structs.replace(known_invoice(view, event.invoice_id), withdrawn=True)


def evolve_adjusted(event: BalanceAdjusted, envelope: Envelope, view: View) -> Iterator[State]:
    """A debit is something that a payment can name."""
    if event.direction == "debit":
        yield same_fields(KnownInvoice, event, invoice_id=event.adjustment_id)


def evolve_corrected(
    event: CreditNoteTaken | CreditGranted | CreditReversed, envelope: Envelope, view: View
) -> Iterator[State]:
    """What is credited of an invoice, by whatever way. Of one that was never issued here nothing is said."""
    if event.invoice_id is None or (known := view.get(KnownInvoice, event.invoice_id)) is None:
        return
    match event:
        case CreditNoteTaken():
            noted, corrected = event.amount, EXACT.minus(event.covered)
        case CreditGranted():
            noted, corrected = Decimal(0), event.amount
        case CreditReversed():
            noted, corrected = Decimal(0), EXACT.minus(event.amount)
    yield msgspec.structs.replace(
        known, noted=EXACT.add(known.noted, noted), corrected=EXACT.add(known.corrected, corrected)
    )


def evolve_given_up(event: ReceivableWrittenOff | WriteOffRecovered, envelope: Envelope, view: View) -> Iterator[State]:
    """Cents that a payment lacked are as good as credited, where it was not credited already."""
    known = known_invoice(view, event.invoice_id)
    match event:
        case ReceivableWrittenOff(rounding=True):
            cents = min(event.amount, known.creditable)
            yield msgspec.structs.replace(known, corrected=EXACT.add(known.corrected, cents))
        case ReceivableWrittenOff():
            yield msgspec.structs.replace(known, given_up=known.with_given_up(event.write_off_id, event.amount))
        case WriteOffRecovered():
            yield msgspec.structs.replace(known, given_up=known.with_given_up(event.write_off_id, event.left))
