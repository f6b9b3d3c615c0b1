"""Lists and reports as files: a job reads them, the file is fetched when it is done.

POST /v1/report-jobs {"list": "invoices", "query": "status=issued", "columns": ["number", "total"], "format": "csv"}
     201 {"id": "reporting-…", "status": "queued", ...}                    GET /v1/jobs/{id} says how far it has come
GET  /v1/report-jobs/{id}/download                                        the file, for a day

Names are opened as the file goes out, for who fetches it: nothing personal is kept in the clear, and an erased name is
erased here too.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import StreamingResponse

from services.reporting.customer.names import CustomerNames
from services.reporting.export import columns
from services.reporting.export.sources import LISTS, ListSource
from services.reporting.export.work import Asked, items_of, request_of
from services.reporting.job import rows
from services.reporting.job.api import JobShape, create_job, job_shape, own_job
from services.reporting.job.rows import Job
from services.reporting.report.asking import ask
from services.reporting.reports import reports
from shared.engine.leased import DONE
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, Caller
from shared.http.openapi import takes
from shared.http.paging import PARAMETERS
from shared.http.problems import BadParameter, not_found
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.errors import Rejection, unsupported

KIND: Final = "export"
_PAGES: Final = tuple(name for name in PARAMETERS if name != "sort")


class NewExport(Body):
    """One of `list` (the path below `/v1/`) and `report`; `query` is the query string of that path, without a page.

    `columns` chooses and orders; without it the file has all of them.
    """

    list: str | None = Field(default=None, max_length=64)
    report: str | None = Field(default=None, max_length=64)
    query: PrintableText = Field(default="", max_length=4000)
    columns: Annotated[tuple[str, ...], Field(min_length=1, max_length=100)] | None = None
    format: Literal["csv", "xlsx", "pdf"] = "csv"


def router(api: Api, names: CustomerNames) -> APIRouter:
    routes = APIRouter()
    readers = [api.roles(*READERS)]

    @routes.post(
        "/v1/report-jobs",
        status_code=201,
        dependencies=readers,
        response_model=JobShape,
        openapi_extra=takes("Idempotency-Key"),
    )
    async def export(body: NewExport, request: Request) -> Response:
        """Export a list or a report as CSV; the answer is a job whose `result_url` will be the file."""
        if body.format != "csv":
            raise unsupported(f"the format {body.format}", pointer="/format")
        asked = await _asked(body, request, names, api.clock.now())
        job = await create_job(
            api, request, KIND, msgspec.json.decode(msgspec.json.encode(asked)), found_out=("found",)
        )
        return Answer(job_shape(job), status_code=201, headers={"Location": f"/v1/jobs/{job.job_id}"})

    @routes.get(
        "/v1/report-jobs/{job_id}/download",
        status_code=200,
        dependencies=readers,
        response_class=Csv,
    )
    async def download(job_id: str, request: Request) -> Response:
        """The file of an export that is done; 409 `not_done` before that."""
        job = await own_job(api, request, job_id)
        if job.kind != KIND:
            raise not_found("file of job", job_id)
        if job.status != DONE:
            raise Rejection("not_done", f"the job is {job.status}", status=409)
        asked = msgspec.convert(job.request, Asked)
        _check_role(asked, caller_of(request))
        name = f"{(asked.list or asked.report or '').replace('/', '-')}-{job.created_at.date()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Csv(_lines(api, names, request, job, asked), headers=headers)

    return routes


class Csv(StreamingResponse):
    media_type = "text/csv"


async def _asked(body: NewExport, request: Request, names: CustomerNames, now: datetime) -> Asked:
    """What the job needs to know. Raises what the list or the report itself would refuse."""
    if (body.list is None) == (body.report is None):
        raise Rejection("invalid", "name either a list or a report", pointer="/list")
    if body.report is not None:
        return _of_report(body, body.report, now)
    source = LISTS.get(body.list or "")
    if source is None:
        raise Rejection("invalid", f"a list is one of {', '.join(LISTS)}", pointer="/list")
    asked = Asked(list=body.list, query=body.query, columns=_columns(body, source.item))
    _check_role(asked, caller_of(request))
    inner = request_of(body.query)
    _check_query(source, inner)
    inner.state.caller = caller_of(request)
    return msgspec.structs.replace(asked, found=tuple(await names.matching(inner)))


def _of_report(body: NewExport, name: str, now: datetime) -> Asked:
    report = reports().get(name)
    if report is None:
        raise not_found("report", name)
    asked = Asked(report=name, query=body.query, columns=_columns(body, report.row))
    with _in_the_query():
        ask(report, request_of(body.query).query_params, now)
    return asked


def _columns(body: NewExport, item: type[BaseModel]) -> tuple[str, ...]:
    known = columns.columns_of(item)
    wrong = next((name for name in body.columns or () if name not in known), None)
    if wrong is not None:
        raise Rejection("invalid", f"columns are {', '.join(known)}; not {wrong!r}", pointer="/columns")
    return body.columns or known


def _check_role(asked: Asked, caller: Caller) -> None:
    roles = READERS if asked.list is None else LISTS[asked.list].roles
    if caller.role not in roles:
        raise Rejection("forbidden", f"the role {caller.role} may not read this list", status=403)


def _check_query(source: ListSource, request: Request) -> None:
    with _in_the_query():
        paged = next((name for name in _PAGES if name in request.query_params), None)
        if paged is not None:
            raise BadParameter(paged, f"an export has every row: leave {paged} out")
        source.listing.check(request)


@contextmanager
def _in_the_query() -> Iterator[None]:
    """What the list refuses is refused of the field that holds its query."""
    try:
        yield
    except BadParameter as error:
        raise Rejection(error.code, error.detail, pointer="/query") from error


async def _lines(api: Api, names: CustomerNames, request: Request, job: Job, asked: Asked) -> AsyncIterator[str]:
    """The file, piece by piece. Raises `FileIsGone` where the job is deleted meanwhile: half a file is no file."""
    yield columns.write(asked.columns, (), head=True)
    n = done = 0
    while done < job.done:
        piece = await rows.piece(api.db, job, n)
        if piece is None:
            raise FileIsGone(job.job_id)
        items = items_of(piece)
        n, done = n + 1, done + len(items)
        if asked.list is not None:
            await LISTS[asked.list].opened(api, names, request, items)
        yield columns.write(asked.columns, items)


class FileIsGone(Exception):
    """A day has passed while it was fetched; the connection is broken off."""
