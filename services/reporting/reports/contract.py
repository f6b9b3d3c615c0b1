"""What a report is, and the question it answers.

    Question(now=now, start=date(2026, 9, 1), end=date(2026, 9, 30), group_by="month", currency="EUR")

SQL of a report names its parameters: `bind("where day >= :start", question)` gives the text and the values in order.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any, Final

from pydantic import BaseModel

from services.reporting.database import Database
from shared.kernel.money import format_amount

Row = dict[str, Any]

# A name after a single colon; two colons are a cast.
_NAME: Final = re.compile(r"(?<!:):([a-z_]+)")
_TYPES: Final = {"now": "timestamptz", "start": "date", "end": "date", "group_by": "text", "currency": "text"}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of a report. `start` and `end` are days, both included; `None` where it has no such bound."""

    now: datetime
    start: date | None = None
    end: date | None = None
    group_by: str | None = None
    currency: str | None = None

    @property
    def today(self) -> date:
        """The clock's date, for figures that belong to no account and so to no account's time zone."""
        return self.now.date()


def _as_asked(question: Question) -> Question:
    return question


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report. `takes` lists the parameters that mean something to it, `groups` the values of `group_by`, `row` what
    its rows look like, as `examples` show. `asked` fills in the report's own defaults: `run` gets the question that the
    answer echoes.
    """

    name: str
    row: type[BaseModel]
    run: Callable[[Database, Question], Awaitable[Sequence[Row]]]
    takes: tuple[str, ...]
    examples: tuple[Row, ...]
    groups: tuple[str, ...] = ()
    asked: Callable[[Question], Question] = _as_asked


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


def percent(part: Decimal, of: Decimal) -> str | None:
    """To one decimal, half away from zero as all that is shown; `None` of nothing.

    >>> percent(Decimal("1"), Decimal("8")), percent(Decimal("-1"), Decimal("8")), percent(Decimal(1), Decimal(0))
    ('12.5', '-12.5', None)
    """
    if not of:
        return None
    with localcontext(prec=60, rounding=ROUND_HALF_UP):
        return f"{(part * 100 / of).quantize(Decimal('0.1')):f}"
