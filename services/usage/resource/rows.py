"""Resources and assignments -> the rows their lists show.

An open-ended assignment ends where the next one begins, as in decide.py; a reassignment takes its time from others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.usage.resource.messages import (
    AssignmentsEnded,
    ResourceAssigned,
    ResourceReassigned,
    ResourceRegistered,
)
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.runs import event_runs
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


_RESOURCE_EVENTS: Final = (ResourceRegistered, ResourceAssigned, ResourceReassigned, AssignmentsEnded)
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
    """Many lines are registered and assigned at once: what is about different resources is written together."""
    for kind, run in event_runs(batch, _resource):
        events: Any = [applied.event for applied in run]
        if kind is ResourceRegistered:
            rows = [ResourceRow(id=a.event.resource_id, registered_at=a.envelope.recorded_at) for a in run]
            await _TABLES.write(connection, partition, rows)
            continue
        if kind is ResourceAssigned:
            await connection.executemany(_END, [(partition, e.resource_id, e.valid_from) for e in events])
            await _TABLES.write(connection, partition, map(AssignmentRow.of, events))
        elif kind is ResourceReassigned:
            await _reassign(connection, partition, events)
        else:
            ends = [(partition, e.resource_id, e.account_id, e.subscription_id, e.ends_at) for e in events]
            await connection.executemany(_SUBSCRIPTION_ENDS, ends)
        await connection.executemany(_NEW_VERSION, [(partition, event.resource_id) for event in events])


def _resource(applied: Applied) -> Sequence[str]:
    return [applied.event.resource_id] if isinstance(applied.event, _RESOURCE_EVENTS) else ()


async def _reassign(connection: Connection, partition: int, events: Sequence[ResourceReassigned]) -> None:
    """What others have of the time is theirs no longer; behind it they go on (reassigning.py)."""
    spans = [(partition, event.resource_id, event.valid_from, event.valid_to) for event in events]
    await connection.executemany(_SPLIT, spans)
    await connection.executemany(_TAKE, spans)
    await connection.executemany(_CUT, [span[:3] for span in spans])
    taken = [AssignmentRow.of(event) for event in events if None not in (event.account_id, event.subscription_id)]
    await _REASSIGNED.write(connection, partition, taken)
