"""The records behind a day lie in pages, so that its row stays short, whatever a line reports in a day.

    usage_day         sub-1, data.octets, 2026-09-03: pages 2, positions b"..."      the newest, less than a page
    usage_day_page    sub-1, data.octets, 2026-09-03, n 0 and 1                      those before; written once

A batch appends to the row, and what has grown to a page is cut off. A page is the groups of positions (lineage.py) up
to the first that makes it as long as `PAGE_BYTES`: where it ends follows from the positions alone. So a rebuild has the
same pages, whatever its batches are. late_usage_day has its own in late_usage_day_page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Final

import asyncpg

from services.rating.lineage import ONE_BYTES, all_single, groups
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Row
from shared.engine.tables import Tables, insert, update

PAGE_BYTES: Final = 1024
"""A row with less is never stored out of line."""
_SINGLE: Final = -(-PAGE_BYTES // ONE_BYTES)
_SINGLE_BYTES: Final = _SINGLE * ONE_BYTES
"""A page of groups of one record."""


class UsageDayPage(Row, frozen=True, kw_only=True):
    """`records` are how many positions it has."""

    TABLE = "usage_day_page"
    KEY = ("subscription_id", "meter", "day", "plan_version", "plan_id", "n")

    subscription_id: str
    meter: str
    day: date
    plan_version: int
    plan_id: str
    n: int
    records: int
    positions: bytes


class UsageDayRest(Change, frozen=True, kw_only=True):
    """What a row keeps where pages are cut off."""

    TABLE = "usage_day"
    KEY = ("subscription_id", "meter", "day", "plan_version", "plan_id")

    subscription_id: str
    meter: str
    day: date
    plan_version: int
    plan_id: str
    pages: int
    positions: bytes


class LateUsageDayPage(Row, frozen=True, kw_only=True):
    """As `UsageDayPage`, of usage that came late."""

    TABLE = "late_usage_day_page"
    KEY = ("subscription_id", "meter", "day", "plan_version", "plan_id", "billed_in", "n")

    subscription_id: str
    meter: str
    day: date
    plan_version: int
    plan_id: str
    billed_in: date
    n: int
    records: int
    positions: bytes


class LateUsageDayRest(Change, frozen=True, kw_only=True):
    """As `UsageDayRest`, of usage that came late."""

    TABLE = "late_usage_day"
    KEY = ("subscription_id", "meter", "day", "plan_version", "plan_id", "billed_in")

    subscription_id: str
    meter: str
    day: date
    plan_version: int
    plan_id: str
    billed_in: date
    pages: int
    positions: bytes


class PagedTable:
    """A table of days with its pages: what is read of both together, and what is cut off.

    Statements take the partition, then the columns of `key` in order.
    """

    def __init__(self, page: type[Row], rest: type[Change]) -> None:
        self._page, self._rest = page, rest
        self._tables = Tables(insert(page), update(rest))
        self.key = rest.KEY
        self.forget: Final = f"delete from {page.TABLE} where {self._is('$1', self._numbered())}"
        """Deletes the pages of a row."""

    @property
    def grown(self) -> str:
        """Of rows that a `with added as (...)` returns, those with a page to cut off."""
        return (
            f"select {', '.join(self.key)}, pages, positions from added where octet_length(positions) >= {PAGE_BYTES}"
        )

    @property
    def returned(self) -> str:
        """What `grown` needs of a row `t`."""
        return f"returning {', '.join(f't.{name}' for name in self.key)}, t.pages, t.positions"

    def whole(self, row: str) -> str:
        """All positions of a row of this name, the pages first."""
        pages = f"select string_agg(page.positions, ''::bytea order by page.n) from {self._page.TABLE} page"
        pages += f" where {self._same(row)}"
        return f"(case when {row}.pages = 0 then {row}.positions else ({pages}) || {row}.positions end)"

    def first(self, row: str) -> str:
        """The first of them, a page or all there are."""
        pages = f"select page.positions from {self._page.TABLE} page where {self._same(row)} and page.n = 0"
        return f"(case when {row}.pages = 0 then {row}.positions else ({pages}) end)"

    async def cut(self, connection: Connection, partition: int, grown: Iterable[asyncpg.Record]) -> None:
        """Move what fills pages out of these rows (`grown`); of two with the same key the last one counts."""
        last = {tuple(row[name] for name in self.key): row for row in grown}
        rows = (self.cut_row(key, row["pages"], row["positions"]) for key, row in last.items())
        await self.write(connection, partition, chain.from_iterable(rows))

    def cut_row(self, key: Sequence[Any], pages: int, positions: bytes) -> list[Columns]:
        """A row that has so many pages already, as it is kept: its new pages and the rest."""
        named = dict(zip(self.key, key, strict=True))
        full, rest = cut_off(positions)
        kept: list[Columns] = [
            self._page(**named, n=n, records=records, positions=packed)
            for n, (packed, records) in enumerate(full, pages)
        ]
        return [*kept, self._rest(**named, pages=pages + len(full), positions=rest)]

    async def write(self, connection: Connection, partition: int, rows: Iterable[Columns]) -> None:
        """Rows of `cut_row`."""
        await self._tables.write(connection, partition, rows)

    def _same(self, row: str) -> str:
        return self._is(f"{row}.partition", {name: f"{row}.{name}" for name in self.key}, of="page.")

    def _numbered(self) -> dict[str, str]:
        return {name: f"${n}" for n, name in enumerate(self.key, 2)}

    def _is(self, partition: str, key: Mapping[str, str], *, of: str = "") -> str:
        return " and ".join(f"{of}{name} = {value}" for name, value in {"partition": partition, **key}.items())


def cut_off(positions: bytes) -> tuple[list[tuple[bytes, int]], bytes]:
    """Full pages, each with how many records it has, and what fills none.

    >>> from services.rating.lineage import pack
    >>> full, rest = cut_off(pack(3, 1842, range(600)) + pack(3, 1843, [17]))
    >>> [(len(page), records) for page, records in full], len(rest)
    ([(1212, 600)], 14)
    """
    if all_single(positions):
        end = len(positions) - len(positions) % _SINGLE_BYTES
        pages = range(0, end, _SINGLE_BYTES)
        return [(positions[at : at + _SINGLE_BYTES], _SINGLE) for at in pages], positions[end:]
    full: list[tuple[bytes, int]] = []
    start = records = 0
    for group in groups(positions):
        records += group.records
        if group.end - start >= PAGE_BYTES:
            full.append((positions[start : group.end], records))
            start, records = group.end, 0
    return full, positions[start:]


DAYS: Final = PagedTable(UsageDayPage, UsageDayRest)
LATE_DAYS: Final = PagedTable(LateUsageDayPage, LateUsageDayRest)
