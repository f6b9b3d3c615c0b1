"""What has become of records, in the order it happened; and what a retraction asks for, read from the tables.

UsageRetracted      -> retraction, retraction_source, record_standing (retracting; retracted where it was parked)
ResourceReassigned  -> retraction, whose records every partition will say
RetractionSettled   -> record_standing (retracted, restored, refused)
UsageRecorded       -> record_standing (moved_to) of what was recycled or corrected; nothing of all else
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from services.usage.quarantine.loading import counted_at
from services.usage.quarantine.messages import Place, UsageDiscarded, UsageReturned
from services.usage.quarantine.state import place_name
from services.usage.record.messages import UsageRecorded
from services.usage.resource.messages import ResourceReassigned
from services.usage.retraction.messages import (
    ITEMS_MAX,
    RetractionSettled,
    UsageRestored,
    UsageRetracted,
)
from services.usage.retraction.state import (
    DISCARDED,
    MOVED,
    RESTORED,
    RESTORING,
    RETRACTED,
    RETRACTING,
    BatchPage,
    CountedRecord,
    RetractionPage,
    Standing,
)
from shared.engine.postgres import Connection
from shared.engine.runs import event_runs
from shared.engine.service import Applied

_RETRACTION: Final = """
insert into retraction (partition, id, reason, note, batch_id, actor, more, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (partition, id) do update set more = excluded.more
"""
_REASSIGNED: Final = """
insert into retraction (partition, id, reason, note, actor, more, recorded_at, resource_id, partitions)
values ($1, $2, 'reassigned', $3, $4, true, $5, $6, $7)
on conflict (partition, id) do nothing
"""
_SOURCE: Final = """
insert into retraction_source (partition, source, id)
select $1, source, $2 from unnest($3::text[]) as x (source) on conflict do nothing
"""
_MORE: Final = "update retraction set more = $3 where partition = $1 and id = $2"
_STAND: Final = """
insert into record_standing (partition, seq, item, status, retraction_id, parked, moved_to, corrected)
select $1, x.seq, x.item, x.status, x.retraction_id, x.parked, x.moved_to, $7
  from unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $8::text[])
    as x (seq, item, status, parked, retraction_id, moved_to)
on conflict (partition, seq, item) do update
   set status = excluded.status, retraction_id = excluded.retraction_id, parked = excluded.parked,
       moved_to = excluded.moved_to, corrected = excluded.corrected, refusal = null
"""
_RESTORE: Final = f"""
update record_standing s
   set status = case when x.parked is null then '{RESTORING}' else '{RESTORED}' end, refusal = null
  from unnest($2::bigint[], $3::int[], $4::text[]) as x (seq, item, parked)
 where s.partition = $1 and s.seq = x.seq and s.item = x.item
"""
_SETTLE: Final = f"""
update record_standing s
   set refusal = x.refusal,
       status = case when s.status = '{RETRACTING}' and x.refusal is null then '{RETRACTED}'
                     when s.status = '{RETRACTING}' then 'refused'
                     when s.status = '{RESTORING}' and x.refusal is null then '{RESTORED}'
                     when s.status = '{RESTORING}' then '{RETRACTED}'
                     else s.status end
  from unnest($2::bigint[], $3::int[], $4::text[]) as x (seq, item, refusal)
 where s.partition = $1 and s.seq = x.seq and s.item = x.item
"""
_MOVE: Final = """
update record_standing set moved_to = $4, corrected = true where partition = $1 and seq = $2 and item = $3
"""
_PARKED: Final = "update record_standing set parked = $4 where partition = $1 and seq = $2 and item = $3"
_STANDINGS: Final = """
select s.* from record_standing s join unnest($2::bigint[], $3::int[]) as x (seq, item) using (seq, item)
 where s.partition = $1
"""
_OF_RETRACTION: Final = f"""
select seq, item from record_standing
 where partition = $1 and retraction_id = $2 and status = '{RETRACTED}' and not corrected
   and (seq, item) > ($3::bigint, $4::int)
 order by seq, item limit {ITEMS_MAX + 1}
