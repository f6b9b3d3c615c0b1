"""Redeeming vouchers over HTTP.

POST /v1/vouchers/redemptions {"account_id": "acc-1", "code": "2345-6789-ABCD-EFGK"}
-> 201 {"status": "redeemed", "serial": "SUMMER-00042", "amount": …, "payment_id": …}
GET  /v1/vouchers/redemptions?account_id=acc-1

Whatever is wrong with a code that no voucher has, the answer is the same, and it counts: see voucher_guess/.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.payments.known_account import known_account
from services.payments.voucher.messages import RedeemVoucher
from services.payments.voucher.rows import RedemptionRow, RedemptionStatus
from services.payments.voucher_batch.api import fingerprint
from services.payments.voucher_batch.codes import read_code
from services.payments.voucher_guess.guessing import check_guesses, count_guess
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.http.waiting import until
from shared.kernel.bodies import Body, IdText, PrintableText
from shared.kernel.errors import Rejection

REDEMPTION: Final = RowShape(RedemptionRow, hidden=("currency",), renamed={"redemption_id": "id"})


class VoucherRedemptionBody(Body):
    """The code as it is printed; small letters, spaces and hyphens are fine."""

    account_id: IdText
    code: Annotated[PrintableText, Field(min_length=1, max_length=40)]


@REDEMPTION.model
class VoucherRedemptionShape(BaseModel):
    """A redemption. `redeemed`: the account has the money, as payment `payment_id` or as credit `credit_id`.
    `refused`: it takes none, for the reason `code`, and the voucher is as it was. `pending`: neither is known yet."""


class VoucherRedemptionPage(Page):
    items: list[VoucherRedemptionShape]
    totals: Sequence[Total]


REDEMPTIONS: Final = Listing(
    source="voucher_redemption_row",
    columns=REDEMPTION.columns,
    filters={
        "id": Filter("redemption_id"),
        "account_id": Filter("account_id"),
        "batch_id": Filter("batch_id"),
        "serial": Filter("serial"),
        "status": Filter("status", one_of=get_args(RedemptionStatus)),
        "from": Filter("claimed_at", op=">=", kind="instant"),
        "to": Filter("claimed_at", op="<", kind="instant"),
    },
    sorts={"claimed_at": "claimed_at", "amount": "amount"},
    default_sort="-claimed_at",
    tiebreak="redemption_id",
    totals=Totals(sums={"amount": "amount"}),
)
_VOUCHER: Final = "select batch_id, n from voucher_row where code_hash = $1"
# The account's rows are another partition's: they may come a moment after the voucher is redeemed.
_MONEY_IS_THERE: Final = """
select exists (select from payment_row where payment_id = $1 and account_id = $2)
    or exists (select from granted_credit_row where credit_id = $1 and account_id = $2)
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    every = "/v1/vouchers/redemptions"

    @routes.post(every, status_code=201, response_model=VoucherRedemptionShape, dependencies=[api.roles(*WRITERS)])
    async def redeem_voucher(body: VoucherRedemptionBody, request: Request) -> Response:
        """Put the money of a voucher on an account, once. 404 `voucher_not_found` for every code that no voucher has;
        429 `too_many_attempts` after ten of them for an account in an hour."""
        sql = "select currency, time_zone from payer_row where account_id = $1"
        payer = await known_account(api, body.account_id, sql)
        await check_guesses(api, request, body.account_id)
        code = read_code(body.code)
        found = None if code is None else await api.db.fetchrow(_VOUCHER, fingerprint(api.vault, code))
        if found is None:
            await count_guess(api, request, body.account_id)
            raise Rejection("voucher_not_found", "no voucher has this code", pointer="/code", status=404)
        redemption_id = api.new_id(request, "voucher-redemption")
        whose = {"account_id": body.account_id, "currency": payer["currency"], "time_zone": payer["time_zone"]}
        redeem = RedeemVoucher(batch_id=found["batch_id"], n=found["n"], redemption_id=redemption_id, **whose)
        await api.command(request, redeem)
        row = await until(lambda: _settled(api, redemption_id), lambda row: row["status"] != "pending")
        if row["status"] == "refused":
            raise Rejection(row["code"], row["detail"], pointer="/account_id", status=409)
        return Answer(REDEMPTION.values(row), status_code=202 if row["status"] == "pending" else 201)

    @routes.get(every, **listed(api, REDEMPTIONS, VoucherRedemptionPage))
    async def voucher_redemptions(request: Request) -> Response:
        return await REDEMPTIONS.fetch(request, api, shape=REDEMPTION.values)

    return routes


async def _settled(api: Api, redemption_id: str) -> asyncpg.Record | dict[str, Any]:
    """The redemption; one whose money can't be read yet is still pending."""
    row = await _row(api, redemption_id)
    if row["status"] != "redeemed" or await api.db.fetchval(_MONEY_IS_THERE, redemption_id, row["account_id"]):
        return row
    return {**row, "status": "pending"}


async def _row(api: Api, redemption_id: str) -> asyncpg.Record:
    columns = ", ".join(REDEMPTION.columns)
    row: asyncpg.Record | None = await api.db.fetchrow(
        f"select {columns} from voucher_redemption_row where redemption_id = $1", redemption_id
    )
    if row is None:
        raise not_found("voucher_redemption", redemption_id)
    return row
