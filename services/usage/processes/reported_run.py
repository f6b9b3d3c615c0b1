"""The messages of a reported partition read in runs: those of plain records together, any other by itself.

    read_messages(messages, batcher)   ->   [(message, 77185025, Undecodable(b"{oops", ...))], ...

A run of plain messages is admitted by columns (record/plain.py). If it can't be, its halves are, and so on, so that one
record out of bounds costs only its neighbours time; messages of a run that is too short for columns are read piece by
piece (reported_message.py), as every message could be: the commands are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeAlias

import structlog

from services.usage.formats import format_of, headers_of
from services.usage.formats.contract import Plain, PlainRecord, Undecodable
from services.usage.processes.reported_message import MESSAGE_BYTES_MAX, ReportedMessage, read_message
from services.usage.record.batching import CommandBatcher
from services.usage.record.messages import POSITIONS_PER_MESSAGE, RECORDS_PER_MESSAGE_MAX
from shared.engine.batches import UnreadableBatch
from shared.engine.telemetry import INTAKE_BUGS

log = structlog.get_logger()

Found: TypeAlias = "tuple[ReportedMessage, int, Undecodable]"
"""What no format can read, its position, and the message that it came in."""

_Run = list[tuple[ReportedMessage, Sequence[PlainRecord]]]
_NOTHING: Final[Mapping[str, str]] = {}
# Columns of some hundred records are as cheap as they get; those of ten thousand keep others waiting, and so does a run
# of many messages that each have to be looked at alone in the end.
_RUN_RECORDS: Final = 4000
_RUN_MESSAGES: Final = 500
_COLUMNS_MIN: Final = 64
_LOOKED_AT_ONCE: Final = 256
_LOOKED_AT_BYTES: Final = MESSAGE_BYTES_MAX


def read_messages(
    messages: Sequence[ReportedMessage], batcher: CommandBatcher, defaults: Mapping[str, str] = _NOTHING
) -> Iterator[list[Found]]:
    """Give the records of messages, in order, to the batcher; after each piece of that work, what was no record."""
    run: _Run = []
    size = 0
    for some in _parts(messages):
        for message, records in zip(some, _plain(some, defaults), strict=True):
            if records is not None:
                run.append((message, records))
                size += len(records)
                if size < _RUN_RECORDS and len(run) < _RUN_MESSAGES:
                    continue
            yield _read_run(run, batcher, defaults)
            run, size = [], 0
            if records is None:
                yield _read_alone(message, batcher, defaults)
    yield _read_run(run, batcher, defaults)


def _parts(messages: Sequence[ReportedMessage]) -> Iterator[Sequence[ReportedMessage]]:
    """So many at a time that what is decoded of them takes little room."""
    some: list[ReportedMessage] = []
    size = 0
    for message in messages:
        some.append(message)
        size += len(message.value or b"")
        if len(some) == _LOOKED_AT_ONCE or size >= _LOOKED_AT_BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def _plain(messages: Sequence[ReportedMessage], defaults: Mapping[str, str]) -> list[Sequence[PlainRecord] | None]:
    """The records of each message; `None` where it has to be read by itself."""
    try:
        by_default = format_of(defaults).plain
        quick = [_quick(message, defaults, by_default) for message in messages]
        found: list[Sequence[PlainRecord] | None] = [None] * len(messages)
        for plain in {each for each in quick if each is not None}:
            places = [place for place, each in enumerate(quick) if each is plain]
            read = plain([messages[place].value or b"" for place in places])
            for place, records in zip(places, read, strict=True):
                found[place] = None if records is None or len(records) > RECORDS_PER_MESSAGE_MAX else records
        return found
    except Exception as error:
        _met_a_bug(messages[0], error)
        return [None] * len(messages)


def _quick(message: ReportedMessage, defaults: Mapping[str, str], by_default: Plain | None) -> Plain | None:
    """The quick way of the message's format, if it has one and may be read at all."""
    value = message.value
    if value is None or type(value) is UnreadableBatch or len(value) > MESSAGE_BYTES_MAX:
        return None
    if not message.headers:
        return by_default
    return format_of({**defaults, **headers_of(message.headers)}).plain


def _read_run(run: _Run, batcher: CommandBatcher, defaults: Mapping[str, str]) -> list[Found]:
    if not run:
        return []
    firsts = [message.offset * POSITIONS_PER_MESSAGE for message, _ in run]
    records = [*chain.from_iterable(of_message for _, of_message in run)]
    if len(records) == len(run):
        positions = firsts
    else:
        positions = [p for at, (_, own) in zip(firsts, run, strict=True) for p in range(at, at + len(own))]
    try:
        if batcher.add_plain(records, positions):
            return []
    except Exception as error:
        # None of them was taken: each is looked at in the way that isolates what met the bug.
        _met_a_bug(run[0][0], error)
    if len(run) == 1 or len(records) < _COLUMNS_MIN:
        return [found for message, _ in run for found in _read_alone(message, batcher, defaults)]
    half = len(run) // 2
    return _read_run(run[:half], batcher, defaults) + _read_run(run[half:], batcher, defaults)


def _read_alone(message: ReportedMessage, batcher: CommandBatcher, defaults: Mapping[str, str]) -> list[Found]:
    return [(message, position, found) for position, found in read_message(message, batcher, defaults)]


def _met_a_bug(message: ReportedMessage, error: Exception) -> None:
    """A bug of ours in the quick way costs time and nothing else; and it is loud."""
    log.error("intake_bug", input=f"{message.topic}/{message.partition}/{message.offset}", exc_info=error)
    INTAKE_BUGS.inc()
