"""SEPA mandates over HTTP.

POST /v1/mandates {"id": "M-2026-1", "account_id": "acc-1", "payment_method_id": "pm-1", "signed_on": "2026-01-05"}
POST /v1/mandates/{id}/sign   {"signed_on": "2026-01-05"}         one that was registered without
POST /v1/mandates/{id}/amend  {"payment_method_id": "pm-2"}
POST /v1/mandates/{id}/revoke {"reason": "asked by the customer"}
"""

from __future__ import annotations

from typing import Annotated, Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.payments.mandate.messages import (
    AmendMandate,
    MandateKind,
    MandateScheme,
    OfMandate,
    RegisterMandate,
    RevokeMandate,
    SignMandate,
)
from services.payments.mandate.rows import MandateRow
from services.payments.mandate.state import MandateStatus
from services.payments.sepa.characters import is_reference
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText
from shared.kernel.errors import Rejection

MANDATE: Final = RowShape(MandateRow, renamed={"mandate_id": "id", "method_id": "payment_method_id"})


class MandateBody(Body):
    """`id` is the mandate's unique reference, 35 characters at most; without `signed_on` it waits for its signature."""

    id: IdText | None = None
    account_id: IdText
    payment_method_id: IdText
    kind: MandateKind = "recurring"
    scheme: MandateScheme = "CORE"
    signed_on: BillingDate | None = None


class MandateSignBody(Body):
    signed_on: BillingDate


class MandateAmendBody(Body):
    payment_method_id: IdText


class MandateRevokeBody(Body):
    reason: Annotated[PrintableText, Field(min_length=1, max_length=200)]


@MANDATE.model
class MandateShape(BaseModel):
    """A mandate; one that nothing is collected by for 36 months expires."""

    allowed_actions: list[ActionShape]


class MandatePage(Page):
    items: list[MandateShape]


MANDATES: Final = Listing(
    source="mandate_row",
    columns=MANDATE.columns,
    filters={
        "account_id": Filter("account_id"),
        "payment_method_id": Filter("method_id"),
        "status": Filter("status", one_of=get_args(MandateStatus)),
        "scheme": Filter("scheme", one_of=get_args(MandateScheme)),
        "from": Filter("registered_on", op=">=", kind="date"),
        "to": Filter("registered_on", op="<=", kind="date"),
    },
    sorts={"registered_on": "registered_on", "used_on": "used_on"},
    default_sort="-registered_on",
    tiebreak="mandate_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    every, one = "/v1/mandates", "/v1/mandates/{mandate_id}"
    said: dict[str, Any] = {"response_model": MandateShape, "dependencies": [api.roles(*WRITERS)]}

    async def done(request: Request, mandate_id: str, kind: type[OfMandate], **what: Any) -> Response:
        row = await _row(api, mandate_id)
        await api.command(request, kind(mandate_id=mandate_id, account_id=row["account_id"], **what))
        return Answer(_shape(await _row(api, mandate_id)))

    @routes.post(every, status_code=201, **said)
    async def register_mandate(body: MandateBody, request: Request) -> Response:
        mandate_id = body.id or f"M-{api.new_id(request, 'mandate')}"
        if not is_reference(mandate_id):
            detail = "a mandate's id is its reference: at most 35 of A-Z a-z 0-9 - : ."
            raise Rejection("invalid", detail, pointer="/id")
        command = RegisterMandate(
            mandate_id=mandate_id,
            account_id=body.account_id,
            method_id=body.payment_method_id,
            kind=body.kind,
            scheme=body.scheme,
            signed_on=body.signed_on,
        )
        await api.command(request, command)
        return Answer(_shape(await _row(api, mandate_id)), status_code=201)

    @routes.get(every, **listed(api, MANDATES, MandatePage))
    async def mandates(request: Request) -> Response:
        return await MANDATES.fetch(request, api, shape=_shape)

    @routes.get(one, response_model=MandateShape, dependencies=[api.roles(*READERS)])
    async def mandate(mandate_id: str) -> Response:
        return Answer(_shape(await _row(api, mandate_id)))

    @routes.post(f"{one}/sign", **said)
    async def sign_mandate(mandate_id: str, body: MandateSignBody, request: Request) -> Response:
        return await done(request, mandate_id, SignMandate, signed_on=body.signed_on)

    @routes.post(f"{one}/amend", **said)
    async def amend_mandate(mandate_id: str, body: MandateAmendBody, request: Request) -> Response:
        return await done(request, mandate_id, AmendMandate, method_id=body.payment_method_id)

    @routes.post(f"{one}/revoke", **said)
    async def revoke_mandate(mandate_id: str, body: MandateRevokeBody, request: Request) -> Response:
        return await done(request, mandate_id, RevokeMandate, reason=body.reason)

    return routes


async def _row(api: Api, mandate_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow("select * from mandate_row where mandate_id = $1", mandate_id)
    if row is None:
        raise not_found("mandate", mandate_id)
    return row


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    over = f"it is {row['status']}" if row["status"] in ("revoked", "expired") else None
    pending = None if row["status"] == "pending" else f"it is {row['status']}"
    reasons = {"sign": pending, "amend": over, "revoke": over}
    return {
        **MANDATE.values(row),
        "allowed_actions": [action(name, why_not=why) for name, why in reasons.items()],
    }
