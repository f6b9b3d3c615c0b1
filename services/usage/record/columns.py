"""Usage records by columns: what a message of thousands of them carries, and what the hot path works on.

    RecordedColumns.of([olt-12 0192f1c0 acc-1 73400320, olt-12 0192f1c1 acc-2 51000000])
    source   [["olt-12"], []]                   the same in every row: no codes
    fate     [[["acc-1", ...], ["acc-2", ...]], [0, 1]]
    quantity [73400320000000, 51000000000000]

A column in which values repeat has each of them once, and for each row which one it is (`Coded`). What was asked of one
value is so answered for all rows that have it: a meter is looked up once, and who pays once for each line. Hashes lie
one behind the other; what few records have is by the place of the row.

It is a sequence of rows all the same: who needs a record takes it, and rows are made when the first one is asked for.
Instants and quantities are as in messages.py. In JSON a record of a batch takes 120 bytes, as a row 220.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from typing import Any, Final, Generic, Self, TypeVar, overload

import msgspec
from msgspec.structs import astuple

from services.usage.record.one_record import AdmittedRecord, CounterReading, GuidedRecord, RecordedUsage
from shared.kernel.bounds import Count, Index

T = TypeVar("T")
R = TypeVar("R", bound=msgspec.Struct)

Fate = tuple[str | None, str | None, str | None, str | None]
"""What became of a record: account, subscription, reason, detail."""

Holder = tuple[str, str]
"""Account and subscription."""

DEDUPE_KEY_BYTES: Final = 16
CONTENT_BYTES: Final = 8


class Coded(msgspec.Struct, Generic[T], frozen=True, array_like=True, gc=False):
    """A column in which values repeat: `codes` has the place of each row's in `values`. Without: all have the first."""

    values: list[T]
    codes: list[Index] = []

    def column(self, count: int) -> Sequence[T]:
        """The value of each row."""
        if self.codes:
            return list(map(self.values.__getitem__, self.codes))
        return self.values[:1] * count

    def code_of_each(self, count: int) -> Sequence[int]:
        return self.codes or [0] * count


def coded(column: Sequence[T]) -> Coded[T]:
    """Values in the order in which they first come."""
    # What is the same in every row is seen without a hash of each; so is what differs in every row.
    if not column or column.count(column[0]) == len(column):
        return Coded([*column[:1]])
    distinct = dict.fromkeys(column)
    if len(distinct) == len(column):
        return Coded([*distinct], [*range(len(column))])
    places = dict(zip(distinct, range(len(distinct)), strict=True))
    return Coded([*distinct], list(map(places.__getitem__, column)))


