"""How a line of a document is taxed, as far as it is one tax: what bookkeeping tells revenue apart by. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from services.invoicing.invoice.messages import TaxGroup
from services.reporting.journal.postings import About
from shared.kernel.decimals import format_decimal


class Line(Protocol):
    @property
    def n(self) -> int: ...
    @property
    def plan_id(self) -> str: ...
    @property
    def subscription_id(self) -> str: ...
    @property
    def charge_id(self) -> str: ...
    @property
    def tax_class(self) -> str | None: ...


class Taxed:
    """The taxes of one document."""

    def __init__(self, groups: Iterable[TaxGroup]) -> None:
        self._groups = list(groups)

    def about(self, line: Line) -> About:
        """What a posting of that line is about. A line of several taxes, or of none that is known, names no tax."""
        found = {(group.category, rate_of(group)) for group in self._groups if not group.lines or line.n in group.lines}
        category, rate = next(iter(found)) if len(found) == 1 else ("", "")
        return About(
            line_n=line.n,
            plan_id=line.plan_id,
            subscription_id=line.subscription_id,
            charge_id=line.charge_id,
            tax_class=line.tax_class or "",
            tax_category=category,
            tax_rate=rate,
        )


def rate_of(group: TaxGroup) -> str:
    """In percent, as short as it is exact: "20", "5.5"."""
    return format_decimal(group.rate)
