"""Exports of the journal: what each has, and its files, which are the same whenever they are fetched.

GET /v1/journal-exports                                                     every export, the latest first
GET /v1/journal-exports/{id}                                                with its files
GET /v1/journal-exports/{id}/file?format=datev&month=2026-10&currency=EUR   one of them

They are asked for at payments (bookkeeping/), whose event says what each export has.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any, Final, Literal, NamedTuple

from fastapi import APIRouter, Query, Response
from starlette.responses import StreamingResponse

from services.payments.bookkeeping.messages import DatevTerms
from services.reporting.export.formats.csv_file import written
from services.reporting.journal import datev, exported
from services.reporting.journal.chart import Charts, charts
from services.reporting.journal.exported import Export, posted_on
from services.reporting.journal.models import JournalExportPage, JournalExportShape
from shared.engine.progress import progress_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.problems import Unavailable, not_found
from shared.kernel.errors import Rejection
from shared.kernel.money import CurrencyCode, format_amount

KEEPERS: Final = ("admin", "billing", "auditor")
Month = Annotated[str, Query(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
Format = Literal["csv", "datev"]
ROWS_MAX: Final = datev.ROWS_MAX
"""Rows of a file, of either format."""
HEADINGS: Final = (
    *("entry_id", "n", "posted_on", "booked_on", "kind", "document_id", "number", "invoice_id", "line_n", "account_id"),
    *("debit", "debit_name", "debit_account", "credit", "credit_name", "credit_account", "amount", "currency"),
    *("plan_id", "subscription_id", "charge_id", "tax_class", "tax_category", "tax_rate", "method"),
    *("earned_from", "earned_to", "event_id", "recorded_at", "legal_entity"),
)


class Slice(NamedTuple):
    """Postings of an export that go into files of their own: of one month of bookkeeping, in one currency."""

    month: date
    currency: str
    postings: int
    entries: int
    legal_entity: str | None = None
    """Of these only what is in its books; of the operator's, where it is empty."""

    @property
    def parts(self) -> int:
        return -(-self.postings // ROWS_MAX)


class Datev(StreamingResponse):
    media_type = "text/csv; charset=windows-1252"


class Csv(StreamingResponse):
    media_type = "text/csv"


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    keepers = [api.roles(*KEEPERS)]

    @routes.get("/v1/journal-exports", dependencies=keepers, response_model=JournalExportPage)
    async def journal_exports() -> Response:
        """Exports, the latest first and at most 120 of them: ten years of months, so that there are no pages."""
        found = await exported.exports(api.db)
        items = [_said(export) for export in found[:SHOWN_MAX]]
        closed = [export.month for export in found if export.closes]
        through = f"{max(closed):%Y-%m}" if closed else None
        return Answer({"items": items, "total": len(found), "closed_through": through})

    @routes.get("/v1/journal-exports/{export_id}", dependencies=keepers, response_model=JournalExportShape)
    async def journal_export(export_id: str) -> Response:
        """What an export has, and its files."""
        return Answer(await _shape(api, await _find(api, export_id)))

    @routes.get("/v1/journal-exports/{export_id}/file", dependencies=keepers, response_class=Csv)
    async def journal_export_file(
        export_id: str,
        format: Format,
        month: Month,
        currency: CurrencyCode,
        part: Annotated[int, Query(ge=1, le=10_000)] = 1,
        legal_entity: Annotated[str | None, Query(max_length=64)] = None,
    ) -> Response:
        """A file. 503 `not_taken_yet` where reporting has not read all that it has. With `legal_entity` what of it is
        in the books of that one, or of the operator where it is empty; its parts are no longer than those of all."""
        export = await _find(api, export_id)
        await _check_taken(api, export)
        first = date.fromisoformat(f"{month}-01")
        slices = await _slices(api, export)
        found = next((each for each in slices if each.month == first and each.currency == currency), None)
        if found is None or part > found.parts:
            raise not_found("file", f"{month} {currency}, part {part}")
        found = found._replace(legal_entity=legal_entity)
        whose = "" if legal_entity is None else f"_{re.sub('[^A-Za-z0-9._-]', '', legal_entity) or 'operator'}"
        name = f"{'EXTF_' if format == 'datev' else ''}journal_{export.n:04d}_{month}_{currency}{whose}_{part}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        known = await charts(api.db, version=export.chart_version)
        if format == "csv":
            return Csv(_csv(api, export, found, part, known), headers=headers)
        terms = known.on(first).terms
        if terms.datev is None:
            raise Rejection(
                "datev_not_set", f"the chart {terms.name} names no consultant and client of DATEV", status=409
            )
        if not datev.can_hold(currency):
            raise Rejection("currency_not_of_datev", f"DATEV has two decimals, {currency} more; take CSV", status=409)
        return Datev(_datev(api, export, found, part, known, terms.datev), headers=headers)

    return routes


SHOWN_MAX: Final = 120


class _Logs:
    takes: Final = ("invoicing.events", "payments.events")


async def _find(api: Api, export_id: str) -> Export:
    export = await exported.find(api.db, export_id)
    if export is None:
        raise not_found("journal export", export_id)
    return export


async def _check_taken(api: Api, export: Export) -> None:
    """Raises `Unavailable` where an event before the cut is not in the tables yet: the file would not be all of it."""
    taken = await progress_of(api.db, _Logs(), partitions=api.settings.partitions)
    for log, cut in export.cut.items():
        reached = taken.offsets[f"{log}.events"]
        if any(offset < upto for offset, upto in zip(reached, cut, strict=False)):
            raise Unavailable("not_taken_yet", "events of this export are still being read; try again", retry_after_s=2)


async def _slices(api: Api, export: Export) -> list[Slice]:
    return [Slice(**row) for row in await exported.slices(api.db, export)]


async def _shape(api: Api, export: Export) -> dict[str, Any]:
    slices = await _slices(api, export)
    can = (await charts(api.db, version=export.chart_version)).on(export.month).terms.datev is not None
    formats = [*(("datev",) if can else ()), "csv"]
    files = [
        _file(export, name, each, part) for each in slices for name in formats for part in range(1, each.parts + 1)
    ]
    return {
        **_said(export),
        "postings": sum(each.postings for each in slices),
        "entries": sum(each.entries for each in slices),
        "files": [file for file in files if file is not None],
    }


def _said(export: Export) -> dict[str, Any]:
    said = {name: getattr(export, name) for name in ("n", "closes", "opens_on", "exported_at", "exported_by")}
    return {"id": export.export_id, "month": f"{export.month:%Y-%m}", **said}


def _file(export: Export, name: str, each: Slice, part: int) -> dict[str, Any] | None:
    if name == "datev" and not datev.can_hold(each.currency):
        return None
    month = f"{each.month:%Y-%m}"
    query = f"format={name}&month={month}&currency={each.currency}&part={part}"
    url = f"/v1/journal-exports/{export.export_id}/file?{query}"
    return {"format": name, "month": month, "currency": each.currency, "part": part, "url": url}


async def _rows(api: Api, export: Export, of: Slice, part: int) -> AsyncIterator[list[Any]]:
    """The postings of a part, a thousand at a time."""
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        page: list[Any] = []
        async for row in exported.rows(
            connection,
            export,
            of.month,
            of.currency,
            skip=(part - 1) * ROWS_MAX,
            take=ROWS_MAX,
            legal_entity=of.legal_entity,
        ):
            page.append(row)
            if len(page) == exported.READ_AT_ONCE:
                yield page
                page = []
        if page:
            yield page


async def _datev(
    api: Api, export: Export, of: Slice, part: int, known: Charts, terms: DatevTerms
) -> AsyncIterator[bytes]:
    name = known.on(of.month).terms.name
    file = datev.File(terms, name, of.month, of.currency, export.exported_at, export.closes)
    yield datev.head(file).encode(datev.ENCODING)
    async for page in _rows(api, export, of, part):
        days = [posted_on(row["booked_on"], export.opens_on) for row in page]
        lines = [
            datev.row(row, known.on(day), posted_on=day, final=export.closes)
            for row, day in zip(page, days, strict=True)
        ]
        yield "".join(lines).encode(datev.ENCODING)


async def _csv(api: Api, export: Export, of: Slice, part: int, known: Charts) -> AsyncIterator[str]:
    yield written(HEADINGS, (), head=True)
    async for page in _rows(api, export, of, part):
        yield written(HEADINGS, [_cells(row, export, known) for row in page])


def _cells(row: Any, export: Export, known: Charts) -> dict[str, Any]:
    day = posted_on(row["booked_on"], export.opens_on)
    cells = {**dict(row), "posted_on": day, "amount": format_amount(row["amount"], row["currency"])}
    for side in ("debit", "credit"):
        number = known.on(day).number(row[side], row)
        cells |= {side: number.number, f"{side}_name": number.name, f"{side}_account": row[side]}
    return cells
