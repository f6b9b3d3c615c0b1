"""The job `export`: every row that matches, as of one moment, kept in pieces until the file is fetched.

    Asked(list="invoices", query="status=issued", columns=("number", "total"))

Rows are read in one snapshot, at most `ROWS_MAX` of them within `READ_S`. A piece is rows as JSON, one a line.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import Request

from services.reporting.export.formats import formats
from services.reporting.export.sources import LISTS
from services.reporting.held import HOLDING
from services.reporting.job.runner import JobFailed, Run
from services.reporting.report.asking import ask
from services.reporting.reports import reports
from shared.engine.held import Held, HeldDatabase, Relations

ROWS_MAX: Final = 500_000
CELLS_MAX: Final = 25_000_000
"""Of a sheet of Excel, which would have 2 GB before it is compressed."""
READ_S: Final = 120.0
ROWS_PER_PIECE: Final = 1000

_encode: Final = msgspec.json.Encoder(decimal_format="string").encode


class Asked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is exported: a list, or a report. `found` are the accounts that the query's `q` names, when it was asked.

    `schedule` is the one that asked, and `readers` are who may fetch the file besides its owner. `entities` are the
    legal entities that who asked is held to: the file has what is theirs. `language` is what a
    PDF is written in.
    """

    query: str
    columns: tuple[str, ...]
    list: str | None = None
    report: str | None = None
    found: tuple[str, ...] = ()
    format: str = "csv"
    schedule: str | None = None
    readers: tuple[str, ...] = ()
    entities: tuple[str, ...] | None = None
    language: str = "en"

    @property
    def rows_max(self) -> int:
        return min(ROWS_MAX, formats()[self.format].rows_max)


async def run(run: Run) -> None:
    """Raises `JobFailed`."""
    asked = msgspec.convert(run.job.request, Asked)
    run.result["as_of"] = run.clock.now().isoformat()
    try:
        async with (
            asyncio.timeout(READ_S),
            run.pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            read = connection if asked.entities is None else await _held(connection, asked.entities)
            await (_report if asked.list is None else _list)(run, asked, read)
    except TimeoutError as error:
        raise JobFailed("too_slow", f"it can't be read within {READ_S:.0f} s; narrow the filter") from error
    run.result["bytes"] = run.bytes_kept


async def _held(connection: Any, entities: Iterable[str]) -> HeldDatabase:
    return HeldDatabase(connection, await Relations.of(HOLDING, connection), Held(frozenset(entities)))


async def _list(run: Run, asked: Asked, connection: Any) -> None:
    source = LISTS[asked.list or ""]
    listing = source.at(run.clock.now())
    run.total, rows = await listing.everything(request_of(asked.query), connection, found=asked.found)
    _check_size(run.total, asked)
    page: list[asyncpg.Record] = []
    async for row in rows:
        page.append(row)
        if len(page) == ROWS_PER_PIECE:
            await _put(run, map(source.shape, page))
            page = []
    await _put(run, map(source.shape, page))


async def _report(run: Run, asked: Asked, connection: Any) -> None:
    report = reports()[asked.report or ""]
    question = ask(report, request_of(asked.query).query_params, run.clock.now())
    items = await report.answer(connection, replace(question, rows_max=ROWS_MAX))
    run.total = len(items)
    run.result["question"] = {
        name: str(value)
        for name, value in (
            *(("from", question.start), ("to", question.end)),
            *(("group_by", question.group_by), ("currency", question.currency)),
        )
        if value is not None
    }
    _check_size(run.total, asked)
    for start in range(0, len(items), ROWS_PER_PIECE):
        await _put(run, items[start : start + ROWS_PER_PIECE])


def _check_size(total: int, asked: Asked) -> None:
    """Raises `JobFailed` for more than the format is any good for."""
    if total > asked.rows_max:
        other = "" if asked.rows_max == ROWS_MAX else ", or take Excel"
        detail = f"{total} rows match, at most {asked.rows_max} make a file of {asked.format}; narrow the filter{other}"
        raise JobFailed("too_many_rows", detail)
    if asked.format == "xlsx" and total * len(asked.columns) > CELLS_MAX:
        detail = f"{total} rows of {len(asked.columns)} columns are more than {CELLS_MAX} cells; choose fewer columns"
        raise JobFailed("too_many_cells", detail)


async def _put(run: Run, items: Iterable[Mapping[str, Any]]) -> None:
    lines = [_encode(item) for item in items]
    if lines:
        await run.put(zlib.compress(b"\n".join(lines), 1))
        run.done += len(lines)


def items_of(piece: bytes) -> list[dict[str, Any]]:
    """The rows of a piece."""
    return [msgspec.json.decode(line) for line in zlib.decompress(piece).split(b"\n")]


def request_of(query: str) -> Request:
    """The request for a list that has this query string."""
    return Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": query.encode()})
