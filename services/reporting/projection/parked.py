"""Records that wait in rating: their account's slice of a message met a bug and was parked.

    InputParked(usage.guided, '{"source":3,"n":907,"seq":1842,"records":[[17,"acc-1",...]],"part":true}')
        -> usage/3/1842#17 is accepted, and parked with its account
    UsageRated(source=3, usage_seq=1842, part=True, sums=[... [17] ...])
        -> it was sent again, and is rated

A record is rated after it was parked, never before, so what a batch rated counts after what it parked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from services.rating.events import UsageRated
from services.usage.events import GUIDED, GuidedUsage
from shared.kernel.outcome import InputParked

if TYPE_CHECKING:
    from shared.runtime.postgres import Connection

_PARK: Final = """
insert into usage_parked (partition, usage_partition, seq, index)
select $1, * from unnest($2::int[], $3::bigint[], $4::int[]) on conflict do nothing
"""
_FREE: Final = """
delete from usage_parked p using unnest($2::int[], $3::bigint[], $4::int[]) as x (usage_partition, seq, index)
 where p.partition = $1 and p.usage_partition = x.usage_partition and p.seq = x.seq and p.index = x.index
"""


async def write_parked(
    connection: Connection, partition: int, parked: Sequence[InputParked], rated: Sequence[UsageRated]
) -> None:
    """`parked` and `rated` are what one batch of a rating partition says."""
    waiting = [(m.source, m.seq, record.index) for m in map(_guided, parked) if m is not None for record in m.records]
    freed = [(event.source, event.usage_seq, index) for event in rated if event.part for index in _indexes(event)]
    for statement, places in ((_PARK, waiting), (_FREE, freed)):
        if places:
            await connection.execute(statement, partition, *map(list, zip(*places, strict=True)))


def _guided(event: InputParked) -> GuidedUsage | None:
    """The message that was parked; `None` for another kind, or for bytes that nobody can read."""
    try:
        message = GUIDED.decode(event.type, event.payload.encode())
    except (KeyError, msgspec.DecodeError):
        return None
    return message if isinstance(message, GuidedUsage) else None


def _indexes(event: UsageRated) -> list[int]:
    placed = [index for added in event.sums for index in added.indexes]
    return placed + [index for index, _, _ in (*event.not_billable, *event.returned)]
