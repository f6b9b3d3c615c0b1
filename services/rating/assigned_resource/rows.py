"""AssignmentKnown -> whose a resource is when; asked by outages that name resources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.rating.assigned_resource.messages import AssignmentKnown
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, upsert


class AssignedResourceRow(Row, frozen=True, kw_only=True):
    """The resource is the subscription's in [valid_from, valid_to), open-ended when `None`."""

    TABLE = "assigned_resource"
    KEY = ("resource_id", "valid_from")

    resource_id: str
    valid_from: datetime
    valid_to: datetime | None
    account_id: str
    subscription_id: str


_TABLES: Final = Tables(upsert(AssignedResourceRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    known = [AssignedResourceRow.of(event) for event, _, _ in batch if isinstance(event, AssignmentKnown)]
    await _TABLES.write(connection, partition, known)
