"""The audit trail of a span as a file that proves itself, for auditors.

POST /v1/audit-exports {"from": "2026-09-01T00:00:00Z", "to": "2026-10-01T00:00:00Z"}      201, a job
GET  /v1/audit-exports/{id}/file            a ZIP: events as NDJSON, manifest.json, manifest.sig
GET  /v1/audit-exports/signing-key          what its signature is checked by
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import StreamingResponse

from services.reporting.job import rows
from services.reporting.job.api import JobShape, create_job, job_shape, own_job
from services.reporting.job.rows import Job
from services.reporting.job.zipped import read_part, zipped
from services.reporting.trail_export.work import KIND, Asked
from shared.engine.leased import DONE
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.openapi import takes
from shared.http.problems import not_found
from shared.http.signing import SigningKey
from shared.kernel.bodies import Body, Instant, PrintableText
from shared.kernel.envelope import format_instant
from shared.kernel.errors import Rejection
from shared.kernel.manifest import fingerprint

WHO: Final = ("admin", "auditor")


class NewAuditExport(Body):
    """`from` is included, `to` is not. A `topic` (`invoicing.events`, `identity`, `personal-data`) and an `account_id`
    narrow it."""

    from_: Annotated[Instant, Field(alias="from")]
    to: Instant
    topic: Annotated[PrintableText, Field(max_length=64)] | None = None
    account_id: Annotated[PrintableText, Field(max_length=64)] | None = None


class SigningKeyShape(BaseModel):
    """Ed25519; `fingerprint` is for reading it to somebody."""

    algorithm: str
    public_key: str
    fingerprint: str


class Zip(StreamingResponse):
    media_type = "application/zip"


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    who = [api.roles(*WHO)]

    @routes.post(
        "/v1/audit-exports",
        status_code=201,
        dependencies=who,
        response_model=JobShape,
        openapi_extra=takes("Idempotency-Key"),
    )
    async def export_trail(body: NewAuditExport, request: Request) -> Response:
        """Export the audit trail with a signed manifest; the answer is a job whose `result_url` will be the file."""
        if body.to <= body.from_:
            raise Rejection("invalid", "to has to be later than from", pointer="/to")
        asked = Asked(
            start=format_instant(body.from_), end=format_instant(body.to), topic=body.topic, account_id=body.account_id
        )
        job = await create_job(api, request, KIND, msgspec.to_builtins(asked))
        return Answer(job_shape(job), status_code=201, headers={"Location": f"/v1/jobs/{job.job_id}"})

    @routes.get("/v1/audit-exports/signing-key", dependencies=who, response_model=SigningKeyShape)
    async def signing_key() -> Response:
        """The public key of this installation, by which its exports are checked."""
        public = SigningKey(api.settings).public
        return Answer({"algorithm": "Ed25519", "public_key": public, "fingerprint": fingerprint(public)})

    @routes.get("/v1/audit-exports/{job_id}/file", status_code=200, dependencies=who, response_class=Zip)
    async def download_trail(job_id: str, request: Request) -> Response:
        """The ZIP of an export that is done; 409 `not_done` before that. `meterlog verify-export` checks it."""
        job = await done_job(api, request, job_id, KIND)
        headers = {"Content-Disposition": f'attachment; filename="audit-{job.created_at.date()}.zip"'}
        return Zip(zipped(parts_of(api, job)), headers=headers)

    return routes


async def done_job(api: Api, request: Request, job_id: str, kind: str) -> Job:
    """The caller's job of that kind. Raises the 404, and `not_done`."""
    job = await own_job(api, request, job_id)
    if job.kind != kind:
        raise not_found("file of job", job_id)
    if job.status != DONE:
        raise Rejection("not_done", f"the job is {job.status}", status=409)
    return job


async def parts_of(api: Api, job: Job) -> AsyncIterator[tuple[str, bytes]]:
    """What a job has kept, in order."""
    n = 0
    while (piece := await rows.piece(api.db, job, n)) is not None:
        yield read_part(piece)
        n += 1
