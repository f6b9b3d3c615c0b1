"""Lists as the contract gives them: filters, sorting, two ways to page, totals, all from one declaration.

    INVOICES = Listing(
        source="invoice_view",
        columns=("invoice_id", "number", "issued_on", "total", "currency"),
        filters={
            "status": Filter("status", one_of=("draft", "locked", "issued", "void")),
            "from": Filter("issued_on", op=">=", kind="date"),
            "q": Filter(where="(number = {value} or account_id = {value})"),
        },
        sorts={"issued_on": "issued_on", "due_on": "due_on"},
        default_sort="-issued_on",
        tiebreak="invoice_id",
        totals=Totals(currency="currency", sums={"amount": "total", "due": "due"}),
    )

    return await INVOICES.fetch(request, api, shape=invoice_shape)

    GET /v1/invoices?status=issued&status=locked&sort=-due_on&limit=50
    {"items": [...], "total": 118, "totals": [{"currency": "EUR", "amount": "1240.00", "due": "18.00"}],
     "next_cursor": "eyJr…", "as_of": "2026-11-23T06:00:00Z"}

Paging is by `limit` and `cursor` (a position in the order, exact while rows come and go) or by `page` and `size` (for
pagers). SQL text comes from the declaration only; what the caller sends travels as parameters. A parameter that nobody
declared is refused (400), as is a value that does not fit (422): an ignored filter would show wrong numbers.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

import asyncpg
from fastapi import Request, Response

from shared.engine.held import READS_AS
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.filtering import Arguments, Filter, conditions
from shared.http.paging import PARAMETERS, Paging, cursor_of, foreign_cursor, read_paging
from shared.kernel.bodies import parse_date
from shared.kernel.currency import minor_units
from shared.kernel.decimals import format_decimal

__all__ = ["Filter", "Listing", "Totals"]

Shape = Callable[[asyncpg.Record], Any]


@dataclass(frozen=True)
class KeptSums:
    """A smaller source of the same sums, exact where nothing is filtered by but `filters`.

    It has the columns that these and the sums name; `count` gives how many rows of the list its rows stand for. One
    kept `by_month` is exact where `from` and `to`, if they are given, are the first and the last day of a month.
    """

    source: str
    count: str
    filters: frozenset[str]
    by_month: bool = False

    def fits(self, asked: Collection[str], parameters: Mapping[str, str]) -> bool:
        """Whether it is exact for a request that filters by `asked`."""
        return self.filters.issuperset(asked) and (not self.by_month or _whole_months(parameters))


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Sums per currency over everything that matches, not only over the page.

    `sums` maps a name in the answer to a column or expression; `amount` is the one every list with money has. Of `kept`
    the first that has what a request filters by is asked, where a list is too long to be summed for each page.
    """

    currency: str = "currency"
    sums: Mapping[str, str] = field(default_factory=lambda: {"amount": "amount"})
    kept: tuple[KeptSums, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list endpoint over a table, a view, or a query in brackets with an alias.

    `sorts` maps what callers write to a column or expression; a leading minus in `default_sort` means descending.
    `tiebreak` is a column, unique over the whole source, that makes the order total. Nulls come last; of columns that
    are `never_null` one index serves both directions. `detail` joins to the rows of a page, called `page`, columns that
    are neither filtered nor sorted by. A list without money that grows for ever is counted up to `counted_to`
    rows: above, its total is that number and `total_is_minimum` is true. Of `kept` the first that has what is filtered
    by is asked. `branches` are queries that the source is all rows of: a page takes the first rows of
    each, so that each is read by its own index. `span_sort` is the order where a span of its column is asked for and no
    order: rows of a few days are not found by walking through all in another order. It is the order, too, where one of
    `span_filters` is given. `within` is a column that rows are
    put in order by before the tiebreak, where that begins with its value and a `/`: an index of the sort and this one
    then gives rows in their order, and only those that it has alike are put in order.
    """

    source: str
    tiebreak: str
    columns: Sequence[str] = ("*",)
    filters: Mapping[str, Filter] = field(default_factory=dict)
    sorts: Mapping[str, str] = field(default_factory=dict)
    default_sort: str | None = None
    span_sort: str | None = None
    span_filters: frozenset[str] = frozenset()
    totals: Totals | None = None
    never_null: frozenset[str] = frozenset()
    detail: str = ""
    counted_to: int | None = None
    kept: tuple[KeptSums, ...] = ()
    branches: tuple[str, ...] = ()
    within: str | None = None

    async def fetch(
        self,
        request: Request,
        api: Api,
        *,
        shape: Shape = dict,
        totals: Totals | None = None,
        where: Mapping[str, Any] | None = None,
    ) -> Response:
        """The answer to a GET of this list. `where` pins columns to values, say to the account in the path; in place of
        a column it may have a condition, in which `{value}` stands for the value."""
        return Answer(await self.page(request, api, shape=shape, totals=totals, where=where))

    async def page(
        self,
        request: Request,
        api: Api,
        *,
        shape: Shape = dict,
        totals: Totals | None = None,
        where: Mapping[str, Any] | None = None,
        found: Sequence[str] = (),
    ) -> dict[str, Any]:
        """The list's answer as a dict, for routes that add to it. `found` is what `{found}` of a filter stands for."""
        paging, clauses, arguments = self._asked(request, where, found)
        as_of = api.clock.now()
        # One snapshot for the page, the count and the sums, so that they agree.
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            summary = await self._summary(
                connection, totals or self.totals, self._place(request, where), clauses, arguments
            )
            counted_all = not summary["total_is_minimum"]
            few = counted_all and summary["total"] <= FEW and self._spans(request, paging.column)
            read = paging.from_nearer_end(summary["total"]) if counted_all else paging
            is_beyond = counted_all and summary["total"] <= paging.offset
            rows = [] if is_beyond else await self._rows(connection, read, clauses, arguments, few=few)
        if read.turned:
            rows = rows[read.limit - 1 :: -1]
        more = len(rows) > paging.limit
        rows = rows[: paging.limit]
        return {
            "items": [shape(row) for row in rows],
            **summary,
            "next_cursor": cursor_of(rows[-1], paging) if more and not paging.by_number else None,
            "as_of": as_of,
        }

    def check(self, request: Request) -> None:
        """Raises what `page` would refuse."""
        self._asked(request, None, ())

    async def everything(
        self, request: Request, connection: _Connection, *, found: Sequence[str] = ()
    ) -> tuple[int, AsyncIterator[asyncpg.Record]]:
        """How many rows match, and all of them in order, whatever page is asked; for use within a transaction."""
        paging, clauses, arguments = self._asked(request, None, found)
        count: int = await connection.fetchval(
            f"select count(*) from {self.source} {_where(clauses)}", *arguments.values
        )
        sql = f"select {', '.join(self.columns)} from {self.source} {_where(clauses)} order by {paging.order}"
        return count, connection.cursor(sql, *arguments.values, prefetch=_PREFETCH)

    def _asked(
        self, request: Request, where: Mapping[str, Any] | None, found: Sequence[str]
    ) -> tuple[Paging, list[str], Arguments]:
        paging = read_paging(
            request,
            sorts=self.sorts,
            default=self._default_sort(request),
            tiebreak=self.tiebreak,
            never_null=self.never_null,
        )
        paging = replace(paging, within=self.within if paging.column is not None and not paging.nullable else None)
        arguments = Arguments()
        clauses = [_pinned(column, arguments.add(value)) for column, value in (where or {}).items()]
        clauses += conditions(request, self.filters, arguments, known=PARAMETERS, found=found)
        return paging, clauses, arguments

    def _default_sort(self, request: Request) -> str | None:
        if self.span_sort is None:
            return self.default_sort
        if not self.span_filters.isdisjoint(request.query_params):
            return self.span_sort
        column = self.sorts[self.span_sort.removeprefix("-")]
        asked = (chosen for name, chosen in self.filters.items() if name in request.query_params)
        is_span = any(chosen.op in _OF_A_SPAN and chosen.column == column for chosen in asked)
        return self.span_sort if is_span else self.default_sort

    def _spans(self, request: Request, order: str | None) -> bool:
        """Whether a span is asked for, of days say, of another column than that of the order: what lies in it may stand
        together anywhere."""
        return any(
            chosen.op in _OF_A_SPAN and chosen.column != order and name in request.query_params
            for name, chosen in self.filters.items()
        )

    async def _rows(
        self, connection: _Connection, paging: Paging, clauses: list[str], arguments: Arguments, *, few: bool
    ) -> list[asyncpg.Record]:
        """One more than asked tells whether there is a next page. `few` rows are found first and then put in order."""
        rows: list[asyncpg.Record] = []
        for part in paging.parts():
            part = replace(part, found_first=few)
            page = arguments.copy()
            after = part.after(page)
            matching = f"from {self.source} {_where(clauses + after)}"
            cut = f"limit {page.add(paging.limit + 1 - len(rows))}::bigint offset {page.add(paging.offset)}::bigint"
            columns = ", ".join((*self.columns, *paging.keys))
            if self.branches and not few:
                reach = f"limit {page.add(paging.limit + 1 - len(rows) + paging.offset)}::bigint"
                matching = f"from ({self._first_of_each(_where(clauses + after), part.order, reach)}) as {self._alias}"
            sql = f"select {columns} {matching} order by {part.order} {cut}"
            if self.detail:
                inner = f"select * {matching} order by {part.order} {cut}"
                sql = f"select {columns} from ({inner}) as page {self.detail} order by {part.order}"
            try:
                rows += await connection.fetch(sql, *page.values)
            except asyncpg.DataError as error:
                if paging.last is None:
                    raise
                raise foreign_cursor() from error  # its values are not of this list's types: it was not made here
            if len(rows) > paging.limit:
                break
        return rows

    def _first_of_each(self, where: str, order: str, reach: str) -> str:
        """The rows of each branch that a page may have."""
        return " union all ".join(
            f"(select * from ({branch}) as {self._alias} {where} order by {order} {reach})" for branch in self.branches
        )

    @property
    def _alias(self) -> str:
        """What columns and sorts may call the source by."""
        return self.source.split()[-1].rpartition(".")[2]

    def _place(self, request: Request, where: Mapping[str, Any] | None) -> tuple[str, str]:
        """Where what matches is counted and summed, and how it is counted."""
        asked = {name for name in self.filters if name in request.query_params}
        if not where and READS_AS.get() is None:  # what is kept is of everybody
            for kept in (*self.kept, *(self.totals.kept if self.totals else ())):
                if kept.fits(asked, request.query_params):
                    return kept.source, kept.count
        return self.source, _EACH

    async def _summary(
        self,
        connection: _Connection,
        totals: Totals | None,
        place: tuple[str, str],
        clauses: list[str],
        arguments: Arguments,
    ) -> dict[str, Any]:
        """`total`, and `totals` where the list has money."""
        where = _where(clauses)
        source, count = place
        if totals is None:
            return {**await self._count(connection, source, count, where, arguments), "totals": []}
        sums = ", ".join(f"sum({column}) as s{n}" for n, column in enumerate(totals.sums.values()))
        rows = await connection.fetch(
            f"select {totals.currency} as currency, ({count})::bigint as n, {sums}"
            f" from {source} {where} group by 1 order by 1",
            *arguments.values,
        )
        per_currency = [_sums(row, totals) for row in rows if row["currency"] is not None]
        return {"total": sum(row["n"] for row in rows), "total_is_minimum": False, "totals": per_currency}

    async def _count(
        self, connection: _Connection, source: str, count: str, where: str, arguments: Arguments
    ) -> dict[str, Any]:
        """How many match, or that they are more than are counted."""
        if self.counted_to is None or count != _EACH:
            total = await connection.fetchval(f"select ({count})::bigint from {source} {where}", *arguments.values)
            return {"total": total or 0, "total_is_minimum": False}
        some = f"select 1 from {source} {where} limit {self.counted_to + 1}"
        total = await connection.fetchval(f"select count(*) from ({some}) as counted", *arguments.values)
        return {"total": min(total, self.counted_to), "total_is_minimum": total > self.counted_to}


_Connection = Any  # asyncpg's pool hands out a proxy that its stubs type apart from Connection


def _sums(row: asyncpg.Record, totals: Totals) -> dict[str, Any]:
    currency = row["currency"]
    decimals = minor_units(currency)
    sums = {name: format_decimal(row[f"s{n}"] or _ZERO, decimals_min=decimals) for n, name in enumerate(totals.sums)}
    return {"currency": currency, **sums}


def _whole_months(parameters: Mapping[str, str]) -> bool:
    """Days have been checked to be days."""
    start, end = parameters.get("from"), parameters.get("to")
    whole = start is None or parse_date(start).day == 1
    return whole and (end is None or _is_last_of_month(parse_date(end)))


def _is_last_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _pinned(column: str, value: str) -> str:
    return column.replace("{value}", value) if "{value}" in column else f"{column} = {value}"


def _where(clauses: Sequence[str]) -> str:
    return f"where {' and '.join(clauses)}" if clauses else ""


_ZERO: Final = Decimal(0)
_EACH: Final = "count(*)"
_OF_A_SPAN: Final = (">=", "<=", "<")
FEW: Final = 40_000
"""So many rows are put in order faster than an order is walked through to find a page of them."""
_PREFETCH: Final = 500
