"""Files over HTTP: sent whole, taken in the background, once.

    POST /v1/usage/files?source=cmts1&format=ipdr   (the file as the body)
    202 {"id": "usage-file-pja3w…", "status": "queued", "done": 0, "failed": 0, "total": null, "batch_id": …}
    GET  /v1/jobs/usage-file-pja3w…                  how far it has come
    GET  /v1/usage/batches/usage-file-pja3w…         what became of its records; list_api.py has files as a list

The same content of the same source is the same file: sent again it answers 200 with its first job, under whatever name
it comes. One that failed or was cancelled goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from services.usage.file import rows
from services.usage.file.limits import FILE_BYTES_MAX, FILES_PATH
from services.usage.file.rows import QUEUE, File, NewFile, TooManyFiles
from services.usage.formats import format_of, formats
from services.usage.formats.contract import FORMAT, SOURCE, TIME_ZONE
from services.usage.formats.contract import Format as WireFormat
from services.usage.record.api import Batch, headers_of_settings
from services.usage.record.fields import TEXT_LENGTH_MAX
from shared.engine.leased import CANCELLED, DONE
from shared.engine.progress import progress_of
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, REPORTERS
from shared.http.problems import BadParameter, Unavailable, not_found
from shared.http.upload import Upload, spooled
from shared.kernel.calendar import UnknownTimeZone, zone
from shared.kernel.errors import Rejection
from shared.kernel.ids import derive

PREFIX: Final = "usage-file-"
_NAME_LENGTH_MAX: Final = 255
_COMMANDS: Final = "usage.commands"


class FileFailure(BaseModel):
    """A piece that was not taken; `id` is its place in the file, from 0."""

    id: str
    code: str
    detail: str


class FileJob(BaseModel):
    """A file on its way into the log. `done` counts its pieces that were taken, `failed` those that were not, of which
    `failures` has the first 100. `total` is null until the end. `result_url` says what became of the records."""

    id: str
    kind: Literal["usage-file"]
    status: Literal["queued", "running", "done", "failed", "cancelled"]
    done: int
    failed: int
    total: int | None
    failures: list[FileFailure]
    result_url: str | None
    batch_id: str
    source: str
    format: str
    name: str
    size_bytes: int
    sha256: str
    owner: str
    created_at: datetime
    finished_at: datetime | None
    allowed_actions: list[ActionShape]


_FORMATS: Final = {each.name: each for each in formats().values() if each.cutter is not None}
"""Those that a file may be of."""

_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": f"The file, at most {FILE_BYTES_MAX >> 20} MB once unpacked; `Content-Encoding` may be gzip.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
}
_COUNTS: Final = """
select coalesce(sum(accepted), 0)::bigint as accepted, coalesce(sum(quarantined), 0)::bigint as quarantined,
       coalesce(sum(duplicates), 0)::bigint as duplicates, coalesce(sum(conflicts), 0)::bigint as conflicts,
       max(recorded_at) as recorded_at
  from batch where id = $1
