"""UndecodableReported -> rows that say where in `usage.dead` the bytes are, for whoever requeues them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from services.usage.undecodable.messages import UndecodableReported

if TYPE_CHECKING:
    from shared.engine.postgres import Connection
    from shared.engine.service import Applied

COLUMNS: Final = ("partition", "seq", "item", "reported_partition", "position", "dead_offset")


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows = [
        (partition, envelope.seq, index, event.reported_partition, item.position, item.dead_offset)
        for event, envelope, _ in batch
        if isinstance(event, UndecodableReported)
        for index, item in enumerate(event.items)
    ]
    if rows:
        await connection.copy_records_to_table("undecodable", records=rows, columns=COLUMNS)
