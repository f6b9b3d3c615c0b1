"""Gateways over HTTP: what they have given us, and what they tell us.

PUT  /v1/gateways/stripe {"secret": "sk_live_…", "webhook_secret": "whsec_…"}
GET  /v1/gateways
POST /v1/gateways/stripe/webhook            signed by the gateway; twice, late and out of order changes nothing
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from services.payments.collection.messages import EndCollection, SetGateway
from services.payments.direct_debit.messages import ONLY
from services.payments.gateways import gateways
from services.payments.gateways.contract import Access, Gateway, Webhook, refund_of
from services.payments.gateways.contract import Answer as Said
from services.payments.refund.messages import EndRefund
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, Caller
from shared.http.problems import not_found
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed import SealedSecret

_LATELY: Final = timedelta(hours=24)
_BYTES_MAX: Final = 256 * 1024
_URL: Final = "^(https?://[^\\s]+)?$"
_HEALTH: Final = """
select g.name, r.base_url, r.merchant, r.callback_url, r.gateway is not null as configured,
       exists (select 1 from creditor_row where creditor_key = $3) as has_account,
       (select max(told_at) from collection_row c where c.gateway = g.name and c.told_at is not null) as told_at,
       coalesce(h.succeeded, 0) as succeeded, coalesce(h.failed, 0) as failed,
       coalesce(h.unanswered, 0) as unanswered, coalesce(h.under_way, 0) as under_way
  from unnest($1::text[]) with ordinality as g (name, n)
  left join gateway_row r on r.gateway = g.name
  left join (select gateway,
                    count(*) filter (where status = 'succeeded') as succeeded,
                    count(*) filter (where outcome = 'failed') as failed,
                    count(*) filter (where status = 'pending' and outcome = 'unknown') as unanswered,
                    count(*) filter (where status in ('calling', 'pending')) as under_way
               from collection_row where gateway = any($1::text[]) and moved_at >= $2 group by gateway) h
         on h.gateway = g.name
 order by g.n
"""


Secret = Annotated[PrintableText, Field(max_length=500, json_schema_extra={"format": "password", "writeOnly": True})]


class GatewayBody(Body):
    """What the gateway has given; its secrets are kept sealed and shown to nobody. `merchant` is what it calls the
    operator, where it does so (a short code of mobile money); `callback_url` the address at which it reaches us from
    outside. `base_url` is for its sandbox, or a stand-in of tests. A secret that is left out stays as it is."""

    secret: Secret | None = None
    webhook_secret: Secret | None = None
    base_url: Annotated[str, Field(max_length=200, pattern=_URL)] = ""
    merchant: Annotated[PrintableText, Field(max_length=100)] = ""
    callback_url: Annotated[str, Field(max_length=200, pattern=_URL)] = ""


class GatewayShape(BaseModel):
    """A gateway, and how it does: of the collections that moved in the last 24 hours those that succeeded, failed, and
    of which its answer was lost; when a webhook of it was taken last. `path` is where it sends them."""

    name: str
    configured: bool
    base_url: str
    merchant: str
    callback_url: str
    path: str
    succeeded: int
    failed: int
    unanswered: int
    under_way: int
    told_at: AwareDatetime | None


class GatewayList(BaseModel):
    items: list[GatewayShape]


class WebhookShape(BaseModel):
    """How many notices were in it that are of collections or refunds of ours."""

    taken: int


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.put("/v1/gateways/{name}", response_model=GatewayShape, dependencies=[api.roles("admin")])
    async def set_gateway(name: str, body: GatewayBody, request: Request) -> Response:
        _known(name)
        known: Any = await api.db.fetchrow("select * from gateway_row where gateway = $1", name)

        async def sealed(field: str, given: str | None) -> SealedSecret:
            if given is None and known is not None:
                return SealedSecret(known[field])
            return await api.vault.seal_secret("gateway", name, given or "")

        command = SetGateway(
            gateway=name,
            secret=await sealed("secret", body.secret),
            webhook_secret=await sealed("webhook_secret", body.webhook_secret),
            base_url=body.base_url,
            merchant=body.merchant,
            callback_url=body.callback_url.rstrip("/"),
        )
        await api.command(request, command)
        (shown,) = await _shown(api, [name])
        return Answer(shown)

    @routes.get("/v1/gateways", response_model=GatewayList, dependencies=[api.roles(*READERS)])
    async def known_gateways() -> Response:
        """Those that there are, set up or not."""
        return Answer({"items": await _shown(api, list(gateways()))})

    @routes.post("/v1/gateways/{name}/webhook", response_model=WebhookShape, dependencies=[api.public])
    async def take_webhook(name: str, request: Request, intent: str = "", key: str = "") -> Response:
        """What a gateway says by itself; 401 `bad_signature` unless it is signed and fresh. `intent` and `key` are of
        gateways that sign nothing: they were told this address for one charge."""
        gateway, body = _known(name), await request.body()
        if len(body) > _BYTES_MAX:
            raise Rejection("too_large", "a webhook has at most 256 kB", status=413)
        webhook = Webhook(
            headers=dict(request.headers), body=body, at=api.clock.now(), query=dict(request.query_params)
        )
        found = gateway.notices(webhook, await _access(api, name))
        # Whose it is its signature has said.
        request.state.caller = Caller(actor=f"gateway:{name}", role="billing")
        taken = 0
        for notice in found:
            if (refund_id := refund_of(notice.intent_id)) is not None:
                taken += await _refunded(api, request, name, refund_id, notice.answer)
                continue
            collection_id, _, attempt = notice.intent_id.rpartition("-")
            sql = "select account_id, status from collection_row where collection_id = $1 and gateway = $2"
            row = await api.db.fetchrow(sql, collection_id, name)
            if row is None or not attempt.isdecimal() or len(attempt) > 4:
                continue
            taken += 1
            if row["status"] == "succeeded":
                continue  # told again: nothing can follow
            end = same_fields(
                EndCollection,
                notice.answer,
                account_id=row["account_id"],
                collection_id=collection_id,
                attempt=int(attempt),
            )
            await api.command(request, end)
        return Answer({"taken": taken})

    return routes


async def _shown(api: Api, names: list[str]) -> list[dict[str, Any]]:
    rows = await api.db.fetch(_HEALTH, names, api.clock.now() - _LATELY, ONLY)
    texts = ("base_url", "merchant", "callback_url")
    path = "/v1/gateways/{}/webhook".format
    return [
        {
            **{name: value for name, value in row.items() if name != "has_account"},
            **{name: row[name] or "" for name in texts},
            # What customers pay by themselves needs nothing but the operator's bank account.
            "configured": row["configured"] if gateways()[row["name"]].needs_token else row["has_account"],
            "path": path(row["name"]),
        }
        for row in rows
    ]


async def _refunded(api: Api, request: Request, gateway: str, refund_id: str, said: Said) -> int:
    """What a gateway says of a refund; whether it is one of ours."""
    sql = "select account_id from refund_row where refund_id = $1 and gateway = $2"
    account_id = await api.db.fetchval(sql, refund_id, gateway)
    if account_id is None:
        return 0
    await api.command(request, same_fields(EndRefund, said, account_id=account_id, refund_id=refund_id))
    return 1


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
