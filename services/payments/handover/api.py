"""What is with collection agencies, over HTTP.

GET /v1/dunning/handovers?agency=nord&status=handed_over       with the sums that are left to collect
GET /v1/dunning/agencies                                       whom debts were handed to, and what is with each
GET /v1/dunning/agencies/nord/file?from=2026-11-01&to=2026-11-30    the CSV of what was handed over, changed, withdrawn
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, get_args

import asyncpg
import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, BaseModel

from services.payments.handover.file import Debtor, Part, debtor, render
from services.payments.handover.messages import WhyWithdrawn
from services.payments.handover.rows import HandoverRow
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody
from shared.kernel.sealed import Sealed

Since = Annotated[BillingDate, Query(alias="from")]
MOVEMENTS_MAX: Final = 50_000
AGENCIES_MAX: Final = 500
HANDOVER: Final = RowShape(
    HandoverRow, hidden=("currency", "parts", "reason"), renamed={"handover_id": "id", "amount": "left"}
)
Status = Literal["handed_over", "withdrawn"]


class HandedInvoice(BaseModel):
    """An invoice, and what of it is left to collect."""

    invoice_id: str
    number: str
    due_on: date
    left: MoneyBody


@HANDOVER.model
class HandoverShape(BaseModel):
    """Debts that an agency has, or had: `handed` was given to it, `left` is to be collected."""

    status: Status
    withdrawn_for: WhyWithdrawn | None
    invoices: list[HandedInvoice]


class HandoverTotal(Total):
    left: str


class HandoverPage(Page):
    items: list[HandoverShape]
    totals: list[HandoverTotal]


class AgencyShape(BaseModel):
    """Whom debts were handed to; how many are with him, and when something of them changed last."""

    agency: str
    handovers: int
    moved_at: AwareDatetime


class AgencyPage(BaseModel):
    items: list[AgencyShape]


_STATUS: Final = "case when withdrawn_on is null then 'handed_over' else 'withdrawn' end"
_COLUMNS: Final = (*HANDOVER.columns, "reason", "status", "parts::text as parts")
HANDOVERS: Final = Listing(
    source=f"(select *, {_STATUS} as status from handover_row) h",
    columns=_COLUMNS,
    filters={
        "account_id": Filter("account_id"),
        "agency": Filter("agency"),
        "status": Filter("status", one_of=get_args(Status)),
        "currency": Filter("currency"),
        "from": Filter("handed_on", op=">=", kind="date"),
        "to": Filter("handed_on", op="<=", kind="date"),
    },
    sorts={"handed_on": "handed_on", "left": "amount"},
    default_sort="-handed_on",
    tiebreak="handover_id",
    totals=Totals(sums={"amount": "handed", "left": "amount"}),
)
_AGENCIES: Final = """
select m.agency, max(m.recorded_at) as moved_at,
       (select count(*) from handover_row h where h.agency = m.agency and h.withdrawn_on is null) as handovers
  from handover_movement_row m group by m.agency order by m.agency limit $1
"""
_MOVEMENTS: Final = """
select m.partition, m.seq, m.kind, m.moved_on, m.handover_id, m.account_id, m.currency, m.amount, m.reason,
       m.parts::text as parts, p.name, p.details
  from handover_movement_row m
  left join payer_name_row p on p.partition = m.partition and p.account_id = m.account_id
 where m.agency = $1 and m.recorded_at >= $2 and m.recorded_at < $3
 order by m.recorded_at, m.partition, m.seq limit $4
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/dunning/handovers", **listed(api, HANDOVERS, HandoverPage))
    async def handovers(request: Request) -> Response:
        return await HANDOVERS.fetch(request, api, shape=_shape)

    @routes.get("/v1/dunning/agencies", response_model=AgencyPage, dependencies=[api.roles(*READERS)])
    async def agencies() -> Response:
        rows = await api.db.fetch(_AGENCIES, AGENCIES_MAX)
        return Answer({"items": [dict(row) for row in rows]})

    @routes.get("/v1/dunning/agencies/{agency}/file", response_class=Response, dependencies=[api.roles(*WRITERS)])
    async def agency_file(agency: IdText, since: Since, to: BillingDate) -> Response:
        """What the agency has to be told of the days from `from` up to `to`, both included and in UTC: a CSV with a
        line for each invoice. A day that is not over may still grow. 422 `out_of_bounds` for more than 50,000."""
        rows = await _movements(api, agency, since, to)
        content = render(rows, await _debtors(api, rows))
        headers = {"Content-Disposition": f'attachment; filename="{agency}-{since}-{to}.csv"'}
        return Response(content, media_type="text/csv; charset=utf-8", headers=headers)

    return routes


async def _movements(api: Api, agency: str, since: date, to: date) -> list[asyncpg.Record]:
    if to < since:
        raise Rejection("out_of_bounds", f"give a day from {since} on", pointer="/to", status=422)
    begin = datetime(since.year, since.month, since.day, tzinfo=UTC)
    end = datetime(to.year, to.month, to.day, tzinfo=UTC) + timedelta(days=1)
    rows: list[asyncpg.Record] = await api.db.fetch(_MOVEMENTS, agency, begin, end, MOVEMENTS_MAX + 1)
    if len(rows) > MOVEMENTS_MAX:
        detail = f"more than {MOVEMENTS_MAX:,} movements; ask for fewer days"
        raise Rejection("out_of_bounds", detail, pointer="/to", status=422)
    return rows


async def _debtors(api: Api, rows: list[asyncpg.Record]) -> list[Debtor]:
    """What customers are called and where they live; of one that is unknown or erased nothing."""
    sealed = {
        (row["account_id"], what): Sealed(row[what])
        for row in rows
        for what in ("name", "details")
        if row[what] is not None
    }
    opened = dict(zip(sealed, await api.vault.open_all(list(sealed.values())), strict=True))
    known = {
        account: debtor(opened.get((account, "name")) or "", opened.get((account, "details")) or "")
        for account in {row["account_id"] for row in rows}
    }
    return [known[row["account_id"]] for row in rows]


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    parts = msgspec.json.decode(row["parts"], type=list[Part])
    left = Decimal(0) if row["withdrawn_on"] else None
    return {
        **HANDOVER.values(row),
        "status": row["status"],
        "withdrawn_for": row["reason"],
        "invoices": [
            {
                **{name: getattr(part, name) for name in ("invoice_id", "number", "due_on")},
                "left": money(part.amount if left is None else left, row["currency"]),
            }
            for part in parts
        ],
    }
