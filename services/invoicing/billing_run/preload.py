"""Which states a page of a run will ask for, and the opening of an account, which puts it on a page."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.billing_run.messages import WalkAccounts
from services.invoicing.billing_run.state import AccountIndex, AccountPage, StoppedRun, pages_of
from services.rating.account.messages import AccountOpened
from shared.kernel.decider import Asked


def preload(message: AccountOpened | WalkAccounts) -> Sequence[Asked]:
    match message:
        case AccountOpened():
            return ((AccountIndex, AccountIndex.KEY),)
        case WalkAccounts(account_ids=None):
            stopped = (StoppedRun, message.run_id)
            pages = [str(number) for number in pages_of(message)]
            return (stopped, (AccountIndex, AccountIndex.KEY), (AccountPage, pages))
        case WalkAccounts():
            accounts = [(BillProfile, account_id) for account_id in message.account_ids or ()]
            return [(StoppedRun, message.run_id), *accounts]
