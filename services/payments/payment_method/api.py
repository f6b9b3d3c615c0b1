"""Payment methods over HTTP.

POST   /v1/payment-methods {"account_id": "acc-1", "kind": "bank_account", "iban": "NL91 …", "holder": "Ann Example"}
POST   /v1/payment-methods {"account_id": "acc-1", "kind": "card", "gateway": "stripe", "token": "pm_…"}
POST   /v1/payment-methods {"account_id": "acc-1", "kind": "mobile_money", "gateway": "mpesa", "phone": "+254 7…"}
POST   /v1/payment-methods {"account_id": "acc-1", "kind": "bank_transfer", "gateway": "bank_transfer"}
POST   /v1/payment-methods/{id}/prefer
DELETE /v1/payment-methods/{id}

A body with the number of a card anywhere in it is refused, as everywhere in payments (`card_guard.py`).
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal, get_args

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from services.payments.gateways import gateways
from services.payments.payment_method.messages import (
    AddPaymentMethod,
    MethodDetails,
    MethodKind,
    OfMethod,
    PreferPaymentMethod,
    RemovePaymentMethod,
)
from services.payments.statements.parsing import clean
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, WRITERS
from shared.http.customers import SEALED
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import Body, IdText, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.sealed import Sealed

Short = Annotated[PrintableText, Field(min_length=1, max_length=140)]


class PaymentMethodBody(Body):
    """A bank account by its IBAN, or what a gateway calls a card or wallet: its token, never a number. Mobile money
    may be known by its `phone`, with the code of the country."""

    id: IdText | None = None
    account_id: IdText
    kind: MethodKind
    holder: Short | None = None
    iban: Annotated[PrintableText, Field(max_length=50)] | None = None
    bic: Annotated[str, Field(pattern="^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$")] | None = None
    gateway: IdText | None = None
    token: Annotated[PrintableText, Field(min_length=1, max_length=255)] | None = None
    phone: Annotated[str, Field(max_length=30, pattern=r"^\+[0-9](?:[ ./()-]*[0-9]){7,14}$")] | None = None
    label: Annotated[PrintableText, Field(max_length=60)] = ""

    @model_validator(mode="after")
    def _whole(self) -> PaymentMethodBody:
        if self.kind == "bank_account":
            if not self.iban or not clean.iban(self.iban) or not self.holder:
                raise PydanticCustomError("invalid", "a bank account has a valid iban and a holder")
            if self.token or self.gateway or self.phone:
                raise PydanticCustomError("invalid", "a bank account is of no gateway")
        elif self.kind == "bank_transfer":
            if not self.gateway or self.iban or self.bic or self.token or self.phone:
                raise PydanticCustomError("invalid", "a bank transfer has a gateway, and nothing of a card or account")
        elif not self.gateway or self.iban or self.bic:
            raise PydanticCustomError("invalid", "a card or wallet has a gateway and its token, and no iban")
        elif self.phone and (self.kind != "mobile_money" or self.token):
            raise PydanticCustomError("invalid", "a phone is of mobile money, and is what the gateway knows it by")
        elif not self.token and not self.phone:
            raise PydanticCustomError("invalid", "a card or wallet has a gateway and its token, mobile money a phone")
        return self


class PaymentMethodShape(BaseModel):
    """A way of paying. `holder`, `iban` and `phone` are shown to those who may see personal data; a token is shown to
    nobody. `declined` is why it is asked no more."""

    id: str
    account_id: str
    kind: MethodKind
    label: str
    gateway: str
    declined: str
    preferred: bool
    status: Literal["active", "removed"]
    holder: str
    iban: str
    phone: str
    allowed_actions: list[ActionShape]


class PaymentMethodPage(Page):
    items: list[PaymentMethodShape]


_SOURCE: Final = """
(select m.*, coalesce(p.method_id = m.method_id and m.status = 'active', false) as preferred
   from payment_method_row m left join preferred_method_row p using (partition, account_id)) as method
