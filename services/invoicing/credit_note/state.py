"""One credit note, with its lines until it is issued."""

from __future__ import annotations

from services.invoicing.credit_note.messages import CreditNoteLocked
from shared.kernel.decider import State, View
from shared.kernel.errors import NeverBegan


class CreditNote(State, frozen=True, kw_only=True):
    """`locked` is what was fixed, until it is issued and has its `number`: `CreditNoteIssued` holds it for ever."""

    KEY_FIELD = "credit_note_id"

    credit_note_id: str
    account_id: str
    locked: CreditNoteLocked | None = None
    number: str | None = None


def credit_note_of(view: View, credit_note_id: str) -> CreditNote:
    """The credit note, which must be there. Raises `NeverBegan`."""
    note = view.get(CreditNote, credit_note_id)
    if note is None:
        raise NeverBegan(f"credit note {credit_note_id} is not known here")
    return note
