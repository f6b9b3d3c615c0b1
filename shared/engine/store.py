"""The Postgres side of a partition: one transaction per batch, guarded by compare-and-set on the checkpoint.

Postgres follows the log. A batch that somebody else has applied already changes nothing and ends the process
(`AppliedElsewhere`): the partition has a new owner. Where the tables themselves were exchanged for a new build
(`GenerationMoved`), the partition is taken over again, in place. Where an older backup was put in their place, or
another server, nothing that was read since is decided upon (`TablesPutBack`): the process ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from typing import Final

from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.engine.transaction_outcome import Finding
from shared.kernel.decider import Due, Home, State
from shared.kernel.outcome import CommandFaulted, CommandRejected
from shared.kernel.unit_of_work import States
from shared.kernel.wire import write

RESULT_DAYS: Final = timedelta(days=35)


class AppliedElsewhere(Exception):
    """The checkpoint has moved under us: this process no longer owns the partition."""


class TablesPutBack(Exception):
    """The tables are not those that the partition was taken over with: what was read of them may be of earlier days."""


class GenerationMoved(Exception):
    """The tables this process works on are no longer shown: a rebuild has put others in their place."""


@dataclass
class Checkpoint:
    """How far a partition of our own events is applied; see system.sql for each field."""

    next_offset: int = 0
    next_seq: int = 1
    last_event_id: str | None = None
    recorded_at: datetime | None = None
    inputs: dict[str, tuple[int, int]] = field(default_factory=dict)
    watermarks: dict[int, datetime] = field(default_factory=dict)


async def started_at(connection: Connection) -> datetime:
    """When the server of the tables was started."""
    moment: datetime = await connection.fetchval("select pg_postmaster_start_time()")
    return moment


@dataclass(frozen=True)
class CheckpointStore:
    """The checkpoint row of one topic's partition in one generation."""

    gen: int
    topic: str
    partition: int

    async def read(self, connection: Connection) -> Checkpoint:
        """The row, made on first sight. Raises `GenerationMoved` if the generation is not the one that is shown."""
        # The lock keeps a rebuild from going over in between: a row made for tables that are gone would stand at 0.
        await connection.execute(
            """insert into meterlog.checkpoint (gen, topic, partition)
               select gen, $2, $3 from meterlog.generation where gen = $1 and active for share
               on conflict do nothing""",
            *self._key,
        )
        row = await connection.fetchrow(
            "select * from meterlog.checkpoint where gen = $1 and topic = $2 and partition = $3", *self._key
        )
        if row is None:
            raise GenerationMoved(f"{self.topic}/{self.partition}: generation {self.gen} is no longer shown")
        return Checkpoint(
            next_offset=row["next_offset"],
            next_seq=row["next_seq"],
            last_event_id=row["last_event_id"],
            recorded_at=row["recorded_at"],
            inputs={topic: (at[0], at[1]) for topic, at in json.loads(row["inputs"]).items()},
            watermarks={int(s): datetime.fromisoformat(t) for s, t in json.loads(row["watermarks"]).items()},
        )

    async def move(self, connection: Connection, old: Checkpoint, new: Checkpoint, *, reference: bool) -> None:
        """Compare and set. Raises `AppliedElsewhere` if the row is elsewhere, `GenerationMoved` if the tables are."""
        moved = await connection.fetchval(
            """update meterlog.checkpoint
                  set next_offset = $5, next_seq = $6::bigint, last_event_id = $7, recorded_at = $8, inputs = $9::jsonb,
                      watermarks = $10::jsonb, reference_seq = case when $11 then $6::bigint - 1 else reference_seq end
                where gen = $1 and topic = $2 and partition = $3 and next_offset = $4 returning 1""",
            *self._key,
            old.next_offset,
            new.next_offset,
            new.next_seq,
            new.last_event_id,
            new.recorded_at,
            json.dumps(new.inputs),
            json.dumps({s: t.isoformat() for s, t in new.watermarks.items()}),
            reference,
        )
        if moved is None:
            if not await connection.fetchval("select 1 from meterlog.generation where gen = $1", self.gen):
                raise GenerationMoved(f"{self.topic}/{self.partition}: generation {self.gen} is no longer shown")
            raise AppliedElsewhere(f"{self.topic}/{self.partition}: the checkpoint is no longer at {old.next_offset}")

    async def check(self, connection: Connection, *, since: datetime, written: Checkpoint) -> None:
        """Whether all that was read until now is of the tables that we write, and as new as what we wrote to them.

        A backup is put back with a start of the server, and a standby has started at another moment, so `since` tells
        both, also where this partition itself has not changed but those have whose states it reads. Raises
        `TablesPutBack`, or `GenerationMoved`.
        """
        row = await connection.fetchrow(
            """select pg_postmaster_start_time() as since, next_offset
                 from meterlog.checkpoint where gen = $1 and topic = $2 and partition = $3""",
            *self._key,
        )
        if row is None:
            raise GenerationMoved(f"{self.topic}/{self.partition}: generation {self.gen} is no longer shown")
        if row["since"] != since or row["next_offset"] < written.next_offset:
            raise TablesPutBack(
                f"{self.topic}/{self.partition}: the database was started anew or put back ({since} to {row['since']}, "
                f"offset {written.next_offset} to {row['next_offset']})"
            )

    async def finding(self, connection: Connection) -> Finding | None:
        """What an owner found of its predecessor's last transaction, that then died before all was closed."""
        row = await connection.fetchrow(
            "select producer_id, epoch, committed from meterlog.finding where topic = $1 and partition = $2",
            self.topic,
            self.partition,
        )
        return None if row is None else Finding(row["producer_id"], row["epoch"], row["committed"])

    async def find(self, connection: Connection, finding: Finding) -> None:
        await connection.execute(
            """insert into meterlog.finding (topic, partition, producer_id, epoch, committed)
               values ($1, $2, $3, $4, $5) on conflict (topic, partition) do update
               set producer_id = excluded.producer_id, epoch = excluded.epoch, committed = excluded.committed""",
            self.topic,
            self.partition,
            finding.producer_id,
            finding.epoch,
            finding.committed,
        )

    async def forget_finding(self, connection: Connection) -> None:
        await connection.execute(
            "delete from meterlog.finding where topic = $1 and partition = $2", self.topic, self.partition
        )

    @property
    def _key(self) -> tuple[int, str, int]:
        return self.gen, self.topic, self.partition


