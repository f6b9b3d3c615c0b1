"""Accounts that are closed: they pay what they owe, and no money is put on them any more.

AccountClosed (rating)      -> NoteAccountClosing(closed=True)    -> AccountClosingNoted
AccountReopened (rating)    -> NoteAccountClosing(closed=False)   -> AccountClosingNoted
"""

from __future__ import annotations

from shared.kernel.message import Command, Event


class NoteAccountClosing(Command, frozen=True, kw_only=True):
    """Rating has closed the account, or opened it again. Decided in place."""

    account_id: str
    closed: bool


class AccountClosingNoted(Event, frozen=True, kw_only=True):
    """From now on payments knows that the account is closed, or that it is not any more."""

    account_id: str
    closed: bool
