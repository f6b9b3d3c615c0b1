"""Usage over HTTP: the same wire formats as on Kafka, refused record by record and taken on the spot.

    POST /v1/usage/records   [{"source": "olt-12", "quantity": "7", ...}, {"source": "olt-12", "quantity": 7, ...}]
    202 {"batch_id": "pja3w…", "received": 2,
         "rejected": [{"index": 1, "code": "malformed", "pointer": "/quantity", "detail": "quantity is a decimal …"}]}

202 means that every broker in sync has the records. What is rejected is not stored; a body with nothing to take is
refused as a whole (422). `GET /v1/usage/batches/{id}` says what became of the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import unquote

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from starlette.datastructures import Headers

from services.usage.formats import headers_of, media_types, parse
from services.usage.formats.contract import LINES, Parsed, Problem, ReportedRecord, Undecodable
from services.usage.record.batching import CommandBatcher
from services.usage.record.fields import ReportedUsage
from services.usage.record.messages import RECORDS_PER_MESSAGE_MAX
from services.usage.record.sealing import Sealing
from services.usage.resource.state import SUBSCRIPTION
from shared.engine.settings import Settings
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, REPORTERS
from shared.http.openapi import takes
from shared.http.problems import not_found
from shared.http.schemas import REF, defining
from shared.kernel.errors import Rejection, Rejections

_ERRORS_MAX: Final = 100

# A subscription started a moment ago is on its way here: its records would be parked for nothing. And a batch just
# taken is on its way to its row.
_LOOKS_MAX: Final = 20
_PAUSE_S: Final = 0.05


class Rejected(BaseModel):
    """A record that was not taken. `index` counts from 0 in the body, `pointer` is the field in the record."""

    index: int
    code: Literal["malformed", "schema_violation", "duplicate_key", "unsupported"]
    pointer: str
    detail: str


class Taken(BaseModel):
    batch_id: str
    received: int
    rejected: list[Rejected]


class Batch(BaseModel):
    """What became of a request's records. `pending` until every usage partition has counted its part."""

    batch_id: str
    status: Literal["pending", "done"]
    received: int
    rejected: int
    accepted: int
    quarantined: int
    duplicates: int
    conflicts: int
    recorded_at: datetime


_BODY: Final = {
    **defining({"ReportedUsage": ReportedUsage.model_json_schema(ref_template=REF + "{model}")}),
    **takes("Idempotency-Key"),
    "requestBody": {
        "required": True,
        "description": "One record, an array, or NDJSON; CloudEvents of type meterlog.usage.v1 as well, and "
        # Generators of clients know no body of the media types of these.
        "what collectors send: CSV, IPDR, 3GPP charging records, flows, counters (docs/equipment.md). "
        "`Content-Encoding` may be gzip or zstd.",
        "content": media_types(),
    },
}

