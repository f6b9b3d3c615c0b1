"""Coupons over HTTP.

POST   /v1/coupons {"id": "WELCOME", "name": "Welcome", "discount": {"percent": "10"}, "duration": {"periods": 3},
                    "redeem_by": "2026-12-31", "max_redemptions": 500}
PUT    /v1/coupons/WELCOME {"name": "Welcome!", "max_redemptions": 600}       what may change; If-Match
POST   /v1/coupons/WELCOME/retire                                             nobody is given it any more
DELETE /v1/coupons/WELCOME                                                    while nobody has redeemed it
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictInt

from services.invoicing.coupon.messages import ChangeCoupon, DefineCoupon, DeleteCoupon, RetireCoupon
from services.invoicing.coupon.rows import CouponRow
from services.invoicing.discount_bodies import TermsBody, TermsShape, terms_shape
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.filtering import Filter, begins
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText

Name = Annotated[PrintableText, Field(min_length=1, max_length=100)]


class CouponChange(Body):
    """What may change of a coupon: its name, which documents print, its last day and its limit."""

    name: Name
    redeem_by: BillingDate | None = None
    max_redemptions: Annotated[StrictInt, Field(ge=1, le=10**9)] | None = None


class CouponBody(CouponChange, TermsBody):
    """A coupon; its id is the code that customers have."""

    id: IdText


class CouponRetirement(Body):
    """Nothing needs to be said to retire a coupon."""


_COUPON: Final = RowShape(CouponRow, hidden=("terms", "deleted_at"), renamed={"coupon_id": "id"})


@_COUPON.model
class CouponShape(TermsShape):
    """A coupon; `redeemed` accounts have it, and none gets it once it is retired."""

    allowed_actions: list[ActionShape]


class CouponPage(Page):
    items: list[CouponShape]


_COLUMNS: Final = (*_COUPON.columns, "terms")
COUPONS: Final = Listing(
    source="coupon_row",
    columns=_COLUMNS,
    filters={
        "id": Filter("coupon_id"),
        "q": Filter(where=f"({begins('coupon_id', '{value}')} or {begins('name', '{value}')})"),
        "retired": Filter("(retired_at is not null)", kind="boolean", multiple=False),
    },
    sorts={"id": "coupon_id", **{name: name for name in ("name", "redeem_by", "redeemed", "defined_at")}},
    default_sort="id",
    tiebreak="coupon_id",
)
_THERE: Final = {"deleted_at is null and {value}::boolean": True}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]
    one = "/v1/coupons/{coupon_id}"

    @routes.post("/v1/coupons", status_code=201, response_model=CouponShape, dependencies=writers)
    async def define_coupon(body: CouponBody, request: Request) -> Response:
        define = DefineCoupon(
            coupon_id=body.id,
            terms=body.terms(body.name),
            redeem_by=body.redeem_by,
            max_redemptions=body.max_redemptions,
        )
        await api.command(request, define)
        return Answer(_shape(await _read(api, body.id)), status_code=201)

    @routes.get("/v1/coupons", **listed(api, COUPONS, CouponPage))
    async def coupons(request: Request) -> Response:
        return await COUPONS.fetch(request, api, shape=_shape, where=_THERE)

    @routes.get(one, response_model=CouponShape, dependencies=readers)
    async def coupon(coupon_id: str) -> Response:
        return Answer(_shape(await _read(api, coupon_id)))

    @routes.put(one, response_model=CouponShape, dependencies=writers)
    async def change_coupon(coupon_id: str, body: CouponChange, request: Request) -> Response:
        await api.command(request, ChangeCoupon(coupon_id=coupon_id, **body.model_dump()))
        return Answer(_shape(await _read(api, coupon_id)))

    @routes.post(f"{one}/retire", response_model=CouponShape, dependencies=writers)
    async def retire_coupon(coupon_id: str, request: Request, body: CouponRetirement | None = None) -> Response:
        """Nobody is given it any more; discounts that were given go on."""
        await api.command(request, RetireCoupon(coupon_id=coupon_id))
        return Answer(_shape(await _read(api, coupon_id)))

    @routes.delete(one, status_code=204, dependencies=writers)
    async def delete_coupon(coupon_id: str, request: Request) -> Response:
        await api.command(request, DeleteCoupon(coupon_id=coupon_id))
        return Response(status_code=204)

    return routes


async def _read(api: Api, coupon_id: str) -> Any:
    sql = f"select {', '.join(_COLUMNS)} from coupon_row where coupon_id = $1 and deleted_at is null"
    row = await api.db.fetchrow(sql, coupon_id)
    if row is None:
        raise not_found("coupon", coupon_id)
    return row


def _shape(row: Any) -> dict[str, Any]:
    retired = "it is retired" if row["retired_at"] is not None else None
    used = f"{row['redeemed']} accounts have redeemed it; retire it instead" if row["redeemed"] else None
    actions = {"update": retired, "retire": retired, "delete": used}
    allowed = [action(name, why_not=why) for name, why in actions.items()]
    return {**_COUPON.values(row), **terms_shape(row["terms"]), "allowed_actions": allowed}
