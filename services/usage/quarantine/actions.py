"""Recycling and discarding quarantined records, by name or by filter.

POST /v1/usage/quarantine/recycle  {"filter": {"reason": ["no_price"], "meter": ["voice.seconds"]}}
{"recycled": 412, "still_quarantined": 3, "more": false}
POST /v1/usage/quarantine/discard  {"records": ["usage/3/1842#17"], "reason": "test traffic of the vendor"}
{"discarded": 1, "more": false}

A request takes up to 5,000 records, the oldest first; `more` says that others match, so ask again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from services.usage.quarantine.messages import ITEMS_MAX, DiscardUsage, RecycleUsage
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.kernel.bodies import Body, Instant, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.message import Command
from shared.kernel.resource_names import canonical

RECORDS_MAX: Final = 5000
_CITATION: Final = re.compile(r"usage/([0-9]{1,4})/([0-9]{1,18})#(-?[0-9]{1,5})")

Words = Annotated[list[Annotated[StrictStr, Field(min_length=1, max_length=255)]], Field(min_length=1, max_length=50)]


class ParkedFilter(Body):
    """Which records: those that match each field given, with one of its values; `from` and `to` mean `started_at`."""

    reason: Words | None = None
    source: Words | None = None
    resource: Words | None = None
    meter: Words | None = None
    account_id: Words | None = None
    subscription_id: Words | None = None
    batch_id: Words | None = None
    since: Annotated[Instant | None, Field(alias="from")] = None
    to: Instant | None = None


class RecycleBody(Body):
    """`records` as the quarantine's list cites them, or a `filter`."""

    records: Annotated[list[StrictStr], Field(min_length=1, max_length=RECORDS_MAX)] | None = None
    filter: ParkedFilter | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> RecycleBody:
        if (self.records is None) == (self.filter is None):
            reason = "give records or a filter, one of them"
            raise PydanticCustomError("invalid", "{reason}", {"reason": reason})
        return self


class DiscardBody(RecycleBody):
    """`reason` is kept with each record."""

    reason: Annotated[PrintableText, Field(min_length=1, max_length=200)]


class Recycled(BaseModel):
    """How many were counted now, and how many of those asked for still wait."""

    recycled: int
    still_quarantined: int
    more: bool


class Discarded(BaseModel):
    discarded: int
    more: bool


Place = tuple[int, int, int]
"""Partition, seq, item."""

Places = dict[int, list[tuple[int, int]]]
"""(seq, item) by partition."""

_PARKED: Final = """
select partition, seq, item from quarantine
  join unnest($1::int[], $2::bigint[], $3::int[]) as x (partition, seq, item) using (partition, seq, item)
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/usage/quarantine/recycle", response_model=Recycled, dependencies=[api.roles(*WRITERS)])
    async def recycle(body: RecycleBody, request: Request) -> Response:
        """Try parked records once more, after what kept them was mended. Those that still can't be taken stay."""
        places, more = await _places(api, body)
        await _ask(api, request, places, lambda items: RecycleUsage(items=items))
        left = await _count(api, places)
        return Answer({"recycled": _total(places) - left, "still_quarantined": left, "more": more})

    @routes.post("/v1/usage/quarantine/discard", response_model=Discarded, dependencies=[api.roles(*WRITERS)])
    async def discard(body: DiscardBody, request: Request) -> Response:
        """Give parked records up. They stay in the list of usage as `not_billable`, with the reason."""
        places, more = await _places(api, body)
        await _ask(api, request, places, lambda items: DiscardUsage(items=items, reason=body.reason))
        return Answer({"discarded": _total(places) - await _count(api, places), "more": more})

    return routes


async def _ask(api: Api, request: Request, places: Places, command: Callable[[list[tuple[int, int]]], Command]) -> None:
    for partition, items in sorted(places.items()):
        for first in range(0, len(items), ITEMS_MAX):
            await api.command(request, command(items[first : first + ITEMS_MAX]), partition=partition)


async def _places(api: Api, body: RecycleBody) -> tuple[Places, bool]:
    """Where the records stand, and whether others match."""
    if body.records is not None:
        return await _parked(api, [*_cited(body.records)]), False
    assert body.filter is not None
    conditions, arguments = _conditions(body.filter)
    rows = await api.db.fetch(
        f"select partition, seq, item from quarantine where {conditions} "
        f"order by recorded_at, partition, seq, item limit {RECORDS_MAX + 1}",
        *arguments,
    )
    found = [(row["partition"], row["seq"], row["item"]) for row in rows[:RECORDS_MAX]]
    return _by_partition(found), len(rows) > RECORDS_MAX


async def _parked(api: Api, cited: Sequence[Place]) -> Places:
    """Where they stand. Raises `not_quarantined` for one that is not parked, or no longer."""
    columns = [list(column) for column in zip(*cited, strict=True)]
    rows = {tuple(row) for row in await api.db.fetch(_PARKED, *columns)}
    for n, place in enumerate(cited):
        if place not in rows:
            detail = "usage/{}/{}#{} is not in quarantine, or no longer".format(*place)
            raise Rejection("not_quarantined", detail, pointer=f"/records/{n}", status=409)
    return _by_partition(cited)


def _conditions(wanted: ParkedFilter) -> tuple[str, list[Any]]:
    found: list[str] = []
    arguments: list[Any] = []
    for name in ("reason", "source", "resource", "meter", "account_id", "subscription_id", "batch_id"):
        words: Sequence[str] | None = getattr(wanted, name)
        if words is not None:
            arguments.append([canonical(word) for word in words] if name == "resource" else list(words))
            found.append(f"{name} = any(${len(arguments)}::text[])")
    for operator, instant in ((">=", wanted.since), ("<", wanted.to)):
        if instant is not None:
            arguments.append(instant)
            found.append(f"started_at {operator} ${len(arguments)}::timestamptz")
    if not arguments:
        raise Rejection("required", "a filter names at least one field", pointer="/filter")
    return " and ".join(found), arguments


def _cited(records: Sequence[str]) -> Iterator[Place]:
    for n, citation in enumerate(records):
        match = _CITATION.fullmatch(citation)
        if match is None:
            detail = f"a record is cited as usage/3/1842#17, not {citation[:60]!r}"
            raise Rejection("invalid", detail, pointer=f"/records/{n}")
        yield int(match[1]), int(match[2]), int(match[3])


def _by_partition(found: Sequence[Place]) -> Places:
    places: Places = defaultdict(list)
    for partition, seq, item in dict.fromkeys(found):
        places[partition].append((seq, item))
    return places


async def _count(api: Api, places: Places) -> int:
    """How many of them are in quarantine."""
    listed = [(partition, *place) for partition, items in places.items() for place in items]
    columns = [[place[n] for place in listed] for n in range(3)]
    return len(await api.db.fetch(_PARKED, *columns))


def _total(places: Places) -> int:
    return sum(map(len, places.values()))
