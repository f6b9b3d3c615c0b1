"""Sources: the equipment and the collectors that report usage.

POST   /v1/sources         {"id": "bras-1", "addresses": ["10.0.0.1"], "secret": "…", "line": "user"}
PUT    /v1/sources/bras-1  {"addresses": ["10.0.0.1", "10.0.0.2"], "line": "mac"}       If-Match; keeps its secret
DELETE /v1/sources/bras-1
GET    /v1/sources?silent=true      also those that only reported: `defined` says which; how they do is health.py

The secret is sealed before it travels, and never shown again.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from services.usage.source.fields import SourceBody, SourceChange
from services.usage.source.health import ActiveHour, health_of, is_silent, window_start
from services.usage.source.messages import ChangeSource, DefineSource, DeleteSource, SourceTerms
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS
from shared.http.filtering import Filter, begins
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.errors import Rejection
from shared.kernel.ids import STEPS

ADMIN: Final = ("admin",)
"""Who may say whose packets count as whose usage."""


class SourceHealth(BaseModel):
    """Of the hour that runs (UTC) and the 23 before it, but `records_hour`, of that hour alone.

    Shares are of `records_day`, those counted for the first time: `late_share` ended more than an hour before,
    `quarantined_share` were parked as they came. `longest_silence_s` is in whole minutes without anything, up to now
    too. `clock_offset_ms` is the least time from a record's end until it was here: below zero its clock is ahead by
    that much at least, above zero it is behind by that much at most, for collecting takes its time too.
    """

    records_hour: int
    records_day: int
    records_per_s: str
    duplicates: int
    conflicts: int
    malformed: int
    late_share: str | None
    quarantined_share: str | None
    longest_silence_s: int | None
    clock_offset_ms: int | None


class SourceShape(BaseModel):
    """What is known of a source. One that is not `defined` only reported: nothing was said of it.

    `has_secret` says whether it shares one with us; it is `silent` when nothing came for longer than `silent_after_s`.
    """

    id: str
    name: str | None
    defined: bool
    addresses: list[str]
    has_secret: bool
    line: str | None
    signed: bool | None
    silent_after_s: int | None
    version: int | None
    defined_at: AwareDatetime | None
    first_seen: AwareDatetime | None
    last_seen: AwareDatetime | None
    silent: bool
    health: SourceHealth
    allowed_actions: list[ActionShape]


class SourcePage(Page):
    items: list[SourceShape]


_KNOWN: Final = """
(select coalesce(s.id, a.source) as id, s.id is not null as defined, s.name, s.addresses,
        s.secret is not null as has_secret, s.line, s.signed, s.silent_after_s, s.version, s.defined_at,
        a.first_seen, a.last_seen, coalesce(a.last_seen, s.defined_at) as heard_at
   from (select * from source where deleted_at is null) s
   full join (select source, min(first_seen) as first_seen, max(last_seen) as last_seen
                from source_activity group by source) a on a.source = s.id) as known"""
_SILENT: Final = "silent_after_s is not null and heard_at + make_interval(secs => silent_after_s) < {now}"
_HOURS: Final = """
select source, hour, sum(records)::bigint as records, sum(duplicates)::bigint as duplicates,
       sum(conflicts)::bigint as conflicts, sum(malformed)::bigint as malformed, sum(late)::bigint as late,
       sum(quarantined)::bigint as quarantined, bit_or(minutes) as minutes, min(least_delay_us) as least_delay_us
  from source_activity where source = any($1::text[]) and hour >= $2 group by source, hour
