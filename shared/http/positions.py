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
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import asyncpg
import msgspec

from shared.kernel.errors import Rejection

WAIT_S: Final = 2.0
_FIRST_POLL_S: Final = 0.01
_LAST_POLL_S: Final = 0.1
_POSITIONS_MAX: Final = 64
_POSITION: Final = re.compile(r"\s*([a-z]{1,20})/([0-9]{1,6})@([0-9]{1,18})\s*", re.ASCII)

# A service that has the log as its own, or as an upstream input of its partition of the same number. A build in
# progress has rows too, and may be ahead of what is shown.
_APPLIED: Final = """
select max(applied) from (
    select next_seq - 1 as applied from meterlog.checkpoint natural join meterlog.generation
     where active and topic = $1 and partition = $2
    union all
    select (inputs -> $1 ->> 1)::bigint from meterlog.checkpoint natural join meterlog.generation
     where active and partition = $2 and inputs ? $1
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
    """The positions of a header, comma separated. Raises `Rejection("invalid_position")`, 400, naming what is wrong."""
    parts = header.split(",")
    if len(parts) > _POSITIONS_MAX:
        raise _invalid(f"{len(parts)} positions are too many; at most {_POSITIONS_MAX} may be waited for at once")
    return [_parse(part) for part in parts]


def check_services(positions: Iterable[Position], services: Collection[str]) -> None:
    """Raises `Rejection("invalid_position")`, 400, for a position of what is none of these services."""
    for position in positions:
        if position.service not in services:
            raise _invalid(f"{position.service!r} is no service; they are {', '.join(services)}")


def _parse(part: str) -> Position:
    match = _POSITION.fullmatch(part)
    if match is None:
        raise _invalid(
            f"{part.strip()[:60]!r} is no position; one looks like invoicing/3@1842, several comma separated"
        )
    return Position(match[1], int(match[2]), int(match[3]))


def _invalid(detail: str) -> Rejection:
    return Rejection("invalid_position", detail, pointer="/Position", status=400)


def format_positions(positions: Iterable[Position]) -> str:
    """The header that names these points; of several in one log only the last."""
    last: dict[tuple[str, int], Position] = {}
    for position in positions:
        known = last.get((position.service, position.partition))
        if known is None or known.seq < position.seq:
            last[position.service, position.partition] = position
    return ", ".join(str(position) for position in last.values())


async def wait_until_applied(
    pool: asyncpg.Pool[Any],
    positions: Sequence[Position],
    *,
    listens: Collection[str],
    partitions: int,
    wait_s: float | None = None,
) -> None:
    """Return once all positions are applied in this service's database; raises `NotApplied` after 2 s.

    `listens`: the services whose logs this one follows, its own included; nothing it shows depends on another's. Raises
    `Rejection("invalid_position")` for a partition that does not exist.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + (WAIT_S if wait_s is None else wait_s)
    for position in positions:
        if position.partition >= partitions:
            raise _invalid(f"{position} names a partition that does not exist; they are 0 to {partitions - 1}")
        if position.service not in listens:
            continue
        topic, pause_s = f"{position.service}.events", _FIRST_POLL_S
        # Without a row nothing of that log has been applied yet.
        while (await pool.fetchval(_APPLIED, topic, position.partition) or 0) < position.seq:
            if loop.time() >= deadline:
                raise NotApplied(position)
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 1.5, _LAST_POLL_S)
