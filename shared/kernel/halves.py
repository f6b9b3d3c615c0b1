"""What a message is about in two parts, for one that met a bug: so that only what can't be taken is isolated.

>>> in_halves(["inv-1", "inv-2", "inv-3"])
[['inv-1'], ['inv-2', 'inv-3']]
>>> in_halves(["inv-1"])
[]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def in_halves(items: Sequence[T]) -> list[list[T]]:
    """Two lists that together are the items, in order; none where there are fewer than two."""
    if len(items) < 2:
        return []
    middle = len(items) // 2
    return [list(items[:middle]), list(items[middle:])]
