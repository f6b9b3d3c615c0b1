"""What if: the candidate version of a plan prices what has happened, beside what was charged, over the whole book.

POST /v1/proof/what-if {"plan_id": "fiber", "version": 3, "from": "2026-07-01", "to": "2026-10-01"}
POST /v1/proof/what-if {"plan_id": "fiber", "prices": [...], "from": "2026-07-01", "to": "2026-10-01", "limit": 20}
-> {"totals": [{"currency": "EUR", "charged": "4210.00", "candidate": "4395.50", "difference": "185.50"}],
    "periods": {"winners": 40, "losers": 160, "unchanged": 10}, "winners": [...], "losers": [...], ...}

POST /v1/proof/what-if/customers {... , "limit": 100, "cursor": null}
-> {"items": [...], "next_cursor": "WzMsImFjYy03Ii..."}             every customer once, page by page

Nothing is stored. One at a time in a process: the database reads pages, a thread prices them.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Response
from pydantic import Field, StrictInt, WithJsonSchema

from services.rating.fields import Body
from services.rating.meter.state import BUILT_IN, Meter
from services.rating.period.stored_states import StoredStates
from services.rating.plan.prices import PRICES_MAX, check_measures, check_prices, parse_prices
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing.engine.aggregation import SUM
from services.rating.pricing.engine.measuring import meters_of
from services.rating.what_if.comparing import Billed, compare
from services.rating.what_if.customers import WhatIfPage, page_shape, place_in
from services.rating.what_if.reading import Asked, count, page_behind, pages
from services.rating.what_if.shapes import WhatIfShape, what_if_shape
from services.rating.what_if.summary import Summary
from shared.engine.postgres import Connection
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.problems import Unavailable
from shared.http.schemas import named
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.decider import View
from shared.kernel.errors import Rejection, Rejections, absent
from shared.kernel.money import CurrencyCode
from shared.kernel.unit_of_work import Missing

PERIODS_MAX: Final = 300_000
DAYS_MAX: Final = 1_100
SHOWN_MAX: Final = 500
ACCOUNTS_MAX: Final = 1_000
TIME_MAX_S: Final = 120


class WhatIfBody(Body):
    """Which plan, priced how, over which closed periods: those that lie in [`from`, `to`).

    The candidate is a `version` of the plan, a draft too, or `prices`. `limit`: how many winners and losers are shown.
    """

    plan_id: IdText
    version: Annotated[StrictInt, Field(ge=1, le=2**31 - 1)] | None = None
    prices: (
        Annotated[
            list[Any],
            Field(min_length=1, max_length=PRICES_MAX),
            WithJsonSchema({"type": "array", "minItems": 1, "maxItems": PRICES_MAX, "items": named("Price")}),
        ]
        | None
    ) = None
    currency: CurrencyCode | None = None
    since: Annotated[BillingDate, Field(alias="from")]
    to: BillingDate
    account_ids: Annotated[list[IdText], Field(min_length=1, max_length=ACCOUNTS_MAX)] | None = None
    limit: Annotated[StrictInt, Field(ge=1, le=SHOWN_MAX)] = 50


class WhatIfPageBody(WhatIfBody):
    """The same, of all customers in order: `limit` subscriptions behind the `cursor` of the answer before."""

    cursor: Annotated[str, Field(max_length=1_000)] | None = None


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    # Each holds a connection and a core for its time.
    turn = asyncio.Lock()

    @routes.post(
        "/v1/proof/what-if", response_model=WhatIfShape, dependencies=[api.roles("admin", "billing", "auditor")]
    )
    async def what_if(body: WhatIfBody) -> Response:
        _check(body)
        if turn.locked():
            detail = "another comparison is running here; ask again when it is through"
            raise Unavailable("comparison_running", detail, retry_after_s=10)
        async with turn:
            return Answer(await _compared(api, body, api.clock.now()))

    @routes.post(
        "/v1/proof/what-if/customers",
        response_model=WhatIfPage,
        dependencies=[api.roles("admin", "billing", "auditor")],
    )
    async def what_if_customers(body: WhatIfPageBody) -> Response:
        _check(body)
        return Answer(await _customers(api, body))

    return routes


def _check(body: WhatIfBody) -> None:
    refused: list[Rejection] = []
    if (body.version is None) == (body.prices is None):
        detail = "name the candidate by a version of the plan, or give its prices; one of both"
        refused.append(Rejection("invalid", detail, pointer="/version"))
    if body.to <= body.since:
        refused.append(Rejection("invalid_period", f"{body.to} is not after {body.since}", pointer="/to"))
    elif body.to - body.since > timedelta(days=DAYS_MAX):
        detail = f"at most {DAYS_MAX} days are compared at once; choose a later from"
        refused.append(Rejection("out_of_bounds", detail, pointer="/from"))
    if refused:
        raise Rejections(refused)


async def _compared(api: Api, body: WhatIfBody, now: datetime) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + TIME_MAX_S
    asked = Asked(plan_id=body.plan_id, start=body.since, end=body.to, account_ids=body.account_ids)
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        reference = StoredStates(connection, home=0)
        plan = await _plan(body.plan_id, reference)
        candidate = await _candidate(body, plan, reference)
        await _check_size(connection, asked)
        summary, usage_days = Summary(body.limit), 0
        async for page in pages(connection, asked):
            await price_page(page.billed, plan, candidate, reference, summary)
            usage_days += page.usage_days
            if loop.time() > deadline:
                detail = f"the comparison takes longer than {TIME_MAX_S} s; choose fewer months, or account_ids"
                raise Rejection("comparison_too_large", detail, pointer="/from")
        summary.end()
    return what_if_shape(summary, plan, body.version, asked, usage_days=usage_days, as_of=now)


async def _customers(api: Api, body: WhatIfPageBody) -> dict[str, Any]:
    """One page, priced by itself: who asks on sees every customer once, each as of his page."""
    asked = Asked(plan_id=body.plan_id, start=body.since, end=body.to, account_ids=body.account_ids)
    after = None if body.cursor is None else place_in(body.cursor)
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        reference = StoredStates(connection, home=0)
        plan = await _plan(body.plan_id, reference)
        candidate = await _candidate(body, plan, reference)
        billed, following = await page_behind(connection, asked, after, body.limit)
        found = await _priced(billed, plan, candidate, reference)
    return page_shape([one for of_one in found for one in of_one], plan.currency, following)


async def _plan(plan_id: str, reference: StoredStates) -> Plan:
    plan = (await reference.load(Plan, [plan_id])).get(plan_id)
    if plan is None:
        raise absent("plan", plan_id, pointer="/plan_id")
    return plan


async def _candidate(body: WhatIfBody, plan: Plan, reference: StoredStates) -> PlanVersion:
    """The version to be, checked as when it is published. Raises `Rejections`."""
    if body.currency is not None and body.currency != plan.currency:
        detail = f"the plan is in {plan.currency}, so its candidate is; leave the currency out"
        raise Rejection("currency_mismatch", detail, pointer="/currency")
    if body.prices is not None:
        version = PlanVersion(version=1, prices=tuple(parse_prices(body.prices, plan.currency)), meters=())
    elif body.version is not None and body.version <= plan.latest:
        version = plan.versions[body.version - 1]
        check_prices(version.prices, plan.currency)
    else:
        raise absent("plan_version", f"{plan.plan_id}/{body.version}", pointer="/version")
    meters = tuple(sorted({meter for price in version.prices for meter in meters_of(price)}))
    known = await reference.load(Meter, meters)
    aggregations = {meter: found.kept for meter, found in (known | BUILT_IN).items() if meter in meters}
    check_measures(version.prices, lambda meter: aggregations.get(meter, SUM))
    return msgspec.structs.replace(version, meters=meters, aggregations=aggregations)


async def _check_size(connection: Connection, asked: Asked) -> None:
    periods = await count(connection, asked)
    if periods > PERIODS_MAX:
        detail = f"{periods} periods are more than the {PERIODS_MAX} that are compared at once"
        raise Rejection("comparison_too_large", f"{detail}; choose fewer months, or account_ids", pointer="/from")


async def price_page(
    billed: list[Billed], plan: Plan, candidate: PlanVersion, reference: StoredStates, summary: Summary
) -> None:
    for compared in await _priced(billed, plan, candidate, reference):
        summary.add(compared)


async def _priced(billed: list[Billed], plan: Plan, candidate: PlanVersion, reference: StoredStates) -> list[Any]:
    """In a thread: a page takes a while, and the partition workers share this loop."""
    while True:
        try:
            return await asyncio.to_thread(_compare_all, billed, plan, candidate, reference)
        except Missing as missing:
            for kind, keys in missing.wanted.items():
                await reference.load(kind, keys)


def _compare_all(billed: list[Billed], plan: Plan, candidate: PlanVersion, view: View) -> list[Any]:
    return [compare(one, plan, candidate, view) for one in billed]
