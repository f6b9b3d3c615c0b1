"""A message of `usage.reported` taken apart: its records to the cutter, and what is none to be buried.

    cut(message, cutter)  ->  [(77185025, Undecodable(b"{oops", "not UTF-8 JSON: ..."))]

Nothing that a stranger has put into it raises: a bug of ours between bytes and records buries the piece that met it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

import structlog
from aiokafka import ConsumerRecord
from msgspec import Raw
from msgspec.structs import replace

from services.usage.cutting import POSITIONS_PER_MESSAGE, Cutter
from services.usage.formats import headers_of, parse, pieces
from services.usage.records import Problem, Undecodable, WireRecord
from shared.engine.batches import UnreadableBatch
from shared.engine.telemetry import INTAKE_BUGS

log = structlog.get_logger()

MESSAGE_BYTES_MAX: Final = 1_048_576
RECORDS_PER_MESSAGE_MAX: Final = 10_000

# Header of a message that was undecodable once: reported partition, offset and index of the piece.
REQUEUED_FROM: Final = "requeued-from"
REQUEUED_PLACE: Final = re.compile(r"([0-9]{1,6})/([0-9]{1,18})/([0-9]{1,5})", re.ASCII)

Reported: TypeAlias = "ConsumerRecord[bytes, bytes]"


def cut(record: Reported, cutter: Cutter) -> list[tuple[int, Undecodable]]:
    """Hand the pieces of a message to the cutter, and give back what is none, each with its position."""
    value = record.value or b""
    first = record.offset * POSITIONS_PER_MESSAGE
    if type(value) is UnreadableBatch:
        return [(first, Undecodable(value, f"a batch of messages, as it is: {value.why}"))]
    if len(value) > MESSAGE_BYTES_MAX:
        return [(first, Undecodable(value, f"a message has at most {MESSAGE_BYTES_MAX} bytes, not {len(value)}"))]
    try:
        headers = headers_of(record.headers) if record.headers else {}
        items = parse(value, headers)
    except Exception as error:
        return [(first, _met_a_bug(record, value, error))]
    if len(items) > RECORDS_PER_MESSAGE_MAX:
        why = f"a message has at most {RECORDS_PER_MESSAGE_MAX} records, not {len(items)}"
        return [(first, Undecodable(value, why))]
    dead: list[tuple[int, Undecodable]] = []
    kept: list[bytes] = []
    here, index_here = _place(record, headers)
    add = cutter.add
    for index, item in enumerate(items):
        try:
            # Without an id of its own, a record is called after its place: never a duplicate of another.
            if type(item) is WireRecord:
                problem = add(item, first + index, f"{here}#{index_here + index}" if item.id is None else "")
                if problem is not None:
                    problem = replace(problem, content=Raw(_bytes_of(kept, value, headers, index)))
                    cutter.refuse(problem, item, first + index, f"{here}#{index_here + index}")
            elif type(item) is Problem:
                cutter.refuse(item, None, first + index, f"{here}#{index_here + index}")
            else:
                dead.append((first + index, item))
        except Exception as error:
            dead.append((first + index, _met_a_bug(record, _bytes_of(kept, value, headers, index), error)))
    return dead


def _bytes_of(kept: list[bytes], value: bytes, headers: Mapping[str, str], index: int) -> bytes:
    """The piece as it was sent; `kept` holds all of the message once one was asked for."""
    if not kept:
        kept += pieces(value, headers)
    return kept[index] if index < len(kept) else value


def _met_a_bug(record: Reported, data: bytes, error: Exception) -> Undecodable:
    """A bug of ours is isolated to the piece that met it: kept whole, and loud."""
    place = f"{record.topic}/{record.partition}/{record.offset}"
    log.error("intake_bug", input=place, size_bytes=len(data), exc_info=error)
    INTAKE_BUGS.inc()
    return Undecodable(data, f"a bug of Meterlog's: {type(error).__name__}; requeue it after a repair")


def _place(record: Reported, headers: Mapping[str, str]) -> tuple[str, int]:
    """Where a message and its first piece stood when they were reported, also for one that an operator publishes once
    more: so that its records have the names they would have had, however often that is done.
    """
    found = REQUEUED_PLACE.fullmatch(headers.get(REQUEUED_FROM, "")) if headers else None
    if found is None:
        return f"reported/{record.partition}/{record.offset}", 0
    return f"reported/{found[1]}/{found[2]}", int(found[3])
