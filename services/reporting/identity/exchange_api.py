"""The exchange of a credential for a signed token. For the entry alone: a token is what a service trusts, so nobody
outside may hold one.

POST /internal/exchange {"api_key"}, {"session"} or {"customer_link"}
-> {"token", "actor", "role", "restrictions", "expires_in"}
"""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Response

from services.reporting import identity
from services.reporting.customer_link.links import opened
from services.reporting.database import Database
from services.reporting.identity import models
from services.reporting.identity.roles import Rights, rights_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import CUSTOMER, SERVICE, TOKEN_LIFE_S
from shared.http.scopes import NOTHING
from shared.kernel.errors import Rejection


class Holder(msgspec.Struct, frozen=True):
    """Whose credential it is, what they may, and the session that it is of."""

    actor: str
    rights: Rights
    session: str | None = None
    legal_entities: tuple[str, ...] | None = None
    account_id: str | None = None


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/internal/exchange", dependencies=[api.roles(SERVICE)], include_in_schema=False)
    async def exchange(body: models.Credential) -> Response:
        holder = await _holder(api, body)
        if holder is None:
            raise Rejection(
                "unauthenticated", "not a valid API key, session or link; log in, or use another", status=401
            )
        rights = holder.rights
        said: dict[str, Any] = {"role_name": rights.role_name, "restrictions": rights.restrictions}
        said |= {"legal_entities": holder.legal_entities}
        token = api.tokens.issue(
            holder.actor,
            rights.role,
            role_name=rights.role_name,
            restrictions=rights.restrictions,
            session=holder.session,
            legal_entities=holder.legal_entities,
            account_id=holder.account_id,
        )
        return Answer({"token": token, "actor": holder.actor, "role": rights.role, **said, "expires_in": TOKEN_LIFE_S})

    return routes


async def _holder(api: Api, credential: models.Credential) -> Holder | None:
    """`None` for every kind of wrong one alike, and for a role that is not there any more."""
    database: Database = api.db
    given = [credential.api_key, credential.session, credential.customer_link]
    if sum(one is not None for one in given) != 1:
        return None
    if credential.customer_link is not None:
        link = await opened(database, api.vault, credential.customer_link)
        return None if link is None else Holder(link.actor, Rights(CUSTOMER, CUSTOMER), account_id=link.account_id)
    if credential.api_key is not None:
        key = await identity.find_key(database, credential.api_key)
        rights = None if key is None else await rights_of(database, key.role)
        if key is None or rights is None:
            return None
        return Holder(key.actor, rights.narrowed(key.scopes), legal_entities=key.legal_entities)
    if credential.session is not None:
        return await _of_session(database, credential.session, in_use=credential.in_use)
    return None


async def _of_session(database: Database, secret: str, *, in_use: bool) -> Holder | None:
    session = await identity.find_session(database, secret, in_use=in_use)
    rights = None if session is None else await rights_of(database, session.user.role)
    if session is None or rights is None:
        return None
    if session.lacks_second_factor(rights):
        rights = Rights(rights.role, rights.role_name, NOTHING)
    return Holder(session.user.actor, rights, session.session_id, session.user.legal_entities)
