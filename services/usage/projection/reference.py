"""Meters, resources and assignments -> the rows their lists show.

An open-ended assignment ends where the next one begins, as in reference.py of the domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.usage.events import MeterDefined, ResourceAssigned, ResourceRegistered
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event

if TYPE_CHECKING:
    from shared.engine.postgres import Connection


async def write_reference(connection: Connection, partition: int, event: Event, envelope: Envelope) -> None:
    match event:
        case MeterDefined():
            await connection.execute(
                """insert into meter (partition, id, name, unit, aggregation, defined_at)
                   values ($1, $2, $3, $4, $5, $6)""",
                partition,
                event.meter_id,
                event.name or event.meter_id,
                event.unit,
                event.aggregation,
                envelope.recorded_at,
            )
        case ResourceRegistered():
            await connection.execute(
                "insert into resource (partition, id, registered_at, version) values ($1, $2, $3, 1)",
                partition,
                event.resource_id,
                envelope.recorded_at,
            )
        case ResourceAssigned():
            await _assign(connection, partition, event)
        case _:
            # Progress of intake is state of the decider only; outcomes of commands are the runtime's.
            pass


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
