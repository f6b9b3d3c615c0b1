"""A service process: `run(SERVICE, serve=Server)` is the last line of every `app.py`.

Worker, HTTP API and background tasks share one event loop. The process is crash-only: what it cannot answer for ends
it at once, and the supervisor starts it again. SIGTERM ends it in order, within 10 seconds: no new requests, the batch
in flight finished, the group left, clients closed.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import asyncpg
import structlog
import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from shared.engine.background import Background, Feed
from shared.engine.catching_up import CatchingUp
from shared.engine.changes import Changes
from shared.engine.clock import Clock
from shared.engine.generation import Generation, definition_hash, prepare, shown
from shared.engine.groups import Groups
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.logging import configure_logging
from shared.engine.logs import Logs
from shared.engine.membership import Membership, client_id_of
from shared.engine.ownership import Ownership, Partition
from shared.engine.postgres import AWAY, Pool, api_pool, worker_connections, worker_pool
from shared.engine.process_exit import die
from shared.engine.process_memory import ProcessMemory, give_memory_back
from shared.engine.projector import Projector
from shared.engine.service import Service, Spec, ViewService
from shared.engine.settings import Settings
from shared.engine.startup import servers_up
from shared.engine.store import TablesPutBack, started_at
from shared.engine.takeover import LogLost, PoisonedEvent
from shared.engine.transaction_outcome import TransactionHangs
from shared.engine.worker import Worker
from shared.kernel.envelope import format_instant
from shared.kernel.sequence_gap import SequenceGap

log = structlog.get_logger()

# Steps 8 and 9 may take 23 s together, and a takeover looks around while it replays; a partition that has not looked
# around for longer is stuck.
WATCHDOG_S = 30.0
# How soon a process that has nothing to do goes over to tables that were rebuilt.
LOOK_AT_GENERATION_S = 1.0
# How soon a process notices that it has lost its place in the group.
ATTEND_EVERY_S = 1.0
SHUTDOWN_S = 9.5


class Server(Protocol):
    """What answers requests while the process runs: shared/http/server.py."""

    async def start(self) -> int: ...
    async def stop(self) -> None: ...


def run(spec: Spec, *, serve: Callable[[Runtime], Server]) -> None:
    """Run a service until SIGTERM or SIGINT; does not return before everything is closed."""
    # What was imported stays: no collection has to look through it.
    gc.freeze()
    gc.enable()
    settings = Settings()
    configure_logging(settings, service=spec.name)
    uvloop.run(_main(spec, settings, serve))


async def _main(spec: Spec, settings: Settings, serve: Callable[[Runtime], Server]) -> None:
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    runtime = await Runtime.start(spec, settings, serve)
    try:
        await stop.wait()
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SHUTDOWN_S):
                await runtime.stop()


@dataclass
class Runtime:
    """What a running service process is made of."""

    service: Spec
    settings: Settings
    kafka: Log
    clock: Clock
    generation: Generation
    pool: Pool
    worker_pool: Pool
    log_offsets: LogOffsets
    groups: Groups
    producer: AIOKafkaProducer
    tables_since: datetime
    definition: str
    """Of this version's tables (`definition_hash`)."""
    memory: ProcessMemory = field(init=False)
    ownership: Ownership = field(init=False)
    membership: Membership = field(init=False)
    server: Server = field(init=False)
    catching_up: CatchingUp = field(init=False)
    background: list[asyncio.Task[None]] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    feeds: dict[str, Feed | None] = field(default_factory=dict)
    """What this process takes besides the inputs of its partitions; background tasks add themselves."""
    stopped: threading.Event = field(default_factory=threading.Event)

    @classmethod
    async def start(cls, spec: Spec, settings: Settings, serve: Callable[[Runtime], Server]) -> Runtime:
        runtime = await cls._connected(spec, settings)
        runtime._join_group()
        logs = Logs(runtime.kafka, runtime.log_offsets, runtime.groups)
        runtime.catching_up = CatchingUp(spec, runtime.pool, logs, partitions=settings.partitions)
        runtime.server = serve(runtime)
        try:
            await runtime.catching_up.begin()
            await runtime.server.start()
            await runtime.ownership.start()
        except BaseException:
            await runtime.stop()
            raise
        background = (_attend, _follow_tables, *spec.background)
        runtime.background = [asyncio.create_task(_guarded(task, runtime)) for task in background]
        _watch(runtime)
        _collect_garbage_seldom()
        give_memory_back()
        return runtime

    @classmethod
    async def _connected(cls, spec: Spec, settings: Settings) -> Runtime:
        """With log and database, and nothing of its own yet."""
        kafka = Log(settings)
        dsn = settings.postgres_dsn_of(spec.name)
        generation = await prepare(dsn, spec, settings)
        await servers_up(settings, spec.uses)
        path = generation.search_path
        idle_s = settings.connection_idle_s
        async with contextlib.AsyncExitStack() as opened:
            clock = Clock(kafka, test=settings.test_clock)
            await clock.start()
            opened.push_async_callback(clock.stop)
            size = worker_connections(settings.partitions)
            workers = await worker_pool(dsn, search_path=path, size=size, idle_s=idle_s)
            opened.push_async_callback(workers.close)
            async with workers.acquire() as connection:
                tables_since = await started_at(connection)
            producer = await kafka.idempotent_producer()
            opened.push_async_callback(producer.stop)
            log_offsets = LogOffsets(kafka)
            await log_offsets.start()
            opened.push_async_callback(log_offsets.stop)
            runtime = cls(
                service=spec,
                settings=settings,
                kafka=kafka,
                clock=clock,
                generation=generation,
                pool=await api_pool(dsn, search_path=path, idle_s=idle_s, since=tables_since),
                worker_pool=workers,
                log_offsets=log_offsets,
                groups=Groups(kafka),
                producer=producer,
                tables_since=tables_since,
                definition=definition_hash(spec),
            )
            # From here on it is closed by `stop`.
            opened.pop_all()
            return runtime

    def _join_group(self) -> None:
        """Its partitions come from the group of the service's commands."""
        name = self.service.name
        self.clock.on_change(self._clock_changed)
        client_id = client_id_of(self.settings, name)
        self.memory = ProcessMemory(
            cache_bytes=self.settings.state_cache_mb * 1_000_000, owned=lambda: len(self.ownership.workers)
        )
        self.ownership = Ownership(
            kafka=self.kafka,
            service=name,
            make=self._partition,
            look_again=self._look_again,
            fatal=die,
            stays_alive=(PoisonedEvent, LogLost, SequenceGap, TransactionHangs),
            client_id=client_id,
        )
        self.membership = Membership(
            self.groups,
            name,
            f"{name}.commands",
            client_id,
            working_on=lambda: self.ownership.workers,
            partitions=self.settings.partitions,
        )

    async def stop(self) -> None:
        # From here on SHUTDOWN_S is the limit, not the watchdog's.
        self.stopped.set()
        await self.server.stop()
        await self.catching_up.stop()
        for task in self.background:
            task.cancel()
        await asyncio.gather(*self.background, return_exceptions=True)
        await self.ownership.stop()
        await self.clock.stop()
        await self.producer.stop()
        await self.log_offsets.stop()
        await self.groups.stop()
        await self.pool.close()
        await self.worker_pool.close()

    @property
    def owned(self) -> frozenset[int]:
        """The partitions that this process works on now."""
        return frozenset(n for n, worker in self.ownership.workers.items() if worker.ready)

    def caught_up(self) -> bool:
        """Whether requests may be answered from the tables."""
        return self.catching_up.done

    def ready(self) -> tuple[bool, str]:
        """Whether every partition assigned to this process is being worked on, and what is wrong if not. A process that
        has none is ready only as a standby, where others have all of them."""
        if not self.ownership.joined:
            return False, "joining the group"
        for worker in self.ownership.workers.values():
            if worker.trouble:
                return False, worker.trouble
            if not worker.ready:
                return False, f"taking over partition {worker.partition}"
        for name in self.service.feeds:
            is_well, why = self._feed_standing(name)
            if not is_well:
                return False, why
        return self.membership.standing()

    def _feed_standing(self, name: str) -> tuple[bool, str]:
        if name not in self.feeds:
            return False, f"starting {name}"
        feed = self.feeds[name]
        return (True, "") if feed is None else feed.standing()

    async def progress(self) -> dict[str, Any]:
        """How far this process has come: what the clock's `advance` and readiness look at."""
        workers = list(self.ownership.workers.values())
        feeds = [feed for feed in self.feeds.values() if feed is not None]
        reading: list[Partition | Feed] = [*(worker for worker in workers if worker.ready), *feeds]
        lags = await asyncio.gather(*(part.lag() for part in reading))
        settled = False
        # What another replica owns, or nobody does during a rebalance, can't be vouched for from here.
        whole = self.ownership.joined and len(workers) == self.settings.partitions
        whole = whole and self.feeds.keys() == set(self.service.feeds)
        if whole and all(worker.ready for worker in workers) and sum(lags) == 0 and self._background_settled():
            settled = all(await asyncio.gather(*(part.settled() for part in reading)))
        next_due = min((due for due in (w.next_due() for w in workers) if due), default=None)
        return {
            "service": self.service.name,
            "now": format_instant(self.clock.now()),
            "clock": self.clock.offset,
            "next_due": format_instant(next_due) if next_due else None,
            "idle": settled,
            "activity": sum(worker.activity for worker in workers),
            "lag": sum(lags),
            "partitions": sorted(self.ownership.workers),
        }

    def _background_settled(self) -> bool:
        return all(not task.done() for task in self.background)

    def _clock_changed(self) -> None:
        """Timers may be due in partitions that are waiting for messages."""
        for worker in self.ownership.workers.values():
            worker.nudge()

    async def _look_again(self) -> None:
        """Note which generation is shown. Raises `RebuildNeeded` if this version would have made other tables."""
        async with self.worker_pool.acquire() as connection:
            self.generation = await shown(connection, self.service, definition=self.definition)

    async def _check_tables(self) -> None:
        """Raises `TablesPutBack` where the database was started anew: it may be an older backup or another server."""
        async with self.worker_pool.acquire() as connection:
            since = await started_at(connection)
        if since != self.tables_since:
            raise TablesPutBack(f"the database of {self.service.name} was started anew at {since}")

    def _partition(self, partition: int, commands: AIOKafkaConsumer) -> Partition:
        if isinstance(self.service, ViewService):
            return Projector(
                service=self.service,
                partition=partition,
                gen=self.generation.number,
                kafka=self.kafka,
                pool=self.worker_pool,
                log_offsets=self.log_offsets,
                memory=self.memory,
                applied=self.changes.note,
            )
        assert isinstance(self.service, Service)
        return Worker(
            service=self.service,
            partition=partition,
            gen=self.generation.number,
            kafka=self.kafka,
            pool=self.worker_pool,
            clock=self.clock,
            commands=commands,
            timer_producer=self.producer,
            log_offsets=self.log_offsets,
            memory=self.memory,
            applied=self.changes.note,
        )


