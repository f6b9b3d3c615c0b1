"""The letters of dunning that were written."""

from __future__ import annotations

from shared.kernel.decider import State


class DunningLetter(State, frozen=True, kw_only=True):
    """That there is a letter, and what lists call it."""

    KEY_FIELD = "letter_id"

    letter_id: str
    account_id: str
    number: str
