"""What became of files: all of them, one with the lines that were refused, and those lines as a file.

GET /v1/usage/files?status=done&source=cmts1
GET /v1/usage/files/usage-file-pja3w…
    {"id": "usage-file-pja3w…", "name": "monday.csv", "status": "done", "done": 2500, "failed": 2,
     "records": {"accepted": 2480, "quarantined": 20, "duplicates": 0, "conflicts": 0, "all_counted": true}, …}
GET /v1/usage/files/usage-file-pja3w…/refused.csv

A piece that no record could be made of is refused, and told of here: the first `FAILURES_KEPT` of a file. A record that
was made of a piece and waits is in the quarantine, under the file's id as `batch_id`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.usage.file import rows
from services.usage.file.api import (
    PREFIX,
    FileFailure,
    batch_of,
    file_of_id,
    is_all_counted,
    job_shape,
    taken_commands,
)
from services.usage.file.limits import FILES_PATH
from services.usage.file.rows import QUEUE, File
from shared.engine.leased import STATUSES
from shared.http.actions import ActionShape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.filtering import Filter, begins
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import documented
from shared.http.problems import not_found


class FileRecords(BaseModel):
    """What became of its records; `all_counted` when each of them is in one of these."""

    accepted: int
    quarantined: int
    duplicates: int
    conflicts: int
    all_counted: bool


class FileShape(BaseModel):
    """A file of usage. `done` of its pieces are in the log, `failed` are not; `total` is null until the end."""

    id: str
    name: str
    source: str
    format: str
    status: Literal["queued", "running", "done", "failed", "cancelled"]
    done: int
    failed: int
    total: int | None
    records: FileRecords
    size_bytes: int
    sha256: str
    owner: str
    created_at: datetime
    finished_at: datetime | None
    allowed_actions: list[ActionShape]


class FileDetail(FileShape):
    """A file with the first pieces that were refused; refused.csv has the `refused_kept` that are kept."""

    refused_kept: int
    failures: list[FileFailure]


class FilePage(Page):
    items: list[FileShape]


# What was refused may be long, and a list does not show it.
_IN_A_LIST: Final = {"failures": "'[]'::text as failures"}

FILES: Final = Listing(
    source="durable.usage_file",
    columns=tuple(_IN_A_LIST.get(name, name) for name in File.__struct_fields__),
    filters={
        "status": Filter("status", one_of=STATUSES),
        "source": Filter("source"),
        "format": Filter("format"),
        "q": Filter(where=f"({begins('name', '{value}')} or {begins('source', '{value}')})"),
        "from": Filter("created_at", op=">=", kind="instant"),
        "to": Filter("created_at", op="<", kind="instant"),
    },
    sorts={"created_at": "created_at", "size_bytes": "size_bytes"},
    default_sort="-created_at",
    tiebreak="file_id",
)

_COUNTS: Final = """
select id, sum(accepted)::bigint as accepted, sum(quarantined)::bigint as quarantined,
       sum(duplicates)::bigint as duplicates, sum(conflicts)::bigint as conflicts
  from batch where id = any($1::text[]) group by id
"""
_NOTHING: Final = {"accepted": 0, "quarantined": 0, "duplicates": 0, "conflicts": 0, "recorded_at": None}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    readers = [api.roles(*READERS)]

    @routes.get(FILES_PATH, response_model=FilePage, dependencies=readers, openapi_extra=documented(FILES))
    async def files(request: Request) -> Response:
        """The files that were taken or are being taken, the newest first."""
        page = await FILES.page(request, api, shape=QUEUE.of)
        return Answer({**page, "items": await _shapes(api, page["items"])})

    @routes.get(f"{FILES_PATH}/{{file_id}}", response_model=FileDetail, dependencies=readers)
    async def file(file_id: str) -> Response:
        """One file, and the first of its pieces that were refused."""
        found = await _found(api, file_id)
        (shape,) = await _shapes(api, [found])
        shown = found.failures[: rows.FAILURES_SHOWN]
        return Answer({**shape, "refused_kept": len(found.failures), "failures": shown})

    @routes.get(f"{FILES_PATH}/{{file_id}}/refused.csv", dependencies=readers, response_class=Response)
    async def refused(file_id: str) -> Response:
        """The pieces that were refused: which of the file, from 1, why, and in words."""
        found = await _found(api, file_id)
        headers = {"Content-Disposition": f'attachment; filename="{found.file_id}-refused.csv"'}
        return Response(refused_csv(found), media_type="text/csv; charset=utf-8", headers=headers)

    return routes


def refused_csv(file: File) -> str:
    """A row for each refused piece; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("piece", "code", "reason"))
    for failure in file.failures:
        reason = f"'{failure.detail}" if failure.detail.startswith(_FORMULA) else failure.detail
        writer.writerow((int(failure.id) + 1, failure.code, reason))
    return text.getvalue()


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


async def _found(api: Api, file_id: str) -> File:
    if not file_id.startswith(PREFIX):
        raise not_found("file", file_id)
    return await file_of_id(api, file_id, "file")


async def _shapes(api: Api, files: Sequence[File]) -> list[dict[str, Any]]:
    """Files with what became of their records, counted for all of them at once."""
    # First how far they are counted, then the counts: these are never older.
    taken = await taken_commands(api)
    counted = await api.db.fetch(_COUNTS, [file.file_id for file in files])
    counts: dict[str, Mapping[str, Any]] = {row["id"]: {**_NOTHING, **dict(row)} for row in counted}
    return [
        _shape(file, batch_of(file, counts.get(file.file_id, _NOTHING), all_counted=is_all_counted(file, taken)))
        for file in files
    ]


def _shape(file: File, batch: Mapping[str, Any]) -> dict[str, Any]:
    job = job_shape(file)
    records = {name: batch[name] for name in ("accepted", "quarantined", "duplicates", "conflicts")}
    return {
        **{name: job[name] for name in FileShape.model_fields if name in job},
        "records": {**records, "all_counted": batch["status"] == "done"},
    }
