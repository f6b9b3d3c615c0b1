"""The credit notes that were taken."""

from __future__ import annotations

from shared.kernel.decider import State


class KnownCreditNote(State, frozen=True, kw_only=True):
    """That a credit note was taken; it is taken once, however often it is heard of."""

    KEY_FIELD = "credit_note_id"

    credit_note_id: str
