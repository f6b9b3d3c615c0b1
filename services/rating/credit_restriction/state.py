"""Accounts whose lines are blocked because nothing is left of what they may use."""

from __future__ import annotations

from shared.kernel.decider import State


class CreditRestriction(State, frozen=True, kw_only=True):
    """There as long as it is so."""

    account_id: str
