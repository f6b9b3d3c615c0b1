"""Everything that is held about a person, for that person.

POST /v1/accounts/acc-1/subject-access                 201, a job
GET  /v1/accounts/acc-1/subject-access                 the caller's jobs of this account
GET  /v1/accounts/acc-1/subject-access/{id}/file       a ZIP, for a day
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from services.reporting.audit.personal import shown
from services.reporting.job.api import JobShape, create_job, job_shape
from services.reporting.job.rows import QUEUE, Job
from services.reporting.job.zipped import zipped
from services.reporting.subject_access.work import KIND
from services.reporting.trail_export.api import Zip, done_job, parts_of
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.openapi import takes
from shared.http.problems import not_found

WHO: Final = ("admin", "billing", "support")
JOBS_MAX: Final = 20


class SubjectAccessJobs(BaseModel):
    """The latest first; a job and its file go a day after its end."""

    items: list[JobShape]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/accounts/{account_id}/subject-access"
    who = [api.roles(*WHO)]

    @routes.post(
        path, status_code=201, dependencies=who, response_model=JobShape, openapi_extra=takes("Idempotency-Key")
    )
    async def ask_for_everything_held(account_id: str, request: Request) -> Response:
        """Gather everything that is held about the account's person; the answer is a job."""
        await _check(api, account_id)
        job = await create_job(api, request, KIND, {"account_id": account_id})
        return Answer(job_shape(job), status_code=201, headers={"Location": f"/v1/jobs/{job.job_id}"})

    @routes.get(path, dependencies=who, response_model=SubjectAccessJobs)
    async def list_subject_access(account_id: str, request: Request) -> Response:
        """One's own requests for this account; an admin sees everybody's."""
        await _check(api, account_id)
        caller = caller_of(request)
        found = await api.db.fetch(
            f"select {QUEUE.columns} from durable.job where kind = $1 and request::jsonb->>'account_id' = $2"
            " and ($3::text is null or owner = $3) order by created_at desc limit $4",
            KIND,
            account_id,
            None if caller.role == "admin" else caller.actor,
            JOBS_MAX,
        )
        return Answer({"items": [job_shape(QUEUE.of(row)) for row in found]})

    @routes.get(path + "/{job_id}/file", status_code=200, dependencies=who, response_class=Zip)
    async def download_everything_held(account_id: str, job_id: str, request: Request) -> StreamingResponse:
        """The ZIP; 409 `not_done` before that."""
        job = await done_job(api, request, job_id, KIND)
        if job.request["account_id"] != account_id:
            raise not_found("file of job", job_id)
        headers = {"Content-Disposition": f'attachment; filename="subject-access-{job.created_at.date()}.zip"'}
        return Zip(zipped(_opened(api, job)), headers=headers)

    return routes


async def _check(api: Api, account_id: str) -> None:
    if await api.db.fetchval("select 1 from account_row where account_id = $1", account_id) is None:
        raise not_found("account", account_id)


async def _opened(api: Api, job: Job) -> AsyncIterator[tuple[str, bytes]]:
    """The parts with their personal fields in the clear, and tables as JSON that a person can read."""
    async for name, content in parts_of(api, job):
        if name == "README.txt":
            yield name, content
            continue
        # Once before it is opened, for attributes stand in a table as text, and once for what was sealed as text.
        read = [_plain(msgspec.json.decode(line)) for line in content.splitlines()]
        rows = [_plain(await shown(row, api.vault)) for row in read]
        if name.endswith(".ndjson"):
            yield name, b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
        else:
            yield name, json.dumps(rows, indent=2, ensure_ascii=False).encode() + b"\n"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A field that holds JSON as text, as what was sealed does, as what it says."""
    return {name: _said(value) for name, value in row.items()}


def _said(value: Any) -> Any:
    match value:
        case dict():
            return _plain(value)
        case str() if value[:1] in "{[" and value:
            try:
                return json.loads(value)
            except ValueError:
                return value
        case _:
            return value
