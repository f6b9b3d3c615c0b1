"""What stands in a rate table: its rates, the one that wins for a number, what an import changes.

GET  /v1/rate-tables/world/versions/2/rates?prefix=336         the rates whose prefix begins so
GET  /v1/rate-tables/world/lookup?destination=%2B33612345678   which prefix wins today, and why
GET  /v1/rate-tables/world/versions/2/changes                  what that version changes
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from services.rating.fields import VERSION_MAX
from services.rating.pricing.calls.destination import digits, prefixes
from services.rating.pricing.calls.rate import CallRate
from services.rating.pricing.calls.rate_body import PrefixRateBody
from services.rating.rate_table.api import read_table, read_version
from services.rating.rate_table.difference import KINDS, Kind, RateChange, differences
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import BadParameter
from shared.kernel.bodies import BillingDate


class RatePage(Page):
    items: list[PrefixRateBody]


class RateChangeShape(BaseModel):
    """`percent`: how much more the second that changes most costs ("-8.33": less); null where none changes."""

    kind: Kind
    prefix: str
    before: PrefixRateBody | None
    after: PrefixRateBody | None
    percent: str | None


class RateChangesShape(BaseModel):
    """What a version changes of the one in force before it (`against`, null where there is none): how many prefixes of
    each kind, and one page of them, in the order of the kinds and then of the prefixes."""

    against: int | None
    rows: int
    counts: dict[Kind, int]
    unchanged: int
    items: list[RateChangeShape]
    total: int


class LookupShape(BaseModel):
    """`destination` is the number as prefixes are compared with it; `shorter` also fit, and lost."""

    table_id: str
    version: int
    effective_from: date | None
    destination: str | None
    prefix: str | None
    rate: PrefixRateBody | None
    shorter: list[str]
    reason: str


RATES: Final = Listing(
    source="rate_row",
    columns=("prefix", "rate"),
    filters={"prefix": Filter("prefix", op="prefix"), "name": Filter("rate ->> 'name'")},
    sorts={"prefix": 'lower(prefix) collate "C"'},
    default_sort="prefix",
    tiebreak="prefix",
)

Limit = Annotated[int, Query(ge=1, le=500)]
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/rate-tables/{table_id}/versions/{version}/rates", **listed(api, RATES, RatePage))
    async def rates(table_id: str, version: int, request: Request) -> Response:
        await read_version(api, table_id, version)
        return await RATES.fetch(request, api, shape=_rate_shape, where={"table_id": table_id, "version": version})

    @routes.get(
        "/v1/rate-tables/{table_id}/versions/{version}/changes",
        response_model=RateChangesShape,
        dependencies=[api.roles(*READERS)],
    )
    async def rate_changes(
        table_id: str,
        version: int,
        against: Annotated[
            int | None, Query(ge=1, le=VERSION_MAX, description="the version before it, if absent")
        ] = None,
        kind: Kind | None = None,
        limit: Limit = 50,
        page: PageNumber = 1,
    ) -> Response:
        table = await read_table(api, table_id)
        found = await read_version(api, table_id, version)
        day = found["effective_from"]
        earlier = [v for v in table["versions"] if v["version"] < version]
        base = in_force(earlier, date.fromisoformat(day) if day else date.max) if against is None else against
        if against is not None:
            await read_version(api, table_id, against)
        after = await _rates(api, table_id, version)
        return Answer(await changes(api, table_id, base, after, kind=kind, limit=limit, page=page))

    @routes.get("/v1/rate-tables/{table_id}/lookup", response_model=LookupShape, dependencies=[api.roles(*READERS)])
    async def lookup_rate(
        table_id: str,
        destination: Annotated[str, Query(max_length=100)],
        on: Annotated[BillingDate | None, Query(description="the day of the call; today if absent")] = None,
        version: Annotated[int | None, Query(ge=1, le=VERSION_MAX, description="that version, in force or not")] = None,
    ) -> Response:
        table = await read_table(api, table_id)
        day = on or api.clock.now().date()
        number = version if version is not None else in_force(table["versions"], day)
        if number is None:
            raise BadParameter("on", f"no version of {table_id} is in force on {day}; publish one")
        return Answer(await _lookup(api, table_id, await read_version(api, table_id, number), destination))

    return routes


async def _lookup(api: Api, table_id: str, version: Mapping[str, Any], destination: str) -> dict[str, Any]:
    number = digits(destination)
    sql = (
        "select prefix, rate from rate_row where table_id = $1 and version = $2 and prefix = any($3::text[])"
        " order by length(prefix) desc"
    )
    fitting = await api.db.fetch(sql, table_id, version["version"], list(prefixes(number or "")))
    shorter = [row["prefix"] for row in fitting[1:]]
    return {
        "table_id": table_id,
        "version": version["version"],
        "effective_from": version["effective_from"],
        "destination": number,
        "prefix": fitting[0]["prefix"] if fitting else None,
        "rate": _rate_shape(fitting[0]) if fitting else None,
        "shorter": shorter,
        "reason": _reason(destination, number, [row["prefix"] for row in fitting], version["version"]),
    }


def _reason(given: str, number: str | None, fitting: Sequence[str], version: int) -> str:
    if number is None:
        return f"{given!r} has no digits that a prefix could be compared with: calls there have no price"
    if not fitting:
        return f"no prefix of version {version} is a beginning of {number}: calls there have no price"
    if len(fitting) == 1:
        return f"{fitting[0]} is the only prefix of version {version} that {number} begins with"
    return f"{fitting[0]} is the longest of the prefixes that {number} begins with: {', '.join(fitting)}"


async def changes(
    api: Api,
    table_id: str,
    against: int | None,
    after: Sequence[CallRate],
    *,
    kind: Kind | None,
    limit: int,
    page: int,
) -> dict[str, Any]:
    """What `after` changes of a version, as the API shows it."""
    before = [] if against is None else await _rates(api, table_id, against)
    found = await asyncio.to_thread(differences, before, after)
    chosen = [(name, change) for name in KINDS if kind in (None, name) for change in found[name]]
    counts = {name: len(found[name]) for name in KINDS}
    return {
        "against": against,
        "rows": len(after),
        "counts": counts,
        "unchanged": len(after) - sum(count for name, count in counts.items() if name != "removed"),
        "items": [_change_shape(*one) for one in chosen[(page - 1) * limit : page * limit]],
        "total": len(chosen),
    }


def _change_shape(kind: Kind, change: RateChange) -> dict[str, Any]:
    return {
        "kind": kind,
        "prefix": change.prefix,
        "before": change.before,
        "after": change.after,
        "percent": None if change.percent is None else f"{change.percent:f}",
    }


async def _rates(api: Api, table_id: str, version: int) -> list[CallRate]:
    """All rates of a version, by rising prefix."""
    sql = "select rate::text from rate_row where table_id = $1 and version = $2 order by prefix"
    rows = await api.db.fetch(sql, table_id, version)
    return await asyncio.to_thread(lambda: [_RATE.decode(row[0]) for row in rows])


def in_force(versions: Sequence[Mapping[str, Any]], day: date) -> int | None:
    """The version that is in force on a day."""
    published = [v for v in versions if v["effective_from"] is not None and v["effective_from"] <= day.isoformat()]
    return published[-1]["version"] if published else None


def _rate_shape(row: asyncpg.Record) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(row["rate"])
    return found


_RATE: Final = msgspec.json.Decoder(CallRate)
