"""The balance of an account: what is owed and what credit there is, after each event. Pure.

    ReceivableOpened 40.00          owed 40.00
    PaymentRecorded 50.00           owed 40.00   credit 50.00
    PaymentAllocated 40.00                       credit 10.00

An account never has both for longer than it takes to fold the events of one command: whichever comes second meets the
first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from services.payments.balance.allocation import Credit, OpenInvoice
from services.payments.balance.messages import CreditAllocated, OpenPayer, PayerOpened, PaymentAllocated
from services.payments.balance.state import Payer, credit_granted, credit_of, credit_of_note, open_invoice, opened_payer
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.granted_credit.messages import CreditExpired, CreditGranted, CreditReversed
from services.payments.payment.messages import PaymentRecorded
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event


def decide_payer(command: OpenPayer, view: View, context: Context) -> Sequence[Event]:
    """An account is opened once, however often it is heard of."""
    if view.get(Payer, command.account_id) is not None:
        return []
    return [PayerOpened(account_id=command.account_id, currency=command.currency, time_zone=command.time_zone)]


def evolve_payer(event: PayerOpened, envelope: Envelope, view: View) -> Iterator[State]:
    yield Payer(account_id=event.account_id, currency=event.currency, time_zone=event.time_zone)


def evolve_owed(event: ReceivableOpened, envelope: Envelope, view: View) -> Iterator[State]:
    """An invoice of 0.00 is paid as soon as it is issued."""
    if event.amount > 0:
        payer = opened_payer(view, event.account_id)
        yield msgspec.structs.replace(payer, owed=(*payer.owed, open_invoice(event)))


def evolve_credit(event: PaymentRecorded, envelope: Envelope, view: View) -> Iterator[State]:
    payer = opened_payer(view, event.account_id)
    yield msgspec.structs.replace(payer, credits=(*payer.credits, credit_of(event)))


def evolve_credit_note(event: CreditNoteTaken, envelope: Envelope, view: View) -> Iterator[State]:
    """Its invoice owes less; what it credits of what was paid is credit of the account."""
    payer = opened_payer(view, event.account_id)
    credits = (*payer.credits, credit_of_note(event)) if event.unallocated > 0 else payer.credits
    owed = tuple(_owed_after(event.invoice_id, event.open, payer.owed))
    yield msgspec.structs.replace(payer, owed=owed, credits=credits)


def evolve_granted(event: CreditGranted, envelope: Envelope, view: View) -> Iterator[State]:
    payer = opened_payer(view, event.account_id)
    yield msgspec.structs.replace(payer, credits=(*payer.credits, credit_granted(event)))


def evolve_taken_back(event: CreditReversed | CreditExpired, envelope: Envelope, view: View) -> Iterator[State]:
    """Nothing is left of it."""
    payer = opened_payer(view, event.account_id)
    left = tuple(one for one in payer.credits if not (one.granted and one.payment_id == event.credit_id))
    yield msgspec.structs.replace(payer, credits=left)


def evolve_withdrawn(event: ReceivableWithdrawn, envelope: Envelope, view: View) -> Iterator[State]:
    payer = opened_payer(view, event.account_id)
    yield msgspec.structs.replace(payer, owed=tuple(_owed_after(event.invoice_id, Decimal(0), payer.owed)))


def evolve_allocated(event: PaymentAllocated | CreditAllocated, envelope: Envelope, view: View) -> Iterator[State]:
    """The event says what remains of both sides; whichever is used up is dropped."""
    payer = opened_payer(view, event.account_id)
    yield msgspec.structs.replace(
        payer,
        owed=tuple(_owed_after(event.invoice_id, event.open, payer.owed)),
        credits=tuple(_credits_after(event, payer.credits)),
    )


def _owed_after(invoice_id: str, open: Decimal, owed: Iterable[OpenInvoice]) -> Iterator[OpenInvoice]:
    for invoice in owed:
        if invoice.invoice_id != invoice_id:
            yield invoice
        elif open:
            yield msgspec.structs.replace(invoice, open=open)


def _credits_after(event: PaymentAllocated | CreditAllocated, credits: Iterable[Credit]) -> Iterator[Credit]:
    if isinstance(event, CreditAllocated):
        spent = (event.credit_note_id, not event.granted, event.granted)
    else:
        spent = (event.payment_id, False, False)
    for credit in credits:
        if (credit.payment_id, credit.credit_note, credit.granted) != spent:
            yield credit
        elif event.unallocated:
            yield msgspec.structs.replace(credit, left=event.unallocated)
