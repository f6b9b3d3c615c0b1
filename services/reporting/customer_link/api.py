"""Customers' links, for whoever answers customers.

POST /v1/accounts/{id}/customer-links {"days": 30, "send": true}    201 {"token": "mc_…", "path": "/customer-page#mc_…"}
GET  /v1/accounts/{id}/customer-links                               which there are; without their tokens
POST /v1/accounts/{id}/customer-links/{link}/send                   mail one again
POST /v1/accounts/{id}/customer-links/revoke                        all of them end
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from services.reporting.customer_link import links, models
from services.reporting.customer_link.changes import CustomerLinkMailed
from services.reporting.customer_link.letters import PAGE, fields_of, mail_of, put_mail
from services.reporting.customer_link.links import COLUMNS, STATUS, CustomerLink
from services.reporting.identity.asking import by_of
from services.reporting.identity.changes import changing
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing
from shared.http.openapi import takes
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.errors import Rejection
from shared.mail.smtp import server_of

WHO: Final = ("admin", "billing", "support")
"""Who reads personal data and answers customers. An auditor reads what was made in the audit trail."""

LINKS: Final = Listing(
    source=f"(select *, {STATUS} as status from durable.customer_link) as customer_link",
    columns=(*COLUMNS, "status"),
    filters={"status": Filter("status", one_of=("active", "expired", "revoked"))},
    sorts={"made_at": "made_at", "expires_at": "expires_at"},
    default_sort="-made_at",
    tiebreak="link_id",
    never_null=frozenset({"made_at", "expires_at"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/accounts/{account_id}/customer-links"
    who = [api.roles(*WHO)]

    @routes.post(
        path,
        status_code=201,
        dependencies=who,
        response_model=models.NewCustomerLinkView,
        openapi_extra=takes("Idempotency-Key"),
    )
    async def make_customer_link(
        account_id: str, request: Request, body: models.NewCustomerLinkBody | None = None
    ) -> Response:
        """A link by which the customer reads the account's page, without a login, until it ends or is revoked. The same
        Idempotency-Key is the same link. 409 `account_erased`, `no_email`, `no_mail_server`,
        `too_many_customer_links`."""
        asked = body or models.NewCustomerLinkBody()
        await _known(api, account_id)
        if not await api.vault.kept([account_id]):
            detail = f"the personal data of account {account_id} was erased; nobody is left to give a link to"
            raise Rejection("account_erased", detail, status=409)
        if asked.send:
            await _check_mail(api, account_id)
        link_id, by = api.new_id(request, "customer-link"), by_of(request)
        link = await links.make_link(api.db, account_id=account_id, link_id=link_id, days=asked.days, by=by)
        # The same request again may come when the link is there and its mail is not asked for yet.
        mail_id = (await mail_of(api.db, link) or await _mailed(api, request, link)) if asked.send else None
        token = links.token_of(api.vault, link.link_id)
        return Answer({**_shape(link), "token": token, "path": f"{PAGE}{token}", "mail_id": mail_id}, status_code=201)

    @routes.get(path, **listed(api, LINKS, models.CustomerLinkPage, *WHO))
    async def list_customer_links(account_id: str, request: Request) -> Response:
        """The account's links, the latest first; what has been over for 400 days is gone."""
        await _known(api, account_id)
        where = {"account_id": account_id}
        return await LINKS.fetch(request, api, shape=lambda row: _shape(links.link_of(row)), where=where)

    @routes.post(path + "/revoke", dependencies=who, response_model=models.RevokedView)
    async def revoke_customer_links(account_id: str, request: Request) -> Response:
        """All links of the account end, whoever has them. Again changes nothing."""
        await _known(api, account_id)
        return Answer(
            {"account_id": account_id, "revoked": await links.revoke_links(api.db, account_id, by_of(request))}
        )

    @routes.post(path + "/{link_id}/send", status_code=202, dependencies=who, response_model=models.SentView)
    async def send_customer_link(account_id: str, link_id: str, request: Request) -> Response:
        """Mail it to the customer's address. 409 `customer_link_over`, `no_email`, `no_mail_server`."""
        link = await links.find_link(api.db, link_id)
        if link is None or link.account_id != account_id:
            raise not_found("customer link", link_id)
        if link.status != "active":
            raise Rejection("customer_link_over", f"the link is {link.status}; make another", status=409)
        await _check_mail(api, account_id)
        return Answer({"id": link_id, "mail_id": await _mailed(api, request, link)}, status_code=202)

    return routes


async def _known(api: Api, account_id: str) -> None:
    if await api.db.fetchval("select 1 from account_row where account_id = $1", account_id) is None:
        raise not_found("account", account_id)


async def _check_mail(api: Api, account_id: str) -> None:
    if server_of(api.settings) is None:
        detail = "no mail server is set (METERLOG_SMTP_HOST, METERLOG_SMTP_SENDER); copy the link and send it yourself"
        raise Rejection("no_mail_server", detail, status=409)
    if (await fields_of(api, account_id)).email is None:
        detail = f"account {account_id} has no e-mail address; give it one, or copy the link"
        raise Rejection("no_email", detail, status=409)


async def _mailed(api: Api, request: Request, link: CustomerLink) -> str:
    async with changing(api.db) as change:
        mail_id = await put_mail(change.connection, link)
        mailed = CustomerLinkMailed(account_id=link.account_id, link_id=link.link_id)
        await change.tell(mailed, by_of(request))
    return mail_id


def _shape(link: CustomerLink) -> dict[str, Any]:
    over = None if link.status == "active" else f"the link is {link.status}"
    return {
        "id": link.link_id,
        **{name: getattr(link, name) for name in (*COLUMNS, "status") if name != "link_id"},
        "allowed_actions": [action("send", why_not=over), action("revoke", why_not=over)],
    }
