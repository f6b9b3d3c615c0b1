"""Asking again who sits there, before something that would take somebody's account for good.

By the password; of who has none, and signs in by a provider or a passkey, by having signed in just now.
"""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from services.reporting import identity
from services.reporting.identity.asking import person_of, set_session_cookie, source_of, too_many
from services.reporting.identity.policy import access_policy
from services.reporting.identity.sessions import check_own_password, rotate
from services.reporting.identity.users import User
from shared.http.api import Api, caller_of
from shared.http.cookies import session_of
from shared.kernel.errors import Rejection

JUST_NOW_MINUTES: Final = 10


async def asked_again(api: Api, request: Request, password: str | None) -> User:
    """The person who asks. Raises `Rejection`: `wrong_password`, `sign_in_again`."""
    user = await person_of(api, request)
    if not user.has_password:
        await _check_just_now(api, caller_of(request).session)
        return user
    try:
        await check_own_password(api.db, user, password or "", source=source_of(request))
    except identity.WrongCredentials as error:
        raise Rejection("wrong_password", "this is not your password", pointer="/password", status=422) from error
    except identity.TooManyAttempts as error:
        raise too_many("wrong passwords", error.wait_s) from error
    return user


async def with_new_secret(api: Api, request: Request, answer: Response) -> Response:
    """The session goes on under another secret: what was copied of the one before is worth nothing soon."""
    secret = session_of(request.headers.get("cookie", ""))
    offered = None if secret is None else await rotate(api.db, secret, key=api.settings.secret("token_key"), after_s=0)
    if offered is not None:
        set_session_cookie(answer, request, offered, (await access_policy(api.db)).session_hours * 3600)
    return answer


async def _check_just_now(api: Api, session_id: str | None) -> None:
    young = """
    select 1 from durable.app_session where session_id = $1 and created_at > now() - make_interval(mins => $2)
    """
    if await api.db.fetchval(young, session_id, JUST_NOW_MINUTES) is None:
        detail = f"sign out and in again; this is open for {JUST_NOW_MINUTES} minutes after that"
        raise Rejection("sign_in_again", detail, status=409)
