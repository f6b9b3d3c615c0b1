"""A credit note lowers what its invoice owes; what it credits beyond that was paid, and is credit. Pure.

invoice 40.00, written off        CreditNoteIssued 40.00   WriteOffRecovered 40.00, CreditNoteTaken applied 40.00
invoice 40.00, 15.00 was disputed CreditNoteIssued 40.00   CreditNoteTaken applied 25.00, covered 15.00

What nobody paid is no credit: it leaves the write-off, or was credited before the document said so. What is credit
pays other invoices at once, as any credit does. So nothing is paid back by itself, and an account has either credit or
something to pay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from services.payments.applying import after
from services.payments.balance.state import opened_payer
from services.payments.credit_note.messages import CreditNoteTaken, TakeCreditNote
from services.payments.credit_note.state import KnownCreditNote
from services.payments.crediting import covered_by, owed_again
from services.payments.receivable.state import KnownInvoice
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_credit_note(command: TakeCreditNote, view: View, context: Context) -> Sequence[Event]:
    if view.get(KnownCreditNote, command.credit_note_id) is not None:
        return []
    payer = opened_payer(view, command.account_id)
    known, today = view.get(KnownInvoice, command.invoice_id), local_date(context.now, payer.time_zone)
    covered = Decimal(0) if known is None else covered_by(known, command.amount)
    credited = EXACT.subtract(command.amount, covered)
    again = [] if known is None else list(owed_again(known, credited, payer, today))
    payer = after(payer, *again)
    open_before = payer.open_of(command.invoice_id)
    applied = min(credited, open_before)
    taken = same_fields(
        CreditNoteTaken,
        command,
        applied=applied,
        open=EXACT.subtract(open_before, applied),
        unallocated=EXACT.subtract(credited, applied),
        covered=covered,
    )
    return [*again, taken, *payer.take(taken)]


def evolve_credit_note(event: CreditNoteTaken, envelope: Envelope, view: View) -> Iterator[State]:
    yield KnownCreditNote(credit_note_id=event.credit_note_id)
