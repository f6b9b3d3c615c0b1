"""Send an issued document, by the channels of its account or by others.

POST /v1/invoices/{id}/send        {}                                      as the account wants it
POST /v1/credit-notes/{id}/send    {"channels": ["email"], "to": ["ann@example.org"]}
-> 201 {"deliveries": [{"id", "channel": "email", "status": "waiting", …}]}

Where the document is on its way by a channel already, that delivery is the answer; one to other addresses is refused.
"""

from __future__ import annotations

import json
from typing import Annotated, Final, Literal, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.invoicing.credit_note.queries import read_credit_note
from services.invoicing.delivery.messages import Channel, DocumentKind, SendDocument, SentDocument
from services.invoicing.delivery.queries import latest_by_channel
from services.invoicing.delivery.shapes import SentShape, delivery_shapes, recipient_of
from services.invoicing.invoice.queries import read_invoice
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.kernel.bodies import Body
from shared.kernel.errors import Rejection
from shared.kernel.sealed import Sealed
from shared.mail.addresses import ADDRESSES_MAX, AddressText

Addresses = Annotated[list[AddressText], Field(min_length=1, max_length=ADDRESSES_MAX)]

ALL: Final[tuple[Channel, ...]] = get_args(Channel)


class SendBody(Body):
    """By which channels, and to which addresses; without them as the account wants it. With `to` alone by e-mail."""

    channels: Annotated[list[Literal["email", "webhook", "print"]], Field(min_length=1, max_length=3)] | None = None
    to: Addresses | None = None


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers = [api.roles(*WRITERS)]

    @routes.post("/v1/invoices/{invoice_id}/send", status_code=201, response_model=SentShape, dependencies=writers)
    async def send_invoice(invoice_id: str, request: Request, body: SendBody | None = None) -> Response:
        """Send an issued invoice to its customer."""
        row = await read_invoice(api, invoice_id)
        return await _send(api, request, "invoice", invoice_id, row["account_id"], body or SendBody())

    @routes.post(
        "/v1/credit-notes/{credit_note_id}/send", status_code=201, response_model=SentShape, dependencies=writers
    )
    async def send_credit_note(credit_note_id: str, request: Request, body: SendBody | None = None) -> Response:
        """Send an issued credit note to its customer."""
        row = await read_credit_note(api, credit_note_id)
        return await _send(api, request, "credit_note", credit_note_id, row["account_id"], body or SendBody())

    return routes


async def sealed_addresses(api: Api, account_id: str, to: list[str] | None) -> Sealed | None:
    """Addresses as they travel."""
    return None if to is None else await api.vault.seal_private(account_id, json.dumps(list(dict.fromkeys(to))))


async def _send(
    api: Api, request: Request, kind: DocumentKind, document_id: str, account_id: str, body: SendBody
) -> Response:
    channels = _channels(body)
    command = SendDocument(
        account_id=account_id,
        document=SentDocument(kind=kind, id=document_id),
        channels=channels,
        to=await sealed_addresses(api, account_id, body.to),
    )
    await api.command(request, command)
    asked = channels or await _preferred(api, account_id)
    preferred = [api.new_id(request, "delivery", channel) for channel in asked]
    rows = await latest_by_channel(api, document_id, asked, preferred)
    if body.to is not None:
        await _check_same(api, rows, body.to)
    return Answer({"deliveries": await delivery_shapes(api, request, rows)}, status_code=201)


def _channels(body: SendBody) -> list[Channel] | None:
    """Those that are named. Raises for addresses without e-mail."""
    if body.channels is None:
        return None if body.to is None else ["email"]
    if body.to is not None and "email" not in body.channels:
        raise Rejection("invalid", "addresses are for e-mail; name that channel, too", pointer="/to")
    return list(dict.fromkeys(body.channels))


async def _preferred(api: Api, account_id: str) -> list[Channel]:
    row = await api.db.fetchrow(
        "select email, webhook is not null as webhook, print from delivery_preferences where account_id = $1",
        account_id,
    )
    return ["email"] if row is None else [channel for channel in ALL if row[channel]]


async def _check_same(api: Api, rows: list[asyncpg.Record], to: list[str]) -> None:
    """Raises where the mail that is on its way goes elsewhere: nobody is told that it went to these."""
    for row in rows:
        if row["channel"] != "email" or row["recipient"] is None:
            continue
        going_to = recipient_of("email", await api.vault.open(Sealed(row["recipient"])))
        if {address.lower() for address in going_to} != {address.lower() for address in to}:
            detail = "the document is on its way to another address; wait for the outcome, or cancel that delivery"
            raise Rejection("delivery_open", detail, pointer="/to", status=409)
