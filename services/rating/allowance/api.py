"""The buckets of a subscription, live; top-ups; a rule tried on a month that has been.

GET  /v1/subscriptions/sub-1/allowances
POST /v1/subscriptions/sub-1/top-ups         {"meter": "data.octets", "quantity": "50", "price": {...}}
POST /v1/subscriptions/sub-1/allowances/try  {"allowances": [...], "period": {"start": "2026-09-01", "end": ...}}

The balance shown is what a close bills: by the same function, from the states that it works on (R18).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictInt

from services.rating.account.state import Account
from services.rating.allowance.messages import AddTopUp
from services.rating.allowance.state import AllowanceBalance
from services.rating.buckets.bodies import AllowanceBodies
from services.rating.buckets.consume import Owned, Take, order
from services.rating.buckets.granting import pools_of, total, wants
from services.rating.buckets.settling import UsedBucket
from services.rating.buckets.trying import UsedOnDay, tried
from services.rating.fields import Body
from services.rating.meter.state import BUILT_IN, Meter
from services.rating.period.lines import lines_of, live
from services.rating.period.stored_states import StoredStates
from services.rating.pricing.engine.contract import MeterId
from services.rating.rated_usage.state import UsageSum
from services.rating.subscription.state import Subscription
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.periods import period as period_shape
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, IdText, PeriodBody
from shared.kernel.calendar import local_date
from shared.kernel.decimals import format_decimal
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody, QuantityString, micro_decimal
from shared.kernel.period import Period

TRIED_DAYS_MAX: Final = 366

_PATH: Final = "/v1/subscriptions/{subscription_id}"


class TopUpBody(Body):
    """More of an allowance of the plan, or of a meter, from the open period on.

    It is there before the day `expires_on`, or until it is used up. With `price`, before tax, it is charged once,
    with the period of today.
    """

    id: IdText | None = None
    allowance: IdText | None = None
    meter: MeterId | None = None
    quantity: QuantityString
    expires_on: BillingDate | None = None
    priority: Annotated[StrictInt, Field(ge=-1000, le=1000)] | None = None
    price: MoneyBody | None = None

    def check(self) -> None:
        """Raises `invalid` unless it says what is topped up, once."""
        if (self.allowance is None) == (self.meter is None):
            raise Rejection("invalid", "name either an allowance of the plan or a meter", pointer="/meter")


class TrialBody(Body):
    """A rule and the days to try it on, at most 366."""

    allowances: AllowanceBodies
    period: PeriodBody


class BucketShape(BaseModel):
    """A bucket in the running period: `available` at its start, `used` so far, `used_here` by this subscription.

    `source` is `plan`, `rollover` or `top_up`, and `pool` for one that another subscription, `subscription_id`, shares.
    `allowance` is the id that the plan gives it. `expires_on` is the first day on which it pays for no further period.
    """

    id: str
    subscription_id: str
    allowance: str | None
    meter: str
    unit: str | None
    source: Literal["plan", "rollover", "top_up", "pool"]
    pool: str | None
    priority: int
    granted: str
    available: str
    used: str
    used_here: str
    left: str
    expires_on: date | None


class MeterUseShape(BaseModel):
    """What a subscription has used of a meter with buckets: `included` in them, `over` what is priced."""

    meter: str
    unit: str | None
    used: str
    included: str
    over: str


class AllowancesShape(BaseModel):
    """The running period, its buckets in the order in which they pay.

    `profile` is the bandwidth profile that fair use has asked for, `null` the normal one.
    """

    subscription_id: str
    account_id: str
    period: PeriodBody
    as_of: datetime
    allowances: list[BucketShape]
    meters: list[MeterUseShape]
    profile: str | None
    allowed_actions: list[ActionShape]


class TriedAllowanceShape(BaseModel):
    id: str
    meter: str
    granted: str
    used: str
    left: str
    rolls_over: str


class TriedStepShape(BaseModel):
    """`on` is the day on which the step would have been reached, `null` if never."""

    allowance: str
    at: str
    profile: str
    on: date | None


class TrialShape(BaseModel):
    """What the rule would have made of the usage of those days, alone: nothing carried, nothing bought."""

    subscription_id: str
    period: PeriodBody
    allowances: list[TriedAllowanceShape]
    throttled: list[TriedStepShape]
    meters: list[MeterUseShape]


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get(f"{_PATH}/allowances", response_model=AllowancesShape, dependencies=[api.roles(*READERS)])
    async def allowances(subscription_id: str) -> Response:
        return Answer(await _allowances(api, subscription_id))

    @routes.post(
        f"{_PATH}/top-ups", status_code=201, response_model=AllowancesShape, dependencies=[api.roles(*WRITERS)]
    )
    async def add_top_up(subscription_id: str, body: TopUpBody, request: Request) -> Response:
        body.check()
        account_id, _ = await _home(api, subscription_id)
        await api.command(
            request,
            AddTopUp(
                top_up_id=body.id or api.new_id(request, "top_up"),
                subscription_id=subscription_id,
                account_id=account_id,
                allowance=body.allowance,
                meter=body.meter,
                quantity=body.quantity,
                expires_on=body.expires_on,
                priority=body.priority,
                amount=body.price.amount if body.price else None,
                currency=body.price.currency if body.price else None,
            ),
        )
        return Answer(await _allowances(api, subscription_id), status_code=201)

    @routes.post(f"{_PATH}/allowances/try", response_model=TrialShape, dependencies=[api.roles(*READERS)])
    async def try_allowances(subscription_id: str, body: TrialBody) -> Response:
        period = Period(body.period.start, body.period.end)
        if period.days > TRIED_DAYS_MAX:
            raise Rejection("out_of_bounds", f"at most {TRIED_DAYS_MAX} days, not {period.days}", pointer="/period")
        return Answer(await _trial(api, subscription_id, body, period))

    return routes


async def _home(api: Api, subscription_id: str) -> tuple[str, int]:
    """The account of a subscription and its partition. Raises `not_found`."""
    row = await api.db.fetchrow(
        "select account_id, partition from subscription_row where subscription_id = $1", subscription_id
    )
    if row is None:
        raise not_found("subscription", subscription_id)
    return row["account_id"], row["partition"]


async def _allowances(api: Api, subscription_id: str) -> dict[str, Any]:
    account_id, home = await _home(api, subscription_id)
    now = api.clock.now()
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        states = StoredStates(connection, home=home)
        account = (await states.load(Account, [account_id]))[account_id]
        for kind in (Subscription, UsageSum, AllowanceBalance):
            await states.load(kind, account.subscriptions)
        lines = await states.ask(lambda view: lines_of(account, None, view))
        today = local_date(now, account.terms.time_zone)
        period, settled = live(account, lines, today)
        (line,) = [line for line in lines if line.id == subscription_id]
        pools = pools_of(line, period)
        shown = [one for one in settled.used if one.subscription_id == subscription_id or one.bucket.pool in pools]
        shown.sort(key=lambda one: order(subscription_id, Owned(one.subscription_id, one.bucket)))
        meters = await _units(states, {one.bucket.meter for one in shown})
    wanted = list(wants(line, line.used, period.start))
    used = {meter: total([want.quantity for want in wanted if want.meter == meter]) for meter in sorted(meters)}
    here = [take for take in settled.takes if take.want.subscription_id == subscription_id]
    included = {meter: total([take.quantity for take in here if take.want.meter == meter]) for meter in used}
    why_not = None if line.granting(period) else "it has no service in this period"
    return {
        "subscription_id": subscription_id,
        "account_id": account_id,
        "period": period_shape(period.start, period.end),
        "as_of": now,
        "allowances": [_bucket(one, here, subscription_id, meters[one.bucket.meter]) for one in shown],
        "meters": [_meter_use(meter, used[meter], included[meter], meters[meter]) for meter in used],
        "profile": line.balance.profile,
        "allowed_actions": [action("top_up", why_not=why_not)],
    }


async def _units(states: StoredStates, meters: Iterable[str]) -> dict[str, str | None]:
    """The unit of each meter; `None` where nobody has named it."""
    asked = sorted(meters)
    known = await states.load(Meter, asked)
    found = {meter: BUILT_IN.get(meter) or known.get(meter) for meter in asked}
    return {meter: named.unit if named else None for meter, named in found.items()}


def _bucket(one: UsedBucket, here: Sequence[Take], subscription_id: str, unit: str | None) -> dict[str, Any]:
    bucket, owner = one.bucket, one.subscription_id
    mine = [take.quantity for take in here if (take.owned.subscription_id, take.owned.bucket) == (owner, bucket)]
    return {
        "id": bucket.bucket_id,
        "subscription_id": owner,
        "allowance": bucket.allowance or None,
        "meter": bucket.meter,
        "unit": unit,
        "source": bucket.source if owner == subscription_id else "pool",
        "pool": bucket.pool,
        "priority": bucket.priority,
        "granted": format_decimal(bucket.granted),
        "available": format_decimal(bucket.left),
        "used": format_decimal(one.used),
        "used_here": format_decimal(total(mine)),
        "left": format_decimal(one.left),
        "expires_on": bucket.expires_on,
    }


def _meter_use(meter: str, used: Decimal, included: Decimal, unit: str | None) -> dict[str, Any]:
    return {
        "meter": meter,
        "unit": unit,
        "used": format_decimal(used),
        "included": format_decimal(included),
        "over": format_decimal(total([used, -included])),
    }


_USED_BY_DAY: Final = """
select day, meter, sum(quantity)::numeric as quantity
  from (select day, meter, quantity from usage_day
         where partition = $1 and subscription_id = $2 and meter = any($3) and day >= $4 and day < $5
        union all
        select day, meter, quantity from late_usage_day
         where partition = $1 and subscription_id = $2 and meter = any($3) and day >= $4 and day < $5) as used
 group by day, meter order by day, meter
