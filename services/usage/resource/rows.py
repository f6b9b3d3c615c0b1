"""Resources and assignments -> the rows their lists show.

An open-ended assignment ends where the next one begins, as in decide.py; a reassignment takes its time from others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.usage.resource.messages import (
    AssignmentsEnded,
    ResourceAssigned,
    ResourceReassigned,
    ResourceRegistered,
)
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, upsert


class ResourceRow(Row, frozen=True, kw_only=True):
    """The equipment's name for a line; each assignment is a new version."""

    TABLE = "resource"
    KEY = ("id",)

    id: str
    registered_at: datetime
    version: int = 1


class AssignmentRow(Row, frozen=True, kw_only=True):
    """Usage that starts in [valid_from, valid_to) belongs to the subscription, until that ends (`ends_at`)."""

    TABLE = "assignment"
    KEY = ("resource_id", "valid_from")

    resource_id: str
    valid_from: datetime
    valid_to: datetime | None
    account_id: str
    subscription_id: str
    ends_at: datetime | None = None


_TABLES: Final = Tables(insert(ResourceRow), insert(AssignmentRow))
_REASSIGNED: Final = Tables(upsert(AssignmentRow))
_END: Final = """
update assignment set valid_to = $3 where partition = $1 and resource_id = $2 and valid_to is null and valid_from < $3
"""
_SPLIT: Final = """
insert into assignment (partition, resource_id, valid_from, valid_to, account_id, subscription_id, ends_at)
select partition, resource_id, $4, valid_to, account_id, subscription_id, ends_at from assignment
 where partition = $1 and resource_id = $2 and $4::timestamptz is not null
   and valid_from < $4 and (valid_to is null or valid_to > $4) and $3::timestamptz < $4
on conflict do nothing
"""
_TAKE: Final = """
delete from assignment
 where partition = $1 and resource_id = $2 and valid_from >= $3 and ($4::timestamptz is null or valid_from < $4)
"""
_CUT: Final = """
update assignment set valid_to = $3
 where partition = $1 and resource_id = $2 and valid_from < $3 and (valid_to is null or valid_to > $3)
"""
_SUBSCRIPTION_ENDS: Final = """
update assignment set ends_at = $5
 where partition = $1 and resource_id = $2 and account_id = $3 and subscription_id = $4
"""
_NEW_VERSION: Final = "update resource set version = version + 1 where partition = $1 and id = $2"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    for event, envelope, _ in batch:
        if isinstance(event, ResourceRegistered):
            resource = ResourceRow(id=event.resource_id, registered_at=envelope.recorded_at)
            await _TABLES.write(connection, partition, [resource])
        elif isinstance(event, ResourceAssigned):
            await connection.execute(_END, partition, event.resource_id, event.valid_from)
            await _TABLES.write(connection, partition, [AssignmentRow.of(event)])
            await connection.execute(_NEW_VERSION, partition, event.resource_id)
        elif isinstance(event, ResourceReassigned):
            await _reassign(connection, partition, event)
            await connection.execute(_NEW_VERSION, partition, event.resource_id)
        elif isinstance(event, AssignmentsEnded):
            whose = (event.resource_id, event.account_id, event.subscription_id)
            await connection.execute(_SUBSCRIPTION_ENDS, partition, *whose, event.ends_at)
            await connection.execute(_NEW_VERSION, partition, event.resource_id)


async def _reassign(connection: Connection, partition: int, event: ResourceReassigned) -> None:
    """What others have of the time is theirs no longer; behind it they go on (reassigning.py)."""
    span = (partition, event.resource_id, event.valid_from, event.valid_to)
    await connection.execute(_SPLIT, *span)
    await connection.execute(_TAKE, *span)
    await connection.execute(_CUT, *span[:3])
    if event.account_id is not None and event.subscription_id is not None:
        await _REASSIGNED.write(connection, partition, [AssignmentRow.of(event)])
