"""How an account is dunned: by which policy, since when, and what comes.

GET    /v1/accounts/acc-1/dunning          policy and whose it is, the open case, the steps that come
PUT    /v1/accounts/acc-1/dunning          {"policy_id": "gentle"}     null: the operator's
POST   /v1/accounts/acc-1/dunning/exempt   {"reason": "hospital", "until": "2027-01-01"}
DELETE /v1/accounts/acc-1/dunning/exempt
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.dunning.api import ExemptBody
from services.payments.dunning.asking import coming_steps
from services.payments.dunning.messages import AssignDunningPolicy, EndDunningExemption, ExemptFromDunning
from services.payments.dunning.shapes import (
    CASES,
    COLUMNS,
    ComingStepShape,
    DunningCaseShape,
    case_shape,
    coming_shape,
)
from services.payments.known_account import known_account
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.check_only import CHECKABLE, CHECKED
from shared.kernel.bodies import Body, IdText
from shared.kernel.calendar import local_date

_ACCOUNT: Final = """
select p.account_id, p.time_zone, a.policy_id as own, d.policy_id as operators, e.exempt, e.reason, e.until
  from payer_row p
  left join dunning_account_row a on a.partition = p.partition and a.account_id = p.account_id
  left join dunning_exemption_row e on e.partition = p.partition and e.account_id = p.account_id
  left join dunning_default_row d on true
 where p.account_id = $1
"""


class AccountDunningBody(Body):
    """The policy that the account is dunned by; null: the operator's."""

    policy_id: IdText | None


class ExemptionShape(BaseModel):
    reason: str
    until: date | None


class AccountDunningShape(BaseModel):
    """`policy_source` says whose the policy is. `coming` are the steps that the account reaches if nothing is paid;
    `restricted_on` is the first day of them that leaves it less service, `days_to_restriction` how far that is away."""

    account_id: str
    policy_id: str | None
    policy_source: Literal["account", "operator", "none"]
    exemption: ExemptionShape | None
    case: DunningCaseShape | None
    coming: list[ComingStepShape]
    restricted_on: date | None
    days_to_restriction: int | None


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one = "/v1/accounts/{account_id}/dunning"
    acts: dict[str, Any] = {"response_model": AccountDunningShape, "dependencies": [api.roles(*WRITERS)]}

    @routes.get(one, response_model=AccountDunningShape, dependencies=[api.roles(*READERS)])
    async def account_dunning(account_id: str) -> Response:
        return Answer(await _shape(api, account_id))

    @routes.put(
        one, response_model=AccountDunningShape, responses=CHECKED, dependencies=[api.roles(*WRITERS), CHECKABLE]
    )
    async def assign_dunning_policy(account_id: str, body: AccountDunningBody, request: Request) -> Response:
        """A case under another policy ends, and begins by this one."""
        await known_account(api, account_id, _ACCOUNT)
        await api.command(request, AssignDunningPolicy(account_id=account_id, policy_id=body.policy_id))
        return Answer(await _shape(api, account_id))

    @routes.post(f"{one}/exempt", **acts)
    async def exempt_account(account_id: str, body: ExemptBody, request: Request) -> Response:
        """The account is left alone: an open case is cleared, and service is given back."""
        await known_account(api, account_id, _ACCOUNT)
        await api.command(request, ExemptFromDunning(account_id=account_id, reason=body.reason, until=body.until))
        return Answer(await _shape(api, account_id))

    @routes.delete(f"{one}/exempt", **acts)
    async def end_exemption(account_id: str, request: Request) -> Response:
        """The account is dunned again, from the first step on."""
        await known_account(api, account_id, _ACCOUNT)
        await api.command(request, EndDunningExemption(account_id=account_id))
        return Answer(await _shape(api, account_id))

    return routes


async def _shape(api: Api, account_id: str) -> dict[str, Any]:
    row, now = await known_account(api, account_id, _ACCOUNT), api.clock.now()
    today = local_date(now, row["time_zone"])
    case = await _open_case(api, account_id)
    steps = await coming_steps(api, account_id)
    access = case["access"] if case else "open"
    less = next((step.on for step in steps if step.access not in ("open", access)), None)
    return {
        "account_id": account_id,
        "policy_id": row["own"] or row["operators"],
        "policy_source": "account" if row["own"] else "operator" if row["operators"] else "none",
        "exemption": _exemption(row, today),
        "case": case_shape(case, now) if case else None,
        "coming": [coming_shape(step) for step in steps],
        "restricted_on": less,
        "days_to_restriction": None if less is None else (less - today).days,
    }


async def _open_case(api: Api, account_id: str) -> asyncpg.Record | None:
    sql = f"select {', '.join(COLUMNS)} from {CASES} where account_id = $1 and cleared_on is null"
    row: asyncpg.Record | None = await api.db.fetchrow(sql, account_id)
    return row


def _exemption(row: asyncpg.Record, today: date) -> dict[str, Any] | None:
    if not row["exempt"] or (row["until"] is not None and row["until"] <= today):
        return None
    return {"reason": row["reason"], "until": row["until"]}
