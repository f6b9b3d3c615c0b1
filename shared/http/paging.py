"""Where in a list a page begins: `limit` and `cursor`, or `page` and `size`; and in which order (`sort=-due_on`).

A cursor holds the sort key of the last row shown, so rows that come and go before it shift nothing. It is opaque to
callers and bound to the order it was made for. Nulls come last in both directions.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import Request

from shared.http.filtering import Arguments
from shared.http.problems import BadParameter
from shared.kernel.envelope import parse_instant

PARAMETERS: Final = ("limit", "cursor", "page", "size", "sort")

LIMIT_DEFAULT: Final = 50
LIMIT_MAX: Final = 500
# Postgres counts rows before an offset one by one; whoever needs more pages by cursor.
_OFFSET_MAX: Final = 1_000_000

SORT_KEY: Final = "_sort_key"
TIE_KEY: Final = "_tie_key"


@dataclass(frozen=True, kw_only=True)
class Paging:
    """A page of a sorted list. `column` is `None` where the tiebreak alone gives the order."""

    sort: str
    column: str | None
    tiebreak: str
    descending: bool
    limit: int
    offset: int = 0
    by_number: bool = False
    last: tuple[Any, Any] | None = None
    nullable: bool = True
    turned: bool = False
    """Read from the other end: its rows come in the opposite order."""
    within: str | None = None
    """A column that rows are in order by before the tiebreak, which begins with its value and a `/`."""
    found_first: bool = False
    """What matches is found first and then put in order: of `greatest` of the column alone there is no index to walk
    through, and the rows need not be kept anywhere to keep Postgres from it."""

    @property
    def keys(self) -> Sequence[str]:
        """Extra columns of the page, from which the next cursor is made."""
        return (f"{self.column or self.tiebreak} as {SORT_KEY}", f"{self.tiebreak} as {TIE_KEY}")

    @property
    def order(self) -> str:
        direction = "desc" if self.descending else "asc"
        if self.column is None:
            return f"{f'greatest({self.tiebreak})' if self.found_first else self.tiebreak} {direction}"
        nulls = f" nulls {'first' if self.turned else 'last'}" if self.nullable else ""
        column = f"greatest({self.column})" if self.found_first else self.column
        within = f"{self.within} {direction}, " if self.within else ""
        return f"{column} {direction}{nulls}, {within}{self.tiebreak} {direction}"

    def parts(self) -> Sequence[Paging]:
        """What to ask for one after the other until the page is full: behind a value, and then where there is none.

        Asked at once the second would keep the first from being found by an index.
        """
        if self.last is None or self.column is None or not self.nullable or self.last[0] is None:
            return (self,)
        return self, replace(self, last=(None, None))

    def from_nearer_end(self, total: int) -> Paging:
        """The same page of so many rows, read from the end that it is nearer to: Postgres counts rows before an offset.

        >>> order = Paging(sort="", column="day", tiebreak="id", descending=False, limit=50, offset=900, by_number=True)
        >>> last = order.from_nearer_end(920)
        >>> last.order, last.limit, last.offset
        ('day desc nulls first, id desc', 20, 0)
        """
        shown = min(self.limit, total - self.offset)
        if not self.by_number or shown <= 0 or self.offset <= total // 2:
            return self
        offset = total - self.offset - shown
        return replace(self, descending=not self.descending, turned=True, limit=shown, offset=offset)

    def after(self, arguments: Arguments) -> list[str]:
        """The condition that leaves out what the cursor has passed."""
        if self.last is None:
            return []
        value, tie = self.last
        beyond = "<" if self.descending else ">"
        if value is None and tie is None:
            return [f"{self.column} is null"]
        if self.column is None:
            return [f"{self.tiebreak} {beyond} {arguments.add(tie)}"]
        if value is None:
            return [f"({self.column} is null and {self.tiebreak} {beyond} {arguments.add(tie)})"]
        if self.within is None:
            return [f"({self.column}, {self.tiebreak}) {beyond} ({arguments.add(value)}, {arguments.add(tie)})"]
        last = (arguments.add(value), arguments.add(str(tie).partition("/")[0]), arguments.add(tie))
        return [f"({self.column}, {self.within}, {self.tiebreak}) {beyond} ({', '.join(last)})"]


def read_paging(
    request: Request,
    *,
    sorts: Mapping[str, str],
    default: str | None,
    tiebreak: str,
    never_null: Collection[str] = (),
) -> Paging:
    """The page a request asks for. Raises `BadParameter` naming what can't be."""
    given = {name: _once(request, name) for name in PARAMETERS if name in request.query_params}
    sort = given.get("sort") or default or ""
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    if name and name not in sorts:
        ways = ", ".join(sorts) or "nothing"
        raise BadParameter("sort", f"this list sorts by {ways}, with a minus in front for descending; not by {name!r}")
    column = sorts[name] if name else None
    order = Paging(sort=sort, column=column, tiebreak=tiebreak, descending=descending, limit=LIMIT_DEFAULT)
    order = replace(order, nullable=column not in never_null)
    if "page" in given or "size" in given:
        if "cursor" in given or "limit" in given:
            raise BadParameter("page", "use page and size, or limit and cursor, not both")
        size = _number("size", given.get("size"), LIMIT_DEFAULT, LIMIT_MAX)
        page = _number("page", given.get("page"), 1, _OFFSET_MAX // size)
        return replace(order, limit=size, offset=(page - 1) * size, by_number=True)
    limit = _number("limit", given.get("limit"), LIMIT_DEFAULT, LIMIT_MAX)
    last = _read_cursor(given["cursor"], sort) if "cursor" in given else None
    return replace(order, limit=limit, last=last)


def cursor_of(row: asyncpg.Record | Mapping[str, Any], paging: Paging) -> str:
    """The cursor that continues after `row`."""
    content = [paging.sort, _tagged(row[SORT_KEY]), _tagged(row[TIE_KEY])]
    return base64.urlsafe_b64encode(msgspec.json.encode(content)).decode().rstrip("=")


def foreign_cursor() -> BadParameter:
    return BadParameter("cursor", "this is no cursor of this list; take next_cursor from its last answer")


def _read_cursor(text: str, sort: str) -> tuple[Any, Any]:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        made_for, value, tie = msgspec.json.decode(raw, type=tuple[str, list[Any], list[Any]])
        last = _untagged(value), _untagged(tie)
    except (ValueError, msgspec.DecodeError, KeyError) as error:
        raise foreign_cursor() from error
    if made_for != sort:
        raise BadParameter("cursor", f"the cursor was made with sort={made_for}; keep the order, or start again")
    return last


# Postgres types that sort keys have, as they travel in a cursor: exactly, and back as the type the driver expects.
def _tagged(value: Any) -> list[Any]:
    match value:
        case None:
            return ["0"]
        case bool():
            return ["b", value]
        case int():
            return ["i", str(value)]
        case str():
            return ["s", value]
        case Decimal():
            return ["n", str(value)]
        case datetime():
            return ["t", value.isoformat()]
        case date():
            return ["d", value.isoformat()]
        case _:
            raise TypeError(f"lists can't be sorted by a {type(value).__name__}")


def _untagged(tagged: list[Any]) -> Any:
    match tagged:
        case ["0"]:
            return None
        case ["b", bool(value)]:
            return value
        case ["i", str(value)]:
            return int(value)
        case ["s", str(value)]:
            return value
        case ["n", str(value)]:
            return Decimal(value)
        case ["t", str(value)]:
            return parse_instant(value)
        case ["d", str(value)]:
            return date.fromisoformat(value)
        case _:
            raise ValueError(f"{tagged!r} is no key")


def _once(request: Request, name: str) -> str:
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise BadParameter(name, f"{name} may be given once")
    return values[0]


def _number(name: str, text: str | None, default: int, largest: int) -> int:
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:12]) <= largest):
        raise BadParameter(name, f"{name} is a whole number from 1 to {largest}, not {text[:40]!r}")
    return int(text)
