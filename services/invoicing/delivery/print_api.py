"""Print batches: what is to go out on paper, as one ZIP of PDFs with a list, each document in one batch and no other.

POST /v1/print-batches {"on": "2026-10-01"}      201: takes what was asked for up to the end of that day, UTC
GET  /v1/print-batches/{id}                      what is in it
GET  /v1/print-batches/{id}/zip                  0001-INV-000042.pdf, …, manifest.csv; as often as need be

Who takes is the owner of each account: of two batches at the same moment each document is in one.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.invoicing.delivery.documents import Documents
from services.invoicing.delivery.messages import PrintDeliveries, SentDocument, ToPrint
from services.invoicing.delivery.shapes import DeliveryShape, delivery_shapes
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, WRITERS
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, Body
from shared.kernel.errors import Rejection

BATCH_MAX: Final = 100
"""Documents of a batch; `more` says that others wait for the next."""

_WAITING: Final = f"""
select * from delivery_row where status = 'waiting' and channel = 'print' and asked_at < $1
 order by asked_at, delivery_id limit {BATCH_MAX + 1}
"""
_OF_BATCH: Final = "select * from delivery_row where batch_id = $1 order by number, delivery_id"
_MANIFEST: Final = ("file", "number", "document_kind", "document_id", "account_id", "delivery_id")


class PrintBatchBody(Body):
    """Up to the end of which day; without it all that waits."""

    on: BillingDate | None = None


class PrintBatchShape(BaseModel):
    """`more`: whether others waited that did not fit in."""

    id: str
    documents: int
    more: bool
    deliveries: list[DeliveryShape]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/print-batches"

    @routes.post(path, status_code=201, response_model=PrintBatchShape, dependencies=[api.roles(*WRITERS)])
    async def make_print_batch(request: Request, body: PrintBatchBody | None = None) -> Response:
        """Take what waits to be printed. Asked again under the same Idempotency-Key it is the same batch."""
        batch_id = api.new_id(request, "print-batch")
        rows = await _of_batch(api, batch_id)
        more = False
        if not rows:
            waiting = await api.db.fetch(_WAITING, _until(body))
            more = len(waiting) > BATCH_MAX
            await _take(api, request, batch_id, waiting[:BATCH_MAX])
            rows = await _of_batch(api, batch_id)
        return Answer(await _shape(api, request, batch_id, rows, more=more), status_code=201)

    @routes.get(f"{path}/{{batch_id}}", response_model=PrintBatchShape, dependencies=[api.roles(*READERS)])
    async def print_batch(batch_id: str, request: Request) -> Response:
        return Answer(await _shape(api, request, batch_id, await _known(api, batch_id), more=False))

    @routes.get(
        f"{path}/{{batch_id}}/zip",
        response_class=Response,
        responses={200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
        dependencies=[api.roles(*READERS)],
    )
    async def print_batch_zip(batch_id: str, request: Request) -> Response:
        """The PDFs and a list of them; the same each time."""
        if not caller_of(request).may("personal_data"):
            raise Rejection("forbidden", "the documents name customers, which this role may not read", status=403)
        data = await _zipped(Documents(api.db, api.vault, api.settings), await _known(api, batch_id))
        headers = {"Content-Disposition": f'attachment; filename="print-{batch_id}.zip"'}
        return Response(data, media_type="application/zip", headers=headers)

    return routes


def _until(body: PrintBatchBody | None) -> datetime:
    if body is None or body.on is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(body.on, time(), UTC) + timedelta(days=1)


async def _take(api: Api, request: Request, batch_id: str, waiting: list[asyncpg.Record]) -> None:
    """Each owner puts those of its partition into the batch, as far as they wait still."""
    by_partition: dict[int, list[ToPrint]] = defaultdict(list)
    for row in waiting:
        document = SentDocument.of(row["document_kind"], row["document_id"])
        to_print = ToPrint(account_id=row["account_id"], document=document, delivery_id=row["delivery_id"])
        by_partition[row["partition"]].append(to_print)
    for partition, deliveries in sorted(by_partition.items()):
        command = PrintDeliveries(batch_id=batch_id, deliveries=deliveries)
        await api.command(request, command, partition=partition)


async def _of_batch(api: Api, batch_id: str) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await api.db.fetch(_OF_BATCH, batch_id)
    return rows


async def _known(api: Api, batch_id: str) -> list[asyncpg.Record]:
    rows = await _of_batch(api, batch_id)
    if not rows:
        raise not_found("print batch", batch_id)
    return rows


async def _shape(
    api: Api, request: Request, batch_id: str, rows: list[asyncpg.Record], *, more: bool
) -> dict[str, Any]:
    deliveries = await delivery_shapes(api, request, rows)
    return {"id": batch_id, "documents": len(rows), "more": more, "deliveries": deliveries}


async def _zipped(documents: Documents, rows: list[asyncpg.Record]) -> bytes:
    """One document after the other, with entries of a fixed date: the same batch is the same file."""
    archive, listed = io.BytesIO(), io.StringIO()
    manifest = csv.writer(listed, lineterminator="\r\n")
    manifest.writerow(_MANIFEST)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
        for place, row in enumerate(rows, 1):
            document = await documents.row(row["document_kind"], row["document_id"])
            if document is None:
                raise not_found(row["document_kind"], row["document_id"])
            printed = await documents.printed(row["document_kind"], document)
            name = f"{place:04}-{printed.file_name}"
            file.writestr(zipfile.ZipInfo(name), printed.data)
            manifest.writerow([name, *(row[column] for column in _MANIFEST[1:])])
        file.writestr(zipfile.ZipInfo("manifest.csv"), listed.getvalue())
    return archive.getvalue()
