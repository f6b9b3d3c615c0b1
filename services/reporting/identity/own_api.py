"""One's own password and second factor.

    POST /v1/session/password {"password", "new_password"}         other sessions end
    POST /v1/session/password-link {"link", "password"}            who was invited, or has lost the password
    POST /v1/session/second-factor {"password"}                    a key for an app
    POST /v1/session/second-factor/confirm {"code"}                ten recovery codes; from now on a code is asked for
    POST /v1/session/second-factor/remove {"password"}
    POST /v1/session/recovery-codes {"password"}                   ten new ones

Each asks again who sits there: a session that was left open is not enough to take somebody's account for good.
"""

from __future__ import annotations

from typing import Any

import segno
from fastapi import APIRouter, Request, Response

from services.reporting.identity import models, second_factor
from services.reporting.identity.asked_again import asked_again, with_new_secret
from services.reporting.identity.asking import by_of, person_of, trace_of
from services.reporting.identity.changes import changing
from services.reporting.identity.passwords import check_password, set_by_link, store_password
from services.reporting.identity.policy import access_policy
from services.reporting.identity.roles import Rights
from services.reporting.identity.secret import hash_password
from services.reporting.identity.users import choose_language
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import EVERYBODY
from shared.kernel.errors import Rejection


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    known: dict[str, Any] = {"dependencies": [api.roles(*EVERYBODY)]}
    factor = "/v1/session/second-factor"

    @routes.post("/v1/session/password", status_code=204, **known)
    async def change_password(body: models.PasswordBody, request: Request) -> Response:
        """Set another password; every other session of the person ends."""
        user = await asked_again(api, request, body.password)
        check_password(body.new_password, user.email, pointer="/new_password")
        password_hash = await hash_password(body.new_password)
        async with changing(api.db) as change:
            here = caller_of(request).session
            await store_password(change, user.user_id, password_hash, "changed", by_of(request), but=here)
        return await with_new_secret(api, request, Response(status_code=204))

    @routes.put("/v1/session/language", status_code=204, **known)
    async def choose_own_language(body: models.LanguageBody, request: Request) -> Response:
        """In which language mails to the person are written."""
        await choose_language(api.db, (await person_of(api, request)).user_id, body.language)
        return Response(status_code=204)

    @routes.post("/v1/session/password-link", status_code=204, dependencies=[api.public])
    async def use_password_link(body: models.LinkBody, request: Request) -> Response:
        """Set the password by a link that an administrator made. It works once, and then one logs in."""
        await set_by_link(api.db, body.link, body.password, trace_of(request))
        return Response(status_code=204)

    @routes.post(factor, status_code=201, **known, response_model=models.SecondFactorView)
    async def begin_second_factor(body: models.AgainBody, request: Request) -> Response:
        """A key for an authenticator app (TOTP, RFC 6238). Nothing changes until a code confirms it."""
        user = await asked_again(api, request, body.password)
        begun = await second_factor.begin(api.db, api.vault, user)
        image = segno.make(begun.uri, micro=False).svg_data_uri(scale=4, border=2, light="white")
        return Answer({"secret": begun.secret, "uri": begun.uri, "image": image}, status_code=201)

    @routes.post(f"{factor}/confirm", **known, response_model=models.RecoveryCodes)
    async def confirm_second_factor(body: models.CodeBody, request: Request) -> Response:
        """From now on a code is asked for. Every other session of the person ends."""
        user = await person_of(api, request)
        here = caller_of(request).session
        try:
            codes = await second_factor.confirm(
                api.db, api.vault, user, body.code.replace(" ", ""), by_of(request), session_id=here
            )
        except second_factor.WrongCode as error:
            detail = "not a code of now; is the clock of the device right?"
            raise Rejection("wrong_code", detail, pointer="/code", status=422) from error
        return await with_new_secret(api, request, Answer({"codes": codes}))

    @routes.post(f"{factor}/remove", status_code=204, **known)
    async def remove_second_factor(body: models.AgainBody, request: Request) -> Response:
        """Not where the policy asks for one (409 `second_factor_required`)."""
        user = await asked_again(api, request, body.password)
        caller = caller_of(request)
        needed = (await access_policy(api.db)).needs_second_factor(Rights(caller.role, caller.role_name))
        if needed and not user.passkeys:
            detail = f"the role {user.role} needs a second factor; an administrator can remove yours to set up another"
            raise Rejection("second_factor_required", detail, status=409)
        await second_factor.remove(api.db, user.user_id, by_of(request), but=caller.session)
        return await with_new_secret(api, request, Response(status_code=204))

    @routes.post("/v1/session/recovery-codes", status_code=201, **known, response_model=models.RecoveryCodes)
    async def make_recovery_codes(body: models.AgainBody, request: Request) -> Response:
        """Ten new ones; those before are good no longer."""
        user = await asked_again(api, request, body.password)
        if not user.second_factor:
            raise Rejection("no_second_factor", "there is no second factor to recover from", status=409)
        codes = await second_factor.new_recovery_codes(api.db, user.user_id, by_of(request))
        return Answer({"codes": codes}, status_code=201)

    return routes
