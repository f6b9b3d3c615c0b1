"""The resources of subscriptions, read from `assigned_resource` for the batch that asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from services.rating.assigned_resource.state import RESOURCES_MAX, ResourcesOfLine
from shared.engine.postgres import Connection

_RESOURCES: Final = f"""
select distinct resource_id from assigned_resource
 where partition = $1 and subscription_id = $2 order by resource_id limit {RESOURCES_MAX}
"""


async def resources_of_lines(
    connection: Connection, partition: int, keys: Sequence[str]
) -> Mapping[str, ResourcesOfLine]:
    """Those of each subscription; one without any has none."""
    found: dict[str, ResourcesOfLine] = {}
    for subscription_id in keys:
        rows = await connection.fetch(_RESOURCES, partition, subscription_id)
        if rows:
            resources = [row["resource_id"] for row in rows]
            found[subscription_id] = ResourcesOfLine(subscription_id=subscription_id, resources=resources)
    return found
