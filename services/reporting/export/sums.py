"""Totals of a file, by currency: what is of one currency is never added to what is of another.

sums = Sums(columns)
sums.add({"currency": "EUR", "total": "12.40"}, {...})
sums.by_currency()        {"EUR": {"total": Decimal("12.40")}}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.reporting.export.cells import CURRENCY
from services.reporting.export.formats.contract import Column
from shared.kernel.decimals import EXACT


class Sums:
    def __init__(self, columns: Sequence[Column]) -> None:
        self._names = tuple(column.name for column in columns if column.kind == "money" and column.adds_up)
        self._sums: dict[str, dict[str, Decimal]] = {}

    def add(self, cells: Mapping[str, Any]) -> None:
        """The cells of one row. What says no currency is no money that could be added to other."""
        currency = cells.get(CURRENCY)
        if not isinstance(currency, str) or not self._names:
            return
        sums = self._sums.setdefault(currency, {})
        for name in self._names:
            amount = cells.get(name)
            if amount is not None:
                sums[name] = EXACT.add(sums.get(name, Decimal(0)), Decimal(amount))

    def by_currency(self) -> dict[str, dict[str, Decimal]]:
        return {currency: self._sums[currency] for currency in sorted(self._sums) if self._sums[currency]}
