"""One's own passkeys, and signing in by one.

POST /v1/session/passkey-challenge                        public: what to ask the device for
POST /v1/session/passkey {"credential"}                   public: 200, and the cookie
GET  /v1/session/passkeys                                 one's own; PUT …/{id} {"name"}
POST /v1/session/passkeys/challenge {"password"}          what the device is to make
POST /v1/session/passkeys {"name", "credential"}          201, with recovery codes for who has none
POST /v1/session/passkeys/{id}/remove {"password"}
"""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from services.reporting import identity
from services.reporting.identity import models
from services.reporting.identity.asked_again import asked_again, with_new_secret
from services.reporting.identity.asking import agent_of, by_of, person_of, source_of, too_many, trace_of
from services.reporting.identity.attempts import count_source, forget_source
from services.reporting.identity.origin import origin_of
from services.reporting.identity.passkey import passkeys
from services.reporting.identity.policy import access_policy
from services.reporting.identity.roles import Rights
from services.reporting.identity.sessions import open_session
from services.reporting.identity.whoever import welcomed
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import EVERYBODY
from shared.kernel.errors import Rejection


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    known: dict[str, Any] = {"dependencies": [api.roles(*EVERYBODY)]}
    own = "/v1/session/passkeys"

    @routes.post("/v1/session/passkey-challenge", dependencies=[api.public], response_model=models.PasskeyOptions)
    async def ask_for_passkey(request: Request) -> Response:
        """What `navigator.credentials.get` takes (its JSON form). Good for one answer, within five minutes."""
        await _count(api, request)
        return Answer({"options": await passkeys.request_options(api.db, origin_of(api.settings, request))})

    @routes.post("/v1/session/passkey", dependencies=[api.public], response_model=models.SessionView)
    async def log_in_by_passkey(body: models.PasskeyAnswerBody, request: Request) -> Response:
        """Log in by a passkey that has checked who holds it; no code is asked for besides."""
        origin, trace = origin_of(api.settings, request), trace_of(request)
        await _count(api, request)
        try:
            user = await passkeys.signed_in_by(api.db, body.credential, origin, correlation_id=trace)
        except passkeys.WrongPasskey as error:
            raise wrong_passkey(401) from error
        await forget_source(api.db, source_of(request))
        source, agent = source_of(request), agent_of(request)
        session = await open_session(
            api.db, user, "passkey", is_strong=True, source=source, agent=agent, correlation_id=trace
        )
        return await welcomed(api, request, session)

    @routes.get(own, **known, response_model=models.PasskeyList)
    async def own_passkeys(request: Request) -> Response:
        found = await passkeys.passkeys_of(api.db, (await person_of(api, request)).user_id)
        return Answer({"items": [msgspec.structs.asdict(one) for one in found], "total": len(found)})

    @routes.post(f"{own}/challenge", **known, response_model=models.PasskeyOptions)
    async def begin_passkey(body: models.AgainBody, request: Request) -> Response:
        """What `navigator.credentials.create` takes (its JSON form)."""
        user = await asked_again(api, request, body.password)
        options = await passkeys.creation_options(api.db, user, origin_of(api.settings, request))
        return Answer({"options": options})

    @routes.post(own, status_code=201, **known, response_model=models.NewPasskeyView)
    async def add_passkey(body: models.NewPasskeyBody, request: Request) -> Response:
        """Keep the passkey that the device has made; every other session of the person ends. From now on a password
        alone does not do."""
        user = await person_of(api, request)
        try:
            made, codes = await passkeys.add(
                api.db,
                user,
                body.credential,
                name=body.name,
                origin=origin_of(api.settings, request),
                by=by_of(request),
                session_id=caller_of(request).session,
            )
        except passkeys.WrongPasskey as error:
            raise wrong_passkey(422) from error
        answer = Answer({**msgspec.structs.asdict(made), "codes": codes}, status_code=201)
        return await with_new_secret(api, request, answer)

    @routes.put(f"{own}/{{passkey_id}}", **known, response_model=models.PasskeyView)
    async def rename_passkey(passkey_id: str, body: models.PasskeyNameBody, request: Request) -> Response:
        user = await person_of(api, request)
        return Answer(msgspec.structs.asdict(await passkeys.rename(api.db, user.user_id, passkey_id, body.name)))

    @routes.post(f"{own}/{{passkey_id}}/remove", status_code=204, **known)
    async def remove_passkey(passkey_id: str, body: models.AgainBody, request: Request) -> Response:
        """Every other session of the person ends. Not the last second factor where the policy asks for one, nor the
        only way in (409)."""
        user = await asked_again(api, request, body.password)
        await _check_not_the_last(api, user, request)
        here = caller_of(request).session
        await passkeys.remove(api.db, user.user_id, passkey_id, by_of(request), session_id=here)
        return await with_new_secret(api, request, Response(status_code=204))

    return routes


def wrong_passkey(status: int) -> Rejection:
    """One answer for every reason: it tells nothing of who is known."""
    detail = "this passkey opens nothing here, or its answer came too late; try again, or sign in another way"
    return Rejection("wrong_passkey", detail, pointer="/credential", status=status)


async def _count(api: Api, request: Request) -> None:
    try:
        await count_source(api.db, source_of(request))
    except identity.TooManyAttempts as error:
        raise too_many("attempts to log in", error.wait_s) from error


async def _check_not_the_last(api: Api, user: identity.User, request: Request) -> None:
    if user.passkeys > 1:
        return
    if not user.has_password and not user.has_provider:
        raise Rejection("only_way_in", "without it you could not come in any more; set a password first", status=409)
    caller = caller_of(request)
    needed = (await access_policy(api.db)).needs_second_factor(Rights(caller.role, caller.role_name))
    if needed and not user.has_authenticator:
        detail = f"the role {user.role} needs a second factor; add another passkey or an authenticator app first"
        raise Rejection("second_factor_required", detail, status=409)
