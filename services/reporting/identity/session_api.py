"""Logging in and out, who one is, and where else one is logged in.

POST   /v1/session {"email", "password", "code"?}    200 {"email", "role", "allowed", …}, and the cookie
GET    /v1/session                                   the same, of whoever asks; now and then with another cookie
DELETE /v1/session                                   204
GET    /v1/sessions                                  one's own; DELETE …/{id} ends one
POST   /v1/sessions/end-others
"""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from services.reporting import identity
from services.reporting.identity import models
from services.reporting.identity.asking import (
    agent_of,
    by_of,
    person_of,
    set_session_cookie,
    source_of,
    too_many,
    trace_of,
)
from services.reporting.identity.changes import changing
from services.reporting.identity.ending import end_all_sessions
from services.reporting.identity.origin import origin_of
from services.reporting.identity.passkey.api import wrong_passkey
from services.reporting.identity.passkey.passkeys import WrongPasskey
from services.reporting.identity.policy import access_policy
from services.reporting.identity.second_factor import TooManyCodes, WrongCode
from services.reporting.identity.sessions import PasskeyAnswer, end_by_id, rotate, sessions_of
from services.reporting.identity.whoever import welcomed, whoever
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import EVERYBODY
from shared.http.cookies import SESSION_COOKIE, session_of
from shared.http.problems import not_found
from shared.kernel.errors import Rejection


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    known: dict[str, Any] = {"dependencies": [api.roles(*EVERYBODY)]}

    @routes.post("/v1/session", dependencies=[api.public], response_model=models.SessionView)
    async def log_in(body: models.Credentials, request: Request) -> Response:
        """Log in. After ten failures from one network address, that address waits half a minute for each try (429).
        Who has a second factor is told `code_needed` (401) by the right password alone."""
        return await welcomed(api, request, await _logged_in(api, body, request))

    @routes.get("/v1/session", **known, response_model=models.SessionView)
    async def who_am_i(request: Request) -> Response:
        """Who is logged in, and what the role may do. A session's secret that is an hour old is replaced by this."""
        answer = Answer(await whoever(api, request))
        secret = session_of(request.headers.get("cookie", ""))
        offered = None if secret is None else await rotate(api.db, secret, key=api.settings.secret("token_key"))
        if offered is not None:
            set_session_cookie(answer, request, offered, (await access_policy(api.db)).session_hours * 3600)
        return answer

    @routes.delete("/v1/session", status_code=204, **known)
    async def log_out(request: Request) -> Response:
        """Log out: this session, or all of the person's where the request came without its cookie."""
        kind, _, name = caller_of(request).actor.partition(":")
        secret = session_of(request.headers.get("cookie", ""))
        if secret is not None:
            await identity.end_session(api.db, secret, by_of(request))
        elif kind == "user":
            await identity.end_sessions_of(api.db, name, by_of(request))
        answer = Response(status_code=204)
        answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
        return answer

    @routes.get("/v1/sessions", **known, response_model=models.OwnSessionList)
    async def own_sessions(request: Request) -> Response:
        """Where one is logged in, the latest first."""
        user, here = await person_of(api, request), caller_of(request).session
        found = await sessions_of(api.db, user.user_id)
        items = [{**msgspec.structs.asdict(one), "current": one.id == here} for one in found]
        return Answer({"items": items, "total": len(items)})

    @routes.delete("/v1/sessions/{session_id}", status_code=204, **known)
    async def end_own_session(session_id: str, request: Request) -> Response:
        """End one of one's own; it is out within 30 s."""
        user = await person_of(api, request)
        if not await end_by_id(api.db, user.user_id, session_id, "revoked", by_of(request)):
            raise not_found("session", session_id)
        return Response(status_code=204)

    @routes.post("/v1/sessions/end-others", **known, response_model=models.EndedView)
    async def end_other_sessions(request: Request) -> Response:
        """End all of one's own but this one."""
        user, here = await person_of(api, request), caller_of(request).session
        async with changing(api.db) as change:
            ended = await end_all_sessions(change, user.user_id, "revoked", by_of(request), but=here)
        return Answer({"sessions": ended})

    return routes


async def _logged_in(api: Api, body: models.Credentials, request: Request) -> identity.NewSession:
    """Raises the `Rejection` of what is wrong."""
    try:
        return await identity.log_in(
            api.db,
            body.email,
            body.password,
            source=source_of(request),
            agent=agent_of(request),
            code=body.code,
            passkey=None if body.passkey is None else PasskeyAnswer(body.passkey, origin_of(api.settings, request)),
            vault=api.vault,
            correlation_id=trace_of(request),
        )
    except identity.WrongCredentials as error:
        raise _refused() from error
    except identity.CodeNeeded as error:
        use = "use your passkey, or give" if error.passkeys else "give"
        detail = f"{use} a code of your authenticator app, or a recovery code"
        raise Rejection("code_needed", detail, pointer="/code", status=401) from error
    except WrongCode as error:
        detail = "not a code of now, or one that was used already; give the one that the app shows"
        raise Rejection("wrong_code", detail, pointer="/code", status=401) from error
    except WrongPasskey as error:
        raise wrong_passkey(401) from error
    except identity.TooManyAttempts as error:
        raise too_many("attempts to log in", error.wait_s) from error
    except TooManyCodes as error:
        raise too_many("wrong codes", error.wait_s, code="too_many_codes") from error


def _refused() -> Rejection:
    return Rejection("wrong_credentials", "no user has this e-mail and password", status=401)