"""
METHODS: Final = Listing(
    source=_SOURCE,
    filters={
        "account_id": Filter("account_id"),
        "kind": Filter("kind", one_of=get_args(MethodKind)),
        "status": Filter("status", one_of=("active", "removed")),
        "gateway": Filter("gateway"),
    },
    sorts={"recorded_at": "recorded_at"},
    default_sort="recorded_at",
    tiebreak="method_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    every, one = "/v1/payment-methods", "/v1/payment-methods/{method_id}"
    writers = [api.roles(*WRITERS)]

    async def done(request: Request, method_id: str, kind: type[OfMethod]) -> Response:
        row = await _row(api, method_id)
        await api.command(request, kind(method_id=method_id, account_id=row["account_id"]))
        return Answer(await _shown(api, request, method_id))

    @routes.post(every, status_code=201, response_model=PaymentMethodShape, dependencies=writers)
    async def add_payment_method(body: PaymentMethodBody, request: Request) -> Response:
        if body.gateway and body.gateway not in gateways():
            detail = f"{body.gateway!r} is no gateway; there are {', '.join(gateways())}"
            raise Rejection("invalid", detail, pointer="/gateway", status=422)
        if body.gateway and gateways()[body.gateway].needs_token == (body.kind == "bank_transfer"):
            detail = f"{body.gateway} is no gateway for {body.kind}"
            raise Rejection("invalid", detail, pointer="/gateway", status=422)
        method_id = body.id or api.new_id(request, "payment-method")
        iban = clean.iban(body.iban or "")
        phone = re.sub("[^0-9]", "", body.phone or "")
        details = MethodDetails(
            holder=body.holder or "", iban=iban, bic=body.bic or "", token=body.token or phone, phone=phone
        )
        command = AddPaymentMethod(
            method_id=method_id,
            account_id=body.account_id,
            kind=body.kind,
            label=body.label or _label(body.kind, iban, phone),
            details=await api.vault.seal_private(body.account_id, msgspec.json.encode(details).decode()),
            payer=api.vault.fingerprint("iban", iban) if iban else "",
            gateway=body.gateway or "",
        )
        await api.command(request, command)
        return Answer(await _shown(api, request, method_id), status_code=201)

    @routes.get(every, **listed(api, METHODS, PaymentMethodPage))
    async def payment_methods(request: Request) -> Response:
        page = await METHODS.page(request, api, shape=lambda row: row)
        return Answer({**page, "items": [await _shape(api, request, row) for row in page["items"]]})

    @routes.get(one, response_model=PaymentMethodShape, dependencies=[api.roles(*READERS)])
    async def payment_method(method_id: str, request: Request) -> Response:
        return Answer(await _shown(api, request, method_id))

    @routes.post(f"{one}/prefer", response_model=PaymentMethodShape, dependencies=writers)
    async def prefer_payment_method(method_id: str, request: Request) -> Response:
        """Take it where nothing else is said."""
        return await done(request, method_id, PreferPaymentMethod)

    @routes.delete(one, response_model=PaymentMethodShape, dependencies=writers)
    async def remove_payment_method(method_id: str, request: Request) -> Response:
        return await done(request, method_id, RemovePaymentMethod)

    return routes


async def _row(api: Api, method_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow(f"select * from {_SOURCE} where method_id = $1", method_id)
    if row is None:
        raise not_found("payment_method", method_id)
    return row


async def _shown(api: Api, request: Request, method_id: str) -> dict[str, Any]:
    return await _shape(api, request, await _row(api, method_id))


async def _shape(api: Api, request: Request, row: asyncpg.Record) -> dict[str, Any]:
    said = MethodDetails(holder=SEALED, iban=SEALED, phone=SEALED)
    if caller_of(request).may("personal_data"):
        said = details_of(await api.vault.open(Sealed(row["details"])))
    gone = None if row["status"] == "active" else "it was removed"
    preferred = "it is preferred already" if row["preferred"] else None
    shown = ("account_id", "kind", "label", "gateway", "declined", "preferred", "status")
    return {
        "id": row["method_id"],
        **{name: row[name] for name in shown},
        "holder": said.holder,
        "iban": said.iban,
        "phone": f"+{said.phone}" if said.phone.isdecimal() else said.phone,
        "allowed_actions": [action("prefer", why_not=gone or preferred), action("remove", why_not=gone)],
    }


def _label(kind: MethodKind, iban: str, phone: str) -> str:
    """What people see of it who may not see the number."""
    if iban:
        return f"{iban[:2]}•••{iban[-4:]}"
    return f"•••{phone[-3:]}" if phone else kind


def details_of(text: str) -> MethodDetails:
    """What was sealed; of what is erased nothing."""
    try:
        return msgspec.json.decode(text, type=MethodDetails)
    except msgspec.DecodeError:
        return MethodDetails(holder=text)
