"""Plain records admitted by columns: what admission.py says of each of them, said of thousands at once.

    blocks_of([PlainRecord(...), ...], positions, partitions=4)   ->   [(0, Block(...)), (3, Block(...))]

A text that repeats is looked at once, and of what does not repeat a whole column. Where one of the records is out of
bounds, or might be, nothing is said: `None`, and admission.py takes each by itself. A test plays both ways against each
other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import repeat
from operator import itemgetter, le
from typing import Any, Final, TypeVar

from services.usage.formats.contract import PlainRecord, Problem
from services.usage.record.admission import (
    CONTENT_HASH,
    DAY,
    KEY_HASH,
    MICRO,
    day_prefix,
    dedupe_key,
    micros,
    parsed_quantity,
)
from services.usage.record.blocks import Block
from services.usage.record.columns import DEDUPE_KEY_BYTES, Coded, coded
from services.usage.record.fields import EARLIEST, LATEST, TEXT_LENGTH_MAX
from shared.kernel.ids import STEPS
from shared.kernel.resource_names import canonical

T = TypeVar("T")

_STEP_LENGTH_MAX: Final = max(map(len, STEPS))
_DIGITS_MAX: Final = 18
_HASHED_BYTES: Final = KEY_HASH.digest_size
_BYTE_VALUES: Final = 256
_SEPARATED: Final = "\x1f".join
# Of 0192f1c0-7d1e-7...: the hex digits of the time that a key has, and the version.
_TIME_AT: Final = (5, 6, 7, 9, 10, 11)
_VERSION_AT: Final = 14
_UUID_LENGTH: Final = 36
_TIME_BYTES: Final = 3
_DAY_BYTES: Final = 2


def blocks_of(
    records: Sequence[PlainRecord], positions: Sequence[int], partitions: int
) -> list[tuple[int, Block]] | None:
    """The records of each usage partition, in order; `None`: each has to be looked at by itself."""
    ids = [record.id for record in records]
    resources = [record.resource for record in records]
    quantities = [record.quantity for record in records]
    starts = [record.started_at for record in records]
    ends = [record.started_at if record.ended_at is None else record.ended_at for record in records]
    source = _coded([record.source for record in records])
    meter = _coded([record.meter for record in records])

    lines = {*resources}
    numbers = _numbers(quantities)
    if numbers is None or not _are_names(ids, source.values, lines, meter.values):
        return None
    instants = {text: micros(text) for text in {*starts, *ends}}
    if not all(at is not None and EARLIEST <= at < LATEST for at in instants.values()):
        return None
    started_at, ended_at = _of_each(instants, starts), _of_each(instants, ends)
    if not all(map(le, started_at, ended_at)):
        return None

    resources = _of_each({name: canonical(name) for name in lines}, resources)
    days = _days(started_at)
    day_texts = Coded([*map(str, days.values)], days.codes)
    hashed = _hashed(KEY_HASH.copy, zip(_column(source), ids, _column(day_texts), strict=False))
    texts = {text: str(at) for text, at in instants.items()}
    spans = (_of_each(texts, starts), _of_each(texts, ends))
    contents = _hashed(CONTENT_HASH.copy, zip(resources, _column(meter), map(str, numbers), *spans, strict=False))

    columns = (ids, resources, numbers, started_at, ended_at, positions, hashed, contents)
    return [
        (partition, _block(source, meter, places, days, *_picked(columns, places)))
        for partition, places in enumerate(_by_home(hashed, partitions))
        if places
    ]


def _coded(column: list[str]) -> Coded[str]:
    """Most have one value, which is found by comparing, at half of what hashing costs."""
    return Coded(column[:1]) if column.count(column[0]) == len(column) else coded(column)


def _days(instants: Sequence[int]) -> Coded[int]:
    """The UTC day of each: nearly always the same one."""
    first, last = min(instants) // DAY, max(instants) // DAY
    return Coded([first]) if first == last else coded([at // DAY for at in instants])


def _column(column: Coded[str]) -> Iterable[str]:
    return map(column.values.__getitem__, column.codes) if column.codes else repeat(column.values[0])


def _are_names(*columns: Collection[str]) -> bool:
    """Whether texts that stand together in a record are names within their bounds, certainly. That they are printable
    is known of plain records."""
    length = 0
    for column in columns:
        lengths = {*map(len, column)}
        shortest = min(lengths)
        if not shortest or (shortest <= _STEP_LENGTH_MAX and not STEPS.isdisjoint(column)):
            return False
        length += max(lengths)
    return length <= TEXT_LENGTH_MAX


def _numbers(quantities: Sequence[str]) -> list[int] | None:
    """In 1e-6 units; `None` where one is no quantity."""
    lengths = {*map(len, quantities)}
    if "".join(quantities).isdigit() and min(lengths) > 0 and max(lengths) <= _DIGITS_MAX:
        return [int(text) * MICRO for text in quantities]
    numbers = []
    for text in quantities:
        parsed = parsed_quantity(text)
        if type(parsed) is Problem:
            return None
        numbers.append(parsed)
    return numbers


def _of_each(values: dict[Any, Any], column: Sequence[Any]) -> list[Any]:
    return [*map(values.__getitem__, column)]


def _hashed(begun: Callable[[], Any], fields: Iterable[Sequence[str]]) -> list[bytes]:
    """The hash of each row of fields."""
    found = []
    for text in map(_SEPARATED, fields):
        hash = begun()
        hash.update(text.encode())
        found.append(hash.digest())
    return found


def _by_home(hashed: Sequence[bytes], partitions: int) -> Sequence[Sequence[int]]:
    """The places of the records of each partition, by the last two bytes of their keys (`admission.home`)."""
    if partitions == 1:
        return [range(len(hashed))]
    packed = b"".join(hashed)
    homes: Iterable[int] = packed[_HASHED_BYTES - 1 :: _HASHED_BYTES]
    if _BYTE_VALUES % partitions:
        high = packed[_HASHED_BYTES - 2 :: _HASHED_BYTES]
        homes = [(a << 8 | b) % partitions for a, b in zip(high, homes, strict=True)]
    else:
        # Then the last byte decides alone.
        homes = packed[_HASHED_BYTES - 1 :: _HASHED_BYTES].translate(
            bytes(value % partitions for value in range(_BYTE_VALUES))
        )
    places: list[list[int]] = [[] for _ in range(partitions)]
    for place, home in enumerate(homes):
        places[home].append(place)
    return places


def _picked(columns: tuple[Sequence[Any], ...], places: Sequence[int]) -> Sequence[Sequence[Any]]:
    if len(places) == len(columns[0]):
        return columns
    if len(places) == 1:
        return [column[places[0] : places[0] + 1] for column in columns]
    return [*map(itemgetter(*places), columns)]


def _block(
    source: Coded[str],
    meter: Coded[str],
    places: Sequence[int],
    days: Coded[int],
    ids: Sequence[str],
    resources: Sequence[str],
    numbers: Sequence[int],
    started_at: Sequence[int],
    ended_at: Sequence[int],
    positions: Sequence[int],
    hashed: Sequence[bytes],
    contents: Sequence[bytes],
) -> Block:
    return Block(
        _coded_at(source, places),
        ids,
        resources,
        _coded_at(meter, places),
        numbers,
        started_at,
        ended_at,
        _keys(_coded_at(days, places), ids, hashed),
        b"".join(contents),
        positions,
    )


def _coded_at(column: Coded[T], places: Sequence[int]) -> Coded[T]:
    if not column.codes:
        return column
    return coded([column.values[column.codes[place]] for place in places])


def _keys(days: Coded[int], ids: Sequence[str], hashed: Sequence[bytes]) -> bytes:
    """The dedupe keys one behind the other; where all ids are UUIDv7, byte by byte for all of them at once."""
    times = _times(ids)
    if times is None:
        return b"".join(map(dedupe_key, days.column(len(ids)), ids, hashed))
    prefixes = b"".join(Coded([*map(day_prefix, days.values)], days.codes).column(len(ids)))
    packed = bytearray(DEDUPE_KEY_BYTES * len(ids))
    joined = b"".join(hashed)
    for n in range(_DAY_BYTES):
        packed[n::DEDUPE_KEY_BYTES] = prefixes[n::_DAY_BYTES]
    for n in range(_TIME_BYTES):
        packed[_DAY_BYTES + n :: DEDUPE_KEY_BYTES] = times[n::_TIME_BYTES]
    for n in range(_TIME_BYTES, _HASHED_BYTES):
        packed[_DAY_BYTES + n :: DEDUPE_KEY_BYTES] = joined[n::_HASHED_BYTES]
    return bytes(packed)


def _times(ids: Sequence[str]) -> bytes | None:
    """What the keys have of the time in each id; `None` where one of them is no UUIDv7."""
    count = len(ids)
    text = "".join(ids).encode()
    if {*map(len, ids)} != {_UUID_LENGTH} or text[_VERSION_AT::_UUID_LENGTH] != b"7" * count:
        return None
    digits = bytearray(len(_TIME_AT) * count)
    for n, at in enumerate(_TIME_AT):
        digits[n :: len(_TIME_AT)] = text[at::_UUID_LENGTH]
    try:
        times = bytes.fromhex(digits.decode())
    except ValueError:
        return None
    # White space between digits is passed over, and leaves fewer of them.
    return times if len(times) == _TIME_BYTES * count else None
