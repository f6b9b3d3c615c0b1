"""Records that wait in rating: their account's slice of a message met a bug and was parked.

rating/1/7   InputParked(usage.guided, '{"source":3,"n":907,"seq":1842,"records":[[17,"acc-1",...]],"part":true}')
                 -> usage/3/1842#17 is accepted, and parked with its account
rating/1/9   InputRequeued(seq=7)
                 -> it was taken again; the `UsageRated` behind this says what became of it
rating/1/9   InputDiscarded(seq=7)
                 -> or it never will be: not billable, `discarded`
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from services.usage.events import GUIDED, GuidedUsage
from shared.engine.service import Applied
from shared.kernel.dead_letters import as_bytes
from shared.kernel.outcome import InputDiscarded, InputParked, InputRequeued

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

DISCARDED: Final = "discarded"

_COLUMNS: Final = ("partition", "usage_partition", "seq", "index", "parked_seq")
_FREE: Final = """
with freed as (
    delete from usage_parked where partition = $1 and parked_seq = any($2::bigint[])
    returning usage_partition, seq, index, parked_seq
)
insert into usage_not_billable (partition, usage_partition, seq, index, state, reason)
select $1, usage_partition, seq, index, 'not_billable', $4 from freed where parked_seq = any($3::bigint[])
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """What one batch of a rating partition says. A resolution stands behind what it resolves, be it in one batch."""
    waiting: list[tuple[int, int, int, int, int]] = []
    resolved: list[int] = []
    discarded: list[int] = []
    for event, envelope, _ in batch:
        match event:
            case InputParked() if (message := _guided(event)) is not None:
                waiting += [(partition, message.source, message.seq, r.index, envelope.seq) for r in message.records]
            case InputRequeued():
                resolved.append(event.seq)
            case InputDiscarded():
                resolved.append(event.seq)
                discarded.append(event.seq)
    if waiting:
        await connection.copy_records_to_table("usage_parked", records=waiting, columns=_COLUMNS)
    if resolved:
        await connection.execute(_FREE, partition, resolved, discarded, DISCARDED)


def _guided(event: InputParked) -> GuidedUsage | None:
    """The message that was parked; `None` for another kind, or for bytes that nobody can read."""
    try:
        message = GUIDED.decode(event.type, as_bytes(event.payload, event.payload_base64))
    except (KeyError, msgspec.DecodeError):
        return None
    return message if isinstance(message, GuidedUsage) else None
