"""What bugs have put aside in the four services, and bytes that intake could not read: one row each, and its fate.

    rating-1-7      parked    acc-1, n=1    ZeroDivisionError: ...     open
    rating-1-9      command   sub-9         KeyError: 'tiers'          requeued by user:u2
    usage-2-9-0     bytes     41 bytes      not UTF-8                  discarded: "a port scan"

The payload stays in the log: in the event that put it aside, of unreadable bytes in `usage.dead`. A row is written and
resolved by events of one partition, so any cut of its log into batches gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from services.usage.events import UndecodableReported, UndecodableResolved
from shared.engine.service import Applied
from shared.kernel.envelope import Envelope
from shared.kernel.outcome import CommandFaulted, InputCrashedAgain, InputDiscarded, InputParked, InputRequeued

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

COLUMNS: Final = (
    *("topic", "partition", "seq", "item", "kind", "type", "subject", "parking_key", "account_id", "command_id"),
    *("input", "error", "attempts", "actor", "log_offset", "size_bytes", "recorded_at"),
)
WHOLE: Final = -1
"""`item` of what an event put aside alone."""

# Positions of the reported log count so many to a message (services/usage/cutting.py, the value is part of the log).
_POSITIONS_PER_MESSAGE: Final = 16_384

_RESOLVE: Final = """
update dead_letter set status = $5, resolved_at = $6, resolved_by = $7, reason = $8
 where topic = $1 and partition = $2 and seq = $3 and item = $4
"""
_TRIED: Final = """
update dead_letter set error = $4, attempts = $5, tried_at = $6
 where topic = $1 and partition = $2 and seq = $3 and item = -1
"""


async def project(connection: Connection, topic: str, partition: int, batch: Sequence[Applied]) -> None:
    """New rows first: what is resolved may have been put aside in the same batch."""
    rows = [(topic, partition, *row) for applied in batch for row in _put_aside(partition, applied)]
    if rows:
        await connection.copy_records_to_table("dead_letter", records=rows, columns=COLUMNS)
    for event, envelope, _ in batch:
        if isinstance(event, InputCrashedAgain):
            tried = (event.error, event.attempts, envelope.recorded_at)
            await connection.execute(_TRIED, topic, partition, event.seq, *tried)
            continue
        fate = _fate(event)
        if fate is not None:
            seq, item, status, reason = fate
            when_and_who = (envelope.recorded_at, envelope.actor)
            await connection.execute(_RESOLVE, topic, partition, seq, item, status, *when_and_who, reason)


def _fate(event: Any) -> tuple[int, int, str, str | None] | None:
    """Which letter an event resolves: (seq, item, status, reason)."""
    match event:
        case InputRequeued():
            return event.seq, WHOLE, "requeued", None
        case InputDiscarded():
            return event.seq, WHOLE, "discarded", event.reason
        case CommandFaulted() if event.previous is not None:
            # Its sender sent it again: the later crash is the one to look at.
            return event.previous, WHOLE, "requeued", None
        case UndecodableResolved():
            return event.seq, event.item, event.status, event.reason
    return None


def _put_aside(partition: int, applied: Applied) -> Iterator[tuple[Any, ...]]:
    event, envelope, offset = applied
    match event:
        case InputParked():
            yield _row(
                partition, event, envelope, offset, kind="parked", type_=event.type, parking_key=event.parking_key
            )
        case CommandFaulted():
            yield _row(partition, event, envelope, offset, kind="command", type_=event.command_type, parking_key=None)
        case UndecodableReported():
            for index, item in enumerate(event.items):
                at = f"usage.reported/{event.reported_partition}/{item.position // _POSITIONS_PER_MESSAGE}"
                yield (
                    *(envelope.seq, index, "bytes", None, "", None, None, None),
                    *(at, item.reason, 1, None, item.dead_offset, item.size_bytes, envelope.recorded_at),
                )


def _row(
    partition: int,
    event: InputParked | CommandFaulted,
    envelope: Envelope,
    offset: int,
    *,
    kind: str,
    type_: str,
    parking_key: str | None,
) -> tuple[Any, ...]:
    size = len(event.payload.encode() if event.payload_base64 is None else event.payload_base64)
    return (
        envelope.seq,
        WHOLE,
        kind,
        type_,
        event.key,
        parking_key,
        event.account_id,
        event.headers.get("commandid"),
        f"{event.topic}/{partition}/{event.offset}",
        event.error,
        event.attempts,
        event.headers.get("actor"),
        offset,
        size,
        envelope.recorded_at,
    )
