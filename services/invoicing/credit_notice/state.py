"""The notices of credit that were written."""

from __future__ import annotations

from shared.kernel.decider import State


class CreditNotice(State, frozen=True, kw_only=True):
    """That there is a notice, and what lists call it."""

    KEY_FIELD = "notice_id"

    notice_id: str
    account_id: str
    number: str
