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
from typing import Final

import msgspec

from services.usage.events import GUIDED
from services.usage.record.messages import GuidedUsage
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy
from shared.kernel.dead_letters import as_bytes
from shared.kernel.outcome import InputDiscarded, InputParked, InputRequeued

DISCARDED: Final = "discarded"


class ParkedRecordRow(Row, frozen=True, kw_only=True):
    """A record that waits, and the event that parked it."""

    TABLE = "usage_parked"
    KEY = ("usage_partition", "seq", "index", "parked_seq")

    usage_partition: int
    seq: int
    index: int
    parked_seq: int


class NotBillableRow(Row, frozen=True, kw_only=True):
    """A record that rating did not price: `not_billable`, or `quarantined`, which was given back to usage."""

    TABLE = "usage_not_billable"
    KEY = ("usage_partition", "seq", "index")

    usage_partition: int
    seq: int
    index: int
    state: str
    reason: str


TABLES: Final = Tables(copy(ParkedRecordRow))
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
    waiting: list[ParkedRecordRow] = []
    resolved: list[int] = []
    discarded: list[int] = []
    for event, envelope, _ in batch:
        match event:
            case InputParked() if (message := _guided(event)) is not None:
                waiting += _waiting(message, envelope.seq)
            case InputRequeued():
                resolved.append(event.seq)
            case InputDiscarded():
                resolved.append(event.seq)
                discarded.append(event.seq)
    await TABLES.write(connection, partition, waiting)
    if resolved:
        await connection.execute(_FREE, partition, resolved, discarded, DISCARDED)


def _waiting(message: GuidedUsage, parked_seq: int) -> list[ParkedRecordRow]:
    return [
        ParkedRecordRow(usage_partition=message.source, seq=message.seq, index=record.index, parked_seq=parked_seq)
        for record in message.records
    ]


def _guided(event: InputParked) -> GuidedUsage | None:
    """The message that was parked; `None` for another kind, or for bytes that nobody can read."""
    try:
        message = GUIDED.decode(event.type, as_bytes(event.payload, event.payload_base64))
    except (KeyError, msgspec.DecodeError):
        return None
    return message if isinstance(message, GuidedUsage) else None
