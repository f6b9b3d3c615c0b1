"""Long work, as it goes on. What begins it is a path of its own kind, such as `POST /v1/report-jobs`.

GET  /v1/jobs/{id}           {"id", "status": "running", "done": 1500, "failed": 0, "total": 118000, "failures": [],
                              "result_url": null, ...}
POST /v1/jobs/{id}/cancel
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.reporting.job import rows
from services.reporting.job.rows import QUEUE, Job, TooManyJobs
from shared.engine.leased import DONE, STATUSES
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import Unavailable, key_reused, not_found
from shared.kernel.errors import Rejection


class JobFailure(BaseModel):
    """`id` where it is about one thing of several."""

    id: str | None = None
    code: str
    detail: str


class JobShape(BaseModel):
    """`total` is null until it is counted. `result_url` has what the job has made, until a day after its end."""

    id: str
    kind: str
    status: Literal["queued", "running", "done", "failed", "cancelled"]
    done: int
    failed: int
    total: int | None
    failures: list[JobFailure]
    result_url: str | None
    owner: str
    created_at: datetime
    finished_at: datetime | None
    allowed_actions: list[ActionShape]


class JobPage(Page):
    items: list[JobShape]


JOBS: Final = Listing(
    source="durable.job",
    tiebreak="job_id",
    filters={"status": Filter("status", one_of=STATUSES), "kind": Filter("kind")},
    sorts={"created_at": "created_at"},
    default_sort="-created_at",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    readers = [api.roles(*READERS)]

    @routes.get("/v1/jobs", **listed(api, JOBS, JobPage))
    async def list_jobs(request: Request) -> Response:
        """One's own jobs, newest first; an admin sees everybody's."""
        caller = caller_of(request)
        where = {} if caller.role == "admin" else {"owner": caller.actor}
        return await JOBS.fetch(request, api, shape=lambda row: job_shape(QUEUE.of(row)), where=where)

    @routes.get("/v1/jobs/{job_id}", dependencies=readers, response_model=JobShape)
    async def read_job(job_id: str, request: Request) -> Response:
        """How far a job has come."""
        return Answer(job_shape(await own_job(api, request, job_id)))

    @routes.post("/v1/jobs/{job_id}/cancel", dependencies=readers, response_model=JobShape)
    async def cancel_job(job_id: str, request: Request) -> Response:
        """Stop a job; one that runs ends within seconds. 409 `already_ended` where it is done or has failed."""
        return Answer(job_shape(await cancelled(api, request, job_id)))

    return routes


async def own_job(api: Api, request: Request, job_id: str) -> Job:
    """A job of the caller, or of anybody for an admin. Raises the 404."""
    caller, job = caller_of(request), await QUEUE.find(api.db, job_id)
    if job is None or not (job.owner == caller.actor or caller.role == "admin"):
        raise not_found("job", job_id)
    return job


async def cancelled(api: Api, request: Request, job_id: str) -> Job:
    """Cancel a job of the caller. Raises the 404, and 409 where it has ended."""
    await own_job(api, request, job_id)
    job = await QUEUE.cancel(api.db, job_id) or await own_job(api, request, job_id)
    if job.has_ended and job.status != "cancelled":
        raise Rejection("already_ended", f"the job is {job.status}", status=409)
    return job


async def create_job(
    api: Api, request: Request, kind: str, content: dict[str, Any], *, found_out: Collection[str] = ()
) -> Job:
    """Queue a job for the caller; a retry under the same Idempotency-Key is the same job. Raises 429 or 503.

    `found_out` names what in `content` is not what the caller asked, and may be another in a retry.
    """
    caller = caller_of(request)
    # Ids name the service, so that the entry knows where to ask for a job.
    job_id = f"{api.service}-{api.new_id(request, 'job')}"
    known = await QUEUE.find(api.db, job_id)
    if known is not None:
        if known.kind != kind or _without(known.request, found_out) != _without(content, found_out):
            raise key_reused()
        return known
    new = rows.NewJob(job_id=job_id, kind=kind, owner=caller.actor, role=caller.role, request=content)
    try:
        return await rows.create(api.db, new) or await own_job(api, request, job_id)
    except TooManyJobs as error:
        if error.is_own:
            detail = f"{rows.UNFINISHED_PER_OWNER_MAX} of your jobs are not finished; wait for one, or cancel it"
            raise Unavailable("too_many_jobs", detail, retry_after_s=10, status=429) from error
        raise Unavailable("too_many_jobs", "too many jobs are waiting; try again soon", retry_after_s=30) from error


def _without(content: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in names}


def _result_of(job: Job) -> str:
    """Where what a job has made is fetched."""
    match job.kind:
        case "audit-export":
            return f"/v1/audit-exports/{job.job_id}/file"
        case "subject-access":
            return f"/v1/accounts/{quote(job.request['account_id'], safe='')}/subject-access/{job.job_id}/file"
        case _:
            return f"/v1/report-jobs/{job.job_id}/download"


def job_shape(job: Job) -> dict[str, Any]:
    reason = f"it is {job.status}" if job.has_ended else "it is being cancelled"
    return {
        "id": job.job_id,
        **{name: getattr(job, name) for name in ("kind", "status", "done", "failed", "total", "failures", "owner")},
        "result_url": _result_of(job) if job.status == DONE else None,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "allowed_actions": [action("cancel", why_not=reason if job.has_ended or job.cancel_requested else None)],
    }
