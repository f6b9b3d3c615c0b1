"""Gateways over HTTP: what they have given us, and what they tell us.

PUT  /v1/gateways/stripe {"secret": "sk_live_…", "webhook_secret": "whsec_…"}
GET  /v1/gateways
POST /v1/gateways/stripe/webhook            signed by the gateway; twice, late and out of order changes nothing
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.payments.collection.messages import EndCollection, SetGateway
from services.payments.gateways import gateways
from services.payments.gateways.contract import Access, Gateway
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, Caller
from shared.http.problems import not_found
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.same_fields import same_fields

_BYTES_MAX: Final = 256 * 1024


class GatewayBody(Body):
    """What the gateway has given; kept sealed and shown to nobody. `base_url` is for a stand-in of tests."""

    secret: Annotated[PrintableText, Field(max_length=500)] = ""
    webhook_secret: Annotated[PrintableText, Field(max_length=500)] = ""
    base_url: Annotated[str, Field(max_length=200, pattern="^(https?://[^\\s]+)?$")] = ""


class GatewayShape(BaseModel):
    name: str
    configured: bool
    base_url: str


class GatewayList(BaseModel):
    items: list[GatewayShape]


class WebhookShape(BaseModel):
    """How many notices were in it that are of collections of ours."""

    taken: int


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.put("/v1/gateways/{name}", response_model=GatewayShape, dependencies=[api.roles("admin")])
    async def set_gateway(name: str, body: GatewayBody, request: Request) -> Response:
        _known(name)
        command = SetGateway(
            gateway=name,
            secret=await api.vault.seal_secret("gateway", name, body.secret),
            webhook_secret=await api.vault.seal_secret("gateway", name, body.webhook_secret),
            base_url=body.base_url,
        )
        await api.command(request, command)
        return Answer({"name": name, "configured": True, "base_url": body.base_url})

    @routes.get("/v1/gateways", response_model=GatewayList, dependencies=[api.roles(*READERS)])
    async def known_gateways() -> Response:
        rows = {row["gateway"]: row["base_url"] for row in await api.db.fetch("select * from gateway_row")}
        items = [{"name": name, "configured": name in rows, "base_url": rows.get(name, "")} for name in gateways()]
        return Answer({"items": items})

    @routes.post("/v1/gateways/{name}/webhook", response_model=WebhookShape, dependencies=[api.public])
    async def take_webhook(name: str, request: Request) -> Response:
        """What a gateway says by itself; 401 `bad_signature` unless it is signed and fresh."""
        gateway, body = _known(name), await request.body()
        if len(body) > _BYTES_MAX:
            raise Rejection("too_large", "a webhook has at most 256 kB", status=413)
        found = gateway.notices(dict(request.headers), body, await _access(api, name), api.clock.now())
        # Whose it is its signature has said.
        request.state.caller = Caller(actor=f"gateway:{name}", role="billing")
        taken = 0
        for notice in found:
            collection_id, _, attempt = notice.intent_id.rpartition("-")
            sql = "select account_id from collection_row where collection_id = $1 and gateway = $2"
            account_id = await api.db.fetchval(sql, collection_id, name)
            if account_id is None or not attempt.isdecimal() or len(attempt) > 4:
                continue
            end = same_fields(
                EndCollection,
                notice.answer,
                account_id=account_id,
                collection_id=collection_id,
                attempt=int(attempt),
            )
            await api.command(request, end)
            taken += 1
        return Answer({"taken": taken})

    return routes


def _known(name: str) -> Gateway:
    found = gateways().get(name)
    if found is None:
        raise not_found("gateway", name[:64])
    return found


async def _access(api: Api, name: str) -> Access:
    row: Any = await api.db.fetchrow("select * from gateway_row where gateway = $1", name)
    if row is None:
        raise Rejection("bad_signature", "nobody has said by which secret this gateway signs", status=401)
    return Access(webhook_secret=await api.vault.open_secret(row["webhook_secret"]))
