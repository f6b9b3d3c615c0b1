"""API keys, users and roles, for administrators; and the exchange of a credential for a token, for the entry.

POST   /v1/api-keys {"name", "role"}       201 {"id", "key": "mk_…", ...}: the only time the key is shown; asked again
                                           under its Idempotency-Key, 409 `already_created` with the id
DELETE /v1/api-keys/{id}                   204; the entry forgets it within 30 s
POST   /v1/users {"email", "password", "role"}
GET    /v1/roles
POST   /internal/exchange {"api_key"} or {"session"}    {"token", "actor", "role", "expires_in"}
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from services.reporting import identity
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import EVERYBODY, ROLES, SERVICE, TOKEN_LIFE_S
from shared.http.listing import Filter, Listing
from shared.http.openapi import takes
from shared.http.pages import Page
from shared.http.parameters import documented
from shared.http.problems import key_reused, not_found
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.errors import Rejection

RoleName = Literal["admin", "billing", "support", "auditor", "ingest"]
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]


class NewKeyBody(Body):
    name: PrintableText = Field(min_length=1, max_length=100)
    role: RoleName


class KeyView(BaseModel):
    id: str
    name: str
    role: RoleName
    created_by: str
    created_at: datetime
    revoked_at: datetime | None


class NewKeyView(KeyView):
    key: str = Field(description="The whole key. It is not shown again.")


class KeyPage(Page):
    items: list[KeyView]


class NewUserBody(Body):
    email: Email
    password: str = Field(min_length=8, max_length=256)
    role: RoleName


class UserView(BaseModel):
    id: str
    email: str
    role: RoleName
    created_at: datetime


class UserPage(Page):
    items: list[UserView]


class RoleView(BaseModel):
    name: RoleName
    description: str
    may: list[str]


class RoleList(BaseModel):
    items: list[RoleView]
    total: int


class Credential(Body):
    """One of the two."""

    api_key: str | None = Field(default=None, max_length=512)
    session: str | None = Field(default=None, max_length=512)


API_KEYS: Final = Listing(
    source="durable.api_key",
    columns=("key_id as id", "name", "role", "created_by", "created_at", "revoked_at"),
    filters={
        "id": Filter("key_id"),
        "name": Filter("name"),
        "role": Filter("role", one_of=tuple(ROLES)),
        "created_by": Filter("created_by"),
        "revoked": Filter("revoked_at is not null", kind="boolean"),
    },
    sorts={"created_at": "created_at", "name": "name"},
    default_sort="-created_at",
    tiebreak="key_id",
)

USERS: Final = Listing(
    source="durable.app_user",
    columns=("user_id as id", "email", "role", "created_at"),
    filters={
        "id": Filter("user_id"),
        "email": Filter(where="email_key = lower({value})"),
        "role": Filter("role", one_of=tuple(ROLES)),
    },
    sorts={"email": "email_key", "created_at": "created_at"},
    default_sort="email",
    tiebreak="user_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admin = [api.roles("admin")]

    @routes.post(
        "/v1/api-keys",
        status_code=201,
        dependencies=admin,
        response_model=NewKeyView,
        openapi_extra=takes("Idempotency-Key"),
    )
    async def create_api_key(body: NewKeyBody, request: Request) -> Response:
        """Make an API key; the answer is the only place where it is shown. The same Idempotency-Key makes one key: a
        retry is told its id (409 `already_created`); if the answer got lost, revoke it and make another."""
        try:
            made = await identity.create_key(
                api.db,
                name=body.name,
                role=body.role,
                created_by=caller_of(request).actor,
                key_id=api.new_id(request, "api-key"),
            )
        except identity.KeyExists as error:
            raise _already_created(error.api_key, body) from error
        return Answer({**_key(made.api_key), "key": made.key}, status_code=201)

    @routes.get("/v1/api-keys", dependencies=admin, response_model=KeyPage, openapi_extra=documented(API_KEYS))
    async def list_api_keys(request: Request) -> Response:
        """Keys without their secrets, newest first; the revoked ones too, for a log may name them."""
        return await API_KEYS.fetch(request, api, shape=_shown)

    @routes.delete("/v1/api-keys/{key_id}", status_code=204, dependencies=admin)
    async def revoke_api_key(key_id: str) -> Response:
        """End a key for good."""
        if await identity.revoke_key(api.db, key_id) is None:
            raise not_found("API key", key_id)
        return Response(status_code=204)

    @routes.post("/v1/users", status_code=201, dependencies=admin, response_model=UserView)
    async def create_user(body: NewUserBody) -> Response:
        """Add a person who may log in."""
        try:
            user = await identity.create_user(api.db, body.email, body.password, body.role)
        except identity.UserExists as error:
            detail = f"there is a user with the e-mail {body.email} already"
            raise Rejection("user_exists", detail, pointer="/email", status=409) from error
        return Answer(_user(user), status_code=201)

    @routes.get("/v1/users", dependencies=admin, response_model=UserPage, openapi_extra=documented(USERS))
    async def list_users(request: Request) -> Response:
        """Everybody who may log in."""
        return await USERS.fetch(request, api, shape=_shown)

    @routes.get("/v1/roles", dependencies=[api.roles(*EVERYBODY)], response_model=RoleList)
    async def list_roles() -> Response:
        """The five fixed roles and what each may do."""
        roles = [{"name": role.name, "description": role.description, "may": role.may} for role in ROLES.values()]
        return Answer({"items": roles, "total": len(roles)})

    # For the entry alone: a token is what a service trusts, so nobody outside may hold one.
    @routes.post("/internal/exchange", dependencies=[api.roles(SERVICE)], include_in_schema=False)
    async def exchange(body: Credential) -> Response:
        actor, role = await _holder(api, body)
        token = api.tokens.issue(actor, role)
        return Answer({"token": token, "actor": actor, "role": role, "expires_in": TOKEN_LIFE_S})

    return routes


def _already_created(known: identity.ApiKey, body: NewKeyBody) -> Rejection:
    if (known.name, known.role) != (body.name, body.role):
        return key_reused()
    detail = (
        f"this request made the API key {known.key_id}, whose secret was shown once; if it is lost, revoke that key"
    )
    return Rejection("already_created", detail, status=409)


async def _holder(api: Api, credential: Credential) -> tuple[str, str]:
    """Actor and role of a credential. Raises the 401, the same for every kind of wrong one."""
    found: identity.ApiKey | identity.User | None = None
    if credential.api_key is not None and credential.session is None:
        found = await identity.find_key(api.db, credential.api_key)
    elif credential.session is not None and credential.api_key is None:
        found = await identity.find_session(api.db, credential.session)
    if found is None:
        raise Rejection("unauthenticated", "not a valid API key or session; log in, or use another key", status=401)
    return found.actor, found.role


def _shown(row: asyncpg.Record) -> dict[str, Any]:
    """A row as it is listed, without what pages are made of."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def _key(key: identity.ApiKey) -> dict[str, Any]:
    same = {name: getattr(key, name) for name in ("name", "role", "created_by", "created_at", "revoked_at")}
    return {"id": key.key_id, **same}


def _user(user: identity.User) -> dict[str, Any]:
    return {"id": user.user_id, "email": user.email, "role": user.role, "created_at": user.created_at}
