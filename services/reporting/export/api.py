"""Lists and reports as files: a job reads them, the file is fetched when it is done.

POST /v1/report-jobs {"list": "invoices", "query": "status=issued", "columns": ["number", "total"], "format": "xlsx"}
     201 {"id": "reporting-…", "status": "queued", ...}                    GET /v1/report-jobs/{id} says how far it is
GET  /v1/report-jobs/{id}/download                                        the file, for a day
POST /v1/report-jobs/{id}/cancel, /rerun                                  the same question, asked anew

Names are opened as the file goes out, for who fetches it: nothing personal is kept in the clear, and an erased name is
erased here too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from services.reporting.customer.names import CustomerNames
from services.reporting.export.asking import NewExport, asked_of, check_role
from services.reporting.export.files import Files, file_name
from services.reporting.export.formats import formats
from services.reporting.export.models import ReportJob, ReportJobPage
from services.reporting.export.work import Asked
from services.reporting.job import rows
from services.reporting.job.api import cancelled, create_job, job_shape
from services.reporting.job.rows import QUEUE, Job
from shared.engine.leased import DONE, STATUSES
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing
from shared.http.openapi import takes
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.errors import Rejection

KIND: Final = "export"

REPORT_JOBS: Final = Listing(
    source="durable.job",
    tiebreak="job_id",
    filters={"status": Filter("status", one_of=STATUSES), "owner": Filter("owner")},
    sorts={"created_at": "created_at"},
    default_sort="-created_at",
)


def router(api: Api, names: CustomerNames) -> APIRouter:
    routes = APIRouter()
    readers = [api.roles(*READERS)]
    files = Files(api, names)
    one = "/v1/report-jobs/{job_id}"
    made: dict[str, Any] = {
        "status_code": 201,
        "dependencies": readers,
        "response_model": ReportJob,
        "openapi_extra": takes("Idempotency-Key"),
    }

    async def create(body: NewExport, request: Request) -> Response:
        asked = await asked_of(body, caller_of(request), names, api.clock.now())
        content = msgspec.json.decode(msgspec.json.encode(asked))
        job = await create_job(api, request, KIND, content, found_out=("found",))
        return Answer(report_job(job), status_code=201, headers={"Location": f"/v1/report-jobs/{job.job_id}"})

    @routes.post("/v1/report-jobs", **made)
    async def export(body: NewExport, request: Request) -> Response:
        """Export a list or a report as a file; the answer is a job whose `result_url` will be the file."""
        return await create(body, request)

    @routes.get("/v1/report-jobs", **listed(api, REPORT_JOBS, ReportJobPage))
    async def list_report_jobs(request: Request) -> Response:
        """One's own files and those on their way, newest first; an admin sees everybody's."""
        caller = caller_of(request)
        where = {"kind": KIND} | ({} if caller.role == "admin" else {"owner": caller.actor})
        return await REPORT_JOBS.fetch(request, api, shape=lambda row: report_job(QUEUE.of(row)), where=where)

    @routes.get(one, dependencies=readers, response_model=ReportJob)
    async def read_report_job(job_id: str, request: Request) -> Response:
        """How far it is, and what it was asked."""
        return Answer(report_job(await readable_job(api, request, job_id)))

    @routes.post(f"{one}/cancel", dependencies=readers, response_model=ReportJob)
    async def cancel_report_job(job_id: str, request: Request) -> Response:
        """Stop it; one that runs ends within seconds. 409 `already_ended` where it is done or has failed."""
        await readable_job(api, request, job_id)
        return Answer(report_job(await cancelled(api, request, job_id)))

    @routes.post(f"{one}/rerun", **made)
    async def rerun_report_job(job_id: str, request: Request) -> Response:
        """Ask the same anew, as of now and with one's own rights, as another job."""
        before = msgspec.convert((await readable_job(api, request, job_id)).request, Asked)
        body = NewExport.model_construct(**{name: getattr(before, name) for name in NewExport.model_fields})
        return await create(body, request)

    @routes.get(f"{one}/download", status_code=200, dependencies=readers, response_class=AnyFile)
    async def download(job_id: str, request: Request) -> Response:
        """The file of an export that is done; 409 `not_done` before that."""
        job = await readable_job(api, request, job_id)
        if job.status != DONE:
            raise Rejection("not_done", f"the job is {job.status}", status=409)
        asked = msgspec.convert(job.request, Asked)
        check_role(asked, caller_of(request))
        headers = {"Content-Disposition": f'attachment; filename="{file_name(job)}"'}
        media_type = formats()[asked.format].media_type
        return AnyFile(files.of(job, caller_of(request)), headers=headers, media_type=media_type)

    return routes


class AnyFile(StreamingResponse):
    media_type = "application/octet-stream"


async def readable_job(api: Api, request: Request, job_id: str) -> Job:
    """The job of a file: the caller's, one made for them by a schedule, or anybody's for an admin. Raises the 404."""
    caller, job = caller_of(request), await QUEUE.find(api.db, job_id)
    if job is None or job.kind != KIND:
        raise not_found("report job", job_id)
    if caller.role != "admin" and caller.actor not in (job.owner, *job.request.get("readers", ())):
        raise not_found("report job", job_id)
    return job


def report_job(job: Job) -> dict[str, Any]:
    asked = msgspec.convert(job.request, Asked)
    expires = None if job.finished_at is None else job.finished_at + timedelta(hours=rows.KEPT_H)
    shape = job_shape(job)
    return {
        **shape,
        **{name: getattr(asked, name) for name in ("list", "report", "query", "columns", "format")},
        "schedule_id": asked.schedule,
        "as_of": job.result.get("as_of"),
        "rows": job.done if job.status == DONE else None,
        "size_bytes": job.result.get("bytes"),
        "expires_at": expires,
        "allowed_actions": [
            *shape["allowed_actions"],
            action("rerun"),
            action("download", why_not=None if job.status == DONE else f"it is {job.status}"),
        ],
    }
