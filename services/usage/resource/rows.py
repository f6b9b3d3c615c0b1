"""Resources and assignments -> the rows their lists show.

An open-ended assignment ends where the next one begins, as in decide.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.usage.resource.messages import ResourceAssigned, ResourceRegistered

if TYPE_CHECKING:
    from shared.engine.postgres import Connection
    from shared.engine.service import Applied


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    for event, envelope, _ in batch:
        if isinstance(event, ResourceRegistered):
            await connection.execute(
                "insert into resource (partition, id, registered_at, version) values ($1, $2, $3, 1)",
                partition,
                event.resource_id,
                envelope.recorded_at,
            )
        elif isinstance(event, ResourceAssigned):
            await _assign(connection, partition, event)


async def _assign(connection: Connection, partition: int, event: ResourceAssigned) -> None:
    await connection.execute(
        """update assignment set valid_to = $3
            where partition = $1 and resource_id = $2 and valid_to is null and valid_from < $3""",
        partition,
        event.resource_id,
        event.valid_from,
    )
    await connection.execute(
        """insert into assignment (partition, resource_id, valid_from, valid_to, account_id, subscription_id)
           values ($1, $2, $3, $4, $5, $6)""",
        partition,
        event.resource_id,
        event.valid_from,
        event.valid_to,
        event.account_id,
        event.subscription_id,
    )
    await connection.execute(
        "update resource set version = version + 1 where partition = $1 and id = $2", partition, event.resource_id
    )
