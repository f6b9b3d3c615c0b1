"""Who asks for a change of access, and from where."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from services.reporting.identity.changes import By
from services.reporting.identity.users import User, known_user
from shared.http.api import Api, caller_of
from shared.http.cookies import SESSION_COOKIE
from shared.http.problems import Unavailable
from shared.kernel.errors import Rejection

PASSWORD_PAGE: Final = "/set-password#"
"""The console's page for a link. What stands behind # stays in the browser: no log on the way has it."""


def by_of(request: Request) -> By:
    """Who changes something, for the audit trail."""
    return By(caller_of(request).actor, trace_of(request))


def trace_of(request: Request) -> str | None:
    trace: str | None = getattr(request.state, "trace_id", None)
    return trace


def source_of(request: Request) -> str:
    """The network address that asks: the entry's word for it; this service has no other callers."""
    peer = request.client.host if request.client is not None else ""
    return request.headers.get("x-forwarded-for", peer)


def agent_of(request: Request) -> str:
    """What the browser calls itself, without what is no text."""
    return "".join(letter for letter in request.headers.get("user-agent", "") if letter.isprintable())


async def person_of(api: Api, request: Request) -> User:
    """The person who asks. Raises `Rejection` for an API key: `people_only`."""
    kind, _, user_id = caller_of(request).actor.partition(":")
    if kind != "user":
        detail = "an API key has no password and no sessions; log in to the console"
        raise Rejection("people_only", detail, status=403)
    return await known_user(api.db, user_id)


def set_session_cookie(answer: Response, request: Request, secret: str, life_s: int) -> None:
    """HttpOnly and SameSite=Strict: no script reads it, and no other site's request carries it."""
    answer.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=life_s,
        httponly=True,
        samesite="strict",
        secure=request.headers.get("x-forwarded-proto", request.url.scheme) == "https",
    )


def too_many(what: str, wait_s: int, *, code: str = "too_many_attempts") -> Rejection:
    """429, with the seconds to wait."""
    return Unavailable(code, f"too many {what}; try again in {wait_s} s", retry_after_s=wait_s, status=429)