"""


async def _trial(api: Api, subscription_id: str, body: TrialBody, period: Period) -> dict[str, Any]:
    _, home = await _home(api, subscription_id)
    allowances = [allowance.terms() for allowance in body.allowances]
    meters = sorted({allowance.meter for allowance in allowances})
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        rows = await connection.fetch(_USED_BY_DAY, home, subscription_id, meters, period.start, period.end)
        units = await _units(StoredStates(connection, home=home), meters)
    usage = [UsedOnDay(row["day"], row["meter"], micro_decimal(int(row["quantity"]))) for row in rows]
    found = tried(allowances, usage, period)
    return {
        "subscription_id": subscription_id,
        "period": period_shape(period.start, period.end),
        "allowances": [
            {
                "id": one.allowance.id,
                "meter": one.allowance.meter,
                "granted": format_decimal(one.allowance.quantity),
                "used": format_decimal(one.used),
                "left": format_decimal(one.left),
                "rolls_over": format_decimal(one.rolls_over),
            }
            for one in found.allowances
        ],
        "throttled": [
            {"allowance": one.allowance.id, "at": one.step.at, "profile": one.step.profile, "on": one.on}
            for one in found.steps
        ],
        "meters": [
            _meter_use(meter, used, total([used, -found.over[meter]]), units[meter])
            for meter, used in found.used.items()
        ],
    }
