"""Retracting usage that should not be billed, putting it back, and correcting a record.

    POST /v1/usage/retractions                 {"records": ["usage/3/1842#17"], "reason": "wrong_quantity"}
    POST /v1/usage/retractions                 {"batch_id": "usage-file-pja3w…", "reason": "bad_file"}
    {"id": "k2f…", "status": "done", "records": 412, "retracted": 412, "pending": 0, ...}
    POST /v1/usage/retractions/k2f…/restore    {}
    POST /v1/usage/corrections                 {"record": "usage/3/1842#17", "quantity": "5", "reason": "other"}

`pending` until rating's sums are without the records; what rating refuses stays as it was. A retraction of a batch goes
on by itself, page by page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from services.usage.formats.contract import Problem, ReportedRecord
from services.usage.quarantine.messages import Place
from services.usage.quarantine.returnable import recorded_at
from services.usage.record.admission import admit
from services.usage.record.messages import AdmittedRecord
from services.usage.record.sealing import Sealing
from services.usage.retraction.messages import (
    ITEMS_MAX,
    CorrectUsage,
    Reason,
    RestoreRetraction,
    RestoreUsage,
    RetractBatch,
    RetractUsage,
)
from services.usage.retraction.rows import places_by_partition
from services.usage.retraction.shapes import RetractionShape, settled, shape_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.problems import not_found
from shared.kernel.bodies import Body, Instant, PrintableText
from shared.kernel.errors import Rejection

RECORDS_MAX: Final = 500
_CITATION: Final = re.compile(r"usage/([0-9]{1,4})/([0-9]{1,18})#([0-9]{1,5})")

Citations = Annotated[list[StrictStr], Field(min_length=1, max_length=RECORDS_MAX)]
Note = Annotated[PrintableText, Field(min_length=1, max_length=200)]


class RetractionBody(Body):
    """`records` as the list of usage cites them, or all of a `batch_id`: of a request, or of a file."""

    records: Citations | None = None
    batch_id: Annotated[StrictStr, Field(min_length=1, max_length=200)] | None = None
    reason: Reason
    note: Note | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> RetractionBody:
        if (self.records is None) == (self.batch_id is None):
            reason = "give records or a batch_id, one of them"
            raise PydanticCustomError("invalid", "{reason}", {"reason": reason})
        return self


class RestoreBody(Body):
    """Without `records` all of the retraction."""

    records: Citations | None = None


class CorrectionBody(Body):
    """What of the record was wrong; all else stays. Source, id and UTC day are its identity and stay too."""

    record: StrictStr
    reason: Reason
    note: Note | None = None
    resource: StrictStr | None = None
    meter: StrictStr | None = None
    quantity: StrictStr | None = None
    started_at: Instant | None = None
    ended_at: Instant | None = None
    attributes: dict[str, Any] | None = None


class CorrectionShape(BaseModel):
    """`record` is the one that counts now, `retracted` the one that did."""

    id: str
    record: str
    retracted: str


_BATCH: Final = """
select (select coalesce(max(received), 0) from batch where id = $1) as received,
       (select coalesce(max(rejected) + sum(accepted + quarantined + duplicates + conflicts), 0)
          from batch where id = $1) as counted,
       (select status from durable.usage_file where file_id = $1) as file
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    readers, writers = [api.roles(*READERS)], [api.roles(*WRITERS)]

    @routes.post("/v1/usage/retractions", response_model=RetractionShape, dependencies=writers)
    async def retract(body: RetractionBody, request: Request) -> Response:
        """Retract records, or all of a batch: they are billed to nobody, and what was billed is credited."""
        retraction_id = api.new_id(request, "retraction")
        if body.batch_id is not None:
            await _retract_batch(api, request, retraction_id, body)
        for partition, items in _asked(api, body.records or ()):
            command = RetractUsage(retraction_id=retraction_id, items=items, reason=body.reason, note=body.note)
            await api.command(request, command, partition=partition)
        return Answer(await settled(api, retraction_id))

    @routes.get("/v1/usage/retractions/{retraction_id}", response_model=RetractionShape, dependencies=readers)
    async def read_retraction(retraction_id: str) -> Response:
        """A retraction and how many of its records are where."""
        return Answer(await shape_of(api, retraction_id))

    @routes.post("/v1/usage/retractions/{retraction_id}/restore", response_model=RetractionShape, dependencies=writers)
    async def restore(retraction_id: str, body: RestoreBody, request: Request) -> Response:
        """Count the records of a retraction again, as if they had never been retracted."""
        found = await shape_of(api, retraction_id)
        if found["pending"]:
            raise Rejection("retraction_pending", "rating has not taken it up yet; ask again in a moment", status=409)
        if body.records is None and found["reason"] == "reassigned":
            detail = "its records count for whoever has the resource; reassign that again"
            raise Rejection("record_corrected", detail, status=409)
        for partition, items in _asked(api, body.records or ()):
            command = RestoreUsage(retraction_id=retraction_id, items=items)
            await api.command(request, command, partition=partition)
        for partition in range(api.settings.partitions if body.records is None else 0):
            await api.command(request, RestoreRetraction(retraction_id=retraction_id), partition=partition)
        return Answer(await settled(api, retraction_id))

    @routes.post("/v1/usage/corrections", response_model=CorrectionShape, dependencies=writers)
    async def correct(body: CorrectionBody, request: Request) -> Response:
        """Correct a record: it is retracted, and counted with other values in its place."""
        retraction_id = api.new_id(request, "retraction")
        partition, place = _cited(api, body.record, "/record")
        command = await _sealed(api, partition, _correction(retraction_id, place, body))
        await api.command(request, command, partition=partition)
        row = await api.db.fetchrow(
            "select seq, item, moved_to from record_standing where retraction_id = $1 and partition = $2",
            retraction_id,
            partition,
        )
        if row is None:
            raise not_found("correction", retraction_id)
        return Answer(
            {
                "id": retraction_id,
                "record": f"usage/{partition}/{row['moved_to']}",
                "retracted": f"usage/{partition}/{row['seq']}#{row['item']}",
            }
        )

    return routes


