"""How wide the columns of the lines are, told beforehand: to find out, typst would set every cell once more.

    widths(lines, captions)      # [19, 0, 78, 52, 56, 64]: points, and 0 for what is left

Figures have one width in every font that they are set in, so that a count of characters is enough. What is wider by its
letters is set in two lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

_FIGURE: Final = 54
"""Tenths of a point, in a type of 9 points; those in small type have 7.5."""
_SMALL_FIGURE: Final = 46
_INSET_PT: Final = 10
_WIDTH_PT_MAX: Final = 120

_SMALL: Final = frozenset({"n", "period"})


def widths(lines: Iterable[Mapping[str, Any]], captions: Mapping[str, str]) -> list[int]:
    """`captions` by the field of a line that the column shows, in their order; the description has what is left."""
    longest = {field: len(caption) * _SMALL_FIGURE for field, caption in captions.items()}
    for line in lines:
        for field in captions:
            longest[field] = max(longest[field], len(line[field]) * (_SMALL_FIGURE if field in _SMALL else _FIGURE))
            for step in line["steps"]:
                longest[field] = max(longest[field], len(step.get(field, "")) * _SMALL_FIGURE)
    found = {field: min(width // 10 + _INSET_PT, _WIDTH_PT_MAX) for field, width in longest.items()}
    return [found[field] if field != "description" else 0 for field in captions]
