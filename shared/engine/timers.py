"""Open timers of a partition: sent to its own commands once their gate has reached them.

A timer's command id is derived from its name and instant, so that firing it twice (a crash, a slow owner) is one
command. It is sent again until its decider has closed it: after 5 seconds, 10, 20, and from then on every 5 minutes,
for what stays open is refused, as behind a parked account. Once a queue of parked inputs is empty all are sent at once.
Where very many are due at one midnight, no more are sent than can be decided before they would be sent again, and each
sweep begins behind the last one: from the first timer on it looks every 5 seconds, or where one before that was set.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Final, NamedTuple

import asyncpg
from aiokafka import AIOKafkaProducer, TopicPartition

from shared.engine.failpoints import failpoint
from shared.engine.log import Log
from shared.engine.postgres import Connection, Pool
from shared.engine.sent_together import Record, send_together
from shared.engine.service import Service
from shared.kernel.decider import Due
from shared.kernel.envelope import Envelope, format_instant, to_headers
from shared.kernel.ids import derive
from shared.kernel.outcome import Parking
from shared.kernel.unit_of_work import States

# How many timers one sweep sends; the next sweep takes the next ones.
SWEEP = 500
# How many may be on their way, decided by nobody yet: a partition decides some 300 a second on a busy machine, and what
# waits for longer than `SEND_AGAIN_S` is sent a second time, which costs as much as the first.
ON_THE_WAY_MAX = 1_000
SEND_AGAIN_S = 5.0
SEND_AGAIN_MAX_S = 300.0
# What the causation of a timer's command begins with.
DUE = "due/"


# The first of each gate, from the index: to group them would read every timer of the partition with each batch.
NEXT_OF_EACH_GATE = """
with recursive gates as (
    select min(gate) as gate from due where partition = $1
    union all
    select (select min(gate) from due where partition = $1 and gate > g.gate) from gates g where g.gate is not null)
select g.gate, (select min(due_at) from due d where d.partition = $1 and d.gate = g.gate) as next
  from gates g where g.gate is not null
"""


DUE_OF_A_GATE: Final = """
select name, due_at, command_type, command from due
 where partition = $1 and gate = $2 and due_at <= $3 and (due_at, name) > ($4, $5) order by due_at, name limit $6
