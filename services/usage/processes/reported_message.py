"""A message of `usage.reported` read: its records go to the batcher, what no format can read comes back.

    read_message(message, batcher)  ->  [(77185025, Undecodable(b"{oops", "not UTF-8 JSON: ..."))]

Nothing that a stranger has put into it raises: a bug of ours between bytes and records is isolated to the piece that
met it, which is kept as undecodable.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

import structlog
from aiokafka import ConsumerRecord
from msgspec.structs import replace

from services.usage.formats import headers_of, parse, shown, split
from services.usage.formats.contract import Problem, ReportedRecord, Undecodable
from services.usage.record.batching import CommandBatcher
from services.usage.record.messages import POSITIONS_PER_MESSAGE, RECORDS_PER_MESSAGE_MAX
from services.usage.undecodable.dead_letter import requeued_from
from shared.engine.batches import UnreadableBatch
from shared.engine.telemetry import INTAKE_BUGS

log = structlog.get_logger()

_NOTHING: Final[Mapping[str, str]] = {}

MESSAGE_BYTES_MAX: Final = 1_048_576

ReportedMessage: TypeAlias = "ConsumerRecord[bytes, bytes]"


def read_message(
    message: ReportedMessage, batcher: CommandBatcher, defaults: Mapping[str, str] = _NOTHING
) -> list[tuple[int, Undecodable]]:
    """Give the records of a message to the batcher, and give back what is none, each with its position. `defaults` are
    headers for messages that don't have them."""
    value = message.value or b""
    first = message.offset * POSITIONS_PER_MESSAGE
    if type(value) is UnreadableBatch:
        return [(first, Undecodable(value, f"a batch of messages, as it is: {value.why}"))]
    if len(value) > MESSAGE_BYTES_MAX:
        return [(first, Undecodable(value, f"a message has at most {MESSAGE_BYTES_MAX} bytes, not {len(value)}"))]
    try:
        headers = {**defaults, **headers_of(message.headers)} if message.headers else defaults
        pieces = parse(value, headers)
    except Exception as error:
        return [(first, _met_a_bug(message, value, error))]
    if len(pieces) > RECORDS_PER_MESSAGE_MAX:
        why = f"a message has at most {RECORDS_PER_MESSAGE_MAX} records"
        return [(first, Undecodable(value, why))]
    undecodable: list[tuple[int, Undecodable]] = []
    kept: list[bytes] = []
    origin, first_index = _origin(message, headers)
    add = batcher.add
    for index, piece in enumerate(pieces):
        try:
            # Without an id of its own, a record is called after its origin: never a duplicate of another.
            if type(piece) is ReportedRecord:
                problem = add(piece, first + index, f"{origin}#{first_index + index}" if piece.id is None else "")
                if problem is not None:
                    problem = replace(problem, content=shown(_bytes_of(kept, value, headers, index), headers))
                    batcher.refuse(problem, piece, first + index, f"{origin}#{first_index + index}")
            elif type(piece) is Problem:
                batcher.refuse(piece, None, first + index, f"{origin}#{first_index + index}")
            else:
                undecodable.append((first + index, piece))
        except Exception as error:
            bug = _met_a_bug(message, _bytes_of(kept, value, headers, index), error)
            undecodable.append((first + index, bug))
    return undecodable


def _bytes_of(kept: list[bytes], value: bytes, headers: Mapping[str, str], index: int) -> bytes:
    """The piece as it was sent; `kept` holds all of the message once one was asked for."""
    if not kept:
        kept += split(value, headers)
    return kept[index] if index < len(kept) else value


def _met_a_bug(message: ReportedMessage, data: bytes, error: Exception) -> Undecodable:
    """A bug of ours is isolated to the piece that met it: kept whole, and loud."""
    citation = f"{message.topic}/{message.partition}/{message.offset}"
    log.error("intake_bug", input=citation, size_bytes=len(data), exc_info=error)
    INTAKE_BUGS.inc()
    return Undecodable(data, f"a bug of Meterlog's: {type(error).__name__}; requeue it after a repair")


def _origin(message: ReportedMessage, headers: Mapping[str, str]) -> tuple[str, int]:
    """Where a message and its first piece stood when they were reported, also for one that an operator publishes once
    more: so that its records have the names they would have had, however often that is done.
    """
    found = requeued_from(headers) if headers else None
    if found is None:
        return f"reported/{message.partition}/{message.offset}", 0
    partition, offset, index = found
    return f"reported/{partition}/{offset}", index
