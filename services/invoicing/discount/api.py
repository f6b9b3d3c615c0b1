"""Discounts of an account over HTTP.

POST /v1/accounts/acc-1/discounts {"coupon": "WELCOME"}
POST /v1/accounts/acc-1/discounts {"discount": {"percent": "20"}, "duration": {"periods": 6}, "reason": "retention"}
GET  /v1/accounts/acc-1/discounts?in_force_on=2026-10-01
POST /v1/accounts/acc-1/discounts/{id}/end {"on": "2026-12-01"}         periods that begin on that day or later
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, Self

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import Field, model_validator

from services.invoicing.coupon.messages import RedeemCoupon
from services.invoicing.discount.messages import DISCOUNTS_MAX, EndDiscount, GrantDiscount
from services.invoicing.discount.rows import DiscountRow
from services.invoicing.discount_bodies import AppliesTo, DiscountValue, Duration, TermsBody, TermsShape, terms_shape
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.filtering import Filter
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import Unavailable, not_found
from shared.http.row_shape import RowShape
from shared.http.waiting import reached, until
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText
from shared.kernel.calendar import local_date
from shared.kernel.errors import Rejection
from shared.kernel.partition import partition_of

Reason = Literal["retention", "contract", "goodwill", "service_outage", "promotion", "employee", "other"]
_NAMES: Final[dict[str, str]] = {
    "retention": "Loyalty discount",
    "contract": "Contract discount",
    "goodwill": "Goodwill discount",
    "service_outage": "Discount for a service outage",
    "promotion": "Promotional discount",
    "employee": "Employee discount",
    "other": "Discount",
}
"""What documents print of a discount that has no name of its own."""


class AccountDiscountBody(Body):
    """Either the discount of a `coupon`, or one of its own with a `reason`. From `starts_on`, or today, on.

    Documents print `name`; without it what the reason is called. `note` is for those who come later.
    """

    coupon: IdText | None = None
    name: Annotated[PrintableText, Field(min_length=1, max_length=100)] | None = None
    discount: DiscountValue | None = None
    duration: Duration | None = None
    applies_to: AppliesTo | None = None
    reason: Reason | None = None
    note: Annotated[PrintableText, Field(max_length=500)] = ""
    starts_on: BillingDate | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        own = (self.name, self.discount, self.duration, self.applies_to, self.reason, self.note or None)
        if self.coupon is not None and any(part is not None for part in own):
            raise ValueError("a coupon says all of its discount; give only starts_on beside it")
        if self.coupon is None and (self.discount is None or self.duration is None or self.reason is None):
            raise ValueError("give a coupon, or discount, duration and reason")
        return self


class DiscountEndBody(Body):
    """Periods that begin on this day or later do without it; without `on`, today is meant."""

    on: BillingDate | None = None


_DISCOUNT: Final = RowShape(
    DiscountRow, hidden=("terms", "seq"), renamed={"discount_id": "id", "coupon_id": "coupon", "code": "reason"}
)


@_DISCOUNT.model
class DiscountShape(TermsShape):
    """A discount: `periods_used` of its billing periods are invoiced.

    `status` is as today where the account is: `scheduled` before it starts, `ended` where no period to come takes it.
    """

    status: Literal["scheduled", "active", "ended"]
    periods_used: int
    allowed_actions: list[ActionShape]


class DiscountPage(Page):
    items: list[DiscountShape]


_ENDS: Final = "least(ended_on, (terms ->> 'until')::date)"
_USED: Final = """(select count(distinct u.period_start) from discount_use u
                    where u.discount_id = discount_row.discount_id and not u.void) as periods_used"""
_TIME_ZONE: Final = "(select p.time_zone from bill_profile p where p.account_id = discount_row.account_id) as time_zone"
_COLUMNS: Final = (*_DISCOUNT.columns, "terms", _USED, _TIME_ZONE)
DISCOUNTS: Final = Listing(
    source="discount_row",
    columns=_COLUMNS,
    filters={
        "id": Filter("discount_id"),
        "coupon": Filter("coupon_id"),
        "reason": Filter("code"),
        "in_force_on": Filter(
            where=f"(starts_on <= {{value}} and ({_ENDS} is null or {{value}} < {_ENDS}))", kind="date", multiple=False
        ),
    },
    sorts={"id": "discount_id", **{name: name for name in ("name", "starts_on", "granted_at")}},
    default_sort="-granted_at",
    tiebreak="discount_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers = [api.roles(*WRITERS)]
    path = "/v1/accounts/{account_id}/discounts"

    @routes.post(path, status_code=201, response_model=DiscountShape, dependencies=writers)
    async def grant_discount(account_id: str, body: AccountDiscountBody, request: Request) -> Response:
        """A coupon is redeemed by an account once, and by no more accounts than it says, however many ask at once."""
        discount_id = api.new_id(request, "discount")
        account = await _account(api, account_id)
        if body.coupon is None:
            await api.command(request, _own(discount_id, account_id, body))
        else:
            await _check_room(api, account_id, discount_id)
            await api.command(request, _redeem(discount_id, account, body.coupon, body.starts_on))
        row = await until(lambda: _find(api, account_id, discount_id), lambda found: found is not None)
        if row is None:
            raise Unavailable("position_not_reached", "the account has not heard of its discount yet; send it again")
        reached(request, "invoicing", row["partition"], row["seq"])
        return Answer(discount_shape(row, api.clock.now()), status_code=201)

    @routes.get(path, **listed(api, DISCOUNTS, DiscountPage))
    async def discounts(account_id: str, request: Request) -> Response:
        await _account(api, account_id)
        now = api.clock.now()
        return await DISCOUNTS.fetch(
            request, api, shape=lambda row: discount_shape(row, now), where={"account_id": account_id}
        )

    @routes.get(f"{path}/{{discount_id}}", response_model=DiscountShape, dependencies=[api.roles(*READERS)])
    async def discount(account_id: str, discount_id: str) -> Response:
        return Answer(discount_shape(await _read(api, account_id, discount_id), api.clock.now()))

    @routes.post(f"{path}/{{discount_id}}/end", response_model=DiscountShape, dependencies=writers)
    async def end_discount(
        account_id: str, discount_id: str, request: Request, body: DiscountEndBody | None = None
    ) -> Response:
        on = body.on if body is not None else None
        await api.command(request, EndDiscount(discount_id=discount_id, account_id=account_id, on=on))
        return Answer(discount_shape(await _read(api, account_id, discount_id), api.clock.now()))

    return routes


def _own(discount_id: str, account_id: str, body: AccountDiscountBody) -> GrantDiscount:
    assert body.discount is not None and body.duration is not None and body.reason is not None
    said = TermsBody(discount=body.discount, duration=body.duration, applies_to=body.applies_to)
    return GrantDiscount(
        discount_id=discount_id,
        account_id=account_id,
        terms=said.terms(body.name or _NAMES[body.reason]),
        code=body.reason,
        note=body.note,
        starts_on=body.starts_on,
    )


def _redeem(discount_id: str, account: asyncpg.Record, coupon_id: str, starts_on: date | None) -> RedeemCoupon:
    return RedeemCoupon(
        coupon_id=coupon_id,
        account_id=account["account_id"],
        discount_id=discount_id,
        currency=account["currency"],
        time_zone=account["time_zone"],
        starts_on=starts_on,
    )


async def _account(api: Api, account_id: str) -> asyncpg.Record:
    """How the account is billed. One that was opened in rating a moment ago may be on its way."""
    sql = "select account_id, currency, time_zone from bill_profile where account_id = $1"
    row: asyncpg.Record | None = await api.db.fetchrow(sql, account_id)
    if row is None:
        await api.wait_for_upstream({partition_of(account_id, api.settings.partitions)})
        row = await api.db.fetchrow(sql, account_id)
    if row is None:
        raise not_found("account", account_id)
    return row


async def _check_room(api: Api, account_id: str, discount_id: str) -> None:
    """Room for one beside those that the account has; the same request once more asks for none."""
    others = "select count(*) from discount_row where account_id = $1 and discount_id <> $2"
    held = await api.db.fetchval(others, account_id, discount_id)
    if held >= DISCOUNTS_MAX:
        raise Rejection("out_of_bounds", f"an account has at most {DISCOUNTS_MAX} discounts", status=409)


async def _find(api: Api, account_id: str, discount_id: str) -> asyncpg.Record | None:
    sql = f"select {', '.join(_COLUMNS)}, partition, seq from discount_row where account_id = $1 and discount_id = $2"
    found: asyncpg.Record | None = await api.db.fetchrow(sql, account_id, discount_id)
    return found


async def _read(api: Api, account_id: str, discount_id: str) -> asyncpg.Record:
    row = await _find(api, account_id, discount_id)
    if row is None:
        raise not_found("discount", discount_id)
    return row


def discount_shape(row: asyncpg.Record | Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """A row as `DiscountShape`; today is where the account is."""
    terms = terms_shape(row["terms"])
    status = _status(row, terms, local_date(now, row["time_zone"] or "UTC"))
    ended = "it has ended" if row["ended_on"] is not None else None
    values = {**_DISCOUNT.values(row), **terms, "status": status, "periods_used": row["periods_used"]}
    return {**values, "allowed_actions": [action("end", why_not=ended)]}


def _status(row: asyncpg.Record | Mapping[str, Any], terms: dict[str, Any], today: date) -> str:
    duration = terms["duration"]
    lasts = {"once": 1}.get(duration) if isinstance(duration, str) else duration.get("periods")
    until_day = None if isinstance(duration, str) else duration.get("until")
    used_up = lasts is not None and row["periods_used"] >= lasts
    if used_up or any(day is not None and day <= today for day in (row["ended_on"], until_day)):
        return "ended"
    return "scheduled" if row["starts_on"] > today else "active"
