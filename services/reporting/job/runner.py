"""The part of each process that works on jobs: two at a time, taken from the table that all processes share.

    SERVICE = ViewService(..., background=(Runner({"export": export.run}).run,))

A kind of job is a function of a `Run`: it says how far it has come, keeps what it makes, and raises `JobFailed` where
it can't come to its end. It is dropped when somebody cancels it, and begins anew where its process has ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import asyncpg
import structlog

from services.reporting.job import rows
from services.reporting.job.rows import QUEUE, Failure, Job
from shared.engine.leased import CANCELLED, DONE, FAILED
from shared.engine.postgres import AWAY
from shared.engine.settings import Settings
from shared.http.ports import Clock

AT_ONCE: Final = 2
LOOK_EVERY_S: Final = 1.0
RENEW_EVERY_S: Final = 2.0
FORGET_EVERY_S: Final = 60.0


log = structlog.get_logger()


class Process(Protocol):
    """The process around it."""

    @property
    def pool(self) -> asyncpg.Pool[Any]: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def settings(self) -> Settings: ...


class JobFailed(Exception):
    """The job can't come to its end, and why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.failure = Failure(code=code, detail=detail)


@dataclass
class Run:
    """One attempt at one job."""

    job: Job
    pool: asyncpg.Pool[Any]
    clock: Clock
    settings: Settings
    done: int = 0
    total: int | None = None
    result: dict[str, Any] = field(default_factory=dict)
    bytes_kept: int = field(default=0, init=False)
    _pieces: int = field(default=0, init=False)

    async def put(self, content: bytes) -> None:
        """Keep another piece of what the job makes."""
        await rows.put_piece(self.pool, self.job, self._pieces, content)
        self._pieces += 1
        self.bytes_kept += len(content)


Kind = Callable[[Run], Awaitable[None]]


class Runner:
    """Works on jobs of these kinds until it is cancelled."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds

    async def run(self, process: Process) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(_forget(process), name="jobs-forget")
            for n in range(AT_ONCE):
                group.create_task(self._work(process), name=f"jobs-{n}")

    async def _work(self, process: Process) -> None:
        while True:
            try:
                job = await QUEUE.take(process.pool)
                if job is not None:
                    await self.attempt(job, process)
                    continue
            except AWAY as error:
                # The job's lease runs out, and it is taken again.
                log.warning("job_met_fault", error=repr(error))
            await asyncio.sleep(LOOK_EVERY_S)

    async def attempt(self, job: Job, process: Process) -> None:
        """Work on a job that was taken, until it has ended or has been taken away. Raises what the database raises."""
        kind = self._kinds.get(job.kind)
        if kind is None or job.deaths >= rows.DEATHS_MAX:
            await rows.finish(process.pool, job, FAILED, [_NOT_HERE if kind is None else _ITS_PROCESS_ENDED])
            return
        run = Run(job, process.pool, process.clock, process.settings)
        work = asyncio.ensure_future(kind(run))
        try:
            while not (await asyncio.wait([work], timeout=RENEW_EVERY_S))[0]:
                if not await QUEUE.renew(process.pool, job, done=run.done, total=run.total):
                    work.cancel()
                    await asyncio.wait([work])
                    await rows.finish(process.pool, job, CANCELLED)
                    return
            await _end(process.pool, run, work)
        except asyncio.CancelledError:
            with suppress(*AWAY):
                await QUEUE.give_back(process.pool, job)
            raise
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


_ITS_PROCESS_ENDED: Final = Failure(
    code="process_ended", detail=f"the process that worked on it ended, {rows.DEATHS_MAX} times; ask again"
)
_NOT_HERE: Final = Failure(code="unsupported", detail="this version does not know this kind of job; ask again")
_BUG: Final = Failure(code="internal_error", detail="something went wrong on our side; the service's log says what")


async def _end(pool: asyncpg.Pool[Any], run: Run, work: asyncio.Future[None]) -> None:
    job, error = run.job, work.exception()
    match error:
        case None:
            # A cancellation that came too late has changed nothing.
            await QUEUE.renew(pool, job, done=run.done, total=run.total)
            await rows.finish(pool, job, DONE, result=run.result)
        case JobFailed():
            await rows.finish(pool, job, FAILED, [error.failure])
        case _ if isinstance(error, AWAY):
            raise error
        case _:
            log.error("job_crashed", job=job.job_id, kind=job.kind, exc_info=error)
            await rows.finish(pool, job, FAILED, [_BUG])


async def _forget(process: Process) -> None:
    while True:
        with suppress(*AWAY):
            await rows.forget_old(process.pool)
        await asyncio.sleep(FORGET_EVERY_S)