class Columns(msgspec.Struct, Generic[R], frozen=True, array_like=True, dict=True, eq=False):
    """Rows of one kind. Equal to any sequence of equal rows."""

    count: Count

    @cached_property
    def rows(self) -> list[R]:
        """All of them, made once."""
        raise NotImplementedError

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[R]: ...
    def __getitem__(self, place: int | slice) -> R | Sequence[R]:
        return self.rows[place]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Columns | list | tuple):
            return self.count == len(other) and self.rows == list(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def _lengths(self, **columns: int) -> None:
        """Raises `ValueError` for a column that has not one value a row."""
        for name, length in columns.items():
            if length != self.count:
                raise ValueError(f"{name} has {length} values where there are {self.count} rows")


class ReportedColumns(Columns[R], frozen=True, array_like=True, dict=True, eq=False):
    """What a record says of itself. `dedupe_key` and `content` have 16 and 8 bytes a row, or none at all.

    `position` is -1 for HTTP. `attributes` by the place of the row.
    """

    source: Coded[str]
    id: list[str]
    resource: Coded[str]
    meter: Coded[str]
    kind: Coded[str]
    quantity: list[int]
    started_at: Coded[int]
    ended_at: Coded[int]
    dedupe_key: bytes
    content: bytes
    position: list[int]
    attributes: dict[Index, dict[str, Any]]

    def __post_init__(self) -> None:
        self._lengths(id=len(self.id), quantity=len(self.quantity), position=len(self.position))

    @cached_property
    def key_names(self) -> list[str]:
        """The dedupe key of each row, in hex. Made once: whoever asks for a key or keeps it asks by this very text,
        whose hash Python then has."""
        return self.dedupe_key.hex(" ", DEDUPE_KEY_BYTES).split()

    def named_as(self, others: ReportedColumns[Any]) -> None:
        """Take the names of keys from rows that have the same ones."""
        self.__dict__["key_names"] = others.key_names

    @property
    def dedupe_keys(self) -> Sequence[bytes]:
        """Of each row."""
        return _pieces(self.dedupe_key, DEDUPE_KEY_BYTES, self.count)

    @property
    def contents(self) -> Sequence[bytes]:
        """Of each row."""
        return _pieces(self.content, CONTENT_BYTES, self.count)


class AdmittedColumns(ReportedColumns[AdmittedRecord], frozen=True, array_like=True, dict=True, eq=False):
    """`AdmittedRecord` by columns; `cumulative` and `unit` by the place of the row."""

    cumulative: dict[Index, list[Any]]
    unit: dict[Index, str]

    @classmethod
    def of(cls, records: Sequence[AdmittedRecord]) -> Self:
        if not records:
            return cls(0, *_nothing_reported(), cumulative={}, unit={})
        position, source, id_, resource, meter, kind, quantity, started, ended, key, content, attributes, more, unit = (
            zip(*map(astuple, records), strict=True)
        )
        return cls(
            len(records),
            coded(source),
            [*id_],
            coded(resource),
            coded(meter),
            coded(kind),
            [*quantity],
            coded(started),
            coded(ended),
            _packed(key, DEDUPE_KEY_BYTES),
            _packed(content, CONTENT_BYTES),
            [*position],
            _sparse(attributes),
            _sparse(more),
            _sparse(unit),
        )

    @cached_property
    def rows(self) -> list[AdmittedRecord]:
        count = self.count
        return list(
            map(
                AdmittedRecord,
                self.position,
                self.source.column(count),
                self.id,
                self.resource.column(count),
                self.meter.column(count),
                self.kind.column(count),
                self.quantity,
                self.started_at.column(count),
                self.ended_at.column(count),
                self.dedupe_keys,
                self.contents,
                _dense(self.attributes, count),
                _dense(self.cumulative, count),
                _dense(self.unit, count),
            )
        )


class RecordedColumns(ReportedColumns[RecordedUsage], frozen=True, array_like=True, dict=True, eq=False):
    """`RecordedUsage` by columns; `counter` by the place of the row."""

    fate: Coded[Fate]
    counter: dict[Index, CounterReading]

    @classmethod
    def of(cls, records: Sequence[RecordedUsage]) -> Self:
        if not records:
            return cls(0, *_nothing_reported(), fate=Coded([]), counter={})
        (
            source,
            id_,
            resource,
            meter,
            kind,
            quantity,
            started,
            ended,
            key,
            content,
            *fate,
            attributes,
            counter,
            position,
        ) = zip(*map(astuple, records), strict=True)
        return cls(
            len(records),
            coded(source),
            [*id_],
            coded(resource),
            coded(meter),
            coded(kind),
            [*quantity],
            coded(started),
            coded(ended),
            _packed(key, DEDUPE_KEY_BYTES),
            _packed(content, CONTENT_BYTES),
            [-1 if place is None else place for place in position],
            _sparse(attributes),
            coded([*zip(*fate, strict=True)]),
            _sparse(counter),
        )

    @cached_property
    def rows(self) -> list[RecordedUsage]:
        count = self.count
        fates = self.fate.column(count)
        return list(
            map(
                RecordedUsage,
                self.source.column(count),
                self.id,
                self.resource.column(count),
                self.meter.column(count),
                self.kind.column(count),
                self.quantity,
                self.started_at.column(count),
                self.ended_at.column(count),
                self.dedupe_keys,
                self.contents,
                *(zip(*fates, strict=True) if fates else ((), (), (), ())),
                _dense(self.attributes, count),
                _dense(self.counter, count),
                [None if place < 0 else place for place in self.position],
            )
        )

    @property
    def any_parked(self) -> bool:
        """Whether one of them is in quarantine."""
        return any(reason is not None for _, _, reason, _ in self.fate.values)

    @property
    def parked(self) -> int:
        """How many of them are in quarantine."""
        if not self.any_parked:
            return 0
        return sum([reason is not None for _, _, reason, _ in self.fate.column(self.count)])


class GuidedColumns(Columns[GuidedRecord], frozen=True, array_like=True, dict=True, eq=False):
    """`GuidedRecord` by columns. `attributes` by the place of the row; `values` may have some that no row has."""

    index: list[Index]
    holder: Coded[Holder]
    meter: Coded[str]
    quantity: list[int]
    started_at: Coded[int]
    ended_at: Coded[int]
    attributes: dict[Index, dict[str, Any]]

    def __post_init__(self) -> None:
        self._lengths(index=len(self.index), quantity=len(self.quantity))

    @classmethod
    def of(cls, records: Sequence[GuidedRecord]) -> Self:
        if not records:
            return cls(0, [], Coded([]), Coded([]), [], Coded([]), Coded([]), {})
        index, account, subscription, meter, quantity, started, ended, attributes = zip(
            *map(astuple, records), strict=True
        )
        return cls(
            len(records),
            [*index],
            coded([*zip(account, subscription, strict=True)]),
            coded(meter),
            [*quantity],
            coded(started),
            coded(ended),
            _sparse(attributes),
        )

    @cached_property
    def rows(self) -> list[GuidedRecord]:
        count = self.count
        holders = self.holder.column(count)
        return list(
            map(
                GuidedRecord,
                self.index,
                *(zip(*holders, strict=True) if holders else ((), ())),
                self.meter.column(count),
                self.quantity,
                self.started_at.column(count),
                self.ended_at.column(count),
                _dense(self.attributes, count),
            )
        )


_NothingReported = tuple[
    *tuple[Coded[str], list[str], Coded[str], Coded[str], Coded[str], list[int], Coded[int], Coded[int]],
    *tuple[bytes, bytes, list[int], dict[int, dict[str, Any]]],
]


def _nothing_reported() -> _NothingReported:
    """The columns of `ReportedColumns` without a row."""
    return Coded([]), [], Coded([]), Coded([]), Coded([]), [], Coded([]), Coded([]), b"", b"", [], {}


def _packed(pieces: Sequence[bytes], width: int) -> bytes:
    """One behind the other. What was counted before has none: then all of them have none."""
    packed = b"".join(pieces)
    if len(packed) != width * len(pieces) and packed:
        raise ValueError(f"a hash has {width} bytes, and of a batch all have one or none")
    return packed


def _pieces(packed: bytes, width: int, count: int) -> Sequence[bytes]:
    if not packed:
        return [b""] * count
    return [packed[at : at + width] for at in range(0, width * count, width)]


def _sparse(column: Sequence[T | None]) -> dict[int, T]:
    if column.count(None) == len(column):
        return {}
    return {place: value for place, value in enumerate(column) if value is not None}


def _dense(sparse: Mapping[int, T], count: int) -> Sequence[T | None] | repeat[None]:
    return [*map(sparse.get, range(count))] if sparse else repeat(None, count)
