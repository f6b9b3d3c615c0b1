"""Which states a page of a run will ask for, and the opening of an account, which puts it on a page."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.billing_run.messages import WalkAccounts
from services.invoicing.billing_run.state import AccountIndex, AccountPage, StoppedRun
from services.rating.account.messages import AccountOpened
from shared.kernel.decider import State


def preload(message: AccountOpened | WalkAccounts) -> Sequence[tuple[type[State], str]]:
    match message:
        case AccountOpened():
            return ((AccountIndex, AccountIndex.KEY),)
        case WalkAccounts(account_ids=None):
            stopped = (StoppedRun, message.run_id)
            return (stopped, (AccountIndex, AccountIndex.KEY), (AccountPage, str(message.page)))
        case WalkAccounts():
            accounts = [(BillProfile, account_id) for account_id in message.account_ids or ()]
            return [(StoppedRun, message.run_id), *accounts]
