"""Dedupe keys, loaded for a batch of commands in one query (see `Seen`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from services.usage.state import Seen

if TYPE_CHECKING:
    from shared.engine.postgres import Connection


async def load_seen(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, Seen]:
    """Those of the keys (hex) that were counted before."""
    rows = await connection.fetch(
        "select key, content from seen where partition = $1 and key = any($2::bytea[])",
        partition,
        [bytes.fromhex(key) for key in keys],
    )
    return {(name := row["key"].hex()): Seen(name=name, content=row["content"]) for row in rows}
