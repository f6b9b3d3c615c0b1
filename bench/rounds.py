"""Several runs of one benchmark as one result: the median of each figure, and how far apart they were.

combined([{"p50_ms": 20.1, "n": 300}, {"p50_ms": 22.0, "n": 300}, {"p50_ms": 21.4, "n": 300}])
# {"p50_ms": 21.4, "n": 300, "runs": 3, "spread": {"p50_ms": [20.1, 22.0]}}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median_low
from typing import Any


def combined(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Each number is one that was measured (the lower of two in the middle). What is no number, such as what each
    process spent, is that of the first run.
    """
    figures = dict(runs[0])
    spread: dict[str, list[float]] = {}
    for name, value in runs[0].items():
        if not _is_number(value):
            continue
        found = [run[name] for run in runs if _is_number(run.get(name))]
        figures[name] = median_low(found)
        if min(found) != max(found):
            spread[name] = [min(found), max(found)]
    return {**figures, "runs": len(runs), "spread": spread} if len(runs) > 1 else figures


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
