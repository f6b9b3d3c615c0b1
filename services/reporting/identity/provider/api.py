"""Signing in by a provider of the operator's own.

GET  /v1/session/provider                            public: {"name"}, null where there is none
POST /v1/session/provider                            public: {"url"} to go to, and a cookie that remembers the login
POST /v1/session/provider/callback {"code", "state"} public: 200, and the session's cookie
GET  /v1/session/provider/sign-out                   {"url"} to sign out there too

The provider sends people back to a page of the console, which asks for the rest from its own origin: so no cookie has
to travel with a request that another site began.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from services.reporting import identity
from services.reporting.identity import models
from services.reporting.identity.asking import agent_of, source_of, too_many, trace_of
from services.reporting.identity.attempts import count_source, forget_source
from services.reporting.identity.origin import origin_of
from services.reporting.identity.provider.calling import Provider
from services.reporting.identity.provider.logins import LOGIN_MINUTES, begin, finish
from services.reporting.identity.provider.terms import CALLBACK_PAGE, Terms, terms_of
from services.reporting.identity.sessions import open_session
from services.reporting.identity.whoever import welcomed
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import EVERYBODY
from shared.http.cookies import cookie_of
from shared.http.problems import Unavailable
from shared.kernel.errors import Rejection

LOGIN_COOKIE: Final = "meterlog_login"
_PATH: Final = "/v1/session/provider"


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    provider = _lazily(api)

    @routes.get(_PATH, dependencies=[api.public], response_model=models.ProviderView)
    async def read_provider() -> Response:
        """The provider that people may sign in with; null without one."""
        terms = terms_of(api.settings)
        return Answer({"name": None if terms is None else terms.name})

    @routes.post(_PATH, dependencies=[api.public], response_model=models.GoTo)
    async def begin_at_provider(request: Request) -> Response:
        """Begin a login at the provider. It has to end in the same browser, within ten minutes."""
        await _count(api, request)
        uri = _redirect_uri(api, request)
        begun = await begin(api.db, provider(), key=api.settings.secret("token_key"), redirect_uri=uri)
        answer = Answer({"url": begun.url})
        answer.set_cookie(
            LOGIN_COOKIE,
            begun.browser,
            max_age=LOGIN_MINUTES * 60,
            path=_PATH,
            httponly=True,
            samesite="strict",
            secure=request.headers.get("x-forwarded-proto", request.url.scheme) == "https",
        )
        return answer

    @routes.post(f"{_PATH}/callback", dependencies=[api.public], response_model=models.SessionView)
    async def come_from_provider(body: models.CallbackBody, request: Request) -> Response:
        """End a login with what the provider has put into the address. Works once."""
        await _count(api, request)
        trace = trace_of(request)
        user, is_strong = await finish(
            api.db,
            provider(),
            key=api.settings.secret("token_key"),
            code=body.code,
            state=body.state,
            browser=cookie_of(request.headers.get("cookie", ""), LOGIN_COOKIE) or "",
            redirect_uri=_redirect_uri(api, request),
            correlation_id=trace,
        )
        await forget_source(api.db, source_of(request))
        source, agent = source_of(request), agent_of(request)
        session = await open_session(
            api.db, user, "provider", is_strong=is_strong, source=source, agent=agent, correlation_id=trace
        )
        answer = await welcomed(api, request, session)
        answer.delete_cookie(LOGIN_COOKIE, path=_PATH, httponly=True, samesite="strict")
        return answer

    @routes.get(f"{_PATH}/sign-out", dependencies=[api.roles(*EVERYBODY)], response_model=models.MayGoTo)
    async def sign_out_at_provider(request: Request) -> Response:
        """Where to go to end the session at the provider as well; null where it has no such page."""
        return Answer({"url": await _end_of_session(api, provider, request)})

    return routes


def _lazily(api: Api) -> Any:
    """The provider, made when it is first asked for. Raises `Rejection` (404) where there is none."""
    made: list[Provider] = []

    def provider() -> Provider:
        if not made:
            made.append(Provider(_terms(api)))
        return made[0]

    return provider


def _terms(api: Api) -> Terms:
    terms = terms_of(api.settings)
    if terms is None:
        raise Rejection("no_provider", "no provider of logins is set up here (METERLOG_OIDC_ISSUER)", status=404)
    return terms


def _redirect_uri(api: Api, request: Request) -> str:
    return origin_of(api.settings, request) + CALLBACK_PAGE


async def _end_of_session(api: Api, provider: Any, request: Request) -> str | None:
    """As OpenID Connect RP-Initiated Logout 1.0 asks for it; signing out here does not wait for there."""
    terms = terms_of(api.settings)
    if terms is None:
        return None
    try:
        place = (await provider().metadata()).end_session_endpoint
    except Unavailable:
        return None
    if place is None:
        return None
    question = {"client_id": terms.client_id}
    if api.settings.public_origin:
        question["post_logout_redirect_uri"] = f"{origin_of(api.settings, request)}/login"
    return f"{place}{'&' if '?' in place else '?'}{urlencode(question)}"


async def _count(api: Api, request: Request) -> None:
    try:
        await count_source(api.db, source_of(request))
    except identity.TooManyAttempts as error:
        raise too_many("attempts to log in", error.wait_s) from error
