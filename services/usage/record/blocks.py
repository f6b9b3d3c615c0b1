"""Admitted records on their way into a command: some as rows, most by columns, in the order of their positions.

    columns_of([[AdmittedRecord(...)], Block(...), Block(...)])   ->   AdmittedColumns

A block is what several messages held for one usage partition. Which lines and instants repeat is found out once, over
all parts of a command.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from services.usage.record.columns import CONTENT_BYTES, DEDUPE_KEY_BYTES, AdmittedColumns, Coded, coded
from services.usage.record.one_record import AdmittedRecord

T = TypeVar("T")


class Block(NamedTuple):
    """Records by columns, with the hashes one behind the other: deltas without attributes."""

    source: Coded[str]
    id: Sequence[str]
    resource: Sequence[str]
    meter: Coded[str]
    quantity: Sequence[int]
    started_at: Sequence[int]
    ended_at: Sequence[int]
    dedupe_key: bytes
    content: bytes
    position: Sequence[int]

    @property
    def size(self) -> int:
        return len(self.id)

    def between(self, start: int, end: int) -> Block:
        """Those of its records."""
        return Block(
            Coded(self.source.values, self.source.codes[start:end]),
            self.id[start:end],
            self.resource[start:end],
            Coded(self.meter.values, self.meter.codes[start:end]),
            self.quantity[start:end],
            self.started_at[start:end],
            self.ended_at[start:end],
            self.dedupe_key[start * DEDUPE_KEY_BYTES : end * DEDUPE_KEY_BYTES],
            self.content[start * CONTENT_BYTES : end * CONTENT_BYTES],
            self.position[start:end],
        )


Part = Block | list[AdmittedRecord]


def columns_of(parts: Sequence[Part]) -> AdmittedColumns:
    """All records of the parts, one behind the other."""
    blocks = [part for part in parts if isinstance(part, Block)]
    if len(blocks) < len(parts):
        return _mixed([*_runs(parts)])
    sources, ids, resources, meters, quantities, started, ended, keys, contents, positions = (
        zip(*blocks, strict=True) if blocks else ((),) * len(Block._fields)
    )
    counts = [block.size for block in blocks]
    return AdmittedColumns(
        sum(counts),
        _recoded(sources, counts),
        _joined(ids),
        coded(_joined(resources)),
        _recoded(meters, counts),
        Coded(["delta"] if blocks else []),
        _joined(quantities),
        coded(_joined(started)),
        coded(_joined(ended)),
        b"".join(keys),
        b"".join(contents),
        _joined(positions),
        {},
        {},
        {},
    )


def _runs(parts: Sequence[Part]) -> Iterable[AdmittedColumns]:
    """Blocks that follow each other by their columns, and rows by theirs."""
    blocks: list[Part] = []
    for part in parts:
        if isinstance(part, Block):
            blocks.append(part)
            continue
        if blocks:
            yield columns_of(blocks)
            blocks = []
        yield AdmittedColumns.of(part)
    if blocks:
        yield columns_of(blocks)


def _mixed(runs: Sequence[AdmittedColumns]) -> AdmittedColumns:
    if len(runs) == 1:
        return runs[0]
    counts = [run.count for run in runs]
    return AdmittedColumns(
        sum(counts),
        _recoded([run.source for run in runs], counts),
        _joined(run.id for run in runs),
        _recoded([run.resource for run in runs], counts),
        _recoded([run.meter for run in runs], counts),
        _recoded([run.kind for run in runs], counts),
        _joined(run.quantity for run in runs),
        _recoded([run.started_at for run in runs], counts),
        _recoded([run.ended_at for run in runs], counts),
        b"".join(run.dedupe_key for run in runs),
        b"".join(run.content for run in runs),
        _joined(run.position for run in runs),
        _moved([run.attributes for run in runs], counts),
        _moved([run.cumulative for run in runs], counts),
        _moved([run.unit for run in runs], counts),
    )


def _recoded(columns: Sequence[Coded[T]], counts: Sequence[int]) -> Coded[T]:
    """One column of several; mostly all of them have the same single value."""
    if all(not column.codes and column.values == columns[0].values for column in columns):
        return Coded([*columns[0].values]) if columns else Coded([])
    return coded(_joined(column.column(count) for column, count in zip(columns, counts, strict=True)))


def _moved(columns: Sequence[dict[int, Any]], counts: Sequence[int]) -> dict[int, Any]:
    """What stands by the place of the row, behind the rows of the parts before it."""
    found: dict[int, Any] = {}
    first = 0
    for column, count in zip(columns, counts, strict=True):
        found.update({first + place: value for place, value in column.items()})
        first += count
    return found


def _joined(columns: Iterable[Sequence[T]]) -> list[T]:
    return [*chain.from_iterable(columns)]
