"""From an event along its chain, and what it changed.

GET /v1/events/payments/1/9/chain                     causes, effects, and a page of each stage from usage to dunning
GET /v1/events/payments/1/9/chain?stage=lines&page=2  the next lines
GET /v1/events/usage/3/1842%2317/chain                from a usage record
GET /v1/events/rating/1/9/difference                  field by field, against what the log said before
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Query, Request, Response

from services.reporting.audit import models
from services.reporting.audit.chain import CAUSES_MAX, EFFECTS_MAX, STAGES, Found, anchored, stage
from services.reporting.audit.difference import Said, against, known_of
from services.reporting.audit.models import EVENT
from services.reporting.audit.payloads import LogOffset, Payloads
from services.reporting.audit.personal import shown
from services.reporting.usage_record.charges import charges_of
from services.reporting.usage_record.kept import kept_since, no_record
from shared.engine.postgres import Connection
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.problems import BadParameter, not_found

EARLIER_MAX: Final = 200
"""So many earlier events of an aggregate are read from the log for a difference."""

_SELECT: Final = f"select {', '.join(EVENT.columns)}, seq, log_offset, invoice_id, partition from audit_event"
_OF_ACCESS: Final = "identity/0/"
_CAUSES: Final = f"""
with recursive up as (
    select id, causation_id, 0 as steps from audit_event where id = $1
    union all
    select e.id, e.causation_id, up.steps + 1
      from up join audit_event e on e.id = up.causation_id where up.steps < {CAUSES_MAX})
select {", ".join(f"e.{name}" for name in EVENT.columns)}
  from up join audit_event e on e.id = up.id where steps > 0 order by steps
"""
_EFFECTS: Final = f"""
with recursive down as (
    (select id, 1 as steps from audit_event where causation_id = $1 limit {EFFECTS_MAX + 1})
    union all
    select e.id, down.steps + 1 from down join lateral
           (select id from audit_event where causation_id = down.id limit {EFFECTS_MAX + 1}) e on true
     where down.steps < 12)
select {", ".join(f"e.{name}" for name in EVENT.columns)}
  from (select id, min(steps) as steps from (select * from down limit {EFFECTS_MAX + 1}) as followed group by id) d
  join audit_event e on e.id = d.id order by steps, recorded_at, topic, seq
"""
_EARLIER: Final = f"""
{_SELECT} where aggregate_id = $1 and recorded_at <= $2 and (topic <> $3 or partition <> $4 or seq < $5)
  and not (type like 'invoicing.DraftLineAdded.%')
