"""Rows whose amounts are added to what is there: figures that are kept, so that a report of years reads no documents.

TABLES = Tables(adding(InvoicedDay, "lines", "net"))        # 2026-10-01 EUR usage: 3 lines, 12.40, and one more 2.00
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from shared.engine.rows import Row, columns
from shared.engine.tables import Statement, upsert
from shared.kernel.decimals import EXACT, format_decimal

R = TypeVar("R", bound=Row)

_ADDED: Final = {"bigint": "t.{0} + excluded.{0}", "numeric": "trim_scale(t.{0} + excluded.{0})"}


def adding(row: type[R], *sums: str) -> Statement[R]:
    """New rows, and what they add to those that are there. A sum that comes to zero stays, so that a rebuild, whatever
    its batches, gives the same rows; numbers are without superfluous zeros (`plain`) for the same reason."""
    kinds = {column.name: column.kind for column in columns(row)}

    def both(earlier: R, later: R) -> R:
        return replace(later, **{name: _sum(getattr(earlier, name), getattr(later, name)) for name in sums})

    return upsert(row, sets={name: _ADDED[kinds[name]].format(name) for name in sums}, merge=both)


def plain(amount: Decimal) -> Decimal:
    """The same number without superfluous zeros.

    >>> plain(Decimal("10.00"))
    Decimal('10')
    """
    return Decimal(format_decimal(amount))


def _sum(earlier: Any, later: Any) -> Any:
    return plain(EXACT.add(earlier, later)) if isinstance(earlier, Decimal) else earlier + later
