"""Late-fee policies.

POST   /v1/late-fee-policies {"id": "standard", "name": "Standard", "currency": "EUR", "grace_days": 3,
                              "steps": [{"after_days": 1, "fee": {"flat": "5.00"}}]}
GET    /v1/late-fee-policies
PUT    /v1/late-fee-policies/standard {...}     all that is said of it; If-Match takes its version
DELETE /v1/late-fee-policies/standard           409 late_fee_policy_in_use while accounts have it
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from services.invoicing.late_fee_policy.bodies import CapBody, FeeBody, LateFeePolicyChange, shown
from services.invoicing.late_fee_policy.messages import (
    ChangeLateFeePolicy,
    DefineLateFeePolicy,
    DeleteLateFeePolicy,
    LateFeeTerms,
)
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.filtering import Filter
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import IdText


class LateFeePolicyBody(LateFeePolicyChange):
    """A policy."""

    id: IdText | None = None


class LateFeePolicyStepShape(BaseModel):
    after_days: int
    fee: FeeBody


class LateFeePolicyShape(BaseModel):
    """A policy in its newest version; `accounts` have it."""

    id: str
    name: str
    currency: str | None
    grace_days: int
    minimum_overdue: str | None
    cap: CapBody | None
    tax_class: str | None
    fee_on_fees: bool
    steps: list[LateFeePolicyStepShape]
    version: int
    accounts: int
    defined_at: AwareDatetime
    allowed_actions: list[ActionShape]


class LateFeePolicyPage(Page):
    items: list[LateFeePolicyShape]


_COLUMNS: Final = (
    *("policy_id", "terms::text as terms", "version", "defined_at"),
    "(select count(*) from bill_profile b where b.late_fee_policy = p.policy_id) as accounts",
)
POLICIES: Final = Listing(
    source="late_fee_policy_row p",
    columns=_COLUMNS,
    filters={"id": Filter("policy_id"), "currency": Filter("currency")},
    sorts={"id": "policy_id", "name": "name", "defined_at": "defined_at"},
    default_sort="id",
    tiebreak="policy_id",
)
_THERE: Final = {"deleted_at is null and {value}::boolean": True}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]
    every, one = "/v1/late-fee-policies", "/v1/late-fee-policies/{policy_id}"

    @routes.post(every, status_code=201, response_model=LateFeePolicyShape, dependencies=writers)
    async def define_late_fee_policy(body: LateFeePolicyBody, request: Request) -> Response:
        policy_id = body.id or api.new_id(request, "late_fee_policy")
        await api.command(request, DefineLateFeePolicy(policy_id=policy_id, terms=body.terms()))
        return Answer(_shape(await _read(api, policy_id)), status_code=201)

    @routes.get(every, **listed(api, POLICIES, LateFeePolicyPage))
    async def late_fee_policies(request: Request) -> Response:
        return await POLICIES.fetch(request, api, shape=_shape, where=_THERE)

    @routes.get(one, response_model=LateFeePolicyShape, dependencies=readers)
    async def late_fee_policy(policy_id: str) -> Response:
        return Answer(_shape(await _read(api, policy_id)))

    @routes.put(one, response_model=LateFeePolicyShape, dependencies=writers)
    async def change_late_fee_policy(policy_id: str, body: LateFeePolicyChange, request: Request) -> Response:
        """Invoices that are issued from then on have the new version; those that are issued keep theirs."""
        await api.command(request, ChangeLateFeePolicy(policy_id=policy_id, terms=body.terms()))
        return Answer(_shape(await _read(api, policy_id)))

    @routes.delete(one, status_code=204, dependencies=writers)
    async def delete_late_fee_policy(policy_id: str, request: Request) -> Response:
        await api.command(request, DeleteLateFeePolicy(policy_id=policy_id))
        return Response(status_code=204)

    return routes


async def _read(api: Api, policy_id: str) -> Any:
    columns = ", ".join(_COLUMNS)
    sql = f"select {columns} from late_fee_policy_row p where policy_id = $1 and deleted_at is null"
    row = await api.db.fetchrow(sql, policy_id)
    if row is None:
        raise not_found("late-fee policy", policy_id)
    return row


def _shape(row: Any) -> dict[str, Any]:
    why_not = f"{row['accounts']} accounts have it" if row["accounts"] else None
    return {
        "id": row["policy_id"],
        **shown(msgspec.json.decode(row["terms"], type=LateFeeTerms)),
        **{name: row[name] for name in ("version", "accounts", "defined_at")},
        "allowed_actions": [action("update"), action("delete", why_not=why_not)],
    }
