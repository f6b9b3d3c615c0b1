"""Deliveries over HTTP.

GET  /v1/deliveries?invoice_id=inv-1&status=bounced
GET  /v1/deliveries/{id}                                                  with its attempts
POST /v1/deliveries/{id}/resend   {"to": ["ann@example.org"]}             as a new delivery, 201
POST /v1/deliveries/{id}/cancel
POST /v1/deliveries/{id}/bounce   {"code": "5.1.1", "reason": "no such mailbox"}
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictStr

from services.invoicing.delivery.messages import BounceDelivery, CancelDelivery, ResendDelivery, SentDocument
from services.invoicing.delivery.queries import read_attempts, read_delivery
from services.invoicing.delivery.send_api import Addresses, sealed_addresses
from services.invoicing.delivery.shapes import DELIVERIES, DeliveryDetail, DeliveryPage, delivery_shapes
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.parameters import listed
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.errors import Rejection
from shared.mail.said import without_addresses

_ATTEMPT: Final = ("n", "started_at", "ended_at", "outcome", "answer")


class ResendBody(Body):
    """To which addresses; without them where it went, or where the account wants it now."""

    to: Addresses | None = None


class BounceBody(Body):
    """What the mail system said: its code, such as `550` or `5.1.1`, and its words."""

    code: Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9._-]{1,32}$")]
    reason: Annotated[PrintableText, Field(max_length=200)] = ""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]
    path = "/v1/deliveries/{delivery_id}"

    @routes.get("/v1/deliveries", **listed(api, DELIVERIES, DeliveryPage))
    async def deliveries(request: Request) -> Response:
        page = await DELIVERIES.page(request, api, shape=lambda row: row)
        return Answer({**page, "items": await delivery_shapes(api, request, page["items"])})

    @routes.get(path, response_model=DeliveryDetail, dependencies=readers)
    async def delivery(delivery_id: str, request: Request) -> Response:
        """One delivery with its attempts."""
        return await delivery_answer(api, request, delivery_id)

    @routes.post(f"{path}/resend", status_code=201, response_model=DeliveryDetail, dependencies=writers)
    async def resend_delivery(delivery_id: str, request: Request, body: ResendBody | None = None) -> Response:
        """Send it once more, as a new delivery."""
        row = await read_delivery(api, delivery_id)
        to = None if body is None else body.to
        if to is not None and row["channel"] != "email":
            raise Rejection("invalid", f"addresses are for e-mail; this goes by {row['channel']}", pointer="/to")
        sealed = await sealed_addresses(api, row["account_id"], to)
        await api.command(request, ResendDelivery(**which_delivery(row), to=sealed))
        return await delivery_answer(api, request, api.new_id(request, "delivery", row["channel"]), status_code=201)

    @routes.post(f"{path}/cancel", response_model=DeliveryDetail, dependencies=writers)
    async def cancel_delivery(delivery_id: str, request: Request) -> Response:
        """Try no more. Of one whose outcome is unknown it says that a person has looked."""
        await api.command(request, CancelDelivery(**which_delivery(await read_delivery(api, delivery_id))))
        return await delivery_answer(api, request, delivery_id)

    @routes.post(f"{path}/bounce", response_model=DeliveryDetail, dependencies=writers)
    async def bounce_delivery(delivery_id: str, body: BounceBody, request: Request) -> Response:
        """The mail came back: a person or a mail system says so."""
        which = which_delivery(await read_delivery(api, delivery_id))
        await api.command(request, BounceDelivery(**which, code=body.code, reason=without_addresses(body.reason)))
        return await delivery_answer(api, request, delivery_id)

    return routes


def which_delivery(row: asyncpg.Record) -> dict[str, Any]:
    """The fields by which a command names a delivery."""
    document = SentDocument.of(row["document_kind"], row["document_id"])
    return {"account_id": row["account_id"], "document": document, "delivery_id": row["delivery_id"]}


async def delivery_answer(api: Api, request: Request, delivery_id: str, *, status_code: int = 200) -> Response:
    """A delivery with its attempts, as it is now."""
    row = await read_delivery(api, delivery_id)
    (shape,) = await delivery_shapes(api, request, [row])
    made = [
        {**{name: attempt[name] for name in _ATTEMPT}, "reason": attempt["code"]}
        for attempt in await read_attempts(api, row)
    ]
    return Answer({**shape, "attempts_made": made}, status_code=status_code)
