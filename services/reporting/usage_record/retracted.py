"""Records that were retracted, restored and corrected: what they are now, and what they were before.

UsageRetracted([(1842, 17)])         ->  usage/3/1842#17 is `retracted` (`corrected`, where another counts instead)
RetractionSettled(refused=[...])     ->  it is what it was before, and why
UsageRecorded(corrects=...)          ->  which one counts instead
UsageRestored([(1842, 17)])          ->  it is what it was before
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from services.reporting.usage_record.counts import Counts, add_count, count_hours, hour_of
from services.usage.quarantine.messages import UsageReturned
from services.usage.record.messages import UsageRecorded
from services.usage.retraction.messages import RetractionSettled, UsageRestored, UsageRetracted
from shared.engine.postgres import Connection
from shared.engine.runs import event_runs
from shared.engine.service import Applied

# Each statement names one record by its whole key, and is sent for many at once. Joined to a list of places, its plan
# would follow the statistics: a rebuild's tables have none yet, and it read a whole partition for each page of 200.
#
# What it was before is what it is now, unless it was retracted, refused and is retracted again.
_NOTE: Final = """
insert into usage_retraction as t (partition, seq, index, retraction_id, reason, note, actor, status, was_state,
                                   was_reason, corrected, retracted_at)
select r.partition, r.seq, r.index, $5, $6, $7, $8, $4, r.state, r.reason, $9, $10
  from usage_record r where r.partition = $1 and r.seq = $2 and r.index = $3
on conflict (partition, seq, index) do update
   set retraction_id = excluded.retraction_id, reason = excluded.reason, note = excluded.note, actor = excluded.actor,
       status = excluded.status, refusal = null, was_state = excluded.was_state, was_reason = excluded.was_reason,
       corrected = excluded.corrected, replaced_seq = null, replaced_by = null, retracted_at = excluded.retracted_at,
       restored_at = null
"""
_RETRACT: Final = """
update usage_record r set state = case when t.corrected then 'corrected' else 'retracted' end, reason = t.reason
  from usage_retraction t
 where t.partition = $1 and t.seq = $2 and t.index = $3 and r.partition = $1 and r.seq = $2 and r.index = $3
returning r.started_at, r.meter, r.quantity, t.was_state as before, t.was_reason as before_reason,
          r.state as after, r.reason as after_reason
"""
_UNDO: Final = """
update usage_record r set state = t.was_state, reason = t.was_reason
  from usage_retraction t
 where t.partition = $1 and t.seq = $2 and t.index = $3 and r.partition = $1 and r.seq = $2 and r.index = $3
returning r.started_at, r.meter, r.quantity, r.state as after, r.reason as after_reason,
          case when t.corrected then 'corrected' else 'retracted' end as before, t.reason as before_reason
"""
_STATUS: Final = """
update usage_retraction set status = $4, refusal = $5, restored_at = coalesce($6, restored_at)
 where partition = $1 and seq = $2 and index = $3
"""
_OPEN: Final = """
select seq, index, status from usage_retraction
 where partition = $1 and seq = $2 and index = $3 and status in ('retracting', 'restoring')
"""
_REPLACED: Final = """
update usage_retraction set replaced_seq = $4, replaced_by = $5, corrected = true
 where partition = $1 and seq = $2 and index = $3
"""
# One that was retracted, and not corrected: restored, it counts for whoever has its resource by now.
_COUNTED_ANEW: Final = """
update usage_record r set state = 'corrected'
 where r.partition = $1 and r.seq = $2 and r.index = $3 and r.state = 'retracted'
returning r.started_at, r.meter, r.quantity, 'retracted' as before, r.reason as before_reason,
          r.state as after, r.reason as after_reason
