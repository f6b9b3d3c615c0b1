"""Records that were retracted, restored and corrected: what they are now, and what they were before.

UsageRetracted([(1842, 17)])         ->  usage/3/1842#17 is `retracted` (`corrected`, where another counts instead)
RetractionSettled(refused=[...])     ->  it is what it was before, and why
UsageRecorded(corrects=...)          ->  which one counts instead
UsageRestored([(1842, 17)])          ->  it is what it was before
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from services.reporting.usage_record.rows import Counts, add_count, count_hours, hour_of
from services.usage.quarantine.messages import UsageReturned
from services.usage.record.messages import UsageRecorded
from services.usage.retraction.messages import RetractionSettled, UsageRestored, UsageRetracted
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.kernel.envelope import Envelope

# What it was before is what it is now, unless it was retracted, refused and is retracted again.
_NOTE: Final = """
insert into usage_retraction as t (partition, seq, index, retraction_id, reason, note, actor, status, was_state,
                                   was_reason, corrected, retracted_at)
select r.partition, r.seq, r.index, $4, $5, $6, $7, x.status, r.state, r.reason, $8, $9
  from unnest($2::bigint[], $3::int[], $10::text[]) as x (seq, index, status)
  join usage_record r on r.partition = $1 and r.seq = x.seq and r.index = x.index
on conflict (partition, seq, index) do update
   set retraction_id = excluded.retraction_id, reason = excluded.reason, note = excluded.note, actor = excluded.actor,
       status = excluded.status, refusal = null, was_state = excluded.was_state, was_reason = excluded.was_reason,
       corrected = excluded.corrected, replaced_seq = null, replaced_by = null, retracted_at = excluded.retracted_at,
       restored_at = null
"""
_RETRACT: Final = """
update usage_record r set state = case when t.corrected then 'corrected' else 'retracted' end, reason = t.reason
  from usage_retraction t join unnest($2::bigint[], $3::int[]) as x (seq, index) on t.seq = x.seq and t.index = x.index
 where t.partition = $1 and r.partition = $1 and r.seq = t.seq and r.index = t.index
returning r.started_at, r.meter, r.quantity, t.was_state as before, t.was_reason as before_reason,
          r.state as after, r.reason as after_reason
"""
_UNDO: Final = """
update usage_record r set state = t.was_state, reason = t.was_reason
  from usage_retraction t join unnest($2::bigint[], $3::int[]) as x (seq, index) on t.seq = x.seq and t.index = x.index
 where t.partition = $1 and r.partition = $1 and r.seq = t.seq and r.index = t.index
returning r.started_at, r.meter, r.quantity, r.state as after, r.reason as after_reason,
          case when t.corrected then 'corrected' else 'retracted' end as before, t.reason as before_reason
"""
_STATUS: Final = """
update usage_retraction t set status = x.status, refusal = x.refusal, restored_at = coalesce($6, t.restored_at)
  from unnest($2::bigint[], $3::int[], $4::text[], $5::text[]) as x (seq, index, status, refusal)
 where t.partition = $1 and t.seq = x.seq and t.index = x.index
"""
_OPEN: Final = """
select t.seq, t.index, t.status from usage_retraction t
  join unnest($2::bigint[], $3::int[]) as x (seq, index) on t.seq = x.seq and t.index = x.index
 where t.partition = $1 and t.status in ('retracting', 'restoring')
"""
_REPLACED: Final = """
update usage_retraction set replaced_seq = $4, replaced_by = $5, corrected = true
 where partition = $1 and seq = $2 and index = $3
"""
# One that was retracted, and not corrected: restored, it counts for whoever has its resource by now.
_COUNTED_ANEW: Final = """
update usage_record r set state = 'corrected'
  from unnest($2::bigint[], $3::int[]) as x (seq, index)
 where r.partition = $1 and r.seq = x.seq and r.index = x.index and r.state = 'retracted'