_BATCH: Final = """
select max(received) as received, max(rejected) as rejected, sum(accepted) as accepted,
       sum(quarantined) as quarantined, sum(duplicates) as duplicates, sum(conflicts) as conflicts,
       max(recorded_at) as recorded_at
  from batch where id = $1 having count(*) > 0
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    defaults = headers_of_settings(api.settings)
    sealing: list[Sealing] = []

    def sealed_by() -> Sealing:
        """Made with the first request: before the process runs it has no pool."""
        if not sealing:
            sealing.append(Sealing(api.db, api.vault.usage))
        return sealing[0]

    @routes.post(
        "/v1/usage/records",
        status_code=202,
        response_model=Taken,
        openapi_extra=_BODY,
        dependencies=[api.roles(*REPORTERS)],
    )
    async def report(request: Request) -> Response:
        """Report usage: one record, an array, or NDJSON."""
        body = await request.body()
        items = _parsed(body, {**defaults, **_format_headers(request.headers)})
        batch_id = api.new_id(request, "batch")
        batcher = CommandBatcher(
            partitions=api.settings.partitions,
            batch_id=batch_id,
            batch_received=len(items),
            session_silence_s=api.settings.session_silence_s,
            known_sources_only=api.settings.known_sources_only,
            marks=await sealed_by().marks(),
        )
        rejected = _add(items, batcher, batch_id)
        if len(rejected) == len(items):
            alone = len(items) == 1 and not body.lstrip().startswith(b"[")
            raise _nothing_taken(rejected, alone=alone)
        batcher.rejected = len(rejected)
        await _await_subscriptions(api, items)
        await sealed_by().seal(batcher)
        await api.send_all(request, batcher.commands())
        return Answer({"batch_id": batch_id, "received": len(items), "rejected": rejected}, status_code=202)

    @routes.get("/v1/usage/batches/{batch_id}", response_model=Batch, dependencies=[api.roles(*READERS, "ingest")])
    async def batch(batch_id: str) -> Response:
        """What became of the records of one request."""
        for _ in range(_LOOKS_MAX):
            row = await api.db.fetchrow(_BATCH, batch_id)
            if row is not None:
                return Answer(_batch(batch_id, row))
            await asyncio.sleep(_PAUSE_S)
        raise not_found("batch", batch_id)

    return routes


def headers_of_settings(settings: Settings) -> dict[str, str]:
    """What the operator has set for all messages that do not say it themselves."""
    return {} if settings.usage_lines is None else {LINES: settings.usage_lines}


def _parsed(body: bytes, headers: Mapping[str, str]) -> list[Parsed]:
    """The pieces of a body. Raises 400 if no format can read it, 413 if there are too many."""
    items = parse(body, headers)
    if len(items) == 1 and isinstance(items[0], Undecodable):
        raise Rejection("malformed", f"the body can't be read: {items[0].detail}", status=400)
    if not items:
        raise Rejection("no_records", "the body holds no record", pointer="")
    if len(items) > RECORDS_PER_MESSAGE_MAX:
        detail = f"a body has at most {RECORDS_PER_MESSAGE_MAX} records; send several"
        raise Rejection("too_large", detail, status=413)
    return items


def _add(items: Sequence[Parsed], batcher: CommandBatcher, batch_id: str) -> list[dict[str, Any]]:
    """Every good record goes into the batch; why the others do not comes back."""
    rejected = []
    for index, item in enumerate(items):
        # Without an id of its own, a record is called after its index in this request.
        found: Problem | Undecodable | None
        if isinstance(item, ReportedRecord):
            found = batcher.add(item, -1, "" if item.id is not None else f"{batch_id}#{index}")
        else:
            found = item
        if found is not None:
            rejected.append(_rejected(index, found))
    return rejected


def _rejected(index: int, found: Problem | Undecodable) -> dict[str, Any]:
    if isinstance(found, Undecodable):
        return {"index": index, "code": "malformed", "pointer": "", "detail": found.detail}
    return {"index": index, "code": found.http_code or found.code, "pointer": found.pointer, "detail": found.detail}


def _nothing_taken(rejected: Sequence[Mapping[str, Any]], *, alone: bool) -> Rejection:
    """A problem that points into the body: at the field of a record sent alone, else through its index."""
    return Rejections(
        [
            Rejection(r["code"], r["detail"], pointer=r["pointer"] if alone else f"/{r['index']}{r['pointer']}")
            for r in rejected[:_ERRORS_MAX]
        ]
    )


async def _await_subscriptions(api: Api, items: Sequence[Parsed]) -> None:
    """Wait up to a second for `subscription:` resources that are not here yet; then they are what they are."""
    named = {i.resource for i in items if isinstance(i, ReportedRecord) and i.resource.startswith(SUBSCRIPTION)}
    for _ in range(_LOOKS_MAX):
        if named:
            known = await api.db.fetch("select id from resource where id = any($1::text[])", list(named))
            named -= {row["id"] for row in known}
        if not named:
            return
        await asyncio.sleep(_PAUSE_S)


def _format_headers(headers: Headers) -> dict[str, str]:
    """What tells of the format: the media type, the headers of ours, and those of a binary CloudEvent, decoded as its
    HTTP binding says."""
    return headers_of(
        (name, unquote(value).encode())
        for name, value in headers.items()
        if name == "content-type" or name.startswith(("ce-", "usage-"))
    )


def _batch(batch_id: str, row: Mapping[str, Any]) -> dict[str, Any]:
    counts = {name: int(row[name]) for name in ("accepted", "quarantined", "duplicates", "conflicts")}
    done = sum(counts.values()) + row["rejected"] >= row["received"]
    return {
        "batch_id": batch_id,
        "status": "done" if done else "pending",
        "received": row["received"],
        "rejected": row["rejected"],
        **counts,
        "recorded_at": row["recorded_at"],
    }
