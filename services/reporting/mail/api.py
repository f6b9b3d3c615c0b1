"""Mails that reporting sends, for administrators: what became of each, and what a person decides of the rest.

GET  /v1/mails?status=unknown
POST /v1/mails/{id}/resend            of one that failed, bounced, or whose outcome is unknown
POST /v1/mails/{id}/cancel            of one that waits; of an unknown one it says that somebody has looked
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from services.reporting.mail import rows
from services.reporting.mail.models import MailPage, MailView
from services.reporting.mail.rows import STATUSES, WRITTEN_ANEW, Mail, mail_of
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing
from shared.http.parameters import documented
from shared.http.problems import not_found
from shared.kernel.errors import Rejection

MAILS: Final = Listing(
    source="durable.mail",
    columns=Mail.__struct_fields__,
    tiebreak="mail_id",
    filters={
        "status": Filter("status", one_of=STATUSES),
        "kind": Filter("kind"),
        "about": Filter("about"),
        "schedule_id": Filter("schedule_id"),
    },
    sorts={"created_at": "created_at"},
    default_sort="-created_at",
)
_SHOWN: Final = (
    "kind",
    "address",
    "about",
    "schedule_id",
    "status",
    "attempts",
    "created_at",
    "started_at",
    "ended_at",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admin: dict[str, Any] = {"dependencies": [api.roles("admin")]}
    one = "/v1/mails/{mail_id}"

    @routes.get("/v1/mails", **admin, response_model=MailPage, openapi_extra=documented(MAILS))
    async def list_mails(request: Request) -> Response:
        """Every mail of the last thirty days, newest first."""
        return await MAILS.fetch(request, api, shape=lambda row: mail_view(mail_of(row)))

    @routes.get(one, **admin, response_model=MailView)
    async def read_mail(mail_id: str) -> Response:
        return Answer(mail_view(await _known(api, mail_id)))

    @routes.post(f"{one}/resend", **admin, response_model=MailView)
    async def resend_mail(mail_id: str) -> Response:
        """Try it anew. Of one whose outcome is unknown, ask the recipient first: it may have arrived."""
        mail = await _known(api, mail_id)
        if not await rows.resend(api.db, mail):
            detail = f"the mail is {mail.status}, and can't be sent again; a link is made anew with the person"
            raise Rejection("not_resendable", detail, status=409)
        return Answer(mail_view(await _known(api, mail_id)))

    @routes.post(f"{one}/cancel", **admin, response_model=MailView)
    async def cancel_mail(mail_id: str) -> Response:
        """Send it no more."""
        mail = await _known(api, mail_id)
        if not await rows.cancel(api.db, mail):
            detail = f"the mail is {mail.status}; only one that waits, or whose outcome is unknown, is cancelled"
            raise Rejection("mail_closed", detail, status=409)
        return Answer(mail_view(await _known(api, mail_id)))

    return routes


async def _known(api: Api, mail_id: str) -> Mail:
    mail = await rows.find(api.db, mail_id)
    if mail is None:
        raise not_found("mail", mail_id)
    return mail


def mail_view(mail: Mail) -> dict[str, Any]:
    can_be_written = mail.kind in WRITTEN_ANEW or bool(mail.body)
    again = mail.status in ("unknown", "failed", "bounced", "cancelled") and can_be_written
    stops = mail.status in ("unknown", "waiting")
    return {
        "id": mail.mail_id,
        **{name: getattr(mail, name) for name in _SHOWN},
        "reason": mail.code,
        "answer": mail.answer,
        "allowed_actions": [
            action("resend", why_not=None if again else f"it is {mail.status}"),
            action("cancel", why_not=None if stops else f"it is {mail.status}"),
        ],
    }
