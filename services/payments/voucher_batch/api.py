"""Batches of vouchers over HTTP.

POST /v1/voucher-batches {"amount": {"amount": "20.00", "currency": "EUR"}, "count": 1000, "prefix": "SUMMER",
                          "seller": "Kiosk Ltd", "valid_until": "2027-06-30"}
-> 201 with "vouchers": [{"serial": "SUMMER-00001", "code": "2345-6789-ABCD-EFGK"}, …]      this once; or as text/csv
GET  /v1/voucher-batches?seller=Kiosk Ltd                                  how many of each are in which state, and sums
POST /v1/voucher-batches/{id}/activate                                     they are sold
POST /v1/voucher-batches/{id}/void {"reason": "stolen from the van"}       what is left of it
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictInt

from services.payments.voucher_batch.codes import drawn, printed
from services.payments.voucher_batch.decide import CREDIT_DAYS_MAX, codes_shown
from services.payments.voucher_batch.messages import (
    PAGE_MAX,
    VOUCHERS_MAX,
    ActivateVoucherBatch,
    AddVouchers,
    CreateVoucherBatch,
    VoidVoucherBatch,
    VoucherTerms,
    serial,
)
from services.payments.voucher_batch.rows import STATUS, VoucherBatchRow
from services.payments.voucher_batch.state import OVER, BatchStatus
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.http.vault import Vault
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText
from shared.kernel.money import MoneyBody

BATCH: Final = RowShape(VoucherBatchRow, hidden=("currency", "filled"), renamed={"batch_id": "id"})
Reason = Annotated[PrintableText, Field(min_length=1, max_length=500)]
_CSV: Final = "text/csv"


class VoucherBatchBody(Body):
    """So many vouchers of one amount. They are redeemed from `valid_from` to `valid_until`; with `credit_days` the
    money expires so many days after that. No two batches have a `prefix` in common."""

    id: IdText | None = None
    amount: MoneyBody
    count: Annotated[StrictInt, Field(ge=1, le=VOUCHERS_MAX)]
    prefix: Annotated[str, Field(strict=True, pattern=r"^[A-Z0-9]{2,12}$")]
    seller: Annotated[PrintableText, Field(min_length=1, max_length=140)]
    seller_reference: Annotated[PrintableText, Field(max_length=140)] = ""
    valid_from: BillingDate | None = None
    valid_until: BillingDate | None = None
    credit_days: Annotated[StrictInt, Field(ge=1, le=CREDIT_DAYS_MAX)] | None = None


class VoidBatchBody(Body):
    """Why nobody may redeem them any more."""

    reason: Reason


class VoucherCounts(BaseModel):
    """How many vouchers of the batch are in which state."""

    created: int
    activated: int
    redeemed: int
    void: int
    expired: int


class VoucherSums(BaseModel):
    """What they come to."""

    created: MoneyBody
    activated: MoneyBody
    redeemed: MoneyBody
    void: MoneyBody
    expired: MoneyBody


@BATCH.model
class VoucherBatchShape(BaseModel):
    """A batch. Of one that is `preparing` not all codes are there; `amount` is that of each voucher."""

    counts: VoucherCounts
    sums: VoucherSums
    allowed_actions: list[ActionShape]


class VoucherCode(BaseModel):
    serial: str
    code: str


class MadeVoucherBatch(VoucherBatchShape):
    """Its codes, told this once and kept nowhere."""

    vouchers: list[VoucherCode]


class VoucherTotal(Total):
    """`amount` is what all vouchers come to, `redeemed` and `outstanding` (activated, and not redeemed) of them."""

    redeemed: str
    outstanding: str


class VoucherBatchPage(Page):
    items: list[VoucherBatchShape]
    totals: Sequence[VoucherTotal]


_SOURCE: Final = f"""
(select partition, {", ".join(name for name in VoucherBatchRow.__struct_fields__ if name != "status")},
        {STATUS} as status from voucher_batch_row) as batch
