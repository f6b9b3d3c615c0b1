"""Invoice one account now, outside of any run.

POST /v1/invoices {"account_id": "acc-1"}
-> 201 {"account_id": "acc-1", "invoices": [{"id", "number": "INV-000042", "status": "issued", "total", …}]}
409 period_open: it says when the period closes
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.invoicing.fields import PeriodShape
from services.invoicing.on_demand.decide import DRAFTS_MAX
from services.invoicing.on_demand.messages import InvoiceAccount
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.money import money
from shared.http.waiting import reached, until
from shared.kernel.bodies import Body, IdText
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody

_INVOICES: Final = f"""
select * from invoice_row where account_id = $1 and demand_id = $2 order by period_start, invoice_id limit {DRAFTS_MAX}
"""
_LEFT: Final = f"""
select invoice_id from invoice_row where account_id = $1 and status = 'draft' and agrees is not null
 order by period_start, invoice_id limit {DRAFTS_MAX}
"""


class DemandBody(Body):
    """Whose complete drafts are invoiced."""

    account_id: IdText


class DemandedInvoice(BaseModel):
    """An invoice that was asked for; `GET /v1/invoices/{id}` has its lines. `locked` while its number is on its way."""

    id: str
    number: str | None
    status: Literal["locked", "issued"]
    period: PeriodShape
    issued_on: date | None
    due_on: date | None
    net: MoneyBody
    tax: MoneyBody
    total: MoneyBody


class DemandShape(BaseModel):
    """What an account is invoiced now. `drafts_left` could not be issued: to issue one by its id says why."""

    account_id: str
    invoices: list[DemandedInvoice]
    drafts_left: list[str]


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/invoices", status_code=201, response_model=DemandShape, dependencies=[api.roles(*WRITERS)])
    async def invoice_account(body: DemandBody, request: Request) -> Response:
        """Issue every complete draft of an account; of one whose service has ended this is the final invoice."""
        demand_id = api.new_id(request, "demand")
        asked = InvoiceAccount(account_id=body.account_id, demand_id=demand_id, seller=seller_of(api.settings))
        await api.command(request, asked)
        rows = await until(
            lambda: api.db.fetch(_INVOICES, body.account_id, demand_id),
            lambda found: all(row["status"] != "locked" for row in found),
        )
        left = await api.db.fetch(_LEFT, body.account_id)
        if not rows:
            detail = f"drafts of account {body.account_id} wait for an approval: POST /v1/invoices/{{id}}/approve"
            raise Rejection("approval_required", detail, pointer="/account_id", status=409)
        for row in rows:
            reached(request, "invoicing", row["partition"], row["seq"])
        return Answer(
            {
                "account_id": body.account_id,
                "invoices": [_shape(row) for row in rows],
                "drafts_left": [row["invoice_id"] for row in left],
            },
            status_code=201,
        )

    return routes


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "id": row["invoice_id"],
        **{name: row[name] for name in ("number", "status", "issued_on", "due_on")},
        "period": {"start": row["period_start"], "end": row["period_end"]},
        **{name: money(row[name], row["currency"]) for name in ("net", "tax", "total")},
    }
