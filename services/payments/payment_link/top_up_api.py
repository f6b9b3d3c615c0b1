"""Links for money on an account over HTTP.

POST /v1/accounts/acc-1/top-up-link {"amount": {"amount": "20.00", "currency": "EUR"}}
-> 201 {"token": "9f2…", "path": "/v1/payment-links/9f2…", "reference": "RF…"}

Who has one opens it as that of an invoice (api.py).
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.known_account import known_account
from services.payments.payment_link.api import PATH, TOKEN_LENGTH
from services.payments.payment_link.messages import MakeTopUpLink
from services.payments.references import creditor_reference_of, key_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.money import money
from shared.kernel.bodies import Body
from shared.kernel.money import MoneyBody


class TopUpLinkBody(Body):
    """How much is to come, within the operator's limits of top-ups."""

    amount: MoneyBody


class TopUpLinkShape(BaseModel):
    """Where it can be paid; money that comes with the `reference` is the account's, whatever amount it is."""

    account_id: str
    amount: MoneyBody
    token: str
    path: str
    reference: str


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/accounts/{account_id}/top-up-link",
        status_code=201,
        response_model=TopUpLinkShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def make_top_up_link(account_id: str, body: TopUpLinkBody, request: Request) -> Response:
        """A link by which money can be put on the account, without a login; the same request has the same one."""
        await known_account(api, account_id, "select 1 from payer_row where account_id = $1")
        link_id, asked = api.new_id(request, "top-up-link"), body.amount.to_money()
        token = api.vault.fingerprint("top-up-link", link_id)[:TOKEN_LENGTH]
        await api.command(request, MakeTopUpLink(account_id=account_id, link_id=link_id, token=token, amount=asked))
        reference = creditor_reference_of(key_of("top_up", link_id))
        said = {"account_id": account_id, "amount": money(asked.amount, asked.currency), "reference": reference}
        return Answer({**said, "token": token, "path": f"{PATH}/{token}"}, status_code=201)

    return routes