"""
_COLUMNS: Final = (*BATCH.columns, "filled")
BATCHES: Final = Listing(
    source=_SOURCE,
    columns=_COLUMNS,
    filters={
        "seller": Filter("seller"),
        "status": Filter("status", one_of=get_args(BatchStatus)),
        "currency": Filter("currency"),
        "from": Filter("created_at", op=">=", kind="instant"),
        "to": Filter("created_at", op="<", kind="instant"),
        "q": Filter(where="(batch_id = {value} or prefix = upper({value}) or seller = {value})"),
    },
    sorts={name: name for name in ("created_at", "seller", "amount", "redeemed", "valid_until")},
    default_sort="-created_at",
    tiebreak="batch_id",
    totals=Totals(
        sums={
            "amount": "amount * count",
            "redeemed": "amount * redeemed",
            "outstanding": "case when status = 'activated' then amount * (count - redeemed - voided) else 0 end",
        }
    ),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    every, one = "/v1/voucher-batches", "/v1/voucher-batches/{batch_id}"
    writers: dict[str, Any] = {"dependencies": [api.roles(*WRITERS)]}
    said: dict[str, Any] = {"response_model": VoucherBatchShape, **writers}

    @routes.post(every, status_code=201, response_model=MadeVoucherBatch, **writers)
    async def create_voucher_batch(body: VoucherBatchBody, request: Request) -> Response:
        """Draw the codes and tell them: this once, as JSON or (`Accept: text/csv`) as CSV. Under the same key again
        409 `voucher_codes_shown`: they are kept nowhere."""
        batch_id = body.id or api.new_id(request, "voucher-batch")
        codes = [drawn(_chance()) for _ in range(body.count)]
        await _made(api, request, batch_id, body, codes)
        vouchers = [{"serial": serial(body.prefix, n), "code": printed(code)} for n, code in enumerate(codes, 1)]
        if _CSV in request.headers.get("accept", ""):
            lines = "".join(f"{one['serial']},{one['code']}\n" for one in vouchers)
            return Response(f"serial,code\n{lines}", status_code=201, media_type=f"{_CSV}; charset=utf-8")
        return Answer({**_shape(await _read(api, batch_id)), "vouchers": vouchers}, status_code=201)

    @routes.get(every, **listed(api, BATCHES, VoucherBatchPage))
    async def voucher_batches(request: Request) -> Response:
        return await BATCHES.fetch(request, api, shape=_shape)

    @routes.get(one, response_model=VoucherBatchShape, dependencies=[api.roles(*READERS)])
    async def voucher_batch(batch_id: str) -> Response:
        return Answer(_shape(await _read(api, batch_id)))

    @routes.post(f"{one}/activate", **said)
    async def activate_voucher_batch(batch_id: str, request: Request) -> Response:
        """They are sold: from now on they may be redeemed."""
        await api.command(request, ActivateVoucherBatch(batch_id=batch_id))
        return Answer(_shape(await _read(api, batch_id)))

    @routes.post(f"{one}/void", **said)
    async def void_voucher_batch(batch_id: str, body: VoidBatchBody, request: Request) -> Response:
        """What nobody has redeemed is void; what was redeemed stays so."""
        await api.command(request, VoidVoucherBatch(batch_id=batch_id, reason=body.reason))
        return Answer(_shape(await _read(api, batch_id)))

    return routes


def fingerprint(vault: Vault, code: str) -> str:
    """What is kept of a code: who has not the vault's key can neither read it back nor try codes against it."""
    return vault.fingerprint("voucher", code)


async def _made(api: Api, request: Request, batch_id: str, body: VoucherBatchBody, codes: Sequence[str]) -> None:
    """The batch with these codes. Raises `Rejection`: `voucher_codes_shown` where another try of the request has told
    other ones."""
    amount = body.amount.to_money()
    terms = VoucherTerms(
        amount=amount.amount,
        currency=amount.currency,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        credit_days=body.credit_days,
    )
    create = CreateVoucherBatch(
        batch_id=batch_id,
        terms=terms,
        count=body.count,
        prefix=body.prefix,
        seller=body.seller,
        seller_reference=body.seller_reference,
    )
    await api.command(request, create)
    hashes = [fingerprint(api.vault, code) for code in codes]
    for at in range(0, len(hashes), PAGE_MAX):
        page = AddVouchers(batch_id=batch_id, first=at + 1, hashes=tuple(hashes[at : at + PAGE_MAX]))
        await api.command(request, page)
    # A retry under the same key finds its commands decided, with the codes of the first try.
    kept = await api.db.fetch("select code_hash from voucher_row where batch_id = $1 order by n", batch_id)
    if [row["code_hash"] for row in kept] != hashes:
        raise codes_shown(batch_id)


def _chance() -> Iterator[int]:
    """Numbers from 0 to 255 from the system's source of secrets, without end."""
    while True:
        yield from os.urandom(32)


async def _read(api: Api, batch_id: str) -> asyncpg.Record:
    sql = f"select {', '.join(_COLUMNS)} from {_SOURCE} where batch_id = $1"
    row: asyncpg.Record | None = await api.db.fetchrow(sql, batch_id)
    if row is None:
        raise not_found("voucher_batch", batch_id)
    return row


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    status, rest = row["status"], row["count"] - row["redeemed"] - row["voided"]
    counts = {"created": 0, "activated": 0, "redeemed": row["redeemed"], "void": row["voided"], "expired": 0}
    counts["created" if status == "preparing" else status] += rest
    over = f"it is {status}" if status in OVER else None
    missing = "not all of its codes are there; void it" if status == "preparing" else None
    active = "it is activated already" if status == "activated" else None
    return {
        **BATCH.values(row),
        "counts": counts,
        "sums": {name: money(row["amount"] * count, row["currency"]) for name, count in counts.items()},
        "allowed_actions": [action("activate", why_not=over or missing or active), action("void", why_not=over)],
    }