"""


class _Commands:
    takes = (_COMMANDS,)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    reporters, readers = [api.roles(*REPORTERS)], [api.roles(*READERS, "ingest")]

    @routes.post(
        FILES_PATH,
        status_code=202,
        response_model=FileJob,
        responses={200: {"model": FileJob, "description": "The same content was taken before: its first job."}},
        dependencies=reporters,
        openapi_extra=_BODY,
    )
    async def take_file(
        request: Request,
        source: Annotated[str, Query(min_length=1, max_length=TEXT_LENGTH_MAX)],
        format: Annotated[str | None, Query(max_length=100, json_schema_extra={"enum": [*_FORMATS]})] = None,
        time_zone: Annotated[str | None, Query(max_length=100)] = None,
        name: Annotated[str, Query(max_length=_NAME_LENGTH_MAX)] = "",
    ) -> Response:
        """Take a file of usage, in the background and once."""
        headers = {SOURCE: source, **headers_of_settings(api.settings)}
        headers |= {"content-type": request.headers.get("content-type", "")}
        if time_zone is not None:
            headers[TIME_ZONE] = _known_zone(time_zone)
        chosen = _format(format, headers)
        coding = request.headers.get("content-encoding", "")
        async with spooled(request.stream(), coding, bytes_max=FILE_BYTES_MAX) as upload:
            if upload.size_bytes == 0:
                raise Rejection("no_records", "the file is empty", pointer="")
            new = NewFile(
                file_id=PREFIX + derive(source, upload.sha256.hex()),
                sha256=upload.sha256,
                source=source,
                format=chosen.name,
                headers={**headers, FORMAT: chosen.name},
                name=name,
                owner=caller_of(request).actor,
                size_bytes=upload.size_bytes,
            )
            file, is_new = await _store(api, new, upload)
        return Answer(job_shape(file), status_code=202 if is_new else 200)

    # The API document shows what all jobs have in common; what a file's has besides, the answer to its POST shows.
    @routes.get("/v1/jobs/{job_id}", response_model=FileJob, dependencies=readers, include_in_schema=False)
    async def read_job(job_id: str) -> Response:
        """How far a file has come."""
        return Answer(job_shape(await file_of_id(api, job_id)))

    @routes.post("/v1/jobs/{job_id}/cancel", response_model=FileJob, dependencies=reporters, include_in_schema=False)
    async def cancel_job(job_id: str) -> Response:
        """Stop taking a file; what is in the log of it stays. 409 `already_ended` where it is done or has failed."""
        file = await file_of_id(api, job_id)
        file = await QUEUE.cancel(api.db, job_id) or await file_of_id(api, job_id)
        if file.has_ended and file.status != CANCELLED:
            raise Rejection("already_ended", f"the job is {file.status}", status=409)
        return Answer(job_shape(file))

    @routes.get(f"/v1/usage/batches/{PREFIX}{{rest}}", include_in_schema=False, dependencies=readers)
    async def read_batch(rest: str) -> Response:
        """What became of the records of a file."""
        file = await file_of_id(api, PREFIX + rest)
        # First how far it is counted, then the counts: these are never older.
        all_counted = is_all_counted(file, await taken_commands(api))
        counts = await api.db.fetchrow(_COUNTS, file.file_id)
        assert counts is not None
        return Answer(Batch(**batch_of(file, counts, all_counted=all_counted)).model_dump())

    return routes


def _format(name: str | None, headers: Mapping[str, str]) -> WireFormat:
    """The format that is named, else the one of the media type."""
    if name is not None:
        if name not in _FORMATS:
            detail = f"format is one of {', '.join(_FORMATS)}, not {name[:40]!r}"
            raise BadParameter("format", detail, code="not_allowed")
        return _FORMATS[name]
    found = format_of(headers)
    return found if found.cutter is not None else _FORMATS["json"]


def _known_zone(name: str) -> str:
    try:
        zone(name)
    except UnknownTimeZone as error:
        raise BadParameter("time_zone", "time_zone is a name such as Europe/Paris, spelled exactly") from error
    return name


async def _store(api: Api, new: NewFile, upload: Upload) -> tuple[File, bool]:
    """Claim and content in one transaction: whoever sends the same file meanwhile waits, and has the same job."""
    try:
        async with api.db.acquire() as connection, connection.transaction():
            file, is_new = await rows.claim(connection, new)
            for n, piece in enumerate(upload.pieces() if is_new else ()):
                await rows.put_piece(connection, file.file_id, n, piece)
    except TooManyFiles as error:
        detail = f"{rows.UNFINISHED_MAX} files wait; send this one when some are done"
        raise Unavailable("too_many_jobs", detail, retry_after_s=30, status=429) from error
    return file, is_new


async def file_of_id(api: Api, file_id: str, what: str = "job") -> File:
    """Raises the 404."""
    file = await QUEUE.find(api.db, file_id) if "\0" not in file_id else None
    if file is None:
        raise not_found(what, file_id)
    return file


async def taken_commands(api: Api) -> Sequence[int]:
    """How far each partition has taken the commands of usage."""
    return (await progress_of(api.db, _Commands(), partitions=api.settings.partitions)).offsets[_COMMANDS]


def is_all_counted(file: File, taken: Sequence[int]) -> bool:
    return file.has_ended and all(taken[partition] >= offset for partition, offset in file.sent.items())


def job_shape(file: File) -> dict[str, Any]:
    reason = f"it is {file.status}" if file.has_ended else "it is being cancelled"
    return {
        "id": file.file_id,
        "kind": "usage-file",
        **{name: getattr(file, name) for name in ("status", "done", "failed", "source", "format", "name", "owner")},
        "total": file.done + file.failed if file.has_ended else None,
        "failures": file.failures[: rows.FAILURES_SHOWN],
        "result_url": f"/v1/usage/batches/{file.file_id}" if file.status == DONE else None,
        "batch_id": file.file_id,
        "size_bytes": file.size_bytes,
        "sha256": file.sha256.hex(),
        "created_at": file.created_at,
        "finished_at": file.finished_at,
        "allowed_actions": [action("cancel", why_not=reason if file.has_ended or file.cancel_requested else None)],
    }


def batch_of(file: File, counts: Mapping[str, Any], *, all_counted: bool) -> dict[str, Any]:
    """A part of the file that a crash sent twice is there twice, as duplicates beyond the file's own pieces."""
    accepted, quarantined, conflicts = (int(counts[name]) for name in ("accepted", "quarantined", "conflicts"))
    counted = accepted + quarantined + conflicts
    duplicates = min(int(counts["duplicates"]), file.done - counted)
    return {
        "batch_id": file.file_id,
        "status": "done" if all_counted else "pending",
        "received": file.done + file.failed,
        "rejected": file.failed,
        "accepted": accepted,
        "quarantined": quarantined,
        "duplicates": max(0, duplicates),
        "conflicts": conflicts,
        "recorded_at": counts["recorded_at"] or file.created_at,
    }
