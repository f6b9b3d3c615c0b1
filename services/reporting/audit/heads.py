"""How far each log can be read here: what was committed, by whichever process.

await heads(pool)        # {("rating.events", 3): 1842, …}: the number of the last event whose rows are there
"""

from __future__ import annotations

from typing import Final

from services.reporting.database import Database

Heads = dict[tuple[str, int], int]

# A build in progress is not shown.
_HEADS: Final = """
select topic, partition, next_seq - 1 as seq from meterlog.checkpoint natural join meterlog.generation where active
"""


async def heads(database: Database) -> Heads:
    return {(row["topic"], row["partition"]): row["seq"] for row in await database.fetch(_HEADS)}
