"""Roles, and the policy of sessions and second factors, for administrators.

GET    /v1/roles                                        the five fixed ones and those that were made
POST   /v1/roles {"id": "cashier", "based_on": "billing", "scopes": ["payments:write", "invoices:read"]}
PUT    /v1/roles/{id}                                   If-Match takes the version; DELETE where nobody has it
GET    /v1/access-policy/sign-in                        how people come in, as the settings say
PUT    /v1/access-policy {"idle_minutes": 120, "session_hours": 12, "second_factor_roles": ["admin"]}
"""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from services.reporting.identity import models
from services.reporting.identity.areas import AREAS, allowed_words
from services.reporting.identity.asking import by_of
from services.reporting.identity.policy import access_policy, set_access_policy
from services.reporting.identity.provider.terms import sign_in_shape
from services.reporting.identity.roles import (
    MadeRole,
    change_role,
    check_role,
    create_role,
    delete_role,
    made_role,
    made_roles,
)
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api, expected_version
from shared.http.auth import EVERYBODY, ROLES, Role
from shared.http.openapi import takes
from shared.http.problems import not_found
from shared.http.scopes import ACCESS
from shared.kernel.errors import Rejection


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admin: dict[str, Any] = {"dependencies": [api.roles("admin")]}
    one = "/v1/roles/{role_id}"

    @routes.get("/v1/roles", dependencies=[api.roles(*EVERYBODY)], response_model=models.RoleList)
    async def list_roles() -> Response:
        """The five fixed roles and what each may do, and those that were made of them; and what scopes can name."""
        made = [_made(role) for role in await made_roles(api.db)]
        items = [*(_fixed(role) for role in ROLES.values()), *made]
        return Answer({"items": items, "total": len(items), "areas": sorted((*AREAS, *ACCESS))})

    @routes.post("/v1/roles", status_code=201, **admin, response_model=models.RoleView)
    async def make_role(body: models.NewRoleBody, request: Request) -> Response:
        """Make a role of a fixed one: it may what that may, within its scopes."""
        await create_role(
            api.db,
            role_id=body.id,
            description=body.description,
            based_on=body.based_on,
            scopes=body.scopes,
            by=by_of(request),
        )
        return Answer(await _read(api, body.id), status_code=201)

    @routes.put(one, **admin, response_model=models.RoleView, openapi_extra=takes("If-Match"))
    async def set_role(role_id: str, body: models.RoleFields, request: Request) -> Response:
        """Holds for everybody who has it, within half a minute. What it is based on stays."""
        _check_made(role_id)
        expected = expected_version(request)
        if not await change_role(
            api.db, role_id, description=body.description, scopes=body.scopes, expected=expected, by=by_of(request)
        ):
            raise not_found("role", role_id)
        return Answer(await _read(api, role_id))

    @routes.delete(one, status_code=204, **admin)
    async def remove_role(role_id: str, request: Request) -> Response:
        """Not where somebody has it (409 `role_in_use`)."""
        _check_made(role_id)
        if not await delete_role(api.db, role_id, by_of(request)):
            raise not_found("role", role_id)
        return Response(status_code=204)

    @routes.get("/v1/access-policy", **admin, response_model=models.AccessPolicyView)
    async def read_access_policy() -> Response:
        return Answer(msgspec.structs.asdict(await access_policy(api.db)))

    @routes.get("/v1/access-policy/sign-in", **admin, response_model=models.SignInView)
    async def read_sign_in() -> Response:
        """How people come in, as the settings of the installation say; they are changed there (docs/operations.md)."""
        return Answer(sign_in_shape(api.settings))

    @routes.put("/v1/access-policy", **admin, response_model=models.AccessPolicyView, openapi_extra=takes("If-Match"))
    async def put_access_policy(body: models.AccessPolicyBody, request: Request) -> Response:
        """Holds at once, for the sessions that there are as well: who has a role that needs a second factor and has
        none may only set one up."""
        for n, role in enumerate(body.second_factor_roles):
            try:
                await check_role(api.db, role)
            except Rejection as refusal:
                detail = refusal.detail
                raise Rejection("unknown_role", detail, pointer=f"/second_factor_roles/{n}") from refusal
        policy = await set_access_policy(
            api.db,
            idle_minutes=body.idle_minutes,
            session_hours=body.session_hours,
            second_factor_roles=body.second_factor_roles,
            expected=expected_version(request),
            by=by_of(request),
        )
        return Answer(msgspec.structs.asdict(policy))

    return routes


async def _read(api: Api, role_id: str) -> dict[str, Any]:
    role = await made_role(api.db, role_id)
    if role is None:
        raise not_found("role", role_id)
    return _made(role)


def _check_made(role_id: str) -> None:
    if role_id in ROLES:
        raise Rejection("role_is_fixed", f"the role {role_id} is fixed; make one that is based on it", status=409)


def _fixed(role: Role) -> dict[str, Any]:
    return {
        "name": role.name,
        "description": role.description,
        "may": role.may,
        "fixed": True,
        "based_on": None,
        "scopes": [],
        "holders": None,
        "version": None,
        "allowed_actions": [],
    }


def _made(role: MadeRole) -> dict[str, Any]:
    in_use = f"{role.holders} people and API keys have it" if role.holders else None
    return {
        "name": role.role_id,
        "description": role.description,
        "may": allowed_words(role.based_on, (frozenset(role.scopes),)),
        "fixed": False,
        "based_on": role.based_on,
        "scopes": role.scopes,
        "holders": role.holders,
        "version": role.version,
        "allowed_actions": [action("update"), action("delete", why_not=in_use)],
    }
