"""What a list of rows behind figures is.

    LIST = RowList(
        name="tax-amounts",
        definition="Taxed amounts of issued documents, those of credit notes below zero.",
        columns=(Column("day", "date", "the day of issue"), ..., Column("tax", "money", "the tax of it")),
        branches=("select ... from invoice_row ...", "select ... from credit_note_row ..."),
        filters={"from": Filter("day", op=">=", kind="date"), ...},
        sums=("base", "tax"),
    )

Source and branches have all columns, `place`, which is unique, and what `sort` names; `within` is as in a `Listing`.
Money goes with the `currency` of its row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel, create_model

from services.reporting.report.column import Column, row_model
from shared.http.listing import Filter, KeptSums, Listing, Totals
from shared.http.pages import Page, Total
from shared.kernel.currency import minor_units
from shared.kernel.decimals import format_decimal
from shared.kernel.money import format_amount
from shared.kernel.rounding import round_decimals

__all__ = ["BY_DAY", "Column", "Filter", "KeptSums", "RowList"]

BY_DAY: Final[Mapping[str, Filter]] = {
    "from": Filter("day", op=">=", kind="date"),
    "to": Filter("day", op="<=", kind="date"),
    "currency": Filter("currency"),
}
"""Days, both included, and the currency."""


@dataclass(frozen=True, kw_only=True)
class RowList:
    """One list: of a source, or of all rows of its `branches`; `source_at` and `branches_at` go by the clock. Each of
    `sums` is a column."""

    name: str
    definition: str
    columns: tuple[Column, ...]
    filters: Mapping[str, Filter]
    sums: tuple[str, ...]
    source: str = ""
    source_at: Callable[[datetime], str] | None = None
    branches: tuple[str, ...] = ()
    branches_at: Callable[[datetime], tuple[str, ...]] | None = None
    sort: str = "-day"
    never_null: frozenset[str] = frozenset({"day", "place"})
    kept: tuple[KeptSums, ...] = field(default=())
    within: str | None = None

    @property
    def alias(self) -> str:
        """What its filters may call a row."""
        return self.name.replace("-", "_").removesuffix("s")

    @property
    def path(self) -> str:
        return f"/v1/reports/rows/{self.name}"

    def listing(self, now: datetime) -> Listing:
        """The list at an instant of the clock."""
        key = self.sort.removeprefix("-")
        source = self.source_at(now) if self.source_at else self.source
        branches = self.branches_at(now) if self.branches_at else self.branches
        return Listing(
            source=source or f"({' union all '.join(branches)}) as {self.alias}",
            branches=branches,
            columns=tuple(f'"{column.name}"' for column in self.columns),
            filters=self.filters,
            sorts={key: key},
            default_sort=self.sort,
            tiebreak="place",
            never_null=self.never_null,
            within=self.within,
            totals=Totals(sums={"amount": self.sums[0]} | {name: name for name in self.sums}, kept=self.kept),
        )

    @cached_property
    def item(self) -> type[BaseModel]:
        """The shape of a row."""
        return row_model(f"{self._words}Item", self.definition, self.columns)

    @property
    def _words(self) -> str:
        return "".join(part.capitalize() for part in self.name.split("-"))

    @cached_property
    def page(self) -> type[BaseModel]:
        """The shape of its answer."""
        total = create_model(f"{self._words}Total", __base__=Total, **dict.fromkeys(self.sums, (str, ...)))  # type: ignore[call-overload]
        item: Any = self.item
        fields: dict[str, Any] = {"items": (list[item], ...), "totals": (Sequence[total], ...)}
        return create_model(f"{self._words}Page", __base__=Page, __doc__=self.definition, **fields)

    def shape(self, row: Any) -> dict[str, Any]:
        """A row of the source as an item."""
        return {column.name: _value(column, row) for column in self.columns}


def _value(column: Column, row: Any) -> Any:
    value = row[column.name]
    if value is None:
        return None
    if column.kind == "money":
        amount = round_decimals(value, minor_units(row["currency"])) if column.rounds else value
        return format_amount(amount, row["currency"])
    return format_decimal(value) if isinstance(value, Decimal) else value
