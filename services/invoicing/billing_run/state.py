"""What a run needs to know: that it exists, the cycles it may name, and the accounts in the order it walks them."""

from __future__ import annotations

from typing import ClassVar, Final

from services.invoicing.billing_run.messages import WalkAccounts
from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.decider import State

ACCOUNTS_PER_PAGE: Final = 100
"""Accounts of a partition are kept in pages of so many; a run may have any number of them behind it when that changes,
so it does not."""

PAGES_PER_WALK: Final = 4
"""They are decided in one go, which bounds how long a run holds up its partition."""


class KnownCycle(State, frozen=True, kw_only=True):
    """A billing cycle that rating has defined (partition 0); `terms` is `None` in a log that is older than them."""

    KEY_FIELD = "cycle_id"

    cycle_id: str
    name: str = ""
    terms: CycleTerms | None = None


class AccountIndex(State, frozen=True, kw_only=True):
    """How many accounts live in this partition; the last page is the one that holds the last of them."""

    KEY: ClassVar[str] = "accounts"

    accounts: int

    @property
    def key(self) -> str:
        return self.KEY


class AccountPage(State, frozen=True, kw_only=True):
    """Up to `ACCOUNTS_PER_PAGE` accounts in the order they were opened, so that a walk meets each once."""

    KEY_FIELD = "page"

    page: int
    account_ids: tuple[str, ...]


class BillingRun(State, frozen=True, kw_only=True):
    """That a run exists; how far it is, is a count over the pages (progress.py)."""

    KEY_FIELD = "run_id"

    run_id: str
    partitions: int = 0
    cancelled: bool = False


class StoppedRun(State, frozen=True, kw_only=True):
    """That this partition goes no further for a run."""

    KEY_FIELD = "run_id"

    run_id: str


def pages_of(walk: WalkAccounts) -> range:
    """The numbers of the pages that a walk over all accounts goes through."""
    return range(walk.page, walk.page + walk.pages)