order by recorded_at desc, topic desc, seq desc limit {EARLIER_MAX + 1}
"""


def router(api: Api, *roles: str) -> APIRouter:
    """Routes below an event; they stand before that of the event, whose path takes everything."""
    routes = APIRouter()
    payloads = Payloads(lambda: api.settings)

    @routes.get("/v1/events/{event_id:path}/chain", dependencies=[api.roles(*roles)], response_model=models.EventChain)
    async def read_chain(
        event_id: str,
        stage: Annotated[str | None, Query(description="one stage alone")] = None,
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        size: Annotated[int, Query(ge=1, le=200)] = 20,
    ) -> Response:
        """What led to an event and what followed from it, and the way from usage to money that it lies on."""
        if stage is not None and stage not in STAGES:
            raise BadParameter("stage", f"stage is one of {', '.join(STAGES)}, not {stage[:40]!r}")
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            return Answer(await _chain(connection, event_id, STAGES if stage is None else (stage,), page, size))

    @routes.get(
        "/v1/events/{event_id:path}/difference", dependencies=[api.roles(*roles)], response_model=models.EventDifference
    )
    async def read_difference(event_id: str, request: Request) -> Response:
        """What an event changed of what the log said of its aggregate before."""
        rows, whole = await (_of_access(api, event_id) if event_id.startswith(_OF_ACCESS) else _of_log(api, event_id))
        vault = api.vault if caller_of(request).may("personal_data") else None
        if event_id.startswith(_OF_ACCESS):
            data = [msgspec.json.decode(row["data"]) for row in rows]
        else:
            places = [LogOffset(row["topic"], row["partition"], row["log_offset"]) for row in rows]
            found = await payloads.read(places)
            data = [await shown(found[place], vault) for place in places]
        said = [Said(r["id"], r["type"].split(".")[1], d or {}) for r, d in zip(rows, data, strict=True)]
        fields, facts = against(known_of(reversed(said[1:])), said[0])
        return Answer(
            {
                "event": EVENT.values(rows[0]),
                "fields": [field._asdict() for field in fields],
                "facts": facts,
                "earlier": len(said) - 1,
                "is_complete": whole,
            }
        )

    return routes


async def _of_log(api: Api, event_id: str) -> tuple[Sequence[asyncpg.Record], bool]:
    """The event, behind it the earlier ones of its aggregate, newest first; and whether these are all."""
    row = await api.db.fetchrow(f"{_SELECT} where id = $1", event_id)
    if row is None:
        raise not_found("event", event_id)
    place = [row[name] for name in ("aggregate_id", "recorded_at", "topic", "partition", "seq")]
    earlier = [r for r in await api.db.fetch(_EARLIER, *place) if r["id"] != event_id]
    return [row, *earlier[:EARLIER_MAX]], len(earlier) <= EARLIER_MAX


async def _of_access(api: Api, event_id: str) -> tuple[Sequence[asyncpg.Record], bool]:
    select = f"select {', '.join(f'v.{n}' for n in EVENT.columns)}, e.data::text as data from durable.access_event e"
    join = "join audit_event_view v on v.topic = 'identity' and v.id = 'identity/0/' || e.seq"
    row = await api.db.fetchrow(f"{select} {join} where v.id = $1", event_id)
    if row is None:
        raise not_found("event", event_id)
    seq = int(event_id.removeprefix(_OF_ACCESS))
    earlier = await api.db.fetch(
        f"{select} {join} where e.aggregate_id = $1 and e.seq < $2 order by e.seq desc limit {EARLIER_MAX + 1}",
        row["aggregate_id"],
        seq,
    )
    return [row, *earlier[:EARLIER_MAX]], len(earlier) <= EARLIER_MAX


async def _chain(connection: Connection, event_id: str, stages: Sequence[str], page: int, size: int) -> dict[str, Any]:
    found, row = await _anchor(connection, event_id)
    causes = await connection.fetch(_CAUSES, event_id)
    effects = await connection.fetch(_EFFECTS, event_id)
    return {
        "event": None if row is None else EVENT.values(row),
        "causes": [EVENT.values(cause) for cause in causes],
        "effects": [EVENT.values(effect) for effect in effects[:EFFECTS_MAX]],
        "has_more_effects": len(effects) > EFFECTS_MAX,
        "stages": [await stage(connection, name, found, page=page, size=size) for name in stages],
    }


async def _anchor(connection: Connection, event_id: str) -> tuple[Found, asyncpg.Record | None]:
    """Where the chain begins: what the event is about, or the charges that a usage record is in."""
    if "#" in event_id:
        charges = await _of_record(connection, event_id)
        return await anchored(connection, charges, None), None
    row = await connection.fetchrow(f"{_SELECT} where id = $1", event_id)
    if row is None:
        raise not_found("event", event_id)
    ids = [one for one in (row["aggregate_id"], row["invoice_id"]) if one is not None]
    return await anchored(connection, ids, row["account_id"]), row


async def _of_record(connection: Connection, citation: str) -> list[str]:
    place, _, index = citation.partition("#")
    service, _, number = place.partition("/")
    partition, _, seq = number.partition("/")
    numbers = (partition, seq, index.removeprefix("-"))
    if service != "usage" or not all(n.isascii() and n.isdigit() and len(n) < 10 for n in numbers):
        raise not_found("usage record", citation)
    record = await connection.fetchrow(
        """
        select *, partition, seq, index from usage_record_view where partition = $1 and seq = $2 and index = $3
        """,
        int(partition),
        int(seq),
        int(index),
    )
    if record is None:
        raise no_record(citation, await kept_since(connection))
    gone = record["state"] in ("retracted", "corrected")
    return [charge["charge_id"] for charge in await charges_of(connection, record, is_gone=gone)]
