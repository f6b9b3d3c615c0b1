"""Late fees that were asked for, and letting a customer off one.

GET  /v1/late-fees?account_id=acc-1&invoice_id=inv-7&status=waiting
POST /v1/late-fees/{id}/waive {"reason": "goodwill"}        until it is issued; then its line is credited

What would be asked for next is shown by payments: GET /v1/accounts/{id}/late-fees/upcoming
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, get_args

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.invoicing.late_fee.messages import WaiveLateFee
from services.invoicing.late_fee.rows import LateFeeRow
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.filtering import Filter
from shared.http.listing import Listing, Totals
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, PrintableText

Status = Literal["waiting", "drafted", "invoiced", "void", "waived"]


class WaiverBody(Body):
    """Why the customer is let off."""

    reason: Annotated[PrintableText, Field(min_length=1, max_length=200)]


FEE: Final = RowShape(LateFeeRow, renamed={"fee_id": "id", "overdue_invoice_id": "invoice_id"})


@FEE.model
class LateFeeShape(BaseModel):
    """A late fee on `invoice_id`. It waits for a draft, is on one, or on an invoice (`billed_on`), or was waived.

    On an invoice that is `void` nothing is asked for it any more.
    """

    status: Status
    allowed_actions: list[ActionShape]


class LateFeePage(Page):
    items: list[LateFeeShape]


_STATUS: Final = """case when f.waived_at is not null then 'waived' when f.billed_on is null then 'waiting'
 when i.status = 'void' then 'void' when i.status in ('locked', 'issued') then 'invoiced' else 'drafted' end"""
_SOURCE: Final = (
    f"(select f.*, {_STATUS} as status from late_fee_row f"
    " left join invoice_row i on i.partition = f.partition and i.invoice_id = f.billed_on) as late_fee"
)
FEES: Final = Listing(
    source=_SOURCE,
    columns=(*FEE.columns, "status"),
    filters={
        "account_id": Filter("account_id"),
        "invoice_id": Filter("overdue_invoice_id"),
        "billed_on": Filter("billed_on"),
        "policy_id": Filter("policy_id"),
        "status": Filter("status", one_of=get_args(Status)),
    },
    sorts={"charged_on": "charged_on", "amount": "amount", "step": "step"},
    default_sort="-charged_on",
    tiebreak="fee_id",
    totals=Totals(sums={"amount": "amount"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/late-fees", **listed(api, FEES, LateFeePage))
    async def late_fees(request: Request) -> Response:
        return await FEES.fetch(request, api, shape=_shape)

    @routes.get("/v1/late-fees/{fee_id}", response_model=LateFeeShape, dependencies=[api.roles(*READERS)])
    async def late_fee(fee_id: str) -> Response:
        return Answer(_shape(await _read(api, fee_id)))

    @routes.post("/v1/late-fees/{fee_id}/waive", response_model=LateFeeShape, dependencies=[api.roles(*WRITERS)])
    async def waive_late_fee(fee_id: str, body: WaiverBody, request: Request) -> Response:
        row = await _read(api, fee_id)
        await api.command(request, WaiveLateFee(account_id=row["account_id"], fee_id=fee_id, reason=body.reason))
        return Answer(_shape(await _read(api, fee_id)))

    return routes


async def _read(api: Api, fee_id: str) -> Any:
    columns = ", ".join((*FEE.columns, "status"))
    row = await api.db.fetchrow(f"select {columns} from {_SOURCE} where fee_id = $1", fee_id)
    if row is None:
        raise not_found("late fee", fee_id)
    return row


def _shape(row: Any) -> dict[str, Any]:
    status: Status = row["status"]
    void = f"invoice {row['billed_on']} is void: nothing is asked for it"
    why_not = {
        "waived": "it is waived",
        "void": void,
        "invoiced": f"it is on invoice {row['billed_on']}: credit its line there",
    }
    return {**FEE.values(row), "status": status, "allowed_actions": [action("waive", why_not=why_not.get(status))]}
