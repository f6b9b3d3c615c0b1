"""The order of a verification and of a rebuild, for one service. Nobody is stopped for either.

    job = RebuildJob(settings, spec, watch=print)
    proof = await job.verify()                              # builds, compares, drops the build
    proof = await job.rebuild(accept_difference=False)      # builds, compares, shows the build if it is the same

What is compared stands at the same offsets: a snapshot of the shown tables holds the checkpoint of that same instant,
for rows and checkpoint move in one transaction, and the build is brought exactly there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.engine.generation import add_indexes, prepared
from shared.engine.log import Log
from shared.engine.postgres import Connection
from shared.engine.rebuild import shadow
from shared.engine.rebuild.comparison import compared, snapshot
from shared.engine.rebuild.digest import quoted, tables_of
from shared.engine.rebuild.log_partitions import LogPartition, log_partitions_of
from shared.engine.rebuild.proof import Proof, keep
from shared.engine.rebuild.shadow import Build, Reached
from shared.engine.rebuild.worker_pool import ALONE_BELOW, WorkerPool
from shared.engine.service import Spec
from shared.engine.settings import Settings

# Arbitrary, the same in every process: one verification or rebuild of a database at a time.
_JOB_LOCK: Final = 7_316_651
PROCESSES: Final = 2
# What is left may be caught up while the service waits; it waits 15 s and then gives up.
CLOSE: Final = 500
ROUNDS_MAX: Final = 20
HELD_S: Final = 8.0
TRIES: Final = 5
LOOK_EVERY_S: Final = 0.25


class AnotherRuns(Exception):
    """Somebody else verifies or rebuilds this service at this moment."""


class NotShown(Exception):
    """The service wrote faster than the build could follow, or a reader held the tables: nothing was changed."""


@dataclass(frozen=True)
class Step:
    """Where a job is. `done` of `total` offsets in this phase."""

    service: str
    phase: Literal["load", "follow", "prove", "show"]
    done: int = 0
    total: int = 0


Watch = Callable[[Step], None]


class RebuildJob:
    """One service of one installation. Each method is a whole job."""

    def __init__(
        self,
        settings: Settings,
        spec: Spec,
        *,
        processes: int = PROCESSES,
        command: Sequence[str] = (),
        alone_below: int = ALONE_BELOW,
        watch: Watch = lambda step: None,
    ) -> None:
        """`command` starts a process that builds; without one everything is built in this one."""
        self._settings = settings
        self._spec = spec
        self._dsn = settings.postgres_dsn_of(spec.name)
        self._kafka = Log(settings)
        self._log_partitions = log_partitions_of(spec, partitions=settings.partitions)
        self._workers = WorkerPool(spec, settings, processes=processes, command=command, alone_below=alone_below)
        self._watch = watch
        self._control: Connection
        self._reader: AIOKafkaConsumer

    async def verify(self) -> Proof:
        """Build, compare, drop the build."""
        started = time.monotonic()
        async with self._opened():
            build = await self._loaded()
            proof = await self._proven(build, "verify", started)
            await shadow.drop(self._control, build.generation)
            await keep(self._control, proof)
            return proof

    async def rebuild(self, *, accept_difference: bool = False) -> Proof:
        """Build, compare, and show the build where it is the same, or where a difference is accepted.

        A build that differs and is not accepted is dropped; the tables that were shown stay.
        """
        started = time.monotonic()
        async with self._opened():
            build = await self._loaded()
            proof = await self._proven(build, "rebuild", started)
            if proof.equal is False and not accept_difference:
                await shadow.drop(self._control, build.generation)
            else:
                offsets = await self._shown(build)
                proof = replace(proof, shown=True, offsets=offsets, seconds=time.monotonic() - started)
            await keep(self._control, proof)
            return proof

    # -- load and follow ---------------------------------------------------------------------------------------------

    async def _loaded(self) -> Build:
        """A build that is close behind the shown tables, with its indexes."""
        build = await shadow.find_or_begin(self._control, self._spec, self._log_partitions)
        if build.resumed and await self._is_ahead(build):
            # The shown tables were put back to an earlier point; a build can't go back.
            await shadow.drop(self._control, build.generation)
            build = replace(await shadow.find_or_begin(self._control, self._spec, self._log_partitions), resumed=False)
        await self._advance(build, await self._targets(), "load")
        await add_indexes(self._control, build.generation, self._spec)
        for table in await tables_of(self._control, build.generation.schema):
            await self._control.execute(f"analyze {build.generation.schema}.{quoted(table.name)}")
        await self._follow(build)
        return build

    async def _follow(self, build: Build) -> None:
        for _ in range(ROUNDS_MAX):
            if await self._advance(build, await self._targets(), "follow") <= CLOSE:
                return
        raise NotShown(f"{self._spec.name} is written to faster than its tables can be built; try again in a calm hour")

    async def _is_ahead(self, build: Build) -> bool:
        until = await self._targets()
        at = await shadow.reached(self._control, build.generation.number)
        return any(
            at[log_partition].next_offset > until.get(log_partition, 0) for log_partition in self._log_partitions
        )

    async def _targets(self) -> dict[LogPartition, int]:
        """How far each partition is to be built: as far as the shown tables are, and no farther than the log goes.

        Tables that hold nothing at all, as in a database made anew, set no mark: then it is the log's end.
        """
        live = await shadow.reached(self._control, await self._live())
        ends = await self._ends()
        if not any(stand.next_offset for stand in live.values()):
            return ends
        return {
            log_partition: min(live.get(log_partition, Reached()).next_offset, ends[log_partition])
            for log_partition in self._log_partitions
        }

    async def _advance(self, build: Build, until: Mapping[LogPartition, int], phase: Literal["load", "follow"]) -> int:
        """Bring the build there; gives back how many offsets that were."""
        at = await shadow.reached(self._control, build.generation.number)
        todo = {
            log_partition: offset for log_partition, offset in until.items() if at[log_partition].next_offset < offset
        }
        longest_first = sorted(todo, key=lambda log_partition: at[log_partition].next_offset - todo[log_partition])
        left = sum(todo[log_partition] - at[log_partition].next_offset for log_partition in todo)
        if todo:
            wanted = {log_partition: todo[log_partition] for log_partition in longest_first}
            working = asyncio.create_task(self._workers.advance(build.generation.number, wanted, left=left))
            try:
                await self._watch_until(working, build, wanted, left, phase)
                await working
            finally:
                working.cancel()
                await asyncio.wait([working])
        return left

    async def _watch_until(
        self,
        working: asyncio.Task[None],
        build: Build,
        wanted: Mapping[LogPartition, int],
        left: int,
        phase: Literal["load", "follow"],
    ) -> None:
        """Tell how far it is, as the checkpoints say: the processes that build need not be asked."""
        while not working.done():
            at = await shadow.reached(self._control, build.generation.number)
            remaining = sum(max(0, offset - at[log_partition].next_offset) for log_partition, offset in wanted.items())
            self._watch(Step(self._spec.name, phase, left - remaining, left))
            await asyncio.wait([working], timeout=LOOK_EVERY_S)
        self._watch(Step(self._spec.name, phase, left, left))

    # -- prove -------------------------------------------------------------------------------------------------------

    async def _proven(self, build: Build, kind: Literal["verify", "rebuild"], started: float) -> Proof:
        self._watch(Step(self._spec.name, "prove"))

        async def bring(until: Mapping[LogPartition, int]) -> None:
            await self._advance(build, until, "follow")

        async with snapshot(self._dsn) as shown:
            found = await compared(
                shown,
                self._dsn,
                build,
                bring=bring,
                ask_ends=self._ends,
                spec=self._spec,
                log_partitions=self._log_partitions,
            )
        return Proof(
            service=self._spec.name,
            kind=kind,
            # What could not be compared is not verified; a rebuild is the very thing to do about it.
            equal=(found.equal is True and not found.not_compared) if kind == "verify" else found.equal,
            rows=found.rows,
            offsets=found.offsets,
            digest=found.digest,
            seconds=time.monotonic() - started,
            finished_at=datetime.now(UTC),
            generation=build.generation.number,
            resumed=build.resumed,
            why=found.why,
            tables=found.tables,
            not_compared=found.not_compared,
            differences=found.differences,
        )

    # -- go over -----------------------------------------------------------------------------------------------------

    async def _shown(self, build: Build) -> dict[str, int]:
        """Put the build in place of the shown tables; gives back the offsets at which that happened."""
        self._watch(Step(self._spec.name, "show"))
        for _ in range(TRIES):
            await self._follow(build)
            try:
                async with asyncio.timeout(HELD_S):
                    offsets = await self._go_over(build)
                await shadow.drop_former(self._control)
                return offsets
            except TimeoutError:
                continue
        raise NotShown(f"{self._spec.name}: the last events took longer than {HELD_S:g} s each time; try again")

    async def _go_over(self, build: Build) -> dict[str, int]:
        """While this holds the checkpoints, a batch of the service waits before its transaction and changes nothing."""
        holding: Connection = await asyncpg.connect(self._dsn)
        try:
            async with holding.transaction():
                former = await shadow.hold(holding)
                await self._advance(build, await self._targets(), "follow")
                stands = await shadow.reached(holding, build.generation.number)
                await shadow.older_readers_gone(self._control)
                await shadow.show(holding, build.generation, instead_of=former)
            return {str(log_partition): stands[log_partition].next_offset for log_partition in self._log_partitions}
        finally:
            await holding.close()

    # -- the installation --------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[None]:
        """Raises `AnotherRuns`. The lock goes with the connection, however this process ends."""
        async with prepared(self._dsn, self._spec, self._settings):
            pass
        self._control = await asyncpg.connect(self._dsn, server_settings={"application_name": "meterlog-rebuild"})
        try:
            if not await self._control.fetchval("select pg_try_advisory_lock($1)", _JOB_LOCK):
                raise AnotherRuns(f"{self._spec.name} is being verified or rebuilt by another command at this moment")
            await shadow.drop_former(self._control)
            self._reader = await self._kafka.reader()
            try:
                yield
            finally:
                await self._reader.stop()
        finally:
            await self._control.close()

    async def _live(self) -> int:
        number: int = await self._control.fetchval("select gen from meterlog.generation where active")
        return number

    async def _ends(self) -> dict[LogPartition, int]:
        """Where each partition ends, as far as it is committed."""
        places = {TopicPartition(self._kafka.topic(s.topic), s.partition): s for s in self._log_partitions}
        ends = await self._reader.end_offsets(list(places))
        return {places[tp]: end for tp, end in ends.items()}