returning r.started_at, r.meter, r.quantity, 'retracted' as before, r.reason as before_reason,
          r.state as after, r.reason as after_reason
"""
_WAS: Final = """
update usage_retraction set was_state = 'quarantined', was_reason = $4 where partition = $1 and seq = $2 and index = $3
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Behind the records of the batch: what is retracted may have been recorded in it, in a replay."""
    counts: Counts = {}
    for event, envelope, _ in batch:
        match event:
            case UsageRecorded():
                for index, place in event.corrects.items():
                    await connection.execute(_REPLACED, partition, *place, envelope.seq, index)
                if event.corrects:
                    places = _columns([*event.corrects.values()])
                    await _change(connection, _COUNTED_ANEW, partition, places, counts)
            case UsageRetracted():
                await _retracted(connection, partition, event, envelope, counts)
            case UsageRestored():
                await _restored(connection, partition, event, envelope, counts)
            case RetractionSettled():
                await _settled(connection, partition, event, counts)
            case UsageReturned():
                for index, reason in event.retracted:
                    await connection.execute(_WAS, partition, event.seq, index, reason)
    if counts:
        await count_hours(connection, partition, counts)


async def _retracted(
    connection: Connection, partition: int, event: UsageRetracted, envelope: Envelope, counts: Counts
) -> None:
    places = _columns([(item.seq, item.index) for item in event.items])
    said = (event.retraction_id, event.reason, event.note, envelope.actor, event.corrected, envelope.recorded_at)
    statuses = ["retracting" if item.parked is None else "retracted" for item in event.items]
    await connection.execute(_NOTE, partition, *places, *said, statuses)
    await _change(connection, _RETRACT, partition, places, counts)


async def _restored(
    connection: Connection, partition: int, event: UsageRestored, envelope: Envelope, counts: Counts
) -> None:
    places = _columns([(item.seq, item.index) for item in event.items])
    statuses = ["restoring" if item.parked is None else "restored" for item in event.items]
    nothing = [None] * len(statuses)
    await connection.execute(_STATUS, partition, *places, statuses, nothing, envelope.recorded_at)
    await _change(connection, _UNDO, partition, places, counts)


async def _settled(connection: Connection, partition: int, event: RetractionSettled, counts: Counts) -> None:
    """What rating refused is undone: a record that it could not take out counts, one it could not put back does not."""
    reasons = {(seq, index): reason for seq, index, reason in event.refused}
    waiting = await connection.fetch(_OPEN, partition, *_columns(event.places))
    statuses: list[str] = []
    undone: dict[str, list[tuple[int, int]]] = {_UNDO: [], _RETRACT: []}
    for row in waiting:
        place, was_retracting = (row["seq"], row["index"]), row["status"] == "retracting"
        if place in reasons:
            undone[_UNDO if was_retracting else _RETRACT].append(place)
            statuses.append("refused" if was_retracting else "retracted")
        else:
            statuses.append("retracted" if was_retracting else "restored")
    places = [(row["seq"], row["index"]) for row in waiting]
    refusals = [reasons.get(place) for place in places]
    await connection.execute(_STATUS, partition, *_columns(places), statuses, refusals, None)
    for statement, concerned in undone.items():
        if concerned:
            await _change(connection, statement, partition, _columns(concerned), counts)


async def _change(
    connection: Connection, statement: str, partition: int, places: tuple[list[int], list[int]], counts: Counts
) -> None:
    """Change the rows, and the counts of their hours."""
    row: Any
    for row in await connection.fetch(statement, partition, *places):
        hour, quantity = hour_of(row["started_at"]), int(row["quantity"])
        add_count(counts, hour, row["meter"], row["before"], row["before_reason"], -1, -quantity)
        add_count(counts, hour, row["meter"], row["after"], row["after_reason"], 1, quantity)


def _columns(places: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [seq for seq, _ in places], [index for _, index in places]
