"""People, for administrators: who may log in, with which role, and the links by which they get their passwords.

POST /v1/users {"email", "role"}               201 {…, "link": "/set-password#…"}: shown once, good for three days
PUT  /v1/users/{id}/role {"role"}
POST /v1/users/{id}/deactivate                 and /reactivate, /end-sessions, /remove-second-factor
POST /v1/users/{id}/password-link              a link to set another password, good for two hours
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from services.reporting import identity
from services.reporting.identity import models, second_factor
from services.reporting.identity.asking import PASSWORD_PAGE, by_of
from services.reporting.identity.changes import By, changing
from services.reporting.identity.link_letters import mail_link
from services.reporting.identity.passwords import make_link
from services.reporting.identity.provider.logins import unlink
from services.reporting.identity.sessions import end_sessions_of
from services.reporting.identity.users import (
    USERS_SOURCE,
    User,
    deactivate,
    give_role,
    hold_to_entities,
    known_user,
    reactivate,
)
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing
from shared.http.parameters import documented
from shared.kernel.errors import Rejection
from shared.mail.smtp import server_of

_STATUS: Final = """
case when deactivated_at is not null then 'deactivated'
     when has_password or has_provider or passkeys > 0 then 'active' else 'invited' end
"""
USERS: Final = Listing(
    source=USERS_SOURCE,
    columns=User.__struct_fields__,
    filters={
        "id": Filter("user_id"),
        "email": Filter(where="email_key = lower({value})"),
        "role": Filter("role"),
        "status": Filter(_STATUS, one_of=("active", "invited", "deactivated")),
        "second_factor": Filter("second_factor", kind="boolean"),
    },
    sorts={"email": "email_key", "created_at": "created_at", "last_sign_in_at": "last_sign_in_at"},
    default_sort="email",
    tiebreak="user_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admin: dict[str, Any] = {"dependencies": [api.roles("admin")]}
    one = "/v1/users/{user_id}"

    @routes.post("/v1/users", status_code=201, **admin, response_model=models.NewUserView)
    async def create_user(body: models.NewUserBody, request: Request) -> Response:
        """Add a person who may log in. Without a password the answer has a link by which they set one, shown once."""
        try:
            user = await identity.create_user(
                api.db, body.email, body.password, body.role, by_of(request), language=body.language
            )
        except identity.UserExists as error:
            detail = f"there is a user with the e-mail {body.email} already"
            raise Rejection("user_exists", detail, pointer="/email", status=409) from error
        link = None if user.has_password else await _linked(api, user, by_of(request))
        none = {"link": None, "link_expires_at": None, "mailed": False}
        return Answer({**shape(user), **(none if link is None else link)}, status_code=201)

    @routes.get("/v1/users", **admin, response_model=models.UserPage, openapi_extra=documented(USERS))
    async def list_users(request: Request) -> Response:
        """Everybody who may log in, or might once."""
        return await USERS.fetch(request, api, shape=lambda row: shape(_user(row)))

    @routes.get(one, **admin, response_model=models.UserView)
    async def read_user(user_id: str) -> Response:
        return Answer(shape(await known_user(api.db, user_id)))

    @routes.put(f"{one}/role", **admin, response_model=models.UserView)
    async def give_user_role(user_id: str, body: models.RoleBody, request: Request) -> Response:
        """Their sessions end, and the next one has it. The last admin stays one (409 `last_admin`)."""
        return Answer(shape(await give_role(api.db, user_id, body.role, by_of(request))))

    @routes.put(f"{one}/legal-entities", **admin, response_model=models.UserView)
    async def hold_user_to_entities(user_id: str, body: models.HeldBody, request: Request) -> Response:
        """Hold somebody to legal entities of the operator: nothing else is there for them. Their sessions end."""
        return Answer(shape(await hold_to_entities(api.db, user_id, body.legal_entities, by_of(request))))

    @routes.post(f"{one}/deactivate", **admin, response_model=models.UserView)
    async def deactivate_user(user_id: str, request: Request) -> Response:
        """End their sessions and let them in no more. API keys that they made work on; revoke them as well."""
        return Answer(shape(await deactivate(api.db, user_id, by_of(request))))

    @routes.post(f"{one}/reactivate", **admin, response_model=models.UserView)
    async def reactivate_user(user_id: str, request: Request) -> Response:
        return Answer(shape(await reactivate(api.db, user_id, by_of(request))))

    @routes.post(f"{one}/end-sessions", **admin, response_model=models.EndedView)
    async def end_user_sessions(user_id: str, request: Request) -> Response:
        """Log them out everywhere."""
        await known_user(api.db, user_id)
        return Answer({"sessions": await end_sessions_of(api.db, user_id, by_of(request), reason="revoked")})

    @routes.post(f"{one}/remove-second-factor", **admin, response_model=models.UserView)
    async def remove_user_second_factor(user_id: str, request: Request) -> Response:
        """For somebody who has lost the device and the recovery codes: make sure that it is they who ask. Passkeys go
        as well."""
        await known_user(api.db, user_id)
        await second_factor.remove(api.db, user_id, by_of(request), with_passkeys=True)
        return Answer(shape(await known_user(api.db, user_id)))

    @routes.post(f"{one}/unlink-provider", **admin, response_model=models.UserView)
    async def unlink_user_provider(user_id: str, request: Request) -> Response:
        """Forget whom a provider of logins knows as this user; their sessions end. The next one who comes with the
        address, verified, is linked again."""
        await known_user(api.db, user_id)
        await unlink(api.db, user_id, by_of(request))
        return Answer(shape(await known_user(api.db, user_id)))

    @routes.post(f"{one}/password-link", status_code=201, **admin, response_model=models.PasswordLinkView)
    async def make_password_link(user_id: str, request: Request) -> Response:
        """A link to set a password, shown this once; those made before open nothing any more. The password that there
        is holds until it is used."""
        user = await known_user(api.db, user_id)
        if user.deactivated_at is not None:
            raise Rejection("user_deactivated", "reactivate the user first", status=409)
        kind = "reset" if user.has_password else "invitation"
        return Answer({"kind": kind, **await _linked(api, user, by_of(request))}, status_code=201)

    return routes


async def _linked(api: Api, user: User, by: By) -> dict[str, Any]:
    """A link, and a mail with it where there is a mail server: in one transaction, the link sealed."""
    kind = "reset" if user.has_password else "invitation"
    async with changing(api.db) as change:
        link, expires_at = await make_link(change, user.user_id, kind, by)
        mailed = server_of(api.settings) is not None
        if mailed:
            await mail_link(change.connection, api.vault, user, kind, f"{PASSWORD_PAGE}{link}")
    return {"link": f"{PASSWORD_PAGE}{link}", "link_expires_at": expires_at, "mailed": mailed}


def shape(user: User) -> dict[str, Any]:
    """A person as answers show them."""
    gone = user.deactivated_at is not None
    not_gone = "the user is deactivated" if gone else None
    return {
        "id": user.user_id,
        "email": user.email,
        "role": user.role,
        "status": "deactivated" if gone else "active" if user.has_come else "invited",
        "second_factor": user.second_factor,
        "provider": user.has_provider,
        "legal_entities": user.legal_entities,
        "language": user.language,
        "created_at": user.created_at,
        "last_sign_in_at": user.last_sign_in_at,
        "allowed_actions": [
            action("give_role"),
            action("hold_to_entities", why_not="an admin has all" if user.role == "admin" else None),
            action("password_link", why_not=not_gone),
            action("end_sessions", why_not=not_gone),
            action("remove_second_factor", why_not=None if user.second_factor else "there is none"),
            action("unlink_provider", why_not=None if user.has_provider else "there is none"),
            action("deactivate", why_not="it is so already" if gone else None),
            action("reactivate", why_not=None if gone else "the user is active"),
        ],
    }


def _user(row: Any) -> User:
    held = row["legal_entities"]
    said = {name: row[name] for name in User.__struct_fields__}
    return User(**{**said, "legal_entities": None if held is None else tuple(held)})