"""
_WAS: Final = """
update usage_retraction set was_state = 'quarantined', was_reason = $4 where partition = $1 and seq = $2 and index = $3
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Behind the records of the batch: what is retracted may have been recorded in it, in a replay. What is about
    different records is written together."""
    counts: Counts = {}
    for kind, run in event_runs(batch, _places):
        await _WRITES[kind](connection, partition, run, counts)
    if counts:
        await count_hours(connection, partition, counts)


def _places(applied: Applied) -> Sequence[tuple[int, int]]:
    """The records that were retracted before, or are by this event."""
    match applied.event:
        case UsageRecorded() as event:
            return [(seq, index) for seq, index in event.corrects.values()]
        case UsageRetracted() | UsageRestored() as event:
            return [(item.seq, item.index) for item in event.items]
        case RetractionSettled() as event:
            return [(seq, index) for seq, index in event.places]
        case UsageReturned() as event:
            return [(event.seq, index) for index, _ in event.retracted]
    return ()


def _all_of(run: Sequence[Applied]) -> list[tuple[int, int]]:
    return [place for applied in run for place in _places(applied)]


async def _corrected(connection: Connection, partition: int, run: Sequence[Applied], counts: Counts) -> None:
    replaced = [(partition, *place, at.seq, index) for event, at, _ in run for index, place in event.corrects.items()]
    await connection.executemany(_REPLACED, replaced)
    await _change(connection, _COUNTED_ANEW, partition, _all_of(run), counts)


async def _retracted(connection: Connection, partition: int, run: Sequence[Applied], counts: Counts) -> None:
    notes = [
        (partition, item.seq, item.index, "retracting" if item.parked is None else "retracted", *said)
        for e, at, _ in run
        for said in [(e.retraction_id, e.reason, e.note, at.actor, e.corrected, at.recorded_at)]
        for item in e.items
    ]
    await connection.executemany(_NOTE, notes)
    await _change(connection, _RETRACT, partition, _all_of(run), counts)


async def _restored(connection: Connection, partition: int, run: Sequence[Applied], counts: Counts) -> None:
    statuses = [
        (partition, item.seq, item.index, "restoring" if item.parked is None else "restored", None, at.recorded_at)
        for event, at, _ in run
        for item in event.items
    ]
    await connection.executemany(_STATUS, statuses)
    await _change(connection, _UNDO, partition, _all_of(run), counts)


async def _returned(connection: Connection, partition: int, run: Sequence[Applied], counts: Counts) -> None:
    was = [(partition, event.seq, index, reason) for event, _, _ in run for index, reason in event.retracted]
    await connection.executemany(_WAS, was)


async def _settled(connection: Connection, partition: int, run: Sequence[Applied], counts: Counts) -> None:
    """What rating refused is undone: a record that it could not take out counts, one it could not put back does not."""
    reasons = {(seq, index): reason for event, _, _ in run for seq, index, reason in event.refused}
    waiting = await connection.fetchmany(_OPEN, _keys(partition, _all_of(run)))
    statuses: list[tuple[int, int, int, str, str | None, None]] = []
    undone: dict[str, list[tuple[int, int]]] = {_UNDO: [], _RETRACT: []}
    for row in waiting:
        place, was_retracting = (row["seq"], row["index"]), row["status"] == "retracting"
        if place in reasons:
            undone[_UNDO if was_retracting else _RETRACT].append(place)
            status = "refused" if was_retracting else "retracted"
        else:
            status = "retracted" if was_retracting else "restored"
        statuses.append((partition, *place, status, reasons.get(place), None))
    await connection.executemany(_STATUS, statuses)
    for statement, concerned in undone.items():
        if concerned:
            await _change(connection, statement, partition, concerned, counts)


_WRITES: Final[Mapping[Any, Callable[[Connection, int, Sequence[Applied], Counts], Awaitable[None]]]] = {
    UsageRecorded: _corrected,
    UsageRetracted: _retracted,
    UsageRestored: _restored,
    RetractionSettled: _settled,
    UsageReturned: _returned,
}


async def _change(
    connection: Connection, statement: str, partition: int, places: Sequence[tuple[int, int]], counts: Counts
) -> None:
    """Change the rows, and the counts of their hours."""
    row: Any
    for row in await connection.fetchmany(statement, _keys(partition, places)):
        hour, quantity = hour_of(row["started_at"]), int(row["quantity"])
        add_count(counts, hour, row["meter"], row["before"], row["before_reason"], -1, -quantity)
        add_count(counts, hour, row["meter"], row["after"], row["after_reason"], 1, quantity)


def _keys(partition: int, places: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Of each record once: its count is to change once."""
    return [(partition, *place) for place in dict.fromkeys(places)]
