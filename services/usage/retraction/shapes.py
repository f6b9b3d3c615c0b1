"""Retractions as the API shows them: what was asked for, and how many records are where by now.

{"id": "k2f…", "status": "done", "reason": "bad_file", "records": 412, "retracted": 412, "restored": 0, "moved": 0, …}
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from pydantic import BaseModel

from shared.http.api import Api
from shared.http.problems import not_found

_STATUSES: Final = ("retracting", "retracted", "restoring", "restored", "refused")


class RetractionShape(BaseModel):
    """What was asked for, and how many records are where. `done`: nothing is `pending` and no page follows.

    `moved` of the `retracted` count elsewhere since: corrected, or guided again to who has the resource. Of a
    reassignment `resource_id` is what was reassigned, and `reason` is `reassigned`.
    """

    id: str
    status: Literal["pending", "done"]
    reason: str
    note: str | None
    batch_id: str | None
    resource_id: str | None
    actor: str
    records: int
    retracted: int
    moved: int
    restored: int
    refused: dict[str, int]
    pending: int
    created_at: datetime


# Each partition with records of it has a row. One says who asked: what follows it is asked by the system.
_ASKED: Final = """
select id, min(reason) as reason, min(note) as note, min(batch_id) as batch_id, min(resource_id) as resource_id,
       (array_agg(actor order by partitions is null, recorded_at, partition))[1] as actor,
       min(recorded_at) as created_at,
       bool_or(more) or count(*) < max(coalesce(partitions, 0)) as more
  from retraction where id = any($1::text[]) group by id
"""
_STANDINGS: Final = """
select retraction_id as id, status, refusal, count(*) as records, count(moved_to) as moved
  from record_standing where retraction_id = any($1::text[]) group by 1, 2, 3
"""


# Rating answers within a batch or two: nearly always the caller is told how it ended.
_LOOKS_MAX: Final = 40
_PAUSE_S: Final = 0.05


async def settled(api: Api, retraction_id: str) -> dict[str, Any]:
    """The retraction, once rating has answered; as it is where that takes longer."""
    found = await shape_of(api, retraction_id)
    for _ in range(_LOOKS_MAX):
        if found["status"] == "done":
            break
        await asyncio.sleep(_PAUSE_S)
        found = await shape_of(api, retraction_id)
    return found


async def shape_of(api: Api, retraction_id: str) -> dict[str, Any]:
    """The retraction. Raises `not_found`."""
    found = (await shapes_of(api, [retraction_id])).get(retraction_id)
    if found is None:
        raise not_found("retraction", retraction_id)
    return found


async def shapes_of(api: Api, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Those of the retractions that there are."""
    asked = await api.db.fetch(_ASKED, list(ids))
    standings: dict[str, list[Any]] = {}
    for row in await api.db.fetch(_STANDINGS, list(ids)):
        standings.setdefault(row["id"], []).append(row)
    return {row["id"]: shape(row, standings.get(row["id"], ())) for row in asked}


def shape(asked: Mapping[str, Any], standings: Sequence[Any]) -> dict[str, Any]:
    count = {status: sum(r["records"] for r in standings if r["status"] == status) for status in _STATUSES}
    pending = count["retracting"] + count["restoring"]
    said = ("id", "reason", "note", "batch_id", "resource_id", "actor", "created_at")
    return {
        **{name: asked[name] for name in said},
        "status": "pending" if pending or asked["more"] else "done",
        "records": sum(count.values()),
        "retracted": count["retracted"],
        "moved": sum(r["moved"] for r in standings if r["status"] == "retracted"),
        "restored": count["restored"],
        "refused": {r["refusal"]: r["records"] for r in standings if r["refusal"] is not None},
        "pending": pending,
    }
