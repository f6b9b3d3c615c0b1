"""The top-up of an account that was asked for last."""

from __future__ import annotations

from services.payments.collection.state import Collection
from shared.kernel.decider import State, View


class LastTopUp(State, frozen=True, kw_only=True):
    account_id: str
    top_up_id: str


def running_top_up(account_id: str, view: View) -> str | None:
    """The top-up that is being charged at this moment. One that waits for the customer, or whose answer was lost, is
    waited for and keeps nobody from another."""
    last = view.get(LastTopUp, account_id)
    known = None if last is None else view.get(Collection, last.top_up_id)
    return known.collection_id if known is not None and known.status in ("waiting", "calling") else None
