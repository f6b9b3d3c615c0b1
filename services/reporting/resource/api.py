"""Who had an address at a time, by itself or through a prefix; and all who ever had it.

GET /v1/resource-holder?resource=ip:10.1.2.7&at=2026-09-15T22:10:00Z
{"resource": "ip:10.1.2.7", "at": "2026-09-15T22:10:00Z", "account_id": "acme", "subscription_id": "sub-1",
 "assignment": {"resource_id": "ip:10.1.2.0/24", "from": "2026-09-01T00:00:00Z", "to": null, ...}}
GET /v1/resource-history?resource=ip:10.1.2.7

Usage is guided by the same rule (R19): by an assignment of the resource itself, else by that of the longest prefix that
covers it and was somebody's then. Nobody is an answer too, with nulls.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import BadParameter
from shared.kernel.bodies import QueryInstant
from shared.kernel.resource_names import canonical, covering_of_any_length, prefix_of, spellings

NAME_LENGTH_MAX: Final = 255


class HeldShape(BaseModel):
    """An assignment: `resource_id` is what was assigned, the resource itself or a prefix over it."""

    model_config = ConfigDict(populate_by_name=True)

    resource_id: str
    is_prefix: bool
    account_id: str
    subscription_id: str
    since: Annotated[datetime, Field(alias="from")]
    to: datetime | None
    recorded_at: datetime


class HolderShape(BaseModel):
    """Whose the resource was at `at`; nulls where it was nobody's."""

    resource: str
    at: datetime
    account_id: str | None
    subscription_id: str | None
    assignment: HeldShape | None


class HeldPage(Page):
    items: list[HeldShape]


_UNTIL: Final = "least(valid_to, ends_at)"
_COLUMNS: Final = ("resource_id", "valid_from", f"{_UNTIL} as until", "account_id", "subscription_id", "recorded_at")
# Assignments of one resource do not overlap: of each name only the last that began by then can hold.
_HOLDER: Final = f"""
select h.* from unnest($1::text[]) with ordinality as asked (name, place)
  cross join lateral (
      select {", ".join(_COLUMNS)} from held_resource where resource_id = asked.name and valid_from <= $2
       order by valid_from desc limit 1
  ) h
 where h.until is null or h.until > $2
 order by asked.place limit 1
"""

HISTORY: Final = Listing(
    source="held_resource",
    columns=_COLUMNS,
    filters={
        "resource": Filter(where="({value} <> '' and resource_id = any({found}))"),
        "account_id": Filter("account_id"),
        "subscription_id": Filter("subscription_id"),
        "from": Filter(where=f"({_UNTIL} is null or {_UNTIL} > {{value}})", kind="instant"),
        "to": Filter("valid_from", op="<", kind="instant"),
    },
    sorts={"from": "valid_from", "recorded_at": "recorded_at"},
    default_sort="-from",
    tiebreak="resource_id || ' ' || valid_from",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/resource-holder", response_model=HolderShape, dependencies=[api.roles(*READERS)])
    async def holder(
        resource: Annotated[str, Query(min_length=1, max_length=NAME_LENGTH_MAX)], at: QueryInstant | None = None
    ) -> Response:
        """Whose a resource was at an instant (now, unless given), also through a prefix of its address or number."""
        name, instant = canonical(resource), at or api.clock.now()
        row = await api.db.fetchrow(_HOLDER, names_of(name), instant)
        held = None if row is None else _shape(row)
        return Answer(
            {
                "resource": name,
                "at": instant,
                "account_id": held and held["account_id"],
                "subscription_id": held and held["subscription_id"],
                "assignment": held,
            }
        )

    @routes.get("/v1/resource-history", **listed(api, HISTORY, HeldPage))
    async def history(request: Request) -> Response:
        """Everybody who had the resource, the latest first; `from` and `to` ask for those who had it in that time."""
        asked = request.query_params.get("resource", "")
        if not 0 < len(asked) <= NAME_LENGTH_MAX:
            raise BadParameter("resource", "resource says whose history, such as ip:10.1.2.7")
        return Answer(await HISTORY.page(request, api, shape=_shape, found=names_of(canonical(asked))))

    return routes


def names_of(name: str) -> list[str]:
    """What may have been assigned for a canonical name to be somebody's: itself, then its prefixes, longest first."""
    return [*spellings(name), *covering_of_any_length(name)]


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "resource_id": row["resource_id"],
        "is_prefix": prefix_of(row["resource_id"]) is not None,
        "account_id": row["account_id"],
        "subscription_id": row["subscription_id"],
        "from": row["valid_from"],
        "to": row["until"],
        "recorded_at": row["recorded_at"],
    }
