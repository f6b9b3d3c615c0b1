"""What a service has taken of each log, by its checkpoints: all replicas share them, so any of them may tell.

    await progress_of(pool, SERVICE, partitions=4)
    {"rating.events": [42, 17, 0, 9], "rating.commands": [...], "usage.guided": [...]}, 2026-09-01T00:00:00Z by topic

An offset is the next to be taken. A partition without a checkpoint has taken nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

import asyncpg

_TAKEN: Final = """
select topic, partition, next_offset, recorded_at, inputs from meterlog.checkpoint natural join meterlog.generation
 where active
"""


class Takes(Protocol):
    @property
    def takes(self) -> Sequence[str]:
        """The topics it has a checkpoint for, its own events included."""
        ...


class Taken(NamedTuple):
    offsets: dict[str, list[int]]
    """By topic, without the environment; of each partition the next offset."""
    recorded_at: dict[str, datetime]
    """When the newest event was recorded that is applied, by log of events."""


async def progress_of(pool: asyncpg.Pool[Any], spec: Takes, *, partitions: int) -> Taken:
    offsets = {topic: [0] * partitions for topic in spec.takes}
    recorded_at: dict[str, datetime] = {}
    for row in await pool.fetch(_TAKEN):
        places = {row["topic"]: row["next_offset"], **{t: at[0] for t, at in json.loads(row["inputs"]).items()}}
        for topic, offset in places.items():
            if topic in offsets and row["partition"] < partitions:
                offsets[topic][row["partition"]] = offset
        if (at := row["recorded_at"]) is not None:
            recorded_at[row["topic"]] = max(at, recorded_at.get(row["topic"], at))
    return Taken(offsets, recorded_at)
