"""ResourceAssigned, ResourceReassigned, AssignmentsEnded -> whose a resource was when, also at an instant in the past.

ip:10.1.2.7    1 September to 1 October: acme    from 1 October on: bolt

An open-ended assignment ends where the next one begins, as in usage.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.usage.resource.messages import AssignmentsEnded, ResourceAssigned, ResourceReassigned
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.runs import event_runs
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


_HELD: Final = (ResourceAssigned, ResourceReassigned, AssignmentsEnded)
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
    """What is about different resources is written together."""
    for kind, run in event_runs(batch, _resource):
        events: Any = [applied.event for applied in run]
        rows = (HeldResourceRow.of(a.event, recorded_at=a.envelope.recorded_at) for a in run)
        if kind is ResourceAssigned:
            await connection.executemany(_END, [(partition, e.resource_id, e.valid_from) for e in events])
            await _TABLES.write(connection, partition, rows)
        elif kind is ResourceReassigned:
            spans = [(partition, e.resource_id, e.valid_from, e.valid_to) for e in events]
            await _take_time(connection, spans)
            whose = ((row, event.account_id, event.subscription_id) for row, event in zip(rows, events, strict=True))
            taken = (row for row, *of in whose if None not in of)
            await _REASSIGNED.write(connection, partition, taken)
        else:
            ends = [(partition, e.resource_id, e.account_id, e.subscription_id, e.ends_at) for e in events]
            await connection.executemany(_SUBSCRIPTION_ENDS, ends)


def _resource(applied: Applied) -> Sequence[str]:
    return [applied.event.resource_id] if isinstance(applied.event, _HELD) else ()


async def _take_time(connection: Connection, spans: Sequence[tuple[int, str, datetime, datetime | None]]) -> None:
    """What others had of the time was not theirs; behind it they go on."""
    await connection.executemany(_SPLIT, spans)
    await connection.executemany(_TAKE, spans)
    await connection.executemany(_CUT, [span[:3] for span in spans])
