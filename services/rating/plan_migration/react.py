"""Migrations walk on: every partition when one is scheduled or cancelled, each next page when one is done.

MigrationScheduled, MigrationCancelled  -> WalkMigration   to every partition
MigrationPageWalked                     -> WalkMigration   to the same partition, unless it was the last page
"""

from __future__ import annotations

from collections.abc import Iterator

from services.rating.plan_migration.messages import (
    MigrationCancelled,
    MigrationPageWalked,
    MigrationScheduled,
    WalkMigration,
)
from services.rating.plan_migration.state import SUBSCRIPTIONS_PER_PAGE
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.partition import partition_of
from shared.kernel.same_fields import same_fields

ACCOUNTS_PER_PAGE = SUBSCRIPTIONS_PER_PAGE


def react_migration(
    event: MigrationScheduled | MigrationCancelled | MigrationPageWalked, envelope: Envelope, view: View
) -> Iterator[Send]:
    if isinstance(event, MigrationPageWalked):
        yield from _next_page(event)
        return
    undo = isinstance(event, MigrationCancelled)
    for partition in range(event.partitions):
        for page, last, account_ids in _pages(event, partition):
            walk = same_fields(WalkMigration, event, page=page, undo=undo, account_ids=account_ids, last=last)
            yield Send(walk, to="rating", partition=partition)


def _pages(
    event: MigrationScheduled | MigrationCancelled, partition: int
) -> Iterator[tuple[int, bool, list[str] | None]]:
    """`(page, last, accounts)`; a partition with none of the named accounts has one empty page, which says so."""
    if event.account_ids is None:
        yield 0, False, None
        return
    here = [account for account in event.account_ids if partition_of(account, event.partitions) == partition]
    for start in range(0, max(len(here), 1), ACCOUNTS_PER_PAGE):
        end = start + ACCOUNTS_PER_PAGE
        yield start // ACCOUNTS_PER_PAGE, end >= len(here), here[start:end]


def _next_page(walked: MigrationPageWalked) -> Iterator[Send]:
    """The page after this one, of this partition. Pages of named accounts were all sent at the start."""
    if walked.last or walked.named_accounts:
        return
    walk = WalkMigration(migration_id=walked.migration_id, terms=walked.terms, page=walked.page + 1, undo=walked.undo)
    yield Send(walk, to="rating", partition=walked.partition)