"""

SOURCES: Final = Listing(
    source=_KNOWN,
    filters={
        "id": Filter("id"),
        "defined": Filter("defined", kind="boolean"),
        "silent": Filter(where=f"({_SILENT.format(now='({found})[1]::timestamptz')}) = {{value}}", kind="boolean"),
        "q": Filter(where=f"({begins('id', '{value}')} or {begins('name', '{value}')})"),
    },
    sorts={"id": "id", "defined_at": "defined_at", "first_seen": "first_seen", "last_seen": "last_seen"},
    default_sort="id",
    tiebreak="id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admins, readers = [api.roles(*ADMIN)], [api.roles(*READERS)]

    @routes.post("/v1/sources", status_code=201, response_model=SourceShape, dependencies=admins)
    async def define_source(body: SourceBody, request: Request) -> Response:
        """Say what is known of a source. Its id is what its records carry as `source`."""
        _check_source_id(body.id)
        if body.addresses and body.secret is None:
            raise Rejection("required", "packets from an address are proven with a secret", pointer="/secret")
        await api.command(request, DefineSource(source_id=body.id, terms=await _terms(api, body.id, body)))
        return Answer(await _source(api, body.id, request), status_code=201)

    @routes.get("/v1/sources", **listed(api, SOURCES, SourcePage))
    async def sources(request: Request) -> Response:
        """The sources that somebody defined, and those that reported, and how they do."""
        page = await SOURCES.page(request, api, found=[api.clock.now().isoformat()])
        return Answer({**page, "items": await _shapes(api, page["items"], page["as_of"], caller_of(request).role)})

    @routes.get("/v1/sources/{source_id:path}", response_model=SourceShape, dependencies=readers)
    async def source(source_id: str, request: Request) -> Response:
        """One source, and how it does."""
        return Answer(await _source(api, source_id, request))

    @routes.put("/v1/sources/{source_id:path}", response_model=SourceShape, dependencies=admins)
    async def change_source(source_id: str, body: SourceChange, request: Request) -> Response:
        """Say all of it anew. Without a `secret` the one it has stays."""
        if body.addresses and body.secret is None and not (await _source(api, source_id, request))["has_secret"]:
            raise Rejection("required", "packets from an address are proven with a secret", pointer="/secret")
        await api.command(request, ChangeSource(source_id=source_id, terms=await _terms(api, source_id, body)))
        return Answer(await _source(api, source_id, request))

    @routes.delete("/v1/sources/{source_id:path}", status_code=204, dependencies=admins)
    async def delete_source(source_id: str, request: Request) -> Response:
        """Forget what was said of it. Its records are counted as those of any source, its RADIUS packets dropped."""
        await api.command(request, DeleteSource(source_id=source_id))
        return Response(status_code=204)

    return routes


async def _terms(api: Api, source_id: str, body: SourceChange) -> SourceTerms:
    secret = None
    if body.secret is not None:
        secret = await api.vault.seal_secret("source", source_id, body.secret.get_secret_value())
    return SourceTerms(
        name=body.name,
        addresses=list(dict.fromkeys(body.addresses)),
        secret=secret,
        line=body.line,
        signed=body.signed,
        silent_after_s=body.silent_after_s,
    )


def _check_source_id(source_id: str) -> None:
    if len(source_id.encode()) > 255 or not source_id.isprintable():
        raise Rejection("invalid", "the id of a source has 1 to 255 bytes, all printable", pointer="/id")
    if not STEPS.isdisjoint(re.split(r"[/\\]", source_id)):
        raise Rejection("invalid", "the id of a source has no . or .. between slashes", pointer="/id")


async def _source(api: Api, source_id: str, request: Request) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select * from {_KNOWN} where id = $1", source_id)
    if row is None:
        raise not_found("source", source_id)
    (shape,) = await _shapes(api, [row], api.clock.now(), caller_of(request).role)
    return shape


async def _shapes(api: Api, rows: Sequence[Mapping[str, Any]], now: datetime, role: str) -> list[dict[str, Any]]:
    """What is answered of rows of `_KNOWN` to somebody of this role."""
    found = await api.db.fetch(_HOURS, [row["id"] for row in rows], window_start(now))
    hours: dict[str, list[ActiveHour]] = defaultdict(list)
    for hour in found:
        hours[hour["source"]].append(ActiveHour(**{name: hour[name] for name in ActiveHour.__struct_fields__}))
    actions = allowed_actions(role)
    return [_shape(row, hours[row["id"]], now, actions) for row in rows]


def allowed_actions(role: str) -> list[dict[str, Any]]:
    """What somebody of this role may do with a source that is defined.

    >>> [one["allowed"] for one in allowed_actions("admin")], allowed_actions("billing")[0]["reason"]
    ([True, True], 'only an admin says whose packets count as whose usage')
    """
    why_not = None if role in ADMIN else "only an admin says whose packets count as whose usage"
    return [action("update", why_not=why_not), action("delete", why_not=why_not)]


def _shape(
    row: Mapping[str, Any], hours: Sequence[ActiveHour], now: datetime, actions: list[dict[str, Any]]
) -> dict[str, Any]:
    first_seen, last_seen = row["first_seen"], row["last_seen"]
    shown = {name: row[name] for name in SourceShape.model_fields if name in row}
    return {
        **shown,
        "addresses": json.loads(row["addresses"] or "[]"),
        "has_secret": bool(row["has_secret"]),
        "silent": is_silent(row["silent_after_s"], row["heard_at"], now),
        "health": msgspec.to_builtins(health_of(hours, now, first_seen=first_seen, last_seen=last_seen)),
        "allowed_actions": actions if row["defined"] else [],
    }
