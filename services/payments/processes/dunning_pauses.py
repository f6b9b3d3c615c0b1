"""Cases that somebody pauses by the thousand: sent a hundred at a time, and what became of each is noted.

    durable.dunning_pause queued  ->  PauseDunning of each case, under the job's own id  ->  paused, or why not

A process that ends in between has sent at most a hundred that are not noted. The next process sends these again, with
the same ids: what is decided stays decided, so nothing is paused twice, and nobody's resuming in between is undone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import asyncpg
import structlog

from services.payments.commands import COMMANDS
from services.payments.dunning.messages import PauseDunning
from services.payments.dunning_pause import rows
from services.payments.dunning_pause.rows import QUEUE, Outcome, PauseJob, Waiting
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.leased import CANCELLED, DONE
from shared.engine.postgres import AWAY
from shared.http.results import Result
from shared.kernel.ids import derive

log = structlog.get_logger()

LOOK_EVERY_S: Final = 1.0
ASK_EVERY_S: Final = 0.05
SEND_AGAIN_S: Final = 10.0
"""After which a command without result is sent again: its owner may have changed. The lease is renewed as often."""
AT_ONCE: Final = 100
FORGET_EVERY_S: Final = 3600.0
_RESULTS: Final = f"select {', '.join(Result.__struct_fields__)} from command_result where command_id = any($1::text[])"


async def run_dunning_pauses(host: Host) -> None:
    """Run until cancelled. A failure to send ends the process; a database that is away is waited for."""
    producer = None
    forgot_at = 0.0
    try:
        while True:
            try:
                if (now := asyncio.get_running_loop().time()) - forgot_at >= FORGET_EVERY_S:
                    await rows.forget_old(host.pool)
                    forgot_at = now
                job = await QUEUE.take(host.pool)
                if job is not None:
                    producer = producer or await host.kafka.idempotent_producer()
                    await pause(host, job, BackgroundCommands(host, COMMANDS, actor=job.owner, producer=producer))
                    continue
            except (*AWAY, asyncpg.PostgresError) as error:
                # Its lease runs out, and it is taken again.
                log.warning("dunning_pause_met_fault", error=repr(error))
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        if producer is not None:
            await producer.stop()


async def pause(host: Host, job: PauseJob, commands: BackgroundCommands) -> None:
    """Work on a job that was taken until it has ended, or was taken away."""
    try:
        while waiting := await rows.waiting_cases(host.pool, job, AT_ONCE):
            if not await rows.note(host.pool, job, await _paused(host, job, waiting, commands)):
                await QUEUE.finish(host.pool, job, CANCELLED)
                return
        await QUEUE.finish(host.pool, job, DONE)
    except asyncio.CancelledError:
        with suppress(*AWAY):
            await QUEUE.give_back(host.pool, job)
        raise


async def _paused(host: Host, job: PauseJob, waiting: Sequence[Waiting], commands: BackgroundCommands) -> list[Outcome]:
    """What is known of these after a while; those without a result come again."""
    ids = {derive("dunning-pause", job.job_id, case.case_id): case for case in waiting}
    results = await _results(host, ids)
    for command_id, case in ids.items():
        if command_id not in results:
            await commands.send(_command(job, case), command_id)
    give_up_at = asyncio.get_running_loop().time() + SEND_AGAIN_S
    while len(results) < len(ids) and asyncio.get_running_loop().time() < give_up_at:
        await asyncio.sleep(ASK_EVERY_S)
        results = await _results(host, ids)
    return [_outcome(ids[command_id], result) for command_id, result in results.items()]


async def _results(host: Host, ids: Mapping[str, Any]) -> dict[str, Result]:
    return {row["command_id"]: Result(**row) for row in await host.pool.fetch(_RESULTS, list(ids))}


def _command(job: PauseJob, case: Waiting) -> PauseDunning:
    return PauseDunning(
        case_id=case.case_id,
        account_id=case.account_id,
        reason=job.request.reason,
        until=job.request.until,
        unless_paused=True,
    )


def _outcome(case: Waiting, result: Result) -> Outcome:
    refusal = result.refusal()
    return Outcome(case.n, True) if refusal is None else Outcome(case.n, False, refusal.code, refusal.detail)
