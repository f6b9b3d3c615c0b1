"""Building with several processes: partitions are handed out, the longest first, to whoever is free.

    pool = WorkerPool(spec, settings, processes=2, command=("python", "-m", ...))
    await pool.advance(gen=8, until={LogPartition("rating.events", 3): 120, ...})

Folding events takes a whole core, so there is a process for each; a short build is done in this one instead, for a
process takes a second to start where it can't be forked off this one.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import msgspec

from shared.engine.environment import environment_of
from shared.engine.rebuild.forked import CAN_FORK, fork
from shared.engine.rebuild.log_partitions import LogPartition
from shared.engine.rebuild.worker_process import Answer, Job, advance, serve_channel
from shared.engine.service import Spec
from shared.engine.settings import Settings, variable_of_dsn
from shared.engine.takeover import LogLost, PoisonedEvent
from shared.kernel.sequence_gap import SequenceGap

# Here: while one waits for Postgres, or for its connections, the others go on.
_AT_ONCE: Final = 4
# So few offsets are not worth a process, even where each is a thousand records.
ALONE_BELOW: Final = 2_000
_KNOWN: Final = {kind.__name__: kind for kind in (LogLost, PoisonedEvent, SequenceGap)}


class WorkerFailed(Exception):
    """A process that builds ended, or met what it could not answer for."""


class WorkerPool:
    """Who advances a build."""

    def __init__(
        self,
        spec: Spec,
        settings: Settings,
        *,
        processes: int,
        command: Sequence[str],
        alone_below: int = ALONE_BELOW,
    ) -> None:
        """`command` starts a process that builds (worker_process.py); without one, or with no `processes`, all is built
        in this one. `alone_below`: how few offsets are in any case.
        """
        self._spec = spec
        self._settings = settings
        self._command = tuple(command)
        self._processes = processes if command else 0
        self._alone_below = alone_below

    async def advance(self, gen: int, until: Mapping[LogPartition, int], *, left: int) -> None:
        """Bring every partition to its offset; `left` is how many offsets that are in all."""
        jobs = deque(
            Job(gen, log_partition.topic, log_partition.partition, offset) for log_partition, offset in until.items()
        )
        alone = self._processes == 0 or left < self._alone_below
        workers = _AT_ONCE if alone else min(self._processes, len(jobs))
        tasks = [asyncio.create_task(self._here(jobs) if alone else self._with_a_process(jobs)) for _ in range(workers)]
        try:
            # The first to fail says why; a group would say that some have.
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _here(self, jobs: deque[Job]) -> None:
        while jobs:
            await advance(self._spec, self._settings, jobs.popleft())

    async def _with_a_process(self, jobs: deque[Job]) -> None:
        if CAN_FORK:
            await self._with_a_fork(jobs)
        else:
            await self._with_a_command(jobs)

    async def _with_a_fork(self, jobs: deque[Job]) -> None:
        forked = fork(partial(serve_channel, self._spec, self._settings))
        reader, writer = await asyncio.open_connection(sock=forked.channel)
        try:
            await _hand_out(jobs, reader, writer)
        finally:
            writer.close()
            forked.end()

    async def _with_a_command(self, jobs: deque[Job]) -> None:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=self._environment(),
        )
        assert process.stdin is not None and process.stdout is not None
        try:
            await _hand_out(jobs, process.stdout, process.stdin)
            process.stdin.close()
            await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    def _environment(self) -> dict[str, str]:
        """That of the service, with its own database named even where it is derived from another setting."""
        name = self._spec.name
        made = environment_of(name, self._settings, port=0, inherited=dict(os.environ))
        return {**made, variable_of_dsn(name): self._settings.postgres_dsn_of(name)}


async def _hand_out(jobs: deque[Job], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One job after the other to one process, as long as there are any."""
    while jobs:
        job = jobs.popleft()
        writer.write(msgspec.json.encode(job) + b"\n")
        await writer.drain()
        line = await reader.readline()
        if not line:
            raise WorkerFailed(f"building {job.topic}/{job.partition}: the process ended; see above")
        _check(msgspec.json.decode(line, type=Answer), job)


def _check(answer: Answer, job: Job) -> None:
    if answer.error is None:
        return
    known = _KNOWN.get(answer.error)
    if known is not None:
        raise known(answer.detail)
    raise WorkerFailed(f"building {job.topic}/{job.partition}: {answer.error}: {answer.detail}")
