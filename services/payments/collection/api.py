"""Collections over HTTP.

POST /v1/collections {"account_id": "acc-1", "invoice_id": "inv-7"}      what is open of it, by the preferred method
GET  /v1/collections/col-1     {"status": "pending", "outcome": "action_required", "action_url": "https://…"}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.collection.messages import Collect
from services.payments.collection.rows import CollectionRow
from services.payments.collection.state import CollectionStatus
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.http.waiting import until
from shared.kernel.bodies import Body, IdText
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody

COLLECTION: Final = RowShape(
    CollectionRow,
    hidden=("currency", "details", "claim"),
    renamed={"collection_id": "id", "method_id": "payment_method_id"},
)


class CollectionBody(Body):
    """What is open of an invoice, or `amount` of it, or an amount without one. Without a method the preferred one is
    taken."""

    id: IdText | None = None
    account_id: IdText
    invoice_id: IdText | None = None
    amount: MoneyBody | None = None
    payment_method_id: IdText | None = None


@COLLECTION.model
class CollectionShape(BaseModel):
    """A collection. Its id is its payment's. `outcome`, `reference`, `code` and `action_url` are what the gateway said
    last; while it is `waiting` the next attempt is made at `due_at`."""


class CollectionPage(Page):
    items: list[CollectionShape]
    totals: Sequence[Total]


COLLECTIONS: Final = Listing(
    source="collection_row",
    columns=COLLECTION.columns,
    filters={
        "account_id": Filter("account_id"),
        "invoice_id": Filter("invoice_id"),
        "status": Filter("status", one_of=get_args(CollectionStatus)),
        "gateway": Filter("gateway"),
        "from": Filter("asked_at", op=">=", kind="instant"),
        "to": Filter("asked_at", op="<", kind="instant"),
    },
    sorts={"asked_at": "asked_at", "amount": "amount"},
    default_sort="-asked_at",
    tiebreak="collection_id",
    totals=Totals(sums={"amount": "amount"}),
)
_SETTLES_S: Final = 2.5
"""A card is answered by then; of what takes longer the status says how far it is."""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/collections", status_code=201, response_model=CollectionShape, dependencies=[api.roles(*WRITERS)])
    async def collect(body: CollectionBody, request: Request) -> Response:
        """Collect now; a soft decline is tried again after 1, 3 and 5 days, a hard one never."""
        collection_id = body.id or api.new_id(request, "collection")
        if body.payment_method_id is None and body.invoice_id is None and body.amount is None:
            raise Rejection("required", "say which invoice or how much", pointer="/amount")
        command = Collect(
            collection_id=collection_id,
            account_id=body.account_id,
            invoice_id=body.invoice_id,
            amount=None if body.amount is None else body.amount.to_money(),
            method_id=body.payment_method_id,
        )
        await api.command(request, command)
        row = await until(
            lambda: _row(api, collection_id),
            lambda row: (
                row["status"] not in ("waiting", "calling") or (row["attempts"] > 0 and row["status"] == "waiting")
            ),
            wait_s=_SETTLES_S,
        )
        return Answer(COLLECTION.values(row), status_code=201)

    @routes.get("/v1/collections", **listed(api, COLLECTIONS, CollectionPage))
    async def collections(request: Request) -> Response:
        return await COLLECTIONS.fetch(request, api, shape=COLLECTION.values)

    @routes.get("/v1/collections/{collection_id}", response_model=CollectionShape, dependencies=[api.roles(*READERS)])
    async def collection(collection_id: str) -> Response:
        return Answer(COLLECTION.values(await _row(api, collection_id)))

    return routes


async def _row(api: Api, collection_id: str) -> Any:
    row: asyncpg.Record | None = await api.db.fetchrow(
        "select * from collection_row where collection_id = $1", collection_id
    )
    if row is None:
        raise not_found("collection", collection_id)
    return row
