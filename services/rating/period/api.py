"""What has been charged, how its amount came about, and which usage records are behind it.

GET /v1/charges?account_id=acc-1&from=2026-09-01
GET /v1/charges/{id}            the charge with its price, its steps and the first of its records
GET /v1/charges/{id}/records    all of them: {"items": ["usage/3/1842#17", ...], "total": 214, "next_cursor": "100"};
                                with `day`, those of a local day
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, BaseModel

from services.rating.fields import from_json
from services.rating.period.messages import SET_UP
from services.rating.period.records_behind import records_of, records_of_day
from services.rating.period.rows import ChargeRow
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.filtering import read_value
from shared.http.listing import Filter, KeptSums, Listing, Totals
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.periods import period
from shared.http.problems import BadParameter, not_found
from shared.http.row_shape import RowShape
from shared.http.steps import StepShape
from shared.kernel.bodies import PeriodBody

RECORDS_DEFAULT: Final = 50
RECORDS_MAX: Final = 500


class RecordsShape(BaseModel):
    """Usage records by citation: `usage/<partition>/<event>#<record>`."""

    items: list[str]
    total: int
    next_cursor: str | None


class EvidenceShape(BaseModel):
    """The time without service that a credit is for: `seconds` of it, from `start` to `end` (excluded)."""

    start: AwareDatetime
    end: AwareDatetime
    seconds: int


_CHARGE: Final = RowShape(
    ChargeRow,
    hidden=(
        *("billing_start", "billing_end", "period_start", "period_end", "settles_start", "settles_end"),
        *("currency", "steps", "seq"),
    ),
    renamed={"charge_id": "id"},
)


@_CHARGE.model
class ChargeShape(BaseModel):
    """A line of a closed period. `billing_period` is the one it was charged in, `period` what it is for.

    `meters`: the records by meter, where the line prices usage of others than `meter`. `settles`: of usage that came
    after its period was closed, that period.
    """

    period: PeriodBody
    billing_period: PeriodBody
    meters: dict[str, int]
    settles: PeriodBody | None
    corrects: list[str]
    evidence: EvidenceShape | None
    event: str


class ChargePage(Page):
    items: list[ChargeShape]


class DaysShape(BaseModel):
    days: int


class ExplainedCharge(ChargeShape):
    """A charge with what explains it: the price of the plan version, the steps, and the records.

    `interval` is how often a price for time is due: its own, or where it says none the account's cycle; `null` for a
    price of usage.
    """

    price: dict[str, Any] | None
    interval: Literal["month", "quarter", "year"] | DaysShape | None
    plan_effective_from: date | None
    steps: list[StepShape]
    lineage: RecordsShape


CHARGES: Final = Listing(
    source="charge_row",
    filters={
        "id": Filter("charge_id"),
        "account_id": Filter("account_id"),
        "subscription_id": Filter("subscription_id"),
        "plan_id": Filter("plan_id"),
        "kind": Filter("kind", one_of=("recurring", "usage", "true_up", "one_time", "rerating", "outage", "credit")),
        "meter": Filter("meter"),
        "currency": Filter("currency"),
        "from": Filter("period_start", op=">=", kind="date"),
        "to": Filter("period_start", op="<=", kind="date"),
        "billing_period": Filter("billing_start", kind="date"),
    },
    sorts={
        "period": "period_start",
        "billing_period": "billing_start",
        "fixed_at": "fixed_at",
        "amount": "amount",
    },
    default_sort="-fixed_at",
    span_sort="-period",
    tiebreak="charge_id",
    totals=Totals(
        sums={"amount": "amount"},
        kept=(
            KeptSums(
                source="charge_sum",
                count="sum(counted)",
                filters=frozenset({"currency", "kind", "plan_id", "meter", "billing_period", "from", "to"}),
            ),
        ),
    ),
    never_null=frozenset({"period_start", "billing_start", "fixed_at", "amount"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/charges", **listed(api, CHARGES, ChargePage))
    async def charges(request: Request) -> Response:
        return await CHARGES.fetch(request, api, shape=charge_shape)

    @routes.get("/v1/charges/{charge_id}", response_model=ExplainedCharge, dependencies=[api.roles(*READERS)])
    async def charge(charge_id: str) -> Response:
        row = await _charge(api, charge_id)
        return Answer(await _explained(api, row))

    @routes.get("/v1/charges/{charge_id}/records", response_model=RecordsShape, dependencies=[api.roles(*READERS)])
    async def charge_records(
        charge_id: str,
        limit: Annotated[int, Query(ge=1, le=RECORDS_MAX)] = RECORDS_DEFAULT,
        cursor: Annotated[str, Query(pattern=r"^[0-9]{1,18}$")] = "0",
        day: str | None = None,
    ) -> Response:
        row = await _charge(api, charge_id)
        if day is not None:
            of_day = read_value("day", "date", day)
            return Answer(await records_of_day(api, row, of_day, first=int(cursor), limit=limit))
        if int(cursor) > row["records"]:
            raise BadParameter("cursor", f"the charge has {row['records']} records; take next_cursor of the last page")
        return Answer(await records_of(api, row, first=int(cursor), limit=limit))

    return routes


def charge_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `charge_row` as `ChargeShape`."""
    return {
        **_CHARGE.values(row),
        "period": period(row["period_start"], row["period_end"]),
        "billing_period": period(row["billing_start"], row["billing_end"]),
        "settles": period(row["settles_start"], row["settles_end"]),
        "event": f"rating/{row['partition']}/{row['seq']}",
    }


async def _charge(api: Api, charge_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow("select * from charge_row where charge_id = $1", charge_id)
    if row is None:
        raise not_found("charge", charge_id)
    return row


async def _explained(api: Api, row: asyncpg.Record) -> dict[str, Any]:
    version = await api.db.fetchrow(
        "select prices, effective_from from plan_version_row where plan_id = $1 and version = $2",
        row["plan_id"],
        row["plan_version"],
    )
    of_plan = row["item"] in (None, SET_UP)
    price = from_json(version["prices"])[row["price_index"]] if version and of_plan else None
    return {
        **charge_shape(row),
        "price": price,
        "interval": await _interval(api, row, price),
        "plan_effective_from": version["effective_from"] if version else None,
        "steps": from_json(row["steps"]),
        "lineage": await records_of(api, row, first=0, limit=RECORDS_DEFAULT),
    }


async def _interval(api: Api, row: asyncpg.Record, price: dict[str, Any] | None) -> Any:
    if price is None or row["meter"] is not None:
        return None
    if price.get("interval") is not None:
        return price["interval"]
    terms = await api.db.fetchval(
        "select terms from account_row where partition = $1 and account_id = $2", row["partition"], row["account_id"]
    )
    return None if terms is None else from_json(terms)["frequency"]
