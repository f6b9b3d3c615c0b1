"""Collections over HTTP.

POST /v1/collections {"account_id": "acc-1", "invoice_id": "inv-7"}      what is open of it, by the preferred method
GET  /v1/collections/col-1     {"status": "pending", "outcome": "action_required", "action_url": "https://…"}
POST /v1/collections/col-1/retry                                         the next attempt is made now
POST /v1/collections/col-1/stop {"reason": "pays by transfer"}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, get_args

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.payments.collection.attention_api import GIVEN_UP
from services.payments.collection.decide import LOST, STOPPABLE
from services.payments.collection.messages import Collect, HurryCollection, OfCollection, StopCollection
from services.payments.collection.rows import CollectionRow
from services.payments.collection.state import OVER, CollectionStatus
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.http.waiting import until
from shared.kernel.bodies import Body, IdText, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody

COLLECTION: Final = RowShape(
    CollectionRow,
    hidden=("currency", "details", "claim", "return_url", "statement_key", "pay_to"),
    renamed={"collection_id": "id", "method_id": "payment_method_id"},
)


class CollectionBody(Body):
    """What is open of an invoice, or `amount` of it, or an amount without one. Without a method the preferred one is
    taken. With `return_url` the customer is there: the gateway may ask for a yes, and sends the customer back to it."""

    id: IdText | None = None
    account_id: IdText
    invoice_id: IdText | None = None
    amount: MoneyBody | None = None
    payment_method_id: IdText | None = None
    return_url: Annotated[str, Field(max_length=500, pattern="^(https?://[^\\s]+)?$")] = ""


class CollectionStopBody(Body):
    """Why nothing more is collected."""

    reason: Annotated[PrintableText, Field(max_length=200)] = ""


class PayToShape(BaseModel):
    """The operator's bank account."""

    name: str
    iban: str
    bic: str


@COLLECTION.model
class CollectionShape(BaseModel):
    """A collection. Its id is its payment's. `outcome`, `reference`, `code` and `action_url` are what the gateway said
    last, by a webhook at `told_at`; while it is `waiting` the next attempt is made at `due_at`. `late`: its money came
    after it had failed or was stopped. `stopping` is why it is to be stopped, or was. `pay_to`: the customer pays there
    by a transfer with the `reference`."""

    pay_to: PayToShape | None
    allowed_actions: list[ActionShape]


class CollectionPage(Page):
    items: list[CollectionShape]
    totals: Sequence[Total]


COLLECTIONS: Final = Listing(
    source="collection_row",
    columns=(*COLLECTION.columns, "pay_to"),
    filters={
        "account_id": Filter("account_id"),
        "invoice_id": Filter("invoice_id"),
        "status": Filter("status", one_of=get_args(CollectionStatus)),
        "gateway": Filter("gateway"),
        "late": Filter("late", kind="boolean"),
        "needs_attention": Filter(GIVEN_UP, kind="boolean"),
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
    writers, one = [api.roles(*WRITERS)], "/v1/collections/{collection_id}"

    async def done(request: Request, command: OfCollection) -> Response:
        await api.command(request, command)
        return Answer(_shape(await _row(api, command.collection_id)))

    @routes.post("/v1/collections", status_code=201, response_model=CollectionShape, dependencies=writers)
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
            return_url=body.return_url,
        )
        await api.command(request, command)
        row = await until(
            lambda: _row(api, collection_id),
            lambda row: (
                row["status"] not in ("waiting", "calling") or (row["attempts"] > 0 and row["status"] == "waiting")
            ),
            wait_s=_SETTLES_S,
        )
        return Answer(_shape(row), status_code=201)

    @routes.get("/v1/collections", **listed(api, COLLECTIONS, CollectionPage))
    async def collections(request: Request) -> Response:
        return await COLLECTIONS.fetch(request, api, shape=_shape)

    @routes.get(one, response_model=CollectionShape, dependencies=[api.roles(*READERS)])
    async def collection(collection_id: str) -> Response:
        return Answer(_shape(await _row(api, collection_id)))

    @routes.post(f"{one}/retry", response_model=CollectionShape, dependencies=writers)
    async def retry_collection(collection_id: str, request: Request) -> Response:
        """Make the next attempt now, and not when it is due."""
        row = await _row(api, collection_id)
        return await done(request, HurryCollection(account_id=row["account_id"], collection_id=collection_id))

    @routes.post(f"{one}/stop", response_model=CollectionShape, dependencies=writers)
    async def stop_collection(collection_id: str, request: Request, body: CollectionStopBody | None = None) -> Response:
        """Collect no more. Money that comes all the same is booked, and shown as late."""
        row = await _row(api, collection_id)
        reason = "" if body is None else body.reason
        stop = StopCollection(account_id=row["account_id"], collection_id=collection_id, reason=reason)
        return await done(request, stop)

    return routes


def _shape(row: Any) -> dict[str, Any]:
    pay_to = None if row["pay_to"] is None else msgspec.json.decode(row["pay_to"])
    return {
        **COLLECTION.values(row),
        "pay_to": pay_to,
        "allowed_actions": [*_actions(row["status"], row["outcome"], row["stopping"])],
    }


def _actions(status: str, outcome: str, stopping: str) -> Iterator[dict[str, Any]]:
    yield action("retry", why_not=None if status == "waiting" else "no attempt is waited for")
    if status in OVER:
        why_not: str | None = "it is over"
    elif stopping:
        why_not = "it is being stopped"
    elif status == "waiting" or (status == "pending" and outcome in (*STOPPABLE, *LOST)):
        why_not = None
    else:
        why_not = "its money may be on its way"
    yield action("stop", why_not=why_not)


async def _row(api: Api, collection_id: str) -> Any:
    row: asyncpg.Record | None = await api.db.fetchrow(
        "select * from collection_row where collection_id = $1", collection_id
    )
    if row is None:
        raise not_found("collection", collection_id)
    return row
