"""Subscriptions: an account takes a plan from a day on.

POST /v1/subscriptions {"id": "sub-1", "account_id": "acc-1", "plan_id": "fiber", "start": "2026-09-01"}
GET  /v1/subscriptions?status=suspended&plan_id=fiber

What changes of them is asked in change_api.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictBool, StrictInt

from services.rating.fields import Body, VersionNumber
from services.rating.subscription.changing import QUANTITY_MAX
from services.rating.subscription.contract import MONTHS_MAX, NOTICE_DAYS_MAX
from services.rating.subscription.messages import ContractTerm, StartSubscription
from services.rating.subscription.previewing import PREVIEW_SHAPE, Preview
from services.rating.subscription.shapes import STATUSES, SubscriptionShape, subscription_shape
from services.rating.subscription.state import Subscription
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.calendar import local_date
from shared.kernel.envelope import format_instant
from shared.kernel.money import PriceString
from shared.kernel.wire import read

Quantity = Annotated[StrictInt, Field(ge=1, le=QUANTITY_MAX)]


class EarlyTerminationBody(Body):
    """What leaving before the end costs: `percent` of the recurring prices to the end ("50"), or an `amount`."""

    percent: PriceString | None = None
    amount: PriceString | None = None


class ContractBody(Body):
    """`months` from the day that it begins, or the day `end` after its last. `notice_days` before, its end is told."""

    months: Annotated[StrictInt, Field(ge=1, le=MONTHS_MAX)] | None = None
    end: BillingDate | None = None
    notice_days: Annotated[StrictInt, Field(ge=0, le=NOTICE_DAYS_MAX)] = 30
    early_termination: EarlyTerminationBody | None = None


class SubscriptionBody(Body):
    """`start` is the first day of service, `end` the day after the last, both in the account's time zone.

    `plan_version` pins a published version. `quantity` multiplies recurring prices. Recurring prices cost nothing
    before `trial_until`.
    """

    id: IdText | None = None
    account_id: IdText
    plan_id: IdText
    start: BillingDate
    end: BillingDate | None = None
    plan_version: VersionNumber | None = None
    quantity: Quantity = 1
    trial_until: BillingDate | None = None
    term: ContractBody | None = None
    preview: StrictBool = False


def contract_term(body: ContractBody | None) -> ContractTerm | None:
    """The term as a command has it."""
    if body is None:
        return None
    fee = body.early_termination
    return ContractTerm(
        months=body.months,
        end=body.end,
        notice_days=body.notice_days,
        percent=fee.percent if fee else None,
        amount=fee.amount if fee else None,
    )


class SubscriptionPage(Page):
    items: list[SubscriptionShape]


def subscriptions_at(now: datetime) -> str:
    """The source of the list at an instant of the clock: what each subscription is today where its account is."""
    return f"""(
        select s.partition, s.subscription_id, s.account_id, s.parent_id, s.starts_on, s.started_at, d.time_zone,
               coalesce(p.plan_id, s.plan_id) as plan_id,
               case when d.today < s.starts_on then 'pending'
                    when least(e.ends_on, s.ends_on) <= d.today then 'ended'
                    when r.kind = 'suspend' then 'suspended' when r.kind = 'pause' then 'paused'
                    else 'active' end as status
          from subscription_row s join account_row a using (partition, account_id)
         cross join lateral (
               select a.terms ->> 'time_zone' as time_zone,
                      (timestamptz '{format_instant(now)}' at time zone (a.terms ->> 'time_zone'))::date as today) d
          left join lateral (select min(c.effective_on) as ends_on from {_CHANGES} and c.kind = 'terminate') e on true
          left join lateral (select c.kind from {_CHANGES} and c.kind in ('suspend', 'pause', 'resume')
                                and c.effective_on <= d.today {_LATEST}) r on true
          left join lateral (select c.plan_id from {_CHANGES} and c.kind = 'plan'
                                and c.effective_on <= greatest(d.today, s.starts_on) {_LATEST}) p on true
        ) as subscription"""


_CHANGES: Final = """subscription_change_row c
                      where c.partition = s.partition and c.subscription_id = s.subscription_id and not c.cancelled"""
_LATEST: Final = "order by c.effective_on desc, c.seq desc limit 1"

SUBSCRIPTIONS: Final = Listing(
    source="subscription_row",
    columns=("subscription_id", "partition", "time_zone", "started_at"),
    filters={
        "id": Filter("subscription_id"),
        "account_id": Filter("account_id"),
        "plan_id": Filter("plan_id"),
        "parent_id": Filter("parent_id"),
        "status": Filter("status", one_of=STATUSES),
        "from": Filter("starts_on", op=">=", kind="date"),
        "to": Filter("starts_on", op="<=", kind="date"),
    },
    sorts={"id": "subscription_id", "start": "starts_on", "started_at": "started_at"},
    default_sort="id",
    tiebreak="subscription_id",
)


def router(api: Api, preview: Preview) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/subscriptions",
        status_code=201,
        response_model=SubscriptionShape,
        responses=PREVIEW_SHAPE,
        dependencies=[api.roles(*WRITERS)],
    )
    async def start_subscription(body: SubscriptionBody, request: Request) -> Response:
        subscription_id = body.id or api.new_id(request, "subscription")
        command = StartSubscription(
            subscription_id=subscription_id,
            account_id=body.account_id,
            plan_id=body.plan_id,
            start=body.start,
            end=body.end,
            plan_version=body.plan_version,
            quantity=body.quantity,
            trial_until=body.trial_until,
            term=contract_term(body.term),
        )
        if body.preview:
            return Answer(await preview(request, command))
        await api.command(request, command)
        return Answer(await read_subscription(api, subscription_id), status_code=201)

    @routes.get("/v1/subscriptions", **listed(api, SUBSCRIPTIONS, SubscriptionPage))
    async def subscriptions(request: Request) -> Response:
        return Answer(await list_subscriptions(api, request))

    @routes.get(
        "/v1/subscriptions/{subscription_id}",
        response_model=SubscriptionShape,
        dependencies=[api.roles(*READERS)],
    )
    async def subscription(subscription_id: str) -> Response:
        return Answer(await read_subscription(api, subscription_id))

    return routes


async def list_subscriptions(api: Api, request: Request, *, parent_id: str | None = None) -> dict[str, Any]:
    """A page of subscriptions, of the add-ons of one where `parent_id` says so."""
    now = api.clock.now()
    where = {} if parent_id is None else {"parent_id": parent_id}
    page = await replace(SUBSCRIPTIONS, source=subscriptions_at(now)).page(request, api, where=where)
    states = await _states(api, page["items"])
    page["items"] = [_shape(row, states[row["subscription_id"]], now) for row in page["items"]]
    return page


async def read_subscription(api: Api, subscription_id: str) -> dict[str, Any]:
    """The answer of `SubscriptionShape`. Raises `not_found`."""
    row = await api.db.fetchrow(
        """select s.partition, s.subscription_id, s.started_at, a.terms ->> 'time_zone' as time_zone
             from subscription_row s join account_row a using (partition, account_id) where s.subscription_id = $1""",
        subscription_id,
    )
    if row is None:
        raise not_found("subscription", subscription_id)
    states = await _states(api, [row])
    return _shape(row, states[subscription_id], api.clock.now())


def _shape(row: Any, subscription: Subscription, now: datetime) -> dict[str, Any]:
    today: date = local_date(now, row["time_zone"])
    return subscription_shape(subscription, row["started_at"], today)


async def _states(api: Api, rows: list[Any]) -> dict[str, Subscription]:
    """What they are in full, by id: the state that the deciders work on."""
    found = await api.db.fetch(
        """select s.key, s.body from unnest($1::int[], $2::text[]) as asked (partition, key)
             join state s on s.partition = asked.partition and s.kind = 'Subscription' and s.key = asked.key""",
        [row["partition"] for row in rows],
        [row["subscription_id"] for row in rows],
    )
    return {row["key"]: read(Subscription, row["body"]) for row in found}