"""
BEFORE_ALL: Final = datetime(1, 1, 1, tzinfo=UTC), ""
"""An instant and a name before those of every timer."""


class _Swept(NamedTuple):
    """All timers up to this one have been looked at, from the first on since the moment `since`."""

    due_at: datetime
    name: str
    since: float


class _Sent(NamedTuple):
    """When a timer of that instant was sent last, and how long it is left alone since."""

    due_at: datetime
    at: float
    pause_s: float


class Timers:
    """The `due` rows of one partition, looked at only when something in them can have become due."""

    def __init__(self, service: Service, partition: int, kafka: Log, producer: AIOKafkaProducer) -> None:
        self._service = service
        self._partition = partition
        self._kafka = kafka
        self._producer = producer
        self._next: dict[str, datetime] = {}
        self._sent: dict[str, _Sent] = {}
        self._undecided: dict[str, float] = {}
        self._swept: dict[str, _Swept] = {}
        self._went_back = 0
        self._stale = True

    def decided(self, states: States) -> None:
        """A batch is in the log: those that it closed are on their way no more, before the tables have it."""
        for name in states.get(Due, {}):
            self._undecided.pop(name, None)

    def changed(self, states: States) -> None:
        """A batch has been written; look again if timers were among its states."""
        if states.get(Due):
            self._stale = True
            for name, timer in states[Due].items():
                self._sent.pop(name, None)
                self._undecided.pop(name, None)
                if isinstance(timer, Due):
                    self._set(timer)
        if None in states.get(Parking, {}).values():
            self._sent.clear()
            self._undecided.clear()
            self._go_back()

    async def refresh(self, connection: Connection) -> None:
        # Before the question: what is written while it is answered is looked at again.
        self._stale = False
        rows = await connection.fetch(NEXT_OF_EACH_GATE, self._partition)
        self._next = {row["gate"]: row["next"] for row in rows}

    def pending(self, *, now: datetime, watermark: datetime | None) -> bool:
        """Whether a timer is due that has not been closed yet."""
        return self._stale or any(self._reached(gate, due_at, now, watermark) for gate, due_at in self._next.items())

    def next_due(self, *, gate: str | None = None) -> datetime | None:
        """The earliest instant at which anything can become due, behind one gate or any."""
        return min((at for g, at in self._next.items() if gate in (None, g)), default=None)

    async def fire(self, pool: Pool, *, now: datetime, watermark: datetime | None) -> None:
        if self._stale:
            async with pool.acquire() as connection:
                await self.refresh(connection)
        for gate, due_at in list(self._next.items()):
            if self._reached(gate, due_at, now, watermark):
                limit = now if gate == "clock" else watermark
                assert limit is not None
                await self._sweep(pool, gate, limit)

    @staticmethod
    def _reached(gate: str, due_at: datetime, now: datetime, watermark: datetime | None) -> bool:
        if gate == "clock":
            return due_at <= now
        return watermark is not None and due_at <= watermark

    def _set(self, timer: Due) -> None:
        """A timer that was set before where its gate has been swept to is not behind it."""
        swept = self._swept.get(timer.gate)
        if swept is not None and (timer.due_at, timer.name) <= (swept.due_at, swept.name):
            self._go_back()

    def _go_back(self) -> None:
        """The next sweeps begin with the first timer, also where one is on its way now."""
        self._swept.clear()
        self._went_back += 1

    async def _sweep(self, pool: Pool, gate: str, limit: datetime) -> None:
        moment = time.monotonic()
        on_the_way = sum(moment - at < SEND_AGAIN_S for at in self._undecided.values())
        room = min(SWEEP, ON_THE_WAY_MAX - on_the_way)
        if room <= 0:
            return
        swept = self._swept.get(gate)
        if swept is None or moment - swept.since >= SEND_AGAIN_S:
            swept = _Swept(*BEFORE_ALL, moment)
        went_back, known = self._went_back, len(self._sent) if swept[:2] == BEFORE_ALL else 0
        behind = (swept.due_at, swept.name)
        async with pool.acquire() as connection:
            rows = await connection.fetch(DUE_OF_A_GATE, self._partition, gate, limit, *behind, room + known)
        failpoint("timers_due")
        records: list[Record] = []
        for row in rows:
            swept = _Swept(row["due_at"], row["name"], swept.since)
            last = self._sent.get(row["name"])
            if last is not None and last.due_at != row["due_at"]:
                last = None
            if last is not None and moment - last.at < last.pause_s:
                continue
            pause_s = SEND_AGAIN_S if last is None else min(2 * last.pause_s, SEND_AGAIN_MAX_S)
            self._sent[row["name"]] = _Sent(row["due_at"], moment, pause_s)
            self._undecided[row["name"]] = moment
            records.append(self._record(row))
            if len(records) == room:
                break
        if went_back == self._went_back:
            self._swept[gate] = swept
        place = TopicPartition(self._kafka.topic(f"{self._service.name}.commands"), self._partition)
        sent = await send_together(self._producer, place, records)
        await asyncio.gather(*sent.futures)
        failpoint("timers_sent")

    def _record(self, row: asyncpg.Record) -> Record:
        command_id = derive("due", row["name"], format_instant(row["due_at"]))
        envelope = Envelope(
            env=self._kafka.env,
            service=self._service.name,
            partition=self._partition,
            type=row["command_type"],
            recorded_at=row["due_at"],
            subject=row["name"],
            causation_id=f"{DUE}{row['name']}",
            correlation_id=command_id,
            actor="timer",
            command_id=command_id,
        )
        return Record(row["name"].encode(), row["command"], to_headers(envelope))
