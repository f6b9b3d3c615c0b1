"""How fast lines are.

POST   /v1/bandwidth-profiles {"id": "100-20", "name": "100/20", "down_kbps": 100000, "up_kbps": 20000}
PUT    /v1/bandwidth-profiles/100-20 {"name": "100/25", "down_kbps": 100000, "up_kbps": 25000}         If-Match
DELETE /v1/bandwidth-profiles/100-20                              409 bandwidth_profile_in_use while plans give it
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictInt

from services.rating.bandwidth_profile.messages import (
    BandwidthTerms,
    ChangeBandwidthProfile,
    DefineBandwidthProfile,
    DeleteBandwidthProfile,
)
from services.rating.bandwidth_profile.rows import BandwidthProfileRow
from services.rating.fields import Body, NameText
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
from shared.kernel.bodies import IdText, PrintableText
from shared.kernel.errors import in_use

# A terabit a second, and a day.
KBPS_MAX: Final = 1_000_000_000
BURST_S_MAX: Final = 86_400

Rate = Annotated[StrictInt, Field(ge=1, le=KBPS_MAX)]


class ProfileChange(Body):
    """All that a profile says, in kbit/s; a burst lasts at most `burst_s` seconds."""

    name: NameText
    down_kbps: Rate
    up_kbps: Rate
    burst_down_kbps: Rate | None = None
    burst_up_kbps: Rate | None = None
    burst_s: Annotated[StrictInt, Field(ge=1, le=BURST_S_MAX)] | None = None
    description: Annotated[PrintableText, Field(max_length=2000)] | None = None

    def terms(self) -> BandwidthTerms:
        return BandwidthTerms(**{name: getattr(self, name) for name in BandwidthTerms.__struct_fields__})


class ProfileBody(ProfileChange):
    """A bandwidth profile."""

    id: IdText | None = None


_PROFILE: Final = RowShape(BandwidthProfileRow, hidden=("deleted_at",), renamed={"profile_id": "id"})


@_PROFILE.model
class ProfileShape(BaseModel):
    """A bandwidth profile; `plans` have a version that gives it."""

    plans: int
    allowed_actions: list[ActionShape]


class ProfilePage(Page):
    items: list[ProfileShape]


PROFILES: Final = Listing(
    source="bandwidth_profile_row",
    filters={
        "id": Filter("profile_id"),
        "q": Filter(where=f"({begins('profile_id', '{value}')} or {begins('name', '{value}')})"),
    },
    sorts={"id": "profile_id", **{name: name for name in ("name", "down_kbps", "up_kbps", "defined_at")}},
    default_sort="id",
    tiebreak="profile_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]

    @routes.post("/v1/bandwidth-profiles", status_code=201, response_model=ProfileShape, dependencies=writers)
    async def define_profile(body: ProfileBody, request: Request) -> Response:
        profile_id = body.id or api.new_id(request, "bandwidth-profile")
        await api.command(request, DefineBandwidthProfile(profile_id=profile_id, terms=body.terms()))
        return Answer(await _profile(api, profile_id), status_code=201)

    @routes.get("/v1/bandwidth-profiles", **listed(api, PROFILES, ProfilePage))
    async def profiles(request: Request) -> Response:
        page = await PROFILES.page(request, api, shape=dict, where=_THERE)
        return Answer({**page, "items": await _shapes(api, page["items"])})

    @routes.get("/v1/bandwidth-profiles/{profile_id}", response_model=ProfileShape, dependencies=readers)
    async def profile(profile_id: str) -> Response:
        return Answer(await _profile(api, profile_id))

    @routes.put("/v1/bandwidth-profiles/{profile_id}", response_model=ProfileShape, dependencies=writers)
    async def change_profile(profile_id: str, body: ProfileChange, request: Request) -> Response:
        await api.command(request, ChangeBandwidthProfile(profile_id=profile_id, terms=body.terms()))
        return Answer(await _profile(api, profile_id))

    @routes.delete("/v1/bandwidth-profiles/{profile_id}", status_code=204, dependencies=writers)
    async def delete_profile(profile_id: str, request: Request) -> Response:
        await api.command(request, DeleteBandwidthProfile(profile_id=profile_id))
        return Response(status_code=204)

    return routes


_THERE: Final = {"deleted_at is null and {value}::boolean": True}

_USE: Final = """
select bandwidth_profile_id, array_agg(distinct plan_id order by plan_id) as plans
  from plan_version_row where bandwidth_profile_id = any($1::text[]) group by bandwidth_profile_id
"""


async def _profile(api: Api, profile_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(
        "select * from bandwidth_profile_row where profile_id = $1 and deleted_at is null", profile_id
    )
    if row is None:
        raise not_found("bandwidth profile", profile_id)
    (shape,) = await _shapes(api, [row])
    return shape


async def _shapes(api: Api, rows: list[Any]) -> list[dict[str, Any]]:
    used = await api.db.fetch(_USE, [row["profile_id"] for row in rows])
    plans = {row["bandwidth_profile_id"]: row["plans"] for row in used}
    return [_shape(row, plans.get(row["profile_id"], [])) for row in rows]


def _shape(row: Any, plans: list[str]) -> dict[str, Any]:
    why_not = in_use("bandwidth_profile", row["profile_id"], "plan", plans).detail if plans else None
    return {
        **_PROFILE.values(row),
        "plans": len(plans),
        "allowed_actions": [action("update"), action("delete", why_not=why_not)],
    }
