"""Payment links over HTTP. Who has one needs no login, and sees what is open at that moment.

POST /v1/invoices/inv-7/payment-link          {"token": "k3v…", "path": "/v1/payment-links/k3v…"}
GET  /v1/payment-links/k3v…                   a page for people, JSON for programs
GET  /v1/payment-links/k3v…/code.svg          for the app of a bank
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.direct_debit.messages import ONLY
from services.payments.payment_link.messages import MakePaymentLink
from services.payments.payment_link.page import OpenAmount, code, html
from services.payments.payment_link.speech import speech_of
from services.payments.references import creditor_reference_of
from services.payments.sepa.pain008 import Creditor
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.money import money
from shared.http.problems import not_found
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody

PATH: Final = "/v1/payment-links"
TOKEN_LENGTH: Final = 20
"""80 bits in hexadecimal: short enough to be typed, too many to be tried."""
_TOKEN: Final = re.compile(r"[0-9a-f]{20}", re.ASCII)
_SHOWN: Final = """
select r.number, r.currency, r.open, r.due_on, r.withdrawn, c.name, c.iban, c.creditor_id, c.bic
  from payment_link_row l
  join receivable_row r on r.partition = l.partition and r.invoice_id = l.invoice_id
  left join creditor_row c on c.creditor_key = $2
 where l.token = $1
"""


_TOP_UP: Final = """
select l.statement_key, l.currency, l.amount, c.name, c.iban, c.creditor_id, c.bic,
       exists (select 1 from bank_entry_row e
                where e.reference_key = l.statement_key and e.status in ('booking', 'booked')) as paid
  from top_up_link_row l
  left join creditor_row c on c.creditor_key = $2
 where l.token = $1
"""


class PaymentLinkShape(BaseModel):
    """Where the invoice can be paid; the same each time it is asked for."""

    invoice_id: str
    token: str
    path: str


class PayTo(BaseModel):
    """Where the money is to go; with the reference it is found again."""

    name: str
    iban: str
    bic: str
    reference: str


class OpenAmountShape(BaseModel):
    """What is open of an invoice now, or is to come on an account, due on no day. It names nobody but the one to be
    paid."""

    purpose: Literal["invoice", "top_up"]
    number: str
    status: Literal["open", "paid", "void"]
    amount_due: MoneyBody
    due_on: date | None
    pay_to: PayTo | None
    code_path: str | None


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one = f"{PATH}/{{token}}"

    @routes.post(
        "/v1/invoices/{invoice_id}/payment-link",
        status_code=201,
        response_model=PaymentLinkShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def make_payment_link(invoice_id: str, request: Request) -> Response:
        """A link by which the invoice can be paid, without a login."""
        sql = "select account_id from receivable_row where invoice_id = $1"
        account_id = await api.db.fetchval(sql, invoice_id)
        if account_id is None:
            raise not_found("invoice", invoice_id)
        token = await link_of_invoice(api, request, account_id, invoice_id)
        return Answer({"invoice_id": invoice_id, "token": token, "path": f"{PATH}/{token}"}, status_code=201)

    @routes.get(one, response_model=OpenAmountShape, dependencies=[api.public])
    async def open_payment_link(token: str, request: Request) -> Response:
        """What is open now, and where to pay it: a page where HTML is asked for."""
        shown, path = await _shown(api, token), f"{PATH}/{token}/code.svg"
        if "text/html" in request.headers.get("accept", ""):
            page = html(shown, path, speech_of(request.headers.get("accept-language", "")))
            return Response(page, media_type="text/html; charset=utf-8", headers={"Vary": "Accept, Accept-Language"})
        return Answer(_shape(shown, path))

    @routes.get(f"{one}/code.svg", response_class=Response, dependencies=[api.public])
    async def payment_link_code(token: str) -> Response:
        """The code that a bank's app reads (EPC069-12). 409 `nothing_open` where there is none."""
        shown = await _shown(api, token)
        if not shown.has_code:
            raise Rejection("nothing_open", "nothing is open in euros, or nobody has said who is paid", status=409)
        return Response(code(shown), media_type="image/svg+xml")

    return routes


async def link_of_invoice(api: Api, request: Request, account_id: str, invoice_id: str) -> str:
    """The token of an invoice's one link, made if there is none yet. Raises `nothing_open`."""
    token = api.vault.fingerprint("payment-link", invoice_id)[:TOKEN_LENGTH]
    await api.command(request, MakePaymentLink(account_id=account_id, invoice_id=invoice_id, token=token))
    return token


async def _shown(api: Api, token: str) -> OpenAmount:
    known = _TOKEN.fullmatch(token) is not None
    row = await api.db.fetchrow(_SHOWN, token, ONLY) if known else None
    if row is None and known and (top_up := await api.db.fetchrow(_TOP_UP, token, ONLY)) is not None:
        return _of_top_up(top_up)
    if row is None:
        raise not_found("payment_link", token[:TOKEN_LENGTH])
    return OpenAmount(
        number=row["number"],
        currency=row["currency"],
        open=row["open"],
        due_on=row["due_on"],
        is_void=row["withdrawn"],
        creditor=_creditor(row),
    )


def _of_top_up(row: asyncpg.Record) -> OpenAmount:
    """Open until something has come with its reference."""
    return OpenAmount(
        number=creditor_reference_of(row["statement_key"]),
        currency=row["currency"],
        open=Decimal(0) if row["paid"] else row["amount"],
        due_on=None,
        is_void=False,
        is_top_up=True,
        creditor=_creditor(row),
    )


def _creditor(row: asyncpg.Record) -> Creditor | None:
    if row["name"] is None:
        return None
    return Creditor(name=row["name"], iban=row["iban"], creditor_id=row["creditor_id"], bic=row["bic"])


def _shape(shown: OpenAmount, path: str) -> dict[str, Any]:
    to = shown.creditor
    said = None if to is None else {"name": to.name, "iban": to.iban, "bic": to.bic, "reference": shown.number}
    return {
        "purpose": "top_up" if shown.is_top_up else "invoice",
        "number": shown.number,
        "status": shown.status,
        "amount_due": money(shown.open, shown.currency),
        "due_on": shown.due_on,
        "pay_to": said if shown.status == "open" else None,
        "code_path": path if shown.has_code else None,
    }
