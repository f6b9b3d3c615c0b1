"""UndecodableReported -> rows that say where in `usage.dead` the bytes are, for whoever requeues them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.usage.undecodable.messages import UndecodableReported
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy


class UndecodableRow(Row, frozen=True, kw_only=True):
    """`item` is the index in the event; `dead_offset` is in `usage.dead` of this partition."""

    TABLE = "undecodable"
    KEY = ("seq", "item")

    seq: int
    item: int
    reported_partition: int
    position: int
    dead_offset: int


_TABLES: Final = Tables(copy(UndecodableRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows = [
        UndecodableRow.of(item, seq=envelope.seq, item=index, reported_partition=event.reported_partition)
        for event, envelope, _ in batch
        if isinstance(event, UndecodableReported)
        for index, item in enumerate(event.items)
    ]
    await _TABLES.write(connection, partition, rows)
