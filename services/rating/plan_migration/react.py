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
from shared.kernel.partition import pages_here
from shared.kernel.same_fields import same_fields


def react_migration(
    event: MigrationScheduled | MigrationCancelled | MigrationPageWalked, envelope: Envelope, view: View
) -> Iterator[Send]:
    if isinstance(event, MigrationPageWalked):
        yield from _next_page(event)
        return
    undo = isinstance(event, MigrationCancelled)
    for partition in range(event.partitions):
        pages = pages_here(event.account_ids, partition, event.partitions, size=SUBSCRIPTIONS_PER_PAGE)
        for page, last, account_ids in pages:
            walk = same_fields(WalkMigration, event, page=page, undo=undo, account_ids=account_ids, last=last)
            yield Send(walk, to="rating", partition=partition)


def _next_page(walked: MigrationPageWalked) -> Iterator[Send]:
    """The page after this one, of this partition. Pages of named accounts were all sent at the start."""
    if walked.last or walked.named_accounts:
        return
    walk = WalkMigration(migration_id=walked.migration_id, terms=walked.terms, page=walked.page + 1, undo=walked.undo)
    yield Send(walk, to="rating", partition=walked.partition)
