"""Migrations of plans, and the pages in which a partition walks its subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from services.rating.plan_migration.messages import MigrationTerms
from shared.kernel.decider import State, View

SUBSCRIPTIONS_PER_PAGE: Final = 100


class PlanMigration(State, frozen=True, kw_only=True):
    """A migration, in the partition of its id."""

    KEY_FIELD = "migration_id"

    migration_id: str
    terms: MigrationTerms
    account_ids: tuple[str, ...] | None = None
    cancelled: bool = False


class CancelledHere(State, frozen=True, kw_only=True):
    """A migration whose changes this partition has begun to take back: it makes no more of them."""

    KEY_FIELD = "migration_id"

    migration_id: str


class SubscriptionIndex(State, frozen=True, kw_only=True):
    """The subscriptions of this partition in the order of their start: `pages` full ones, and the `tail` of the next.

    The tail stands here so that a start asks for one state, whose key is known before.
    """

    KEY: ClassVar[str] = "all"

    pages: int = 0
    tail: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.KEY


class SubscriptionsOfPage(State, frozen=True, kw_only=True):
    """A full page: `SUBSCRIPTIONS_PER_PAGE` subscriptions."""

    KEY_FIELD = "page"

    page: int
    subscription_ids: tuple[str, ...]


def page_of(page: int, view: View) -> tuple[Sequence[str], bool]:
    """The subscriptions of a page of this partition, and whether there are none after them."""
    index = view.get(SubscriptionIndex, SubscriptionIndex.KEY) or SubscriptionIndex()
    if page >= index.pages:
        return index.tail if page == index.pages else (), True
    full = view.get(SubscriptionsOfPage, str(page))
    return full.subscription_ids if full else (), page + 1 == index.pages and not index.tail
