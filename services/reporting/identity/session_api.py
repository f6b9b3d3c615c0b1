"""Logging in and out, and who one is.

    POST   /v1/session {"email", "password"}     200 {"email", "role", "allowed"}, and the cookie
    GET    /v1/session                           the same, of whoever asks
    DELETE /v1/session                           204

The cookie is HttpOnly and SameSite=Strict: no script reads it, and no other site's request carries it.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from services.reporting import identity
from services.reporting.identity import models
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import EVERYBODY, ROLES
from shared.http.cookies import SESSION_COOKIE, session_of
from shared.http.problems import Unavailable
from shared.kernel.errors import Rejection


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/session", dependencies=[api.public], response_model=models.SessionView)
    async def log_in(body: models.Credentials, request: Request) -> Response:
        """Log in. After ten failures from one network address, that address waits half a minute for each try (429)."""
        try:
            session = await identity.log_in(api.db, body.email, body.password, source=_source(request))
        except identity.WrongCredentials as error:
            raise Rejection("wrong_credentials", "no user has this e-mail and password", status=401) from error
        except identity.TooManyAttempts as error:
            raise _locked(error.wait_s) from error
        answer = Answer(_person(session.user))
        answer.set_cookie(
            SESSION_COOKIE,
            session.secret,
            max_age=identity.SESSION_LIFE_S,
            httponly=True,
            samesite="strict",
            secure=request.headers.get("x-forwarded-proto", request.url.scheme) == "https",
        )
        return answer

    @routes.get("/v1/session", dependencies=[api.roles(*EVERYBODY)], response_model=models.SessionView)
    async def who_am_i(request: Request) -> Response:
        """Who is logged in, and what the role may do."""
        return Answer(await _whoever(api, request))

    @routes.delete("/v1/session", status_code=204, dependencies=[api.roles(*EVERYBODY)])
    async def log_out(request: Request) -> Response:
        """Log out: this session, or all of the person's where the request came without its cookie."""
        kind, _, name = caller_of(request).actor.partition(":")
        secret = session_of(request.headers.get("cookie", ""))
        if secret is not None:
            await identity.end_session(api.db, secret)
        elif kind == "user":
            await identity.end_sessions_of(api.db, name)
        answer = Response(status_code=204)
        answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
        return answer

    return routes


async def _whoever(api: Api, request: Request) -> dict[str, Any]:
    caller = caller_of(request)
    kind, _, name = caller.actor.partition(":")
    user = await identity.find_user(api.db, name) if kind == "user" else None
    if user is not None:
        return _person(user)
    return {"email": None, "name": caller.actor, "role": caller.role, "allowed": ROLES[caller.role].may}


def _person(user: identity.User) -> dict[str, Any]:
    return {"email": user.email, "name": None, "role": user.role, "allowed": ROLES[user.role].may}


def _source(request: Request) -> str:
    """The network address that asks: the entry's word for it; this service has no other callers."""
    peer = request.client.host if request.client is not None else ""
    return request.headers.get("x-forwarded-for", peer)


def _locked(wait_s: int) -> Rejection:
    detail = f"too many attempts to log in; try again in {wait_s} s"
    return Unavailable("too_many_attempts", detail, retry_after_s=wait_s, status=429)
