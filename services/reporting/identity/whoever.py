"""Who is logged in, as `GET /v1/session` and every way of logging in show it."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response

from services.reporting import identity
from services.reporting.identity.areas import allowed_words
from services.reporting.identity.asking import set_session_cookie
from services.reporting.identity.policy import access_policy
from services.reporting.identity.roles import Rights, rights_of
from services.reporting.identity.second_factor import recovery_codes_left
from services.reporting.identity.sessions import opened_as
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.kernel.errors import Rejection


async def welcomed(api: Api, request: Request, session: identity.NewSession) -> Response:
    """The answer of a login, with the cookie."""
    rights = await rights_of(api.db, session.user.role)
    if rights is None:
        raise Rejection("wrong_credentials", "this user's role is not there any more", status=401)
    answer = Answer(await _person(api, session.user, rights, session.session_id))
    set_session_cookie(answer, request, session.secret, session.life_s)
    return answer


async def whoever(api: Api, request: Request) -> dict[str, Any]:
    """Of a person or an API key."""
    caller = caller_of(request)
    rights = Rights(caller.role, caller.role_name, caller.restrictions)
    kind, _, name = caller.actor.partition(":")
    user = await identity.find_user(api.db, name) if kind == "user" else None
    if user is not None:
        return await _person(api, user, rights, caller.session)
    held = None if caller.legal_entities is None else sorted(caller.legal_entities)
    return _shape(rights, demo=api.settings.demo, name=caller.actor, legal_entities=held)


async def _person(api: Api, user: identity.User, rights: Rights, session_id: str | None) -> dict[str, Any]:
    policy = await access_policy(api.db)
    opened = await opened_as(api.db, session_id)
    lacks = policy.needs_second_factor(rights) and not opened.is_strong
    return _shape(
        rights,
        demo=api.settings.demo,
        email=user.email,
        method=opened.method,
        second_factor="on" if user.second_factor else "required" if lacks else "off",
        recovery_codes=await recovery_codes_left(api.db, user.user_id),
        authenticator=user.has_authenticator,
        passkeys=user.passkeys,
        has_password=user.has_password,
        legal_entities=user.legal_entities,
    )


def _shape(rights: Rights, *, second_factor: str = "off", **said: Any) -> dict[str, Any]:
    words = [] if second_factor == "required" else allowed_words(rights.role, rights.restrictions)
    none = {"email": None, "name": None, "method": None, "recovery_codes": 0}
    none |= {"authenticator": False, "passkeys": 0, "has_password": False, "legal_entities": None}
    return {
        **none,
        **said,
        "role": rights.role_name,
        "allowed": words,
        "second_factor": second_factor,
        "scopes": [sorted(scopes) for scopes in rights.restrictions],
    }
