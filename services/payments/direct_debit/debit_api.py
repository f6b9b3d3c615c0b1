"""Single debits over HTTP, and what banks say of them.

GET  /v1/direct-debits/{id}/debits
POST /v1/direct-debits/{id}/debits/{debit}/return {"code": "AM04"}
POST /v1/direct-debits/status-reports                       (pain.002 as the body)
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.payments.direct_debit.api import PATH
from services.payments.direct_debit.messages import ReturnDebit
from services.payments.direct_debit.shapes import DEBITS, DirectDebitPage, DirectDebitShape, debit_shape, read_run
from services.payments.sepa.pain002 import rejections
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import Body
from shared.kernel.errors import Rejection

_REJECTED_MAX: Final = 5_000
_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": "pain.002, at most 8 MB.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
}


class DirectDebitReturnBody(Body):
    """The reason by its code in ISO 20022, such as AM04."""

    code: Annotated[str, Field(pattern="^[A-Z0-9]{2,4}$")]


class DirectDebitStatusReport(BaseModel):
    """How many rejections the report has, and which of them are of no debit of ours."""

    rejected: int
    unknown: list[str]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    every = f"{PATH}/{{run_id}}/debits"

    @routes.get(every, **listed(api, DEBITS, DirectDebitPage))
    async def direct_debits(run_id: str, request: Request) -> Response:
        await read_run(api, run_id)
        return await DEBITS.fetch(request, api, shape=debit_shape, where={"run_id": run_id})

    @routes.post(f"{every}/{{debit_id}}/return", response_model=DirectDebitShape, dependencies=[api.roles(*WRITERS)])
    async def return_debit(run_id: str, debit_id: str, body: DirectDebitReturnBody, request: Request) -> Response:
        """It has come back: its payment fails or is reversed, and its invoice is open again."""
        sql = "select * from direct_debit_row where run_id = $1 and debit_id = $2"
        row = await api.db.fetchrow(sql, run_id, debit_id)
        if row is None:
            raise not_found("debit", debit_id)
        if row["status"] not in ("placed", "booked"):
            raise Rejection("debit_over", f"debit {debit_id} is {row['status']}", status=409)
        await api.command(request, ReturnDebit(account_id=row["account_id"], debit_id=debit_id, code=body.code))
        (after,) = await api.db.fetch(sql, run_id, debit_id)
        return Answer(debit_shape(after))

    @routes.post(
        f"{PATH}/status-reports",
        response_model=DirectDebitStatusReport,
        dependencies=[api.roles(*WRITERS)],
        openapi_extra=_BODY,
    )
    async def take_status_report(request: Request) -> Response:
        """What a bank rejects before it books anything; the same report again changes nothing."""
        found = list(rejections(BytesIO(await request.body())))
        if len(found) > _REJECTED_MAX:
            raise Rejection("out_of_bounds", f"a report has at most {_REJECTED_MAX} rejections", pointer="")
        return Answer(await _reject(api, request, found))

    return routes


async def _reject(api: Api, request: Request, found: Sequence[tuple[str, str]]) -> dict[str, object]:
    sql = "select debit_id, account_id from direct_debit_row where debit_id = any($1::text[]) and status <> 'refused'"
    whose = {row["debit_id"]: row["account_id"] for row in await api.db.fetch(sql, [debit for debit, _ in found])}
    for debit_id, code in found:
        if (account_id := whose.get(debit_id)) is not None:
            await api.command(request, ReturnDebit(account_id=account_id, debit_id=debit_id, code=code))
    return {"rejected": len(found), "unknown": sorted({debit for debit, _ in found}.difference(whose))}
