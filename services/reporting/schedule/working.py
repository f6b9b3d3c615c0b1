"""The part of each process that starts what is due, and has it mailed when it is made.

    schedule due at 07:00  ->  a run and its report job, in the transaction that sets the next time
    job done               ->  a mail for each recipient, in the transaction that ends the run

Whoever has no more rights makes no file: work is done with what the owner may do today. After a time without any
process only the latest time that was missed is made up for.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

import asyncpg
import msgspec
import structlog
from pydantic import ValidationError

from services.reporting.export.asking import NewExport, asked_of, check_role
from services.reporting.export.work import Asked, request_of
from services.reporting.identity.rights_now import caller_now, caller_of_user
from services.reporting.identity.users import find_user_by_email
from services.reporting.job import rows as jobs
from services.reporting.job.rows import QUEUE, NewJob
from services.reporting.mail import rows as mails
from services.reporting.mail.rows import NewMail
from services.reporting.reading import Process, Reading, reading
from services.reporting.schedule import rows
from services.reporting.schedule.rows import Schedule, ScheduleRun
from services.reporting.schedule.when import days_of
from shared.engine.leased import DONE
from shared.engine.postgres import AWAY, Connection
from shared.http.auth import Caller
from shared.kernel.errors import Rejection

log = structlog.get_logger()

LOOK_EVERY_S: Final = 1.0
OUTSIDE: Final = Caller("outside", "auditor")
"""How a file is opened for an address that is nobody's here: names stay sealed."""
KIND: Final = "export"


async def run_schedules(process: Process) -> None:
    """Run until cancelled."""
    async with reading(process) as read:
        while True:
            try:
                while await start_due(read):
                    pass
                await tell_ended(read)
            except (*AWAY, asyncpg.PostgresError) as error:
                log.warning("schedules_met_fault", error=repr(error))
            await asyncio.sleep(LOOK_EVERY_S)


async def start_due(read: Reading) -> bool:
    """Make the run of a schedule that is due; whether there was one."""
    now = read.api.clock.now()
    async with read.api.db.acquire() as connection, connection.transaction():
        schedule = await rows.take_due(connection, now)
        if schedule is None:
            return False
        due_at, owner = schedule.every.latest(now), await caller_now(connection, schedule.owner)
        if owner is None:
            run = _failed(schedule, due_at, "owner_gone", "who made this schedule may do nothing here any more")
            await rows.put_run(connection, run)
            await rows.move_on(connection, schedule, None, "owner_gone")
            return True
        await make_run(read, connection, schedule, owner, due_at)
        await rows.move_on(connection, schedule, schedule.every.after(now))
        return True


async def make_run(
    read: Reading, connection: Connection, schedule: Schedule, owner: Caller, due_at: datetime
) -> ScheduleRun:
    """The run of one time, and its job; a run that can't be asked has failed at once."""
    job_id = job_id_of(schedule, due_at)
    try:
        asked = await asked_at(read, schedule, owner, due_at)
    except (Rejection, ValidationError) as error:
        why = error if isinstance(error, Rejection) else Rejection("invalid", "this version does not take it any more")
        run = _failed(schedule, due_at, why.code, why.detail)
        await rows.put_run(connection, run)
        return run
    run = ScheduleRun(schedule_id=schedule.schedule_id, due_at=due_at, job_id=job_id, status="working")
    if await rows.put_run(connection, run):
        content = msgspec.json.decode(msgspec.json.encode(asked))
        await jobs.queue(
            connection, NewJob(job_id=job_id, kind=KIND, owner=schedule.owner, role=owner.role, request=content)
        )
    return run


async def asked_at(read: Reading, schedule: Schedule, owner: Caller, due_at: datetime) -> Asked:
    """What a run asks: the days of its period are told from its own time. Raises `Rejection`."""
    body = NewExport.model_validate(schedule.request)
    if schedule.period is not None:
        body = body.model_copy(update={"query": query_of(schedule, body.query, due_at)})
    asked = await asked_of(body, owner, read.names, read.api.clock.now())
    readers = [(await _reader(read.api.db, schedule, address))[0] for address in schedule.recipients]
    found = tuple(reader.actor for reader in readers if reader is not None and reader is not OUTSIDE)
    return msgspec.structs.replace(asked, schedule=schedule.schedule_id, readers=found)


def query_of(schedule: Schedule, query: str, due_at: datetime) -> str:
    assert schedule.period is not None
    start, end = days_of(schedule.period, schedule.every.local_date(due_at))
    given = [item for item in request_of(query).query_params.multi_items() if item[0] not in ("from", "to")]
    return urlencode([*given, ("from", start.isoformat()), ("to", end.isoformat())])


async def tell_ended(read: Reading) -> None:
    """Mail what is made, and say of the rest why it is not."""
    for job_id in await rows.working(read.api.db):
        async with read.api.db.acquire() as connection, connection.transaction():
            await _end(connection, job_id)


async def _end(connection: Connection, job_id: str) -> None:
    job = await QUEUE.find(connection, job_id)
    if job is None:
        await rows.end_run(connection, job_id, "failed", "job_gone", "the file went before it was mailed")
        return
    if job.status != DONE:
        why = job.failures[0] if job.failures else None
        reason, detail = (job.status, f"the job is {job.status}") if why is None else (why.code, why.detail)
        await rows.end_run(connection, job_id, "failed", reason, detail)
        return
    asked = msgspec.convert(job.request, Asked)
    schedule = await rows.find(connection, asked.schedule or "")
    if schedule is None or not await rows.end_run(connection, job_id, "done", None, None):
        return
    for n, address in enumerate(schedule.recipients):
        _, refused = await _reader(connection, schedule, address, asked)
        new = NewMail(
            mail_id=f"{job_id}-{n}",
            kind="report",
            address=address,
            about=job_id,
            schedule_id=schedule.schedule_id,
            refused=refused,
        )
        await mails.put(connection, new)


async def _reader(
    database: Any, schedule: Schedule, address: str, asked: Asked | None = None
) -> tuple[Caller | None, str | None]:
    """Whose eyes an address is, and why nothing goes there."""
    user = await find_user_by_email(database, address)
    if user is None:
        return (OUTSIDE, None) if schedule.outside else (None, "unknown_recipient")
    reader = await caller_of_user(database, user)
    if reader is None:
        return None, "user_deactivated"
    try:
        if asked is not None:
            check_role(asked, reader)
    except Rejection:
        return reader, "forbidden"
    return reader, None


async def reader_of(database: Any, address: str) -> Caller:
    """With whose rights a file is opened that goes to an address."""
    user = await find_user_by_email(database, address)
    reader = None if user is None else await caller_of_user(database, user)
    return OUTSIDE if reader is None else reader


def job_id_of(schedule: Schedule, due_at: datetime) -> str:
    """Ids name the service, so that the entry knows where to ask for a job."""
    return f"reporting-{schedule.schedule_id}-{due_at:%Y%m%dT%H%M%S%f}"


def _failed(schedule: Schedule, due_at: datetime, reason: str, detail: str) -> ScheduleRun:
    return ScheduleRun(
        schedule_id=schedule.schedule_id,
        due_at=due_at,
        job_id=job_id_of(schedule, due_at),
        status="failed",
        reason=reason,
        detail=detail,
    )