"""
_EVENTS_OF_BATCH: Final = """
select seq, (convert_from(records, 'UTF8')::json -> 0 ->> 0)::int as records from returnable
 where partition = $1 and batch_id = $2 and seq >= $3 order by seq limit $4
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """What is about different records is written together."""
    for kind, run in event_runs(batch, _places):
        await _WRITES[kind](connection, partition, run)


def _places(applied: Applied) -> Sequence[Place | str]:
    """The records that it is about, and its retraction; nothing where it is about no retraction at all."""
    match applied.event:
        case UsageRecorded() as event:
            return [*event.recycled.values(), *event.corrects.values()]
        case UsageRetracted() | UsageRestored() as event:
            return [event.retraction_id, *((item.seq, item.index) for item in event.items)]
        case ResourceReassigned() as event:
            return [event.retraction_id]
        case RetractionSettled() as event:
            return [(seq, index) for seq, index in event.places]
        case UsageReturned() as event:
            return [(event.seq, index) for index, _ in event.retracted]
        case UsageDiscarded() as event:
            return [(seq, item) for seq, item in event.items]
    return ()


async def _retracted(connection: Connection, partition: int, run: Sequence[Applied]) -> None:
    said = [
        (event.retraction_id, event.reason, event.note, event.batch_id, at.actor, event.more, at.recorded_at)
        for event, at, _ in run
    ]
    await connection.executemany(_RETRACTION, [(partition, *one) for one in said])
    for corrected in (False, True):
        stands = [
            (item.seq, item.index, RETRACTING if item.parked is None else RETRACTED, item.parked, None, name)
            for event, _, _ in run
            if event.corrected is corrected
            for name in [event.retraction_id]
            for item in event.items
        ]
        await _stand(connection, partition, stands, corrected=corrected)
    await _name_sources(connection, partition, [event for event, _, _ in run])


async def _name_sources(connection: Connection, partition: int, events: Sequence[UsageRetracted]) -> None:
    """Retracting is rare: here is told of which sources, so that nobody has to look into the records again."""
    places = [(item.seq, item.index) for event in events for item in event.items]
    kept = await counted_at(connection, partition, places)
    rows = []
    for event in events:
        found = {kept[place][0].source for item in event.items if (place := (item.seq, item.index)) in kept}
        rows.append((partition, event.retraction_id, sorted(found)))
    await connection.executemany(_SOURCE, rows)


async def _reassigned(connection: Connection, partition: int, run: Sequence[Applied]) -> None:
    rows = [
        (partition, e.retraction_id, e.note, at.actor, at.recorded_at, e.resource_id, e.partitions) for e, at, _ in run
    ]
    await connection.executemany(_REASSIGNED, rows)


async def _restored(connection: Connection, partition: int, run: Sequence[Applied]) -> None:
    items = [item for event, _, _ in run for item in event.items]
    columns = [[getattr(item, name) for item in items] for name in ("seq", "index", "parked")]
    await connection.execute(_RESTORE, partition, *columns)
    await connection.executemany(_MORE, [(partition, event.retraction_id, event.more) for event, _, _ in run])


async def _settled(connection: Connection, partition: int, run: Sequence[Applied]) -> None:
    refused = {(seq, index): reason for event, _, _ in run for seq, index, reason in event.refused}
    places = [(seq, index) for event, _, _ in run for seq, index in event.places]
    seqs, items = [seq for seq, _ in places], [index for _, index in places]
    await connection.execute(_SETTLE, partition, seqs, items, [refused.get(place) for place in places])


async def _returned(connection: Connection, partition: int, run: Sequence[Applied]) -> None:
    parked = [(partition, event.seq, index, reason) for event, _, _ in run for index, reason in event.retracted]
    await connection.executemany(_PARKED, parked)


async def _discarded(connection: Connection, partition: int, run: Sequence[Applied]) -> None:
    places = [(seq, item) for event, _, _ in run for seq, item in event.items if item >= 0]
    await _stand(connection, partition, [(*place, DISCARDED, None, None) for place in places])


