"""UndecodableReported -> rows that say where in `usage.dead` the bytes are, for whoever requeues them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from services.usage.events import UndecodableReported
from shared.kernel.envelope import Envelope

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

COLUMNS: Final = ("partition", "seq", "item", "reported_partition", "position", "dead_offset")


async def write_undecodable(
    connection: Connection, partition: int, event: UndecodableReported, envelope: Envelope
) -> None:
    rows = [
        (partition, envelope.seq, index, event.reported_partition, item.position, item.dead_offset)
        for index, item in enumerate(event.items)
    ]
    await connection.copy_records_to_table("undecodable", records=rows, columns=COLUMNS)
