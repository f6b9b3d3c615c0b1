"""Disputes over HTTP.

POST /v1/receivables/inv-7/dispute {"amount": {"amount": "15.00", "currency": "EUR"}, "reason": "not supplied"}
POST /v1/receivables/inv-7/dispute/resolve {"outcome": "accepted"}       credited; "rejected": owed as before
GET  /v1/disputes?status=open
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.payments.dispute.messages import OpenDispute, Outcome, ResolveDispute
from services.payments.dispute.rows import DisputeRow, DisputeStatus
from services.payments.payment.bodies import Note, Reason
from services.payments.receivable.whose import account_owing
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body
from shared.kernel.money import MoneyBody

DISPUTE: Final = RowShape(DisputeRow, hidden=("currency",), renamed={"dispute_id": "id"})


class DisputeBody(Body):
    """What is disputed of an invoice, all that is open without `amount`, and why."""

    amount: MoneyBody | None = None
    reason: Reason
    note: Note = ""


class ResolutionBody(Body):
    """Of an `accepted` dispute all is credited, or `amount` of it; of a `rejected` one nothing."""

    outcome: Outcome
    amount: MoneyBody | None = None
    note: Note = ""


@DISPUTE.model
class DisputeShape(BaseModel):
    """A dispute. While it is open its amount is not dunned, and bears no late fee (R54)."""

    allowed_actions: list[ActionShape]


class DisputeTotal(Total):
    accepted: str


class DisputePage(Page):
    items: list[DisputeShape]
    totals: Sequence[DisputeTotal]


DISPUTES: Final = Listing(
    source="dispute_row",
    columns=DISPUTE.columns,
    filters={
        "status": Filter("status", one_of=get_args(DisputeStatus)),
        "account_id": Filter("account_id"),
        "invoice_id": Filter("invoice_id"),
        "from": Filter("opened_on", op=">=", kind="date"),
        "to": Filter("opened_on", op="<=", kind="date"),
    },
    sorts={"opened_on": "opened_on", "amount": "amount"},
    default_sort="-opened_on",
    tiebreak="dispute_id",
    totals=Totals(sums={"amount": "amount", "accepted": "accepted"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path, writers = "/v1/receivables/{invoice_id}/dispute", [api.roles(*WRITERS)]

    @routes.post(path, status_code=201, response_model=DisputeShape, dependencies=writers)
    async def open_dispute(invoice_id: str, body: DisputeBody, request: Request) -> Response:
        dispute_id = api.new_id(request, "dispute")
        command = OpenDispute(
            dispute_id=dispute_id,
            account_id=await _owing(api, invoice_id),
            invoice_id=invoice_id,
            reason=body.reason,
            amount=None if body.amount is None else body.amount.to_money(),
            note=body.note,
        )
        await api.command(request, command)
        return Answer(await _latest(api, invoice_id), status_code=201)

    @routes.get(path, response_model=DisputeShape, dependencies=[api.roles(*READERS)])
    async def dispute(invoice_id: str) -> Response:
        """The latest dispute of the invoice."""
        return Answer(await _latest(api, invoice_id))

    @routes.post(f"{path}/resolve", response_model=DisputeShape, dependencies=writers)
    async def resolve_dispute(invoice_id: str, body: ResolutionBody, request: Request) -> Response:
        command = ResolveDispute(
            account_id=await _owing(api, invoice_id),
            invoice_id=invoice_id,
            outcome=body.outcome,
            amount=None if body.amount is None else body.amount.to_money(),
            note=body.note,
            role=caller_of(request).role,
        )
        await api.command(request, command)
        return Answer(await _latest(api, invoice_id))

    @routes.get("/v1/disputes", **listed(api, DISPUTES, DisputePage))
    async def disputes(request: Request) -> Response:
        return await DISPUTES.fetch(request, api, shape=_shape)

    return routes


async def _owing(api: Api, invoice_id: str) -> str:
    account_id = await account_owing(api, invoice_id)
    if account_id is None:
        raise not_found("invoice", invoice_id)
    return account_id


async def _latest(api: Api, invoice_id: str) -> dict[str, Any]:
    sql = "select * from dispute_row where invoice_id = $1 order by recorded_at desc, dispute_id limit 1"
    row = await api.db.fetchrow(sql, invoice_id)
    if row is None:
        raise not_found("dispute", invoice_id)
    return _shape(row)


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    why_not = None if row["status"] == "open" else f"it was {row['status']}"
    return {**DISPUTE.values(row), "allowed_actions": [action("resolve", why_not=why_not)]}
