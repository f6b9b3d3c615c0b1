"""What a report is, and the question it answers.

    Question(now=now, start=date(2026, 9, 1), end=date(2026, 9, 30), group_by="month", currency="EUR")

    REPORT = Report(
        name="currencies",
        definition="How many accounts there are in each currency.",
        columns=(Column("currency", "text", "the currency"), Column("accounts", "count", "accounts opened in it")),
        takes=("currency",),
        run=run,
        examples=({"currency": "EUR", "accounts": 7},),
    )

SQL of a report names its parameters: `bind("where day >= :start", question)` gives the text and the values in order.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cached_property
from typing import Any, Final, Literal

from pydantic import BaseModel

from services.reporting.database import Database
from services.reporting.report.column import FIGURES, Column, row_model
from shared.http.problems import BadParameter
from shared.kernel.decimals import EXACT
from shared.kernel.money import format_amount

__all__ = ["Column", "Question", "Report", "Row", "amounts", "bind", "fetch", "percent", "rounded"]

Row = dict[str, Any]
DefaultRange = Literal["twelve_months", "last_month", "thirty_days"]

# A name after a single colon; two colons are a cast.
_NAME: Final = re.compile(r"(?<!:):([a-z_]+)")
_TYPES: Final = {
    **{"now": "timestamptz", "start": "date", "end": "date", "group_by": "text", "currency": "text"},
    "rows_max": "bigint",
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of a report. `start` and `end` are days, both included; `None` where it has no such bound."""

    now: datetime
    start: date | None = None
    end: date | None = None
    group_by: str | None = None
    currency: str | None = None
    rows_max: int = 10_000

    @property
    def today(self) -> date:
        """The clock's date, for figures that belong to no account and so to no account's time zone."""
        return self.now.date()

    @property
    def days(self) -> tuple[date, date]:
        """Both bounds, of a report that always has them."""
        assert self.start is not None and self.end is not None, "its default range fills them in"
        return self.start, self.end


Drill = Callable[[Question, Row], Mapping[str, str | None]]


def _no_rows(question: Question, row: Row) -> Mapping[str, str | None]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report.

    `takes` lists the parameters that mean something to it, `groups` the values of `group_by`, of which `default_group`
    is meant where none is given. `default_range` is what days it is of unless they are said; without one it is of the
    moment. With `whole_months` the months count whole in which these days are. `drill` says where the rows behind a
    row's figures are read; figures it does not name have none. `figures` defines what a report calls by name in its
    rows. `days_max` bounds the days that may be asked for. `about` is what a reader has to know
    besides: what counts and what does not.
    """

    name: str
    definition: str
    columns: tuple[Column, ...]
    run: Callable[[Database, Question], Awaitable[Sequence[Row]]]
    takes: tuple[str, ...]
    examples: tuple[Row, ...]
    groups: tuple[str, ...] = ()
    default_group: str | None = None
    default_range: DefaultRange | None = None
    whole_months: bool = False
    drill: Drill = _no_rows
    figures: tuple[Column, ...] = ()
    about: str = ""
    days_max: int = 3_660

    @cached_property
    def row(self) -> type[BaseModel]:
        """The shape of a row, as an export has it."""
        return row_model(f"{self._words}Cells", self.definition, self.columns)

    @cached_property
    def item(self) -> type[BaseModel]:
        """The shape of a row as it is answered: with `rows`."""
        more = {"rows": (Mapping[str, str | None], ...)}
        return row_model(f"{self._words}Row", self.definition, self.columns, **more)

    @property
    def _words(self) -> str:
        return "".join(part.capitalize() for part in self.name.split("-"))

    def asked(self, question: Question) -> Question:
        """The question with this report's defaults filled in: `run` gets it, and the answer echoes it."""
        group_by = question.group_by or self.default_group
        start, end = question.start, question.end
        match self.default_range:
            case "twelve_months":
                end = end or question.today
                start = start or _a_year_before(end)
            case "last_month":
                end = end or question.today.replace(day=1) - timedelta(days=1)
                start = start or end.replace(day=1)
            case "thirty_days":
                end = end or question.today
                start = start or max(end, date(1, 2, 1)) - timedelta(days=29)
        if start is not None and self.whole_months:
            start = start.replace(day=1)
        return replace(question, start=start, end=end, group_by=group_by)

    def answered(self, question: Question, row: Row) -> Row:
        """A row as it is answered: with the list request behind each of its figures."""
        found = self.drill(question, row)
        shown = {column.name: row[column.name] for column in self.columns if column.name in row}
        rows = {c.name: found.get(c.name) for c in self.columns if c.kind in FIGURES and c.name in row}
        return shown | {"rows": rows}

    async def answer(self, database: Database, question: Question) -> Sequence[Row]:
        """The rows that `run` gives. Raises `BadParameter` where they are too many: none is left out unsaid."""
        rows = await self.run(database, question)
        if len(rows) > question.rows_max:
            detail = f"the report {self.name} has at most {question.rows_max} rows; ask for fewer days or one currency"
            raise BadParameter("group_by", detail, code="too_many_rows")
        return rows


def _a_year_before(end: date) -> date:
    """The first day of the month a year before: twelve months and the one that is running."""
    return date(max(end.year - 1, 1), end.month, 1)


def bind(sql: str, question: Question, **more: Any) -> tuple[str, list[Any]]:
    """The statement with numbered parameters and their values. `more` adds to the question's own.

    >>> from datetime import UTC
    >>> bind("select :start::date, :end, :start", Question(now=datetime(2026, 9, 1, tzinfo=UTC)))[0]
    'select $1::date::date, $2::date, $1::date'
    """
    values: Mapping[str, Any] = {**asdict(question), **more}
    order: list[str] = []

    def number(match: re.Match[str]) -> str:
        name = match[1]
        if name not in order:
            order.append(name)
        cast = f"::{_TYPES[name]}" if name in _TYPES else ""
        return f"${order.index(name) + 1}{cast}"

    text = _NAME.sub(number, sql)
    return text, [values[name] for name in order]


async def fetch(database: Database, sql: str, question: Question, **more: Any) -> list[Any]:
    """The rows of a statement with named parameters."""
    text, values = bind(sql, question, **more)
    return await database.fetch(text, *values)


def amounts(row: Mapping[str, Any], *names: str) -> Row:
    """Columns of a row as decimal strings of its `currency`; nothing is zero."""
    return {name: format_amount(row[name] or Decimal(0), row["currency"]) for name in names}


def rounded(part: Decimal, of: Decimal) -> str:
    """A quotient to one decimal, half away from zero as all that is shown.

    >>> rounded(Decimal("3960"), Decimal("88"))
    '45.0'
    """
    with localcontext(prec=60, rounding=ROUND_HALF_UP):
        return f"{(part / of).quantize(Decimal('0.1')):f}"


def percent(part: Decimal, of: Decimal) -> str | None:
    """To one decimal, half away from zero as all that is shown; `None` of nothing.

    >>> percent(Decimal("1"), Decimal("8")), percent(Decimal("-1"), Decimal("8")), percent(Decimal(1), Decimal(0))
    ('12.5', '-12.5', None)
    """
    return rounded(EXACT.multiply(part, Decimal(100)), of) if of else None
