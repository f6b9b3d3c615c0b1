"""`Position`: a point of a log that a reader wants to have behind it, so that everybody reads their own writes.

Every write answers `Position: invoicing/3@1842`. A read that carries it, at whichever service, waits until that service
has applied event 1842 of `invoicing.events` partition 3 (or does not listen to that log at all).

    >>> parse_positions("invoicing/3@1842, rating/0@7")
    [Position(service='invoicing', partition=3, seq=1842), Position(service='rating', partition=0, seq=7)]
    >>> str(Position("rating", 0, 7))
    'rating/0@7'
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import asyncpg
import msgspec

from shared.kernel.errors import Rejection

WAIT_S: Final = 2.0
_POLL_S: Final = 0.01
_POSITIONS_MAX: Final = 64
_POSITION: Final = re.compile(r"\s*([a-z]{1,20})/([0-9]{1,6})@([0-9]{1,18})\s*", re.ASCII)

# A service that has the log as its own, or as an upstream input of its partition of the same number. During a rebuild
# there is a row for each generation; the one being served is never behind the one being built.
_APPLIED: Final = """
select max(applied) from (
    select next_seq - 1 as applied from meterlog.checkpoint where topic = $1 and partition = $2
    union all
    select (inputs -> $1 ->> 1)::bigint from meterlog.checkpoint where partition = $2 and inputs ? $1
) as known
"""


class Position(msgspec.Struct, frozen=True, order=True):
    """Event `seq` of a service's partition."""

    service: str
    partition: int
    seq: int

    def __str__(self) -> str:
        return f"{self.service}/{self.partition}@{self.seq}"


class NotApplied(Exception):
    """The point was not reached within the wait; ask again in a moment."""

    def __init__(self, position: Position) -> None:
        super().__init__(str(position))
        self.position = position


def parse_positions(header: str) -> list[Position]:
    """The positions of a header, comma separated. Raises `Rejection("invalid_position")`, status 400."""
    parts = header.split(",")
    matches = [_POSITION.fullmatch(part) for part in parts]
    if len(parts) > _POSITIONS_MAX or any(match is None for match in matches):
        raise Rejection("invalid_position", "Position looks like invoicing/3@1842, several comma separated", status=400)
    return [Position(m[1], int(m[2]), int(m[3])) for m in matches if m is not None]


def format_positions(positions: Iterable[Position]) -> str:
    """The header that names these points; of several in one log only the last."""
    last: dict[tuple[str, int], Position] = {}
    for position in positions:
        known = last.get((position.service, position.partition))
        if known is None or known.seq < position.seq:
            last[position.service, position.partition] = position
    return ", ".join(str(position) for position in last.values())


async def wait_until_applied(pool: asyncpg.Pool[Any], positions: Sequence[Position], *, wait_s: float = WAIT_S) -> None:
    """Return once all positions are applied in this service's database; raises `NotApplied` after `wait_s`."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + wait_s
    for position in positions:
        topic = f"{position.service}.events"
        while True:
            applied = await pool.fetchval(_APPLIED, topic, position.partition)
            # None: this service does not listen to that log, so nothing it shows can depend on it.
            if applied is None or applied >= position.seq:
                break
            if loop.time() >= deadline:
                raise NotApplied(position)
            await asyncio.sleep(_POLL_S)
