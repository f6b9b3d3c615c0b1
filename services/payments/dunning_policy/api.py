"""Dunning policies over HTTP, and which one is the operator's.

POST   /v1/dunning/policies {"id": "standard", "name": "Standard", "steps": [
                             {"name": "Reminder", "after_days": 10},
                             {"name": "Block", "after_days": 14, "service": {"access": "blocked"}}]}
GET    /v1/dunning/policies
PUT    /v1/dunning/policies/standard {...}     all that is said of it; If-Match takes its version
DELETE /v1/dunning/policies/standard           409 dunning_policy_in_use while it is somebody's
PUT    /v1/dunning/settings {"policy_id": "standard"}      of all accounts that have none of their own; null: none
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from services.payments.dunning_policy.bodies import DunningPolicyChange, DunningStepBody, shown
from services.payments.dunning_policy.messages import (
    ChangeDunningPolicy,
    DefineDunningPolicy,
    DeleteDunningPolicy,
    DunningTerms,
    SetDefaultDunningPolicy,
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
from shared.kernel.bodies import Body, IdText
from shared.kernel.money import MoneyBody


class DunningPolicyBody(DunningPolicyChange):
    """A policy."""

    id: IdText | None = None


class DunningSettingsBody(Body):
    """The policy of all accounts that have none of their own; null: they are not dunned."""

    policy_id: IdText | None


class DunningSettingsShape(BaseModel):
    policy_id: str | None


class DunningPolicyShape(BaseModel):
    """A policy in its newest version; `accounts` have it as their own, `open_cases` are under one of its versions."""

    id: str
    name: str
    minimums: list[MoneyBody]
    steps: list[DunningStepBody]
    version: int
    is_default: bool
    accounts: int
    open_cases: int
    defined_at: AwareDatetime
    allowed_actions: list[ActionShape]


class DunningPolicyPage(Page):
    items: list[DunningPolicyShape]


_COLUMNS: Final = (
    *("policy_id", "terms::text as terms", "version", "defined_at"),
    "(select count(*) from dunning_account_row a where a.policy_id = p.policy_id) as accounts",
    """(select count(*) from dunning_case_row c
         where c.policy_id = p.policy_id and c.cleared_on is null) as open_cases""",
    "exists (select from dunning_default_row d where d.policy_id = p.policy_id) as is_default",
)
POLICIES: Final = Listing(
    source="dunning_policy_row p",
    columns=_COLUMNS,
    filters={"id": Filter("policy_id")},
    sorts={"id": "policy_id", "name": "name", "defined_at": "defined_at"},
    default_sort="id",
    tiebreak="policy_id",
)
_THERE: Final = {"deleted_at is null and {value}::boolean": True}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]
    every, one, settings = "/v1/dunning/policies", "/v1/dunning/policies/{policy_id}", "/v1/dunning/settings"

    @routes.post(every, status_code=201, response_model=DunningPolicyShape, dependencies=writers)
    async def define_dunning_policy(body: DunningPolicyBody, request: Request) -> Response:
        policy_id = body.id or api.new_id(request, "dunning_policy")
        await api.command(request, DefineDunningPolicy(policy_id=policy_id, terms=body.terms()))
        return Answer(_shape(await _read(api, policy_id)), status_code=201)

    @routes.get(every, **listed(api, POLICIES, DunningPolicyPage))
    async def dunning_policies(request: Request) -> Response:
        return await POLICIES.fetch(request, api, shape=_shape, where=_THERE)

    @routes.get(one, response_model=DunningPolicyShape, dependencies=readers)
    async def dunning_policy(policy_id: str) -> Response:
        return Answer(_shape(await _read(api, policy_id)))

    @routes.put(one, response_model=DunningPolicyShape, dependencies=writers)
    async def change_dunning_policy(policy_id: str, body: DunningPolicyChange, request: Request) -> Response:
        """Cases that open from then on have the new version; those that are open keep theirs."""
        await api.command(request, ChangeDunningPolicy(policy_id=policy_id, terms=body.terms()))
        return Answer(_shape(await _read(api, policy_id)))

    @routes.delete(one, status_code=204, dependencies=writers)
    async def delete_dunning_policy(policy_id: str, request: Request) -> Response:
        await api.command(request, DeleteDunningPolicy(policy_id=policy_id))
        return Response(status_code=204)

    @routes.get(settings, response_model=DunningSettingsShape, dependencies=readers)
    async def dunning_settings() -> Response:
        return Answer({"policy_id": await _default(api)})

    @routes.put(settings, response_model=DunningSettingsShape, dependencies=writers)
    async def set_dunning_settings(body: DunningSettingsBody, request: Request) -> Response:
        """Every account that owes something is looked at anew; cases under another policy end, and begin by this."""
        await api.command(request, SetDefaultDunningPolicy(policy_id=body.policy_id))
        return Answer({"policy_id": await _default(api)})

    return routes


async def _default(api: Api) -> str | None:
    found: str | None = await api.db.fetchval("select policy_id from dunning_default_row")
    return found


async def _read(api: Api, policy_id: str) -> Any:
    columns = ", ".join(_COLUMNS)
    sql = f"select {columns} from dunning_policy_row p where policy_id = $1 and deleted_at is null"
    row = await api.db.fetchrow(sql, policy_id)
    if row is None:
        raise not_found("dunning policy", policy_id)
    return row


def _shape(row: Any) -> dict[str, Any]:
    why_not = "it is the operator's policy" if row["is_default"] else None
    if row["accounts"]:
        why_not = f"{row['accounts']} accounts have it"
    return {
        "id": row["policy_id"],
        **shown(msgspec.json.decode(row["terms"], type=DunningTerms)),
        **{name: row[name] for name in ("version", "is_default", "accounts", "open_cases", "defined_at")},
        "allowed_actions": [action("update"), action("set_default"), action("delete", why_not=why_not)],
    }
