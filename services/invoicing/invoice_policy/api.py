"""What is demanded of every invoice, over HTTP.

GET /v1/invoice-policy
PUT /v1/invoice-policy {"approval": {"above": [{"amount": "1000.00", "currency": "EUR"}], "four_eyes": true},
                        "clearance": [{"seller_country": "IT", "authority": "SdI"}],
                        "numbering": {"series": {"invoice": "INV-NL"}}}                           If-Match
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Self

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, StrictBool, model_validator

from services.invoicing.credit_note.crediting import check_decimals
from services.invoicing.invoice_policy.messages import (
    INVOICES,
    ApprovalPolicy,
    ClearanceRule,
    Numbering,
    SetInvoicePolicy,
)
from services.invoicing.invoice_policy.numbering import NumberingBody, NumberingShape, numbering_of, numbering_shape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.money import money
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.customer import is_country
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody

_RULES_MAX: Final = 100
Country = Annotated[str, Field(strict=True, pattern="^[A-Z]{2}$")]


class ApprovalBody(Body):
    """`every` invoice, or those `above` an amount in their currency, need an approval before they are locked.

    `four_eyes`: nobody approves what they have asked for, nor issues what they have approved.
    """

    every: StrictBool = False
    above: Annotated[list[MoneyBody], Field(max_length=50)] = []
    four_eyes: StrictBool = False

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        if len({money.currency for money in self.above}) < len(self.above):
            raise ValueError("a currency is named twice; give one amount for each")
        return self


class ClearanceBody(Body):
    """Invoices of a seller in `seller_country`, to `buyer_country` where it is given, are cleared by `authority`."""

    seller_country: Country
    authority: Annotated[PrintableText, Field(min_length=1, max_length=80)]
    buyer_country: Country | None = None


class InvoicePolicyBody(Body):
    """The whole policy; what is left out is not demanded any more."""

    approval: ApprovalBody = ApprovalBody()
    clearance: Annotated[list[ClearanceBody], Field(max_length=_RULES_MAX)] = []
    numbering: NumberingBody = NumberingBody()


class ApprovalPolicyShape(BaseModel):
    every: bool
    above: list[MoneyBody]
    four_eyes: bool


class ClearanceRuleShape(BaseModel):
    seller_country: str
    authority: str
    buyer_country: str | None


class InvoicePolicyShape(BaseModel):
    """What is demanded of invoices that are locked and issued from now on; version 0 was never set."""

    approval: ApprovalPolicyShape
    clearance: list[ClearanceRuleShape]
    numbering: NumberingShape
    version: int
    set_at: AwareDatetime | None
    set_by: str | None


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/invoice-policy"

    @routes.get(path, response_model=InvoicePolicyShape, dependencies=[api.roles(*READERS)])
    async def invoice_policy() -> Response:
        return Answer(await _read(api))

    @routes.put(path, response_model=InvoicePolicyShape, dependencies=[api.roles("admin")])
    async def set_invoice_policy(body: InvoicePolicyBody, request: Request) -> Response:
        approval = approval_policy(body.approval)
        clearance, numbering = _rules(body.clearance), await numbering_of(api, body.numbering)
        await api.command(request, SetInvoicePolicy(approval=approval, clearance=clearance, numbering=numbering))
        return Answer(await _read(api))

    return routes


def approval_policy(body: ApprovalBody) -> ApprovalPolicy:
    """Raises `Rejection` for an amount that no invoice has: below zero, or with decimals that its currency has not."""
    for n, limit in enumerate(body.above):
        pointer = f"/approval/above/{n}/amount"
        if limit.amount < 0:
            raise Rejection("out_of_bounds", f"an invoice is 0 or above, not {limit.amount}", pointer=pointer)
        check_decimals(limit.amount, limit.currency, pointer)
    above = dict(sorted((limit.currency, limit.amount) for limit in body.above))
    return ApprovalPolicy(every=body.every, above=above, four_eyes=body.four_eyes)


def _rules(bodies: list[ClearanceBody]) -> list[ClearanceRule]:
    for n, body in enumerate(bodies):
        for name in ("seller_country", "buyer_country"):
            code = getattr(body, name)
            if code is not None and not is_country(code):
                detail = f"{code} is no country of ISO 3166-1"
                raise Rejection("invalid", detail, pointer=f"/clearance/{n}/{name}")
    return [ClearanceRule(**body.model_dump()) for body in bodies]


async def _read(api: Api) -> dict[str, Any]:
    row = await api.db.fetchrow("select * from invoice_policy_row where policy_id = $1", INVOICES)
    approval, clearance, numbering = ApprovalPolicy(), list[ClearanceRule](), Numbering()
    if row is not None:
        approval = msgspec.json.decode(row["approval"], type=ApprovalPolicy)
        clearance = msgspec.json.decode(row["clearance"], type=list[ClearanceRule])
        numbering = msgspec.json.decode(row["numbering"], type=Numbering)
    return {
        "approval": {
            "every": approval.every,
            "above": [money(amount, currency) for currency, amount in sorted(approval.above.items())],
            "four_eyes": approval.four_eyes,
        },
        "clearance": [{name: getattr(rule, name) for name in ClearanceRuleShape.model_fields} for rule in clearance],
        "numbering": numbering_shape(numbering),
        "version": 0 if row is None else row["version"],
        "set_at": None if row is None else row["set_at"],
        "set_by": None if row is None else row["set_by"],
    }