async def _retract_batch(api: Api, request: Request, retraction_id: str, body: RetractionBody) -> None:
    assert body.batch_id is not None
    row = await api.db.fetchrow(_BATCH, body.batch_id)
    assert row is not None
    if row["received"] == 0 and row["file"] is None:
        raise not_found("batch", body.batch_id)
    if row["file"] in ("queued", "running") or row["counted"] < row["received"]:
        detail = "its records are being counted; retract it when it is done"
        raise Rejection("batch_pending", detail, pointer="/batch_id", status=409)
    for partition in range(api.settings.partitions):
        command = RetractBatch(retraction_id=retraction_id, batch_id=body.batch_id, reason=body.reason, note=body.note)
        await api.command(request, command, partition=partition)


def _asked(api: Api, records: Sequence[str]) -> Iterator[tuple[int, list[Place]]]:
    """The records by partition, in parts that a command takes."""
    cited = [_cited(api, citation, f"/records/{n}") for n, citation in enumerate(records)]
    for partition, items in sorted(places_by_partition((p, *place) for p, place in cited).items()):
        for first in range(0, len(items), ITEMS_MAX):
            yield partition, items[first : first + ITEMS_MAX]


def _cited(api: Api, citation: str, pointer: str) -> tuple[int, Place]:
    match = _CITATION.fullmatch(citation)
    if match is None:
        detail = f"a counted record is cited as usage/3/1842#17, not {citation[:60]!r}"
        raise Rejection("invalid", detail, pointer=pointer)
    partition = int(match[1])
    if partition >= api.settings.partitions:
        detail = f"{citation} names a partition that does not exist; they are 0 to {api.settings.partitions - 1}"
        raise Rejection("invalid", detail, pointer=pointer)
    return partition, (int(match[2]), int(match[3]))


def _correction(retraction_id: str, place: Place, body: CorrectionBody) -> CorrectUsage:
    """The values within the bounds of what is reported."""
    given = {"resource", "meter", "quantity", "started_at", "ended_at", "attributes"} & body.model_fields_set
    if not given:
        raise Rejection("required", "a correction gives at least one field of the record", pointer="")
    checked = _admitted(body)
    return CorrectUsage(
        retraction_id=retraction_id,
        place=place,
        reason=body.reason,
        note=body.note,
        resource=checked.resource if "resource" in given else None,
        meter=checked.meter if "meter" in given else None,
        quantity=checked.quantity if "quantity" in given else None,
        started_at=checked.started_at if body.started_at is not None else None,
        ended_at=checked.ended_at if body.ended_at is not None else None,
        attributes=body.attributes if "attributes" in given else None,
    )


async def _sealed(api: Api, partition: int, command: CorrectUsage) -> CorrectUsage:
    """What is personal of the attributes it gives, sealed for who the record was counted for."""
    seq, index = command.place
    if not command.attributes:
        return command
    async with api.db.acquire() as connection:
        records = (await recorded_at(connection, partition, [seq]))[seq]
    if index >= len(records):
        return msgspec.structs.replace(command, attributes=None)  # there is no such record, and it is refused
    record = records[index]
    attributes = await Sealing(api.db, api.vault.usage).attributes(
        command.attributes,
        meter=command.meter or record.meter,
        started_at=record.started_at if command.started_at is None else command.started_at,
        account=record.account,
    )
    return msgspec.structs.replace(command, attributes=attributes)


def _admitted(body: CorrectionBody) -> AdmittedRecord:
    """What is given, admitted as a reported record would be. Raises what that would be refused for."""
    started, ended = body.started_at or body.ended_at, body.ended_at or body.started_at
    record = ReportedRecord(
        source="correction",
        id="correction",
        resource="correction" if body.resource is None else body.resource,
        meter="correction" if body.meter is None else body.meter,
        quantity="0" if body.quantity is None else body.quantity,
        started_at=(started.isoformat() if started else "2026-01-01T00:00:00Z"),
        ended_at=(ended.isoformat() if ended else None),
        attributes=body.attributes,
    )
    admitted = admit(record, -1, "correction")
    if isinstance(admitted, Problem):
        raise Rejection(admitted.http_code or admitted.code, admitted.detail, pointer=admitted.pointer)
    assert isinstance(admitted, AdmittedRecord)
    return admitted
