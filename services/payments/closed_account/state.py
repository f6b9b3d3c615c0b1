"""Which accounts are closed: of the others there is nothing."""

from __future__ import annotations

from shared.kernel.decider import State, View
from shared.kernel.errors import Rejection


class ClosedAccount(State, frozen=True, kw_only=True):
    account_id: str


def check_open(account_id: str, view: View, *, pointer: str | None = None) -> None:
    """Raises `Rejection`: `account_closed`."""
    if view.get(ClosedAccount, account_id) is not None:
        detail = f"account {account_id} is closed; reopen it before money is put on it"
        raise Rejection("account_closed", detail, pointer=pointer, status=409)
