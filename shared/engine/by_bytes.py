"""Records in runs of so many bytes: what is made of a run has its limit, however small compression made the answer.

by_bytes([a, b, c], limit=2_000_000)     ->  ([a, b], 2_100_000), ([c], 40)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class Sized(Protocol):
    """A message of Kafka."""

    @property
    def value(self) -> bytes | None: ...


S = TypeVar("S", bound=Sized)


def by_bytes(records: Iterable[S], *, limit: int) -> Iterator[tuple[list[S], int]]:
    """Runs in order, each with the bytes of its values: full with the record that reaches the limit."""
    run: list[S] = []
    size = 0
    for record in records:
        run.append(record)
        size += len(record.value or b"")
        if size >= limit:
            yield run, size
            run, size = [], 0
    if run:
        yield run, size