async def _attend(runtime: Runtime) -> None:
    """Whether this process owns partitions or not: it stays a member of its group, or ends. See membership.py."""
    while True:
        await runtime.ownership.attend()
        await runtime.membership.look()
        if runtime.membership.standing()[0]:
            await asyncio.sleep(ATTEND_EVERY_S)
        else:
            await asyncio.sleep(ATTEND_EVERY_S / 10)


async def _follow_tables(runtime: Runtime) -> None:
    """Go over to rebuilt tables without waiting for the next batch to find out; leave if another version made them, or
    if they were put back: whoever takes over brings them to where the log is."""
    while True:
        await asyncio.sleep(LOOK_AT_GENERATION_S)
        try:
            await runtime._look_again()
            await runtime._check_tables()
            runtime.ownership.go_over_to(runtime.generation.number)
        except (*AWAY, asyncpg.PostgresError) as error:
            # The database is away: whoever needs it for more than a look will say so.
            log.warning("generation_unreadable", error=repr(error))


async def _guarded(task: Background | Callable[[Runtime], Awaitable[None]], runtime: Runtime) -> None:
    """A background task that fails takes the process with it: its supervisor starts both again."""
    try:
        await task(runtime)
    except asyncio.CancelledError as cancelled:
        if not runtime.stopped.is_set():
            # Nobody asked for it: a client of ours has passed on a cancellation of its own.
            die(cancelled)
        raise
    except BaseException as error:
        die(error)


def _collect_garbage_seldom() -> None:
    """A batch makes tens of thousands of small objects, none of them in a cycle: at Python's own pace, looking through
    them for cycles is a tenth of a record's cost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _watch(runtime: Runtime) -> None:
    """A thread, so that it also sees an event loop that no longer turns. It ends with the runtime."""
    beat = [time.monotonic()]
    loop = asyncio.get_running_loop()

    def tick() -> None:
        beat[0] = time.monotonic()
        if not runtime.stopped.is_set():
            loop.call_later(1.0, tick)

    def watch() -> None:
        while not runtime.stopped.wait(1.0):
            now = time.monotonic()
            beats = [beat[0], *(w.beat for w in list(runtime.ownership.workers.values()) if not w.trouble)]
            if now - min(beats) > WATCHDOG_S:
                log.error("watchdog_gave_up", stale_s=round(now - min(beats), 1))
                os._exit(71)

    tick()
    threading.Thread(target=watch, name="watchdog", daemon=True).start()
