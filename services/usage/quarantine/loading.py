"""What is in quarantine, read from its rows for the batch that asks: records by their places, and pages of places.

load_parked_records(["1842#17"])            the record, where it is parked
load_parked_pages(["0#0 mac:00:1b"])        the places of a resource's parked records
counted_at([(1842, 17)])                    the record as it was counted, parked or not
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import asyncpg

from services.usage.quarantine.messages import Place
from services.usage.quarantine.returnable import ReturnableRecord, recorded_at
from services.usage.quarantine.state import (
    PAGE,
    RECALLED,
    ParkedPage,
    ParkedRecord,
    ParkedSourcePage,
    place_name,
)
from shared.engine.postgres import Connection
from shared.kernel.resource_names import canonical, prefix_of, sort_span, spellings


async def load_parked_records(
    connection: Connection, partition: int, names: Sequence[str]
) -> Mapping[str, ParkedRecord]:
    """Those of the records that are in quarantine, by `seq#item`."""
    places = [_place(name) for name in names]
    rows = await connection.fetch(_PARKED, partition, [seq for seq, _ in places], [item for _, item in places])
    kept = await recorded_at(connection, partition, (row["seq"] for row in rows))
    return {
        name: _parked_record(name, row["reason"], kept[row["seq"]], row["item"])
        for row in rows
        for name in [place_name(row["seq"], row["item"])]
    }


async def counted_at(
    connection: Connection, partition: int, places: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], tuple[ReturnableRecord, str | None]]:
    """Those of the records that were counted there, as they were; with the reason where they are in quarantine."""
    parked = await parked_at(connection, partition, places)
    kept = await recorded_at(connection, partition, (seq for seq, _ in places))
    return {
        (seq, item): (kept[seq][item], parked.get((seq, item))) for seq, item in places if 0 <= item < len(kept[seq])
    }


async def parked_at(connection: Connection, partition: int, places: Sequence[Place]) -> dict[Place, str]:
    """Why those of the records are in quarantine that are."""
    rows = await connection.fetch(_PARKED, partition, [seq for seq, _ in places], [item for _, item in places])
    return {(row["seq"], row["item"]): row["reason"] for row in rows}


async def load_parked_pages(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, ParkedPage]:
    """Pages of resources' parked records, by what their names say (state.py). All in one question: where thousands of
    lines are assigned at once, each asks for a page, and nearly all are empty. Prefixes are few, and asked one by one.
    """
    asked, of_prefixes = [], []
    for n, name in enumerate(names):
        place, _, resource = name.partition(" ")
        resource = canonical(resource)
        if prefix_of(resource) is None:
            asked += [(n, spelling, *_place(place)) for spelling in spellings(resource)]
        else:
            of_prefixes.append((n, _place(place), sort_span(resource)))
    rows = await connection.fetch(_PAGES, partition, *zip(*asked, strict=True), [*RECALLED], PAGE) if asked else []
    found = _pages(names, rows)
    for n, after, span in of_prefixes:
        rows = await connection.fetch(_PREFIX_PAGE, partition, *span, [*RECALLED], *after, PAGE)
        found[names[n]] = tuple((row["seq"], row["item"]) for row in rows)
    return {name: ParkedPage(name=name, places=places) for name, places in found.items()}


async def load_parked_source_pages(
    connection: Connection, partition: int, names: Sequence[str]
) -> Mapping[str, ParkedSourcePage]:
    """Pages of sources' records that were parked because nobody had defined them."""
    asked = [(n, source, *_place(place)) for n, (place, _, source) in enumerate(name.partition(" ") for name in names)]
    rows = await connection.fetch(_SOURCE_PAGES, partition, *zip(*asked, strict=True), PAGE)
    return {name: ParkedSourcePage(name=name, places=places) for name, places in _pages(names, rows).items()}


def _pages(names: Sequence[str], rows: Iterable[asyncpg.Record]) -> dict[str, tuple[tuple[int, int], ...]]:
    """The first places of each page, in order, whatever the spelling of its resource."""
    places: list[list[tuple[int, int]]] = [[] for _ in names]
    for n, seq, item in rows:
        places[n].append((seq, item))
    return {name: tuple(sorted(found)[:PAGE]) for name, found in zip(names, places, strict=True)}


_PARKED: Final = """
select q.seq, q.item, q.reason from quarantine q
  join unnest($2::bigint[], $3::int[]) as x (seq, item) on q.seq = x.seq and q.item = x.item where q.partition = $1
"""

_PAGES: Final = """
select x.n, q.seq, q.item from unnest($2::int[], $3::text[], $4::bigint[], $5::int[]) as x (n, resource, seq, item)
  cross join lateral (
    select seq, item from quarantine
     where partition = $1 and resource = x.resource and reason = any($6::text[])
       and item >= 0 and (seq, item) > (x.seq, x.item)
     order by seq, item limit $7
  ) q
"""

_PREFIX_PAGE: Final = """
select seq, item from quarantine
 where partition = $1 and sort_key collate "C" between $2 and $3 and reason = any($4::text[])
   and item >= 0 and (seq, item) > ($5::bigint, $6::int)
 order by seq, item limit $7
"""

_SOURCE_PAGES: Final = """
select x.n, q.seq, q.item from unnest($2::int[], $3::text[], $4::bigint[], $5::int[]) as x (n, source, seq, item)
  cross join lateral (
    select seq, item from quarantine
     where partition = $1 and source = x.source and reason = 'unknown_source'
       and item >= 0 and (seq, item) > (x.seq, x.item)
     order by seq, item limit $6
  ) q
"""


def _place(name: str) -> tuple[int, int]:
    seq, _, item = name.partition("#")
    return int(seq), int(item)


def _parked_record(name: str, reason: str, records: Sequence[ReturnableRecord], item: int) -> ParkedRecord:
    if not 0 <= item < len(records):
        return ParkedRecord(name=name, reason=reason)
    return ParkedRecord(name=name, reason=reason, record=records[item].recorded(), unit=records[item].unit)
