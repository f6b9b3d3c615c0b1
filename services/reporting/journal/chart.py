"""Which number of bookkeeping stands for an account of the journal: the chart of the day, its most telling rule. Pure.

revenue of plan home at 19 %       8401 "Home", if a rule names the plan; else 8400, of the rate; else 8200
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec

from services.payments.bookkeeping.messages import NEUTRAL, AccountRule, ChartTerms
from services.reporting.database import Database

_WEIGHT: Final[Mapping[str, int]] = {"plan_id": 8, "tax_class": 4, "tax_rate": 2, "tax_category": 1, "method": 1}
"""What a rule names, by how much it tells: a plan more than all the rest."""


class Number(NamedTuple):
    number: str
    name: str
    automatic: bool


class Chart:
    """One chart: the number of what a posting is about."""

    def __init__(self, version: int, effective_from: date, terms: ChartTerms) -> None:
        self.version, self.effective_from, self.terms = version, effective_from, terms
        self._rules: dict[str, list[tuple[int, AccountRule]]] = {}
        for rule in terms.rules:
            named = sum(weight for name, weight in _WEIGHT.items() if getattr(rule, name) is not None)
            self._rules.setdefault(rule.account, []).append((named, rule))
        for rules in self._rules.values():
            rules.sort(key=lambda each: -each[0])
        self._number = lru_cache(maxsize=4096)(self._found)

    def number(self, account: str, about: Mapping[str, Any]) -> Number:
        """The number for an account; what a chart has no rule for keeps its name."""
        return self._number(account, *(about.get(name) or "" for name in _WEIGHT))

    def _found(self, account: str, *about: str) -> Number:
        given = dict(zip(_WEIGHT, about, strict=True))
        for _, rule in self._rules.get(account, ()):
            if all(getattr(rule, name) in (None, given[name]) for name in _WEIGHT):
                return Number(rule.number, rule.name, rule.automatic)
        return Number(account, "", automatic=False)


class Charts:
    """The charts by their days. `version`: as of when so many were set."""

    def __init__(self, charts: Sequence[Chart]) -> None:
        self._charts = sorted(charts, key=lambda chart: (chart.effective_from, chart.version), reverse=True)
        self._neutral = Chart(0, date.min, NEUTRAL)

    def on(self, day: date) -> Chart:
        """The chart that holds on a day: of those from then or before, the last; of one day the one set last."""
        return next((chart for chart in self._charts if chart.effective_from <= day), self._neutral)

    def since(self, start: date, end: date) -> Sequence[Chart]:
        """Those that hold somewhen from `start` to `end`."""
        inside = [chart for chart in self._charts if start < chart.effective_from <= end]
        return [self.on(start), *reversed(inside)]


async def charts(database: Database, *, version: int | None = None) -> Charts:
    """The charts that were set, or the first `version` of them."""
    sql = "select version, effective_from, terms::text as terms from chart_row where $1::int is null or version <= $1"
    rows = await database.fetch(sql, version)
    found = [(row["version"], row["effective_from"], row["terms"]) for row in rows]
    return Charts([Chart(n, day, msgspec.json.decode(terms, type=ChartTerms)) for n, day, terms in found])
