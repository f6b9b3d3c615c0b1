"""The verdict: lines for a person, one object for a script.

{"seed": 7, "faults": 41, "records": 18732, "lost": 0, "duplicated": 0, "seq_gaps": 0, "number_gaps": 0,
 "sums_equal": true, "recovery_s_max": 9.4, ...}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meterlog.chaos.inventory import Events, Inventory
from meterlog.chaos.lines import Told


@dataclass(frozen=True)
class Hit:
    """One fault and how long it took until all that it affected took its input again."""

    kind: str
    target: str
    detail: str
    recovery_s: float

    def line(self) -> str:
        """
        >>> Hit("stop at committed", "rating", "for 2.1 s", 1.234).line()
        'stop at committed          rating       recovered after   1.2 s  (for 2.1 s)'
        """
        detail = f"  ({self.detail})" if self.detail else ""
        return f"{self.kind:<26} {self.target:<12} recovered after {self.recovery_s:>5.1f} s{detail}"


@dataclass(frozen=True)
class Verdict:
    seed: int
    months: int
    seconds: float
    hits: list[Hit]
    missed: list[str]
    """Faults whose moment did not come, and why."""
    inventory: Inventory
    undisturbed: Inventory
    events: Events
    told: Told
    told_undisturbed: Told

    @property
    def differences(self) -> list[str]:
        """What is not as in the undisturbed run."""
        return list(_differences(self.inventory.sums, self.undisturbed.sums, ""))

    @property
    def well(self) -> bool:
        figures = self.figures()
        zero = ("lost", "duplicated", "seq_gaps", "number_gaps", "lines_wrong", "office_wrong")
        nothing = all(figures[name] == 0 for name in zero) and figures["switches"] > 0
        return nothing and bool(figures["sums_equal"]) and bool(self.inventory.sums["conservation"]["balanced"])

    def figures(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "seed": self.seed,
            "faults": len(self.hits),
            "records": self.inventory.records,
            "lost": self.inventory.lost,
            "duplicated": self.inventory.twice + self.events.twice,
            "seq_gaps": self.events.gaps,
            "number_gaps": self.inventory.number_gaps,
            "sums_equal": not self.differences,
            "switches": self.told.switches,
            "lines_wrong": self.told.wrong + self.told_undisturbed.wrong,
            "office_wrong": len(self.inventory.wrong) + len(self.undisturbed.wrong),
            "access_s": {
                "disturbed": _percentiles(self.told.seconds),
                "undisturbed": _percentiles(self.told_undisturbed.seconds),
            },
            "recovery_s_max": round(max((hit.recovery_s for hit in self.hits), default=0.0), 1),
            "months": self.months,
            "seconds": round(self.seconds),
            "events": self.events.count,
            "recovery": self._by_kind(),
            "missed": self.missed,
        }

    def lines(self) -> list[str]:
        """The summary for a person; each fault was told when it happened."""
        figures = self.figures()
        verdict = "all is well" if self.well else "NOT WELL"
        return [
            f"seed {self.seed}: {figures['faults']} faults in {self.seconds:.0f} s and {self.months} months, "
            f"{figures['records']} records, {figures['events']} events",
            f"lost {figures['lost']}, duplicated {figures['duplicated']}, gaps in seq {figures['seq_gaps']}, "
            f"gaps in invoice numbers {figures['number_gaps']}, slowest recovery {figures['recovery_s_max']} s",
            f"{figures['switches']} lines suspended and resumed, {figures['lines_wrong']} of which the NAS has wrong; "
            f"until it had them {figures['access_s']['disturbed']} s, "
            f"undisturbed {figures['access_s']['undisturbed']} s",
            *self.told.places,
            *self.told_undisturbed.places,
            *self.inventory.wrong[:10],
            *self.undisturbed.wrong[:10],
            *(f"differs from the undisturbed run: {line}" for line in self.differences),
            *self.events.places[:10],
            verdict,
        ]

    def _by_kind(self) -> dict[str, dict[str, Any]]:
        kinds: dict[str, list[float]] = {}
        for hit in self.hits:
            kinds.setdefault(hit.kind, []).append(hit.recovery_s)
        return {
            kind: {"faults": len(times), "recovery_s_max": round(max(times), 1)}
            for kind, times in sorted(kinds.items())
        }


def _percentiles(seconds: list[float]) -> dict[str, float]:
    """
    >>> _percentiles([0.04, 2.0, 1.0])
    {'p50': 1.0, 'p95': 2.0, 'p99': 2.0}
    """
    ordered = sorted(seconds)
    return {f"p{p}": round(ordered[(len(ordered) * p - 1) // 100], 2) for p in (50, 95, 99)} if ordered else {}


def _differences(here: Any, there: Any, path: str) -> list[str]:
    """
    >>> _differences({"a": 1, "b": {"c": [2]}}, {"a": 1, "b": {"c": [3]}}, "")
    ['b.c: [2], undisturbed [3]']
    """
    if isinstance(here, Mapping) and isinstance(there, Mapping):
        return [
            line
            for name in sorted({*here, *there})
            for line in _differences(here.get(name), there.get(name), f"{path}.{name}" if path else str(name))
        ]
    return [] if here == there else [f"{path}: {here}, undisturbed {there}"]
