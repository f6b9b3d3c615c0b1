"""What bugs have put aside in the four services, and bytes that intake could not read: one row each, and its fate.

    rating-1-7      parked    acc-1, n=1    ZeroDivisionError: ...     open
    rating-1-9      command   sub-9         KeyError: 'tiers'          requeued by user:u2
    usage-2-9-0     bytes     41 bytes      not UTF-8                  discarded: "a port scan"

The payload stays in the log: in the event that put it aside, of unreadable bytes in `usage.dead`. A row is written and
resolved by events of one partition, so any cut of its log into batches gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from services.usage.record.messages import POSITIONS_PER_MESSAGE
from services.usage.undecodable.messages import UndecodableReported, UndecodableResolved
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update
from shared.kernel.outcome import CommandFaulted, InputCrashedAgain, InputDiscarded, InputParked, InputRequeued

WHOLE: Final = -1
"""`item` of what an event put aside alone."""

Kind = Literal["parked", "command", "bytes"]
Status = Literal["open", "requeued", "discarded"]


class DeadLetterKey(Columns, frozen=True, kw_only=True):
    """Which row of `dead_letter`."""

    TABLE = "dead_letter"
    KEY = ("topic", "seq", "item")

    topic: str
    seq: int
    item: int


class DeadLetterRow(DeadLetterKey, Row, frozen=True, kw_only=True):
    """What an event put aside; `item` tells apart what one event reported, else it is `WHOLE`."""

    kind: Kind
    status: Status = "open"
    type: str | None
    subject: str
    parking_key: str | None = None
    account_id: str | None = None
    command_id: str | None = None
    actor: str | None = None
    input: str
    error: str
    attempts: int
    log_offset: int
    size_bytes: int
    recorded_at: datetime
    tried_at: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    reason: str | None = None


class Tried(DeadLetterKey, Change, frozen=True, kw_only=True):
    """It crashed again."""

    error: str
    attempts: int
    tried_at: datetime


class Resolved(DeadLetterKey, Change, frozen=True, kw_only=True):
    status: str
    resolved_at: datetime
    resolved_by: str | None
    reason: str | None


# New rows first: what is resolved may have been put aside in the same batch.
TABLES: Final = Tables(insert(DeadLetterRow), update(Tried), update(Resolved))


async def project(connection: Connection, topic: str, partition: int, batch: Sequence[Applied]) -> None:
    await TABLES.write(connection, partition, _rows(topic, partition, batch))


def _rows(topic: str, partition: int, batch: Sequence[Applied]) -> Iterator[Columns]:
    for applied in batch:
        event, envelope, _ = applied
        yield from _put_aside(topic, partition, applied)
        if isinstance(event, InputCrashedAgain):
            yield Tried.of(event, topic=topic, item=WHOLE, tried_at=envelope.recorded_at)
        elif (fate := _fate(event)) is not None:
            seq, item, status, reason = fate
            yield Resolved(
                topic=topic,
                seq=seq,
                item=item,
                status=status,
                resolved_at=envelope.recorded_at,
                resolved_by=envelope.actor,
                reason=reason,
            )


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


def _put_aside(topic: str, partition: int, applied: Applied) -> Iterator[DeadLetterRow]:
    event, envelope, _ = applied
    match event:
        case InputParked():
            yield _row(topic, partition, applied, kind="parked", type=event.type, parking_key=event.parking_key)
        case CommandFaulted():
            yield _row(topic, partition, applied, kind="command", type=event.command_type, parking_key=None)
        case UndecodableReported():
            for index, item in enumerate(event.items):
                yield DeadLetterRow(
                    topic=topic,
                    seq=envelope.seq,
                    item=index,
                    kind="bytes",
                    type=None,
                    subject="",
                    input=f"usage.reported/{event.reported_partition}/{item.position // POSITIONS_PER_MESSAGE}",
                    error=item.reason,
                    attempts=1,
                    log_offset=item.dead_offset,
                    size_bytes=item.size_bytes,
                    recorded_at=envelope.recorded_at,
                )


def _row(
    topic: str, partition: int, applied: Applied, *, kind: Kind, type: str, parking_key: str | None
) -> DeadLetterRow:
    event, envelope, offset = applied
    return DeadLetterRow.of(
        event,
        topic=topic,
        seq=envelope.seq,
        item=WHOLE,
        kind=kind,
        status="open",
        type=type,
        subject=event.key,
        parking_key=parking_key,
        command_id=event.headers.get("commandid"),
        actor=event.headers.get("actor"),
        input=f"{event.topic}/{partition}/{event.offset}",
        log_offset=offset,
        size_bytes=len(event.payload.encode() if event.payload_base64 is None else event.payload_base64),
        recorded_at=envelope.recorded_at,
    )
