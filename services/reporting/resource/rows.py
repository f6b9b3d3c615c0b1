"""ResourceAssigned, ResourceReassigned, AssignmentsEnded -> whose a resource was when, also at an instant in the past.

ip:10.1.2.7    1 September to 1 October: acme    from 1 October on: bolt

An open-ended assignment ends where the next one begins, as in usage.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.usage.resource.messages import AssignmentsEnded, ResourceAssigned, ResourceReassigned
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, upsert


class HeldResourceRow(Row, frozen=True, kw_only=True):
    """`recorded_at` is when it was said whose it is, which may be long after `valid_from`.

    `ends_at` is when its subscription ended, if it did.
    """

    TABLE = "held_resource"
    KEY = ("resource_id", "valid_from")

    resource_id: str
    valid_from: datetime
    valid_to: datetime | None
    account_id: str
    subscription_id: str
    recorded_at: datetime
    ends_at: datetime | None = None


_TABLES: Final = Tables(insert(HeldResourceRow))
_REASSIGNED: Final = Tables(upsert(HeldResourceRow))
_END: Final = """
update held_resource set valid_to = $3
 where partition = $1 and resource_id = $2 and valid_to is null and valid_from < $3
"""
_SPLIT: Final = """
insert into held_resource (partition, resource_id, valid_from, valid_to, account_id, subscription_id, ends_at,
                           recorded_at)
select partition, resource_id, $4, valid_to, account_id, subscription_id, ends_at, recorded_at from held_resource
 where partition = $1 and resource_id = $2 and $4::timestamptz is not null
   and valid_from < $4 and (valid_to is null or valid_to > $4) and $3::timestamptz < $4
on conflict do nothing
"""
_TAKE: Final = """
delete from held_resource
 where partition = $1 and resource_id = $2 and valid_from >= $3 and ($4::timestamptz is null or valid_from < $4)
"""
_CUT: Final = """
update held_resource set valid_to = $3
 where partition = $1 and resource_id = $2 and valid_from < $3 and (valid_to is null or valid_to > $3)
"""
_SUBSCRIPTION_ENDS: Final = """
update held_resource set ends_at = $5
 where partition = $1 and resource_id = $2 and account_id = $3 and subscription_id = $4
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    for event, envelope, _ in batch:
        if isinstance(event, ResourceAssigned):
            await connection.execute(_END, partition, event.resource_id, event.valid_from)
            row = HeldResourceRow.of(event, recorded_at=envelope.recorded_at)
            await _TABLES.write(connection, partition, [row])
        elif isinstance(event, ResourceReassigned):
            await _reassign(connection, partition, event, envelope.recorded_at)
        elif isinstance(event, AssignmentsEnded):
            whose = (event.resource_id, event.account_id, event.subscription_id)
            await connection.execute(_SUBSCRIPTION_ENDS, partition, *whose, event.ends_at)


async def _reassign(connection: Connection, partition: int, event: ResourceReassigned, recorded_at: datetime) -> None:
    """What others had of the time was not theirs; behind it they go on."""
    span = (partition, event.resource_id, event.valid_from, event.valid_to)
    await connection.execute(_SPLIT, *span)
    await connection.execute(_TAKE, *span)
    await connection.execute(_CUT, *span[:3])
    if event.account_id is not None and event.subscription_id is not None:
        row = HeldResourceRow.of(event, recorded_at=recorded_at)
        await _REASSIGNED.write(connection, partition, [row])
