"""Very many cases of dunning paused at once, as a job.

    POST /v1/dunning/pause-jobs {"query": "status=open&policy_id=standard", "reason": "the bank's file is late"}
    202 {"id": "payments-…", "status": "queued", "done": 0, "failed": 0, "total": 1284, "failures": []}
    GET  /v1/jobs/payments-…                        how far it has come, and of which cases it was refused
    POST /v1/jobs/payments-…/cancel                 what is paused by then stays paused

Which cases these are is said when it is asked for. Each is paused once, whatever becomes of the processes; one that is
paused or over by then is refused, and told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.payments.dunning.api import LISTING, PauseDunningBody
from services.payments.dunning.shapes import CASES
from services.payments.dunning_pause import rows
from services.payments.dunning_pause.rows import CASES_MAX, QUEUE, UNFINISHED_MAX, Asked, PauseJob, TooManyPauses
from shared.engine.leased import CANCELLED
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, WRITERS
from shared.http.openapi import takes
from shared.http.problems import Unavailable, key_reused, not_found
from shared.kernel.bodies import IdText, PrintableText
from shared.kernel.errors import Rejection

IDS_MAX: Final = 10_000
_BY_ID: Final = f"select case_id, account_id from {CASES} where case_id = any($1::text[])"


class PauseJobBody(PauseDunningBody):
    """One of `ids` and `query`, the query string of `GET /v1/dunning/cases` without a page: all that it finds."""

    ids: Annotated[list[IdText], Field(min_length=1, max_length=IDS_MAX)] | None = None
    query: Annotated[PrintableText, Field(max_length=4_000)] | None = None


class PauseFailure(BaseModel):
    """A case that was not paused, and why."""

    id: str
    code: str
    detail: str


class PauseJobShape(BaseModel):
    """`done` cases are paused, `failed` were refused, of which `failures` has the first 1,000."""

    id: str
    kind: Literal["dunning-pause"]
    status: Literal["queued", "running", "done", "failed", "cancelled"]
    done: int
    failed: int
    total: int
    failures: list[PauseFailure]
    result_url: None
    owner: str
    created_at: datetime
    finished_at: datetime | None
    allowed_actions: list[ActionShape]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]

    @routes.post(
        "/v1/dunning/pause-jobs",
        status_code=202,
        response_model=PauseJobShape,
        dependencies=writers,
        openapi_extra=takes("Idempotency-Key"),
    )
    async def pause_very_many_dunning_cases(body: PauseJobBody, request: Request) -> Response:
        """Pause up to 100,000 cases, in the background. The answer is a job."""
        if (body.ids is None) == (body.query is None):
            raise Rejection("invalid", "name either ids or a query", pointer="/ids")
        asked = Asked(reason=body.reason, until=body.until, ids=tuple(dict.fromkeys(body.ids or ())), query=body.query)
        job_id = f"{api.service}-{api.new_id(request, 'dunning-pause')}"
        job = await QUEUE.find(api.db, job_id) or await _created(api, request, job_id, asked)
        if job.request != asked:
            raise key_reused()
        return Answer(await _shape(api, job), status_code=202, headers={"Location": f"/v1/jobs/{job_id}"})

    # The API document shows what all jobs have in common.
    @routes.get("/v1/jobs/{job_id}", response_model=PauseJobShape, dependencies=readers, include_in_schema=False)
    async def read_job(job_id: str) -> Response:
        """How many cases are paused by now."""
        return Answer(await _shape(api, await _known(api, job_id)))

    @routes.post(
        "/v1/jobs/{job_id}/cancel", response_model=PauseJobShape, dependencies=writers, include_in_schema=False
    )
    async def cancel_job(job_id: str) -> Response:
        """Pause no more of them. 409 `already_ended` where it is done."""
        await _known(api, job_id)
        job = await QUEUE.cancel(api.db, job_id) or await _known(api, job_id)
        if job.has_ended and job.status != CANCELLED:
            raise Rejection("already_ended", f"the job is {job.status}", status=409)
        return Answer(await _shape(api, job))

    return routes


async def _created(api: Api, request: Request, job_id: str, asked: Asked) -> PauseJob:
    cases = await _chosen(api, asked)
    try:
        async with api.db.acquire() as connection, connection.transaction():
            job = await rows.create(connection, job_id, caller_of(request).actor, asked, cases)
    except TooManyPauses as error:
        detail = f"{UNFINISHED_MAX} such jobs are not finished; wait for one, or cancel it"
        raise Unavailable("too_many_jobs", detail, retry_after_s=30, status=429) from error
    return job or await _known(api, job_id)


async def _chosen(api: Api, asked: Asked) -> list[tuple[str, str]]:
    """Each case with its account. Raises for an id that there is not, a filter of which there is none, and too many."""
    if asked.query is None:
        found = {row["case_id"]: row["account_id"] for row in await api.db.fetch(_BY_ID, asked.ids)}
        for n, case_id in enumerate(asked.ids):
            if case_id not in found:
                detail = f"there is no dunning case {case_id!r}"
                raise Rejection("dunning_case_not_found", detail, pointer=f"/ids/{n}")
        return [(case_id, found[case_id]) for case_id in asked.ids]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": asked.query.encode()}
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        count, every = await LISTING.everything(Request(scope), connection)
        if count > CASES_MAX:
            detail = f"these are {count} cases, more than the {CASES_MAX} of a job; narrow the filter"
            raise Rejection("out_of_bounds", detail, pointer="/query")
        return [(row["case_id"], row["account_id"]) async for row in every]


async def _known(api: Api, job_id: str) -> PauseJob:
    job = await QUEUE.find(api.db, job_id) if "\0" not in job_id else None
    if job is None:
        raise not_found("job", job_id)
    return job


async def _shape(api: Api, job: PauseJob) -> dict[str, Any]:
    reason = f"it is {job.status}" if job.has_ended else "it is being cancelled"
    return {
        "id": job.job_id,
        "kind": "dunning-pause",
        **{name: getattr(job, name) for name in ("status", "done", "failed", "total", "owner")},
        "failures": await rows.refused(api.db, job),
        "result_url": None,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "allowed_actions": [action("cancel", why_not=reason if job.has_ended or job.cancel_requested else None)],
    }
