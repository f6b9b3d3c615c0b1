"""Write-offs over HTTP.

POST /v1/write-offs {"invoice_id": "inv-7", "reason_code": "uncollectable"}       what is open of it
POST /v1/write-offs {"account_id": "acc-1", "reason_code": "insolvent"}           all that is open of the account
POST /v1/write-offs/{id}/recover {"amount": {...}}                                something comes after all
GET  /v1/write-offs
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.payment.bodies import Code, Note
from services.payments.receivable.whose import account_owing
from services.payments.write_off.messages import RecoverWriteOff, WriteOff
from services.payments.write_off.rows import WriteOffRow
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, IdText
from shared.kernel.errors import Rejection, absent
from shared.kernel.money import MoneyBody

WRITE_OFF: Final = RowShape(WriteOffRow, hidden=("currency",), renamed={"write_off_id": "id"})


class WriteOffBody(Body):
    """What will not be paid: what is open of one invoice, or of all of an account."""

    invoice_id: IdText | None = None
    account_id: IdText | None = None
    reason_code: Code
    note: Note = ""


class RecoveryBody(Body):
    """What comes after all, all of it without `amount`; of one invoice where it was of several."""

    amount: MoneyBody | None = None
    invoice_id: IdText | None = None


@WRITE_OFF.model
class WriteOffShape(BaseModel):
    """What was given up of an invoice; `left` of it still is."""

    left: MoneyBody
    allowed_actions: list[ActionShape]


class WriteOffTotal(Total):
    recovered: str


class WriteOffPage(Page):
    items: list[WriteOffShape]
    totals: Sequence[WriteOffTotal]


WRITE_OFFS: Final = Listing(
    source="(select *, write_off_id || '/' || invoice_id as id from write_off_row) as write_off_row",
    columns=WRITE_OFF.columns,
    filters={
        "id": Filter("write_off_id"),
        "account_id": Filter("account_id"),
        "invoice_id": Filter("invoice_id"),
        "reason_code": Filter("reason_code"),
        "rounding": Filter("rounding", kind="boolean"),
        "from": Filter("written_off_on", op=">=", kind="date"),
        "to": Filter("written_off_on", op="<=", kind="date"),
    },
    sorts={"written_off_on": "written_off_on", "amount": "amount"},
    default_sort="-written_off_on",
    tiebreak="id",
    totals=Totals(sums={"amount": "amount", "recovered": "recovered"}),
)


class WriteOffsShape(BaseModel):
    """What was written off at once, by invoice."""

    id: str
    items: list[WriteOffShape]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, every, one = [api.roles(*WRITERS)], "/v1/write-offs", "/v1/write-offs/{write_off_id}"

    @routes.post(every, status_code=201, response_model=WriteOffsShape, dependencies=writers)
    async def write_off(body: WriteOffBody, request: Request) -> Response:
        write_off_id = api.new_id(request, "write_off")
        command = WriteOff(
            write_off_id=write_off_id,
            account_id=body.account_id or await _owing(api, body.invoice_id),
            reason_code=body.reason_code,
            invoice_id=body.invoice_id,
            note=body.note,
            role=caller_of(request).role,
        )
        await api.command(request, command)
        return Answer(await _read(api, write_off_id), status_code=201)

    @routes.get(every, **listed(api, WRITE_OFFS, WriteOffPage))
    async def write_offs(request: Request) -> Response:
        return await WRITE_OFFS.fetch(request, api, shape=_shape)

    @routes.get(one, response_model=WriteOffsShape, dependencies=[api.roles(*READERS)])
    async def one_write_off(write_off_id: str) -> Response:
        return Answer(await _read(api, write_off_id))

    @routes.post(f"{one}/recover", response_model=WriteOffsShape, dependencies=writers)
    async def recover_write_off(write_off_id: str, body: RecoveryBody, request: Request) -> Response:
        """It is owed again; what credit the account has pays it at once, and so does the payment that comes."""
        rows = await _rows(api, write_off_id)
        command = RecoverWriteOff(
            write_off_id=write_off_id,
            account_id=rows[0]["account_id"],
            amount=None if body.amount is None else body.amount.to_money(),
            invoice_id=body.invoice_id,
        )
        await api.command(request, command)
        return Answer(await _read(api, write_off_id))

    return routes


async def _owing(api: Api, invoice_id: str | None) -> str:
    """Whose invoice it is. Raises `Rejection`."""
    if invoice_id is None:
        detail = "name the invoice_id, or the account_id for all that is open of it"
        raise Rejection("required", detail, pointer="/invoice_id")
    account_id = await account_owing(api, invoice_id)
    if account_id is None:
        raise absent("invoice", invoice_id, pointer="/invoice_id")
    return account_id


async def _rows(api: Api, write_off_id: str) -> Sequence[asyncpg.Record]:
    sql = "select * from write_off_row where write_off_id = $1 order by written_off_on, invoice_id"
    rows: Sequence[asyncpg.Record] = await api.db.fetch(sql, write_off_id)
    if not rows:
        raise not_found("write-off", write_off_id)
    return rows


async def _read(api: Api, write_off_id: str) -> dict[str, Any]:
    return {"id": write_off_id, "items": [_shape(row) for row in await _rows(api, write_off_id)]}


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    left = row["amount"] - row["recovered"]
    why_not = "these are cents within the tolerance" if row["rounding"] else None
    why_not = why_not or (None if left else "all of it is owed again")
    actions = [action("recover", why_not=why_not)]
    return {**WRITE_OFF.values(row), "left": money(left, row["currency"]), "allowed_actions": actions}
