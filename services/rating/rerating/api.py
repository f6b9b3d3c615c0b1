"""Reratings over HTTP: what corrected prices change in closed periods, first as a dry run, then on the accounts.

POST /v1/reratings {"plan_id": "fiber", "version": 1, "prices": [{"model": "per_unit", "unit_price": "0.08", ...}],
                    "from": "2026-09-01", "to": "2026-11-01", "reason": "0.10 instead of 0.08"}
-> 201 {"id", "status": "previewed", "accounts": 1, "corrected": 2, "totals": [{"currency": "EUR", "amount": "-40.00"}]}
GET  /v1/reratings/{id}/results
POST /v1/reratings/{id}/confirm          computed anew, and charged with each account's next close

One that is not through within some seconds is answered as it stands, `running`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictBool

from services.rating.fields import Body, NameText
from services.rating.plan.bodies import Prices
from services.rating.plan.prices import parse_prices
from services.rating.rerating.messages import ConfirmRerating, ReratingTerms, StartRerating
from services.rating.rerating.progress import RERATINGS
from services.rating.rerating.shapes import ReratedPage, ReratingPage, ReratingShape
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.parameters import listed
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.errors import Rejection, Rejections, absent

ACCOUNTS_MAX: Final = 1_000
"""So many ids travel in one message; who has more reruns the plan version."""
DAYS_MAX: Final = 1_100
"""Some three years: a range is a correction, not a migration."""

# A closed period, or a flat price that was charged ahead of one.
_CHARGED: Final = """
select true from closed_period
 where period_start >= $1 and period_start < $2 and ($3::text[] is null or account_id = any($3))
union all
select true from charge_row
 where plan_id = $4 and plan_version = $5 and meter is null and period_start >= $1 and period_start < $2
   and ($3::text[] is null or account_id = any($3))
limit 1
"""


class ReratingBody(Body):
    """`prices` take the places of the version's in closed periods that begin in [`from`, `to`); a dry run only says so.

    `account_ids`: those accounts alone.
    """

    id: IdText | None = None
    plan_id: IdText
    version: Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
    prices: Prices
    start: Annotated[BillingDate, Field(alias="from")]
    end: Annotated[BillingDate, Field(alias="to")]
    account_ids: Annotated[list[IdText], Field(min_length=1, max_length=ACCOUNTS_MAX)] | None = None
    reason: NameText
    dry_run: StrictBool = True


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/reratings", status_code=201, response_model=ReratingShape, dependencies=[api.roles(*WRITERS)])
    async def start_rerating(body: ReratingBody, request: Request) -> Response:
        command = await _start(api, body, body.id or api.new_id(request, "rerating"))
        await api.command(request, command)
        return await RERATINGS.settled(api, command.rerating_id, status_code=201)

    @routes.get("/v1/reratings", **listed(api, RERATINGS.listing, ReratingPage))
    async def reratings(request: Request) -> Response:
        return await RERATINGS.listing.fetch(request, api, shape=RERATINGS.shown)

    @routes.get("/v1/reratings/{rerating_id}", response_model=ReratingShape, dependencies=[api.roles(*READERS)])
    async def rerating(rerating_id: str) -> Response:
        return await RERATINGS.answer(api, rerating_id)

    @routes.get("/v1/reratings/{rerating_id}/results", **listed(api, RERATINGS.results, ReratedPage))
    async def rerating_results(rerating_id: str, request: Request) -> Response:
        return await RERATINGS.found(request, api, rerating_id)

    @routes.post(
        "/v1/reratings/{rerating_id}/confirm", response_model=ReratingShape, dependencies=[api.roles(*WRITERS)]
    )
    async def confirm_rerating(rerating_id: str, request: Request) -> Response:
        return await RERATINGS.confirm(request, api, rerating_id, ConfirmRerating(rerating_id=rerating_id))

    return routes


async def _start(api: Api, body: ReratingBody, rerating_id: str) -> StartRerating:
    """The command of a body. Raises `Rejection` for what is wrong with its range, prices or accounts."""
    if not body.start < body.end <= body.start + timedelta(days=DAYS_MAX):
        detail = f"a range is 1 to {DAYS_MAX} days long, and {body.start} to {body.end} is not"
        raise Rejection("invalid_period", detail, pointer="/to")
    currency = await api.db.fetchval("select currency from plan_version_row where plan_id = $1 limit 1", body.plan_id)
    if currency is None:
        raise absent("plan", body.plan_id, pointer="/plan_id")
    prices = parse_prices(body.prices, currency)
    await _check_accounts(api, body.account_ids)
    if await api.db.fetchval(_CHARGED, body.start, body.end, body.account_ids, body.plan_id, body.version) is None:
        detail = f"no period that begins from {body.start} to {body.end} is closed; what is open is priced at its close"
        raise Rejection("no_closed_periods", detail, pointer="/from")
    return StartRerating(
        rerating_id=rerating_id,
        terms=ReratingTerms(plan_id=body.plan_id, version=body.version, prices=prices, start=body.start, end=body.end),
        reason=body.reason,
        dry_run=body.dry_run,
        account_ids=None if body.account_ids is None else list(dict.fromkeys(body.account_ids)),
    )


async def _check_accounts(api: Api, account_ids: list[str] | None) -> None:
    rows = await api.db.fetch(
        "select account_id from account_row where account_id = any($1::text[])", account_ids or []
    )
    known = {row["account_id"] for row in rows}
    unknown = [
        absent("account", account_id, pointer=f"/account_ids/{index}")
        for index, account_id in enumerate(account_ids or [])
        if account_id not in known
    ]
    if unknown:
        raise Rejections(unknown)
