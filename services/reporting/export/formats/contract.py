"""What a format is, and what it is told.

    writer = formats()["xlsx"].writer(Contents(title="Invoices", columns=(...), facts=(("As of", "…"),), ...))
    writer.rows([{"number": "INV-1", "total": {"amount": "12.40", "currency": "EUR"}}])      # bytes, as they come
    writer.end()                                                                             # the rest

A writer is one file's. It is called in a thread, one call after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Kind = Literal["text", "money", "number", "integer", "date", "instant", "yes_no"]
"""What a column holds. `number`: an exact decimal that is no money, such as a quantity or a rate."""

Item = Mapping[str, Any]
"""A row as an answer has it, in JSON."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """`definition` and `formula` are for people. `adds_up`: whether a sum of it, per currency, means something."""

    name: str
    kind: Kind = "text"
    definition: str = ""
    formula: str = ""
    adds_up: bool = True


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a file says besides its rows. `facts` are the question: what was asked, as of when, by whom."""

    title: str
    columns: tuple[Column, ...]
    facts: tuple[tuple[str, str], ...]
    made_at: datetime
    definition: str = ""
    chart: tuple[str, str] | None = None
    """The column of a date, and the one of money that is drawn over it; `None` for a file without a picture."""
    name: str = ""
    """The list or report, by which a language may have another title for it."""
    language: str = "en"
    """Of who asked, for a format that is made to be read (BCP 47)."""


class Writer(Protocol):
    def rows(self, items: Sequence[Item]) -> bytes: ...
    def end(self) -> bytes: ...


@dataclass(frozen=True, kw_only=True)
class Format:
    """`rows_max` and `columns_max` bound what the format is any good for; more is refused when it is asked."""

    name: str
    media_type: str
    writer: Callable[[Contents], Writer]
    rows_max: int
    columns_max: int
