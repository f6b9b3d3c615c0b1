"""A credit note lowers what its invoice owes; what it credits beyond that was paid, and is credit. Pure.

It pays other invoices at once, as any credit does. So nothing is paid back by itself, and an account has either credit
or something to pay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.payments.balance.state import opened_payer
from services.payments.credit_note.messages import CreditNoteTaken, TakeCreditNote
from services.payments.credit_note.state import KnownCreditNote
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_credit_note(command: TakeCreditNote, view: View, context: Context) -> Sequence[Event]:
    if view.get(KnownCreditNote, command.credit_note_id) is not None:
        return []
    payer = opened_payer(view, command.account_id)
    open_before = payer.open_of(command.invoice_id)
    applied = min(command.amount, open_before)
    taken = same_fields(
        CreditNoteTaken,
        command,
        applied=applied,
        open=EXACT.subtract(open_before, applied),
        unallocated=EXACT.subtract(command.amount, applied),
    )
    return [taken, *payer.take(taken)]


def evolve_credit_note(event: CreditNoteTaken, envelope: Envelope, view: View) -> Iterator[State]:
    yield KnownCreditNote(credit_note_id=event.credit_note_id)
