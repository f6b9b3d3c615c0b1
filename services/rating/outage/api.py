"""Outages over HTTP: what time without service gives back, first as a preview, then on the accounts.

POST /v1/outages {"from": "2026-09-12T10:00:00Z", "to": "2026-09-12T13:20:00Z", "plan_id": "fiber", "reason": "cable"}
-> 201 {"id", "status": "previewed", "credited": 812, "totals": [{"currency": "EUR", "amount": "113.68"}], ...}
GET  /v1/outages/{id}/results
POST /v1/outages/{id}/confirm           computed anew, and credited with each account's next close

One that is not through within some seconds is answered as it stands, `running`.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Final, Literal, Self

from fastapi import APIRouter, Request, Response
from pydantic import Field, model_validator

from services.rating.fields import Body, NameText
from services.rating.outage.messages import ConfirmOutage, OutagePolicy, OutageTerms, RecordOutage
from services.rating.outage.progress import OUTAGES
from services.rating.outage.shapes import CreditedPage, OutagePage, OutageShape
from services.rating.subscription.react import SUBSCRIPTION
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.parameters import listed
from shared.kernel.bodies import IdText, Instant
from shared.kernel.errors import Rejection, Rejections, absent, unknown_aggregate

NAMES_MAX: Final = 1_000
"""So many ids travel in one message; who has more names the plan."""
DAYS_MAX: Final = 366

Ids = Annotated[list[IdText], Field(min_length=1, max_length=NAMES_MAX)]
ResourceText = Annotated[str, Field(min_length=1, max_length=255)]
Percent = Annotated[str, Field(pattern=r"^(100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?)$")]


class PolicyBody(Body):
    """`actual`: the share of the charged time that was lost; `percent`: so much of each charge that was touched."""

    share: Literal["actual", "percent"] = "actual"
    percent: Percent | None = None
    minimum_minutes: Annotated[int, Field(ge=0, le=DAYS_MAX * 1440, strict=True)] = 0

    @model_validator(mode="after")
    def _percent_says_how_much(self) -> Self:
        if (self.share == "percent") != (self.percent is not None):
            raise ValueError("give percent with the share percent, and only with it")
        return self


class OutageBody(Body):
    """No service in [`from`, `to`), for `subscription_ids`, `account_ids`, those with `plan_id` or with `resources`."""

    id: IdText | None = None
    start: Annotated[Instant, Field(alias="from")]
    end: Annotated[Instant, Field(alias="to")]
    subscription_ids: Ids | None = None
    account_ids: Ids | None = None
    plan_id: IdText | None = None
    resources: Annotated[list[ResourceText], Field(min_length=1, max_length=NAMES_MAX)] | None = None
    policy: PolicyBody = PolicyBody()
    reason: NameText

    @model_validator(mode="after")
    def _says_whom(self) -> Self:
        asked = (self.subscription_ids, self.account_ids, self.plan_id, self.resources)
        if sum(given is not None for given in asked) != 1:
            raise ValueError("give one of subscription_ids, account_ids, plan_id and resources")
        return self


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/outages", status_code=201, response_model=OutageShape, dependencies=[api.roles(*WRITERS)])
    async def record_outage(body: OutageBody, request: Request) -> Response:
        await _check(api, body)
        outage_id = body.id or api.new_id(request, "outage")
        await api.command(request, RecordOutage(outage_id=outage_id, terms=_terms(body), reason=body.reason))
        return await OUTAGES.settled(api, outage_id, status_code=201)

    @routes.get("/v1/outages", **listed(api, OUTAGES.listing, OutagePage))
    async def outages(request: Request) -> Response:
        return await OUTAGES.listing.fetch(request, api, shape=OUTAGES.shown)

    @routes.get("/v1/outages/{outage_id}", response_model=OutageShape, dependencies=[api.roles(*READERS)])
    async def outage(outage_id: str) -> Response:
        return await OUTAGES.answer(api, outage_id)

    @routes.get("/v1/outages/{outage_id}/results", **listed(api, OUTAGES.results, CreditedPage))
    async def outage_results(outage_id: str, request: Request) -> Response:
        return await OUTAGES.found(request, api, outage_id)

    @routes.post("/v1/outages/{outage_id}/confirm", response_model=OutageShape, dependencies=[api.roles(*WRITERS)])
    async def confirm_outage(outage_id: str, request: Request) -> Response:
        return await OUTAGES.confirm(request, api, outage_id, ConfirmOutage(outage_id=outage_id))

    return routes


def _terms(body: OutageBody) -> OutageTerms:
    policy = body.policy
    return OutageTerms(
        start=body.start,
        end=body.end,
        policy=OutagePolicy(
            share=policy.share,
            percent=None if policy.percent is None else Decimal(policy.percent),
            minimum_minutes=policy.minimum_minutes,
        ),
        subscription_ids=body.subscription_ids,
        account_ids=body.account_ids,
        plan_id=body.plan_id,
        resources=body.resources,
    )


async def _check(api: Api, body: OutageBody) -> None:
    """Raises `Rejection` for a time that is none, and for each name that nobody knows."""
    if not body.start < body.end <= body.start + timedelta(days=DAYS_MAX):
        detail = f"an outage lasts up to {DAYS_MAX} days, and {body.start} to {body.end} is not such a time"
        raise Rejection("invalid_period", detail, pointer="/to")
    refused: list[Rejection] = []
    for kind, ids in (("subscription", body.subscription_ids), ("account", body.account_ids)):
        rows = await api.db.fetch(f"select {kind}_id from {kind}_row where {kind}_id = any($1::text[])", ids or [])
        known = {row[0] for row in rows}
        for index, name in enumerate(ids or []):
            if name not in known:
                pointer = f"/{kind}_ids/{index}"
                is_account = kind == "account"
                refused.append((absent if is_account else unknown_aggregate)(kind, name, pointer=pointer))
    refused += await _unknown_resources(api, body.resources or [])
    if refused:
        raise Rejections(refused)


async def _unknown_resources(api: Api, names: list[str]) -> list[Rejection]:
    """A refusal of each resource that never was anybody's."""
    own = {name: name.removeprefix(SUBSCRIPTION) for name in names if name.startswith(SUBSCRIPTION)}
    rows = await api.db.fetch("select resource_id from assigned_resource where resource_id = any($1::text[])", names)
    lines = await api.db.fetch(
        "select subscription_id from subscription_row where subscription_id = any($1::text[])", [*own.values()]
    )
    known, subscriptions = {row[0] for row in rows}, {row[0] for row in lines}
    return [
        unknown_aggregate("resource", name, pointer=f"/resources/{index}")
        for index, name in enumerate(names)
        if name not in known and own.get(name) not in subscriptions
    ]