async def _moved(connection: Connection, partition: int, run: Sequence[Applied]) -> None:
    """What was recycled is counted elsewhere; what was corrected has been retracted by the event before."""
    recycled = [
        (*place, MOVED, None, place_name(at.seq, index))
        for event, at, _ in run
        for index, place in event.recycled.items()
    ]
    await _stand(connection, partition, recycled)
    corrected = [
        (partition, *place, place_name(at.seq, index))
        for event, at, _ in run
        for index, place in event.corrects.items()
    ]
    await connection.executemany(_MOVE, corrected)


async def _stand(
    connection: Connection, partition: int, stands: Sequence[tuple[Any, ...]], *, corrected: bool = False
) -> None:
    """Rows of `record_standing`: seq, item, status, why it was parked, where it moved, and the retraction, if any."""
    # One that is named twice has the place that is named last.
    last = {stand[:2]: (*stand, "")[:6] for stand in stands}
    if last:
        seqs, items, statuses, parked, names, retractions = zip(*last.values(), strict=True)
        await connection.execute(_STAND, partition, seqs, items, statuses, parked, retractions, corrected, names)


_WRITES: Final[Mapping[Any, Callable[[Connection, int, Sequence[Applied]], Awaitable[None]]]] = {
    UsageRecorded: _moved,
    UsageRetracted: _retracted,
    ResourceReassigned: _reassigned,
    UsageRestored: _restored,
    RetractionSettled: _settled,
    UsageReturned: _returned,
    UsageDiscarded: _discarded,
}


async def load_counted_records(
    connection: Connection, partition: int, names: Sequence[str]
) -> Mapping[str, CountedRecord]:
    """Records as their events recorded them."""
    found = await counted_at(connection, partition, [_place(name) for name in names])
    return {
        name: CountedRecord(name=name, record=kept.recorded(), parked=parked, unit=kept.unit)
        for place, (kept, parked) in found.items()
        for name in (place_name(*place),)
    }


async def load_standings(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, Standing]:
    places = [_place(name) for name in names]
    rows = await connection.fetch(_STANDINGS, partition, [seq for seq, _ in places], [item for _, item in places])
    return {
        (name := place_name(row["seq"], row["item"])): Standing(
            name=name, **{field: row[field] for field in Standing.__struct_fields__ if field != "name"}
        )
        for row in rows
    }


async def load_batch_pages(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, BatchPage]:
    pages = {}
    for name in names:
        (seq, index), batch_id = _page(name)
        rows = await connection.fetch(_EVENTS_OF_BATCH, partition, batch_id, seq, ITEMS_MAX + 2)
        places = [(row["seq"], n) for row in rows for n in range(row["records"]) if (row["seq"], n) > (seq, index)]
        pages[name] = BatchPage(name=name, places=tuple(places[:ITEMS_MAX]), more=len(places) > ITEMS_MAX)
    return pages


async def load_retraction_pages(
    connection: Connection, partition: int, names: Sequence[str]
) -> Mapping[str, RetractionPage]:
    pages = {}
    for name in names:
        (seq, index), retraction_id = _page(name)
        rows = await connection.fetch(_OF_RETRACTION, partition, retraction_id, seq, index)
        places = tuple((row["seq"], row["item"]) for row in rows[:ITEMS_MAX])
        pages[name] = RetractionPage(name=name, places=places, more=len(rows) > ITEMS_MAX)
    return pages


def _page(name: str) -> tuple[Place, str]:
    place, _, named = name.partition(" ")
    return _place(place), named


def _place(name: str) -> Place:
    seq, _, index = name.partition("#")
    return int(seq), int(index)


def places_by_partition(cited: Iterable[tuple[int, int, int]]) -> dict[int, list[Place]]:
    places: dict[int, list[Place]] = {}
    for partition, seq, index in dict.fromkeys(cited):
        places.setdefault(partition, []).append((seq, index))
    return places