def touches_reference(states: States) -> bool:
    """Whether a state that other partitions read has changed."""
    return any(kind.HOME is not Home.OWN and changed for kind, changed in states.items())


Written = Mapping[type[State], tuple[int, int]]
"""Of each kind, how many states were written and how many bytes they are in all."""


async def write_states(connection: Connection, partition: int, states: States) -> Written:
    """Replace the states that changed, drop those that ended; timers likewise."""
    upserts: list[tuple[str, str, bytes]] = []
    written: dict[type[State], tuple[int, int]] = {}
    gone: list[tuple[str, str]] = []
    for kind, changed in states.items():
        if kind is Due:
            await _write_timers(connection, partition, changed)
        elif kind.STORED:
            name, first = kind.__name__, len(upserts)
            gone += [(name, key) for key, state in changed.items() if state is None]
            upserts += [(name, key, write(state)) for key, state in changed.items() if state is not None]
            if len(upserts) > first:
                written[kind] = len(upserts) - first, sum([len(body) for _, _, body in upserts[first:]])
    if upserts:
        await connection.execute(
            """insert into state (partition, kind, key, body)
               select $1, * from unnest($2::text[], $3::text[], $4::bytea[])
               on conflict (partition, kind, key) do update set body = excluded.body""",
            partition,
            *map(list, zip(*upserts, strict=True)),
        )
    if gone:
        await connection.execute(
            """delete from state d using unnest($2::text[], $3::text[]) as g(kind, key)
                where d.partition = $1 and d.kind = g.kind and d.key = g.key""",
            partition,
            *map(list, zip(*gone, strict=True)),
        )
    return written


async def _write_timers(connection: Connection, partition: int, timers: Mapping[str, State | None]) -> None:
    gone = [name for name, timer in timers.items() if timer is None]
    if gone:
        await connection.execute("delete from due where partition = $1 and name = any($2::text[])", partition, gone)
    rows = [(t.name, t.gate, t.due_at, t.command_type, bytes(t.command)) for t in timers.values() if isinstance(t, Due)]
    if rows:
        await connection.execute(
            """insert into due (partition, name, gate, due_at, command_type, command)
               select $1, * from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::bytea[])
               on conflict (partition, name) do update set gate = excluded.gate, due_at = excluded.due_at,
               command_type = excluded.command_type, command = excluded.command""",
            partition,
            *map(list, zip(*rows, strict=True)),
        )


async def write_results(
    connection: Connection, partition: int, batch: Sequence[Applied], *, since: datetime | None
) -> None:
    """What became of each command, from its events alone; the last event of a command says where it got to.

    The subject is that of the first event of its last decision. Results are dropped after `RESULT_DAYS`, counted in the
    log's own days (UTC), the first of which is that of the event before this batch, recorded at `since`. Each day is
    written for itself, so that a replay in other batches leaves the same rows.
    """
    day = None if since is None else since.date()
    for next_day, events in groupby(batch, lambda applied: applied.envelope.recorded_at.date()):
        if day is not None and next_day > day:
            await connection.execute(
                "delete from command_result where partition = $1 and recorded_at < $2",
                partition,
                datetime.combine(next_day - RESULT_DAYS, time(), UTC),
            )
        day = next_day
        await _write_results(connection, partition, list(events))


async def _write_results(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows = list(_results(batch))
    if rows:
        await connection.execute(
            """insert into command_result as r (partition, command_id, status, final, seq, subject, code, detail,
                                                pointer, http_status, recorded_at)
               select $1, * from unnest($2::text[], $3::text[], $4::boolean[], $5::bigint[], $6::text[], $7::text[],
                                        $8::text[], $9::text[], $10::int[], $11::timestamptz[])
               on conflict (command_id, partition) do update set status = excluded.status, final = excluded.final,
                 seq = excluded.seq, code = excluded.code, detail = excluded.detail,
                 pointer = excluded.pointer, http_status = excluded.http_status, recorded_at = excluded.recorded_at,
                 subject = case r.status when 'done' then r.subject else excluded.subject end""",
            partition,
            *map(list, zip(*rows, strict=True)),
        )


def _results(batch: Sequence[Applied]) -> Iterable[tuple[object, ...]]:
    by_command: dict[str, list[Applied]] = {}
    for applied in batch:
        if applied.envelope.command_id is not None:
            by_command.setdefault(applied.envelope.command_id, []).append(applied)
    for command_id, caused in by_command.items():
        first = last = caused[0]
        for applied in caused[1:]:
            if isinstance(last.event, CommandRejected | CommandFaulted):
                first = applied  # sent again, and decided again
            last = applied
        where = (last.envelope.seq, first.envelope.subject)
        at = last.envelope.recorded_at
        match last.event:
            case CommandRejected() as no:
                yield (command_id, "refused", no.final, *where, no.code, no.detail, no.pointer, no.status, at)
            case CommandFaulted() as bug:
                yield (command_id, "faulted", False, *where, "fault", bug.error, None, 500, at)
            case _:
                yield (command_id, "done", True, *where, None, None, None, None, at)
