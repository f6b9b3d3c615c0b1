"""Subscriptions move from one plan, or version, to another on a day: all of them, or those of some accounts.

    ScheduleMigration(migration_id="m-1", from_plan="fiber", from_version=1, to_plan="fiber", to_version=2, on=...)
    -> MigrationScheduled -> WalkMigration in every partition -> MigrationPageWalked, page by page, with each
    subscription's own PlanChanged, scheduled for that day
    CancelMigration("m-1") -> MigrationCancelled -> WalkMigration(undo=True) in every partition

Each subscription is asked as by hand, so what a change of plan is refused for, it is refused for here too; the page
says so and the others go on. Who takes the plan after his page was walked is not moved.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from shared.kernel.bounds import Checked, Count
from shared.kernel.message import Command, Event, Message

Outcome = Literal["moved", "failed", "cancelled"]

ACCOUNTS_MAX = 1000


class MigrationTerms(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """Who moves where, and when.

    Subscriptions that have `from_plan` on the day `on`, with `from_version` only those that this version would price
    then. `to_version` pins that version; `None` follows the plan. `on` is a date in each account's time zone.
    """

    from_plan: str
    to_plan: str
    on: date
    from_version: Count | None = None
    to_version: Count | None = None


class Moved(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What a migration came to at one subscription; `code` and `detail` say why it `failed`."""

    subscription_id: str
    account_id: str
    outcome: Outcome
    code: str | None = None
    detail: str | None = None


class OfMigration(Message, frozen=True, kw_only=True):
    """What is asked or said of a migration."""

    KEY_FIELD = "migration_id"

    migration_id: str


class ScheduleMigration(OfMigration, Command, frozen=True, kw_only=True):
    """Schedule a change of plan for each subscription that the terms name, of these accounts or (`None`) of all.

    Refused: `migration_exists`, `plan_not_found`, `plan_version_not_found`, `currency_mismatch`,
    `no_version_in_force`, `backdated`, `nothing_changes`, `plan_retired`.
    """

    terms: MigrationTerms
    account_ids: list[str] | None = None


class CancelMigration(OfMigration, Command, frozen=True, kw_only=True):
    """Take back the changes of a migration whose day has begun nowhere.

    Refused: `migration_not_found`, `already_effective`. Nothing happens where it is cancelled.
    """


class WalkMigration(OfMigration, Command, frozen=True, kw_only=True):
    """Go through one page of this partition's subscriptions for a migration; with `undo` take its changes back.

    With `account_ids` it is those accounts, and `last` says whether more of them follow.
    """

    terms: MigrationTerms
    page: Count = 0
    undo: bool = False
    account_ids: list[str] | None = None
    last: bool = False


class MigrationScheduled(OfMigration, Event, frozen=True, kw_only=True):
    """Subscriptions move as the terms say; every partition is told to walk its own."""

    terms: MigrationTerms
    partitions: Count
    account_ids: list[str] | None = None


class MigrationCancelled(OfMigration, Event, frozen=True, kw_only=True):
    """The migration does not happen; every partition is told to take back what it has changed."""

    terms: MigrationTerms
    partitions: Count
    account_ids: list[str] | None = None


class MigrationPageWalked(OfMigration, Event, frozen=True, kw_only=True):
    """A partition has gone through a page of its subscriptions; `last` when there are no more.

    `found` names those at which there was something to do. Terms, `undo` and accounts are the walk's.
    """

    terms: MigrationTerms
    partition: Count
    page: Count
    last: bool
    undo: bool = False
    named_accounts: bool = False
    found: list[Moved] = []
