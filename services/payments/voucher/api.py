"""Single vouchers over HTTP, by their serials; nothing leads from a serial to a code.

GET  /v1/vouchers?batch_id=b-1&status=activated
GET  /v1/vouchers/SUMMER-00042
POST /v1/vouchers/SUMMER-00042/void {"reason": "scratched open in the shop"}
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from services.payments.voucher.messages import VoidVoucher
from services.payments.voucher_batch.api import Reason
from services.payments.voucher_batch.rows import STATUS
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import Body
from shared.kernel.money import MoneyBody

VoucherStatus = Literal["created", "activated", "claimed", "redeemed", "void", "expired"]
STATUSES: Final = ("created", "activated", "claimed", "redeemed", "void", "expired")


class VoidVoucherBody(Body):
    """Why nobody may redeem it any more."""

    reason: Reason


class VoucherShape(BaseModel):
    """A voucher; its code is kept nowhere. One that is `claimed` is being redeemed at this moment."""

    serial: str
    batch_id: str
    number: Annotated[int, Field(ge=1)]
    amount: MoneyBody
    status: VoucherStatus
    seller: str
    valid_from: date | None
    valid_until: date | None
    credit_days: int | None
    changed_at: AwareDatetime
    allowed_actions: list[ActionShape]


class VoucherPage(Page):
    items: list[VoucherShape]
    totals: Sequence[Total]


_STATUS: Final = f"coalesce(nullif(v.own, ''), replace({STATUS}, 'preparing', 'created'))"
_SOURCE: Final = f"""
(select v.serial, v.batch_id, v.n, v.changed_at, {_STATUS} as status, b.amount, b.currency, b.seller, b.valid_from,
        b.valid_until, b.credit_days
   from voucher_row v join voucher_batch_row b using (partition, batch_id)) as voucher
"""
VOUCHERS: Final = Listing(
    source=_SOURCE,
    filters={
        "batch_id": Filter("batch_id"),
        "status": Filter("status", one_of=STATUSES),
        "q": Filter(where="(serial = upper({value}))"),
    },
    sorts={"serial": "serial", "changed_at": "changed_at"},
    default_sort="serial",
    tiebreak="serial",
    totals=Totals(sums={"amount": "amount"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one = "/v1/vouchers/{serial}"

    @routes.get("/v1/vouchers", **listed(api, VOUCHERS, VoucherPage))
    async def vouchers(request: Request) -> Response:
        return await VOUCHERS.fetch(request, api, shape=_shape)

    @routes.get(one, response_model=VoucherShape, dependencies=[api.roles(*READERS)])
    async def voucher(serial: str) -> Response:
        return Answer(_shape(await _read(api, serial)))

    @routes.post(f"{one}/void", response_model=VoucherShape, dependencies=[api.roles(*WRITERS)])
    async def void_voucher(serial: str, body: VoidVoucherBody, request: Request) -> Response:
        row = await _read(api, serial)
        await api.command(request, VoidVoucher(batch_id=row["batch_id"], n=row["n"], reason=body.reason))
        return Answer(_shape(await _read(api, serial)))

    return routes


async def _read(api: Api, serial: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow(f"select * from {_SOURCE} where serial = $1", serial)
    if row is None:
        raise not_found("voucher", serial)
    return row


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    status = row["status"]
    shown = ("serial", "batch_id", "status", "seller", "valid_from", "valid_until", "credit_days", "changed_at")
    over = None if status in ("created", "activated") else f"it is {status}"
    return {
        **{name: row[name] for name in shown},
        "number": row["n"],
        "amount": money(row["amount"], row["currency"]),
        "allowed_actions": [action("void", why_not=over)],
    }
