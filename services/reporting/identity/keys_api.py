"""API keys, for administrators.

POST   /v1/api-keys {"name", "role", "scopes"?, "expires_at"?}     201 {"id", "key": "mk_…", …}: the only time that the
                                           key is shown; asked again under its Idempotency-Key, 409 `already_created`
POST   /v1/api-keys/{id}/rotate {"overlap_hours"}                  another secret; the one before works on so long
DELETE /v1/api-keys/{id}                                           204; the entry forgets it within 30 s
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from services.reporting import identity
from services.reporting.identity import models
from services.reporting.identity.asking import by_of, trace_of
from services.reporting.identity.keys import KEY_COLUMNS, known_key, rotate_key
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.listing import Filter, Listing
from shared.http.openapi import takes
from shared.http.parameters import documented
from shared.http.problems import key_reused, not_found
from shared.kernel.errors import Rejection

_STATUS: Final = """
case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end
"""
API_KEYS: Final = Listing(
    source=f"(select *, {_STATUS} as status from durable.api_key) as api_key",
    columns=(*KEY_COLUMNS, "status"),
    filters={
        "id": Filter("key_id"),
        "name": Filter("name"),
        "role": Filter("role"),
        "created_by": Filter("created_by"),
        "revoked": Filter("revoked_at is not null", kind="boolean"),
        "status": Filter("status", one_of=("active", "expired", "revoked")),
    },
    sorts={"created_at": "created_at", "name": "name", "last_used_at": "last_used_at", "expires_at": "expires_at"},
    default_sort="-created_at",
    tiebreak="key_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admin: dict[str, Any] = {"dependencies": [api.roles("admin")]}

    @routes.post(
        "/v1/api-keys",
        status_code=201,
        **admin,
        response_model=models.NewKeyView,
        openapi_extra=takes("Idempotency-Key"),
    )
    async def create_api_key(body: models.NewKeyBody, request: Request) -> Response:
        """Make an API key; the answer is the only place where it is shown. The same Idempotency-Key makes one key: a
        retry is told its id (409 `already_created`); if the answer got lost, revoke it and make another."""
        try:
            made = await identity.create_key(
                api.db,
                name=body.name,
                role=body.role,
                created_by=caller_of(request).actor,
                key_id=api.new_id(request, "api-key"),
                scopes=body.scopes,
                legal_entities=body.legal_entities,
                expires_at=body.expires_at,
                correlation_id=trace_of(request),
            )
        except identity.KeyExists as error:
            raise _already_created(error.api_key, body) from error
        return Answer({**await _read(api, made.api_key.key_id), "key": made.key}, status_code=201)

    @routes.get("/v1/api-keys", **admin, response_model=models.KeyPage, openapi_extra=documented(API_KEYS))
    async def list_api_keys(request: Request) -> Response:
        """Keys without their secrets, newest first; those that are over too, for a log may name them."""
        return await API_KEYS.fetch(request, api, shape=_shape)

    @routes.get("/v1/api-keys/{key_id}", **admin, response_model=models.KeyView)
    async def read_api_key(key_id: str) -> Response:
        return Answer(await _read(api, key_id))

    @routes.post("/v1/api-keys/{key_id}/rotate", **admin, response_model=models.NewKeyView)
    async def rotate_api_key(key_id: str, body: models.RotateBody, request: Request) -> Response:
        """Give a key another secret, shown this once; scopes, end and name stay. The one before works on for
        `overlap_hours`, so that its program can be told without a gap."""
        made = await rotate_key(api.db, key_id, overlap_hours=body.overlap_hours, by=by_of(request))
        return Answer({**await _read(api, key_id), "key": made.key})

    @routes.delete("/v1/api-keys/{key_id}", status_code=204, **admin)
    async def revoke_api_key(key_id: str, request: Request) -> Response:
        """End a key for good, with every secret it has."""
        if await identity.revoke_key(api.db, key_id, by_of(request)) is None:
            raise not_found("API key", key_id)
        return Response(status_code=204)

    return routes


async def _read(api: Api, key_id: str) -> dict[str, Any]:
    await known_key(api.db, key_id)
    row = await api.db.fetchrow(f"select *, {_STATUS} as status from durable.api_key where key_id = $1", key_id)
    return _shape(row)


def _already_created(known: identity.ApiKey, body: models.NewKeyBody) -> Rejection:
    scopes = None if body.scopes is None else tuple(body.scopes)
    held = None if body.legal_entities is None else tuple(sorted(set(body.legal_entities)))
    asked = (body.name, body.role, scopes, held, body.expires_at)
    if (known.name, known.role, known.scopes, known.legal_entities, known.expires_at) != asked:
        return key_reused()
    detail = (
        f"this request made the API key {known.key_id}, whose secret was shown once; if it is lost, revoke that key"
    )
    return Rejection("already_created", detail, status=409)


def _shape(row: Any) -> dict[str, Any]:
    over = None if row["status"] == "active" else f"the key is {row['status']}"
    hidden = ("key_id", "role")
    return {
        "id": row["key_id"],
        "role": row["role"],
        **{name: row[name] for name in KEY_COLUMNS if name not in hidden},
        "status": row["status"],
        "allowed_actions": [
            action("rotate", why_not=over),
            action("revoke", why_not="it is so already" if row["status"] == "revoked" else None),
        ],
    }
