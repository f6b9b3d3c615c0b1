"""Rows whose amounts are added to what is there: figures that are kept, so that a report of years reads no documents.

TABLES = Tables(adding(InvoicedDay, "lines", "net"))        # 2026-10-01 EUR usage: 3 lines, 12.40, and one more 2.00
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from shared.engine.rows import Row, columns
from shared.engine.tables import Statement, upsert
from shared.kernel.decimals import EXACT, format_decimal

R = TypeVar("R", bound=Row)

_ADDED: Final = {"bigint": "t.{0} + excluded.{0}", "numeric": "trim_scale(t.{0} + excluded.{0})"}


@dataclass(frozen=True)
class Adding(Statement[R]):
    """A statement that makes one row of all of a batch that have the same key: summed up first, and made once."""

    sums: tuple[str, ...] = ()

    def merged(self, rows: Sequence[R]) -> Sequence[R]:
        """One row of each key, with the sums of all."""
        key_of, sums_of = _getter(self.row.KEY), _getter(self.sums)
        added: dict[Any, list[Any]] = {}
        last: dict[Any, R] = {}
        for row in rows:
            key = key_of(row)
            last[key] = row
            so_far = added.get(key)
            if so_far is None:
                added[key] = list(sums_of(row))
                continue
            for n, value in enumerate(sums_of(row)):
                so_far[n] = EXACT.add(so_far[n], value) if isinstance(value, Decimal) else so_far[n] + value
        return [replace(row, **dict(zip(self.sums, map(_plain, added[key]), strict=True))) for key, row in last.items()]


def adding(row: type[R], *sums: str) -> Statement[R]:
    """New rows, and what they add to those that are there. A sum that comes to zero stays, so that a rebuild, whatever
    its batches, gives the same rows; numbers are written without superfluous zeros for the same reason."""
    kinds = {column.name: column.kind for column in columns(row)}
    written = upsert(row, sets={name: _ADDED[kinds[name]].format(name) for name in sums}, merge=_never)
    return Adding(row, written.sql, _never, sums)


def plain(amount: Decimal) -> Decimal:
    """The same number without superfluous zeros.

    >>> plain(Decimal("10.00"))
    Decimal('10')
    """
    return Decimal(format_decimal(amount))


def _plain(value: Any) -> Any:
    return plain(value) if isinstance(value, Decimal) else value


def _getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    found = attrgetter(*names)
    return found if len(names) > 1 else lambda row: (found(row),)


def _never(earlier: R, later: R) -> R:
    raise AssertionError("rows that are added are summed up all at once")
