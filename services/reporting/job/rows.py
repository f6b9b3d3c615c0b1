"""Jobs: long work that somebody asked for, in a durable table, since no event says so.

    await create(pool, NewJob(job_id="reporting-7f…", kind="export", owner="user:u2", role="billing", request={…}))
    taken = await take(pool)                     # by one of the processes; it has a lease, and renews it
    await renew(pool, taken, done=500)           # False: cancelled meanwhile, or taken over by another process
    await finish(pool, taken, "done")

A running job whose lease has run out has lost its process: another begins it anew, and after `DEATHS_MAX` such losses
it has failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from services.reporting.database import Database

LEASE_S: Final = 30
DEATHS_MAX: Final = 3
KEPT_H: Final = 24
UNFINISHED_PER_OWNER_MAX: Final = 5
UNFINISHED_MAX: Final = 100
FINISHED_PER_OWNER_MAX: Final = 20

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
STATUSES: Final = (QUEUED, RUNNING, DONE, FAILED, CANCELLED)


class NewJob(msgspec.Struct, frozen=True, kw_only=True):
    """`owner` and `role` are those of who asked: the work is done with his rights."""

    job_id: str
    kind: str
    owner: str
    role: str
    request: dict[str, Any]


class Failure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why the job, or the one thing of it that `id` names, did not come to its end."""

    code: str
    detail: str
    id: str | None = None


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """`total` is unknown before somebody has counted."""

    job_id: str
    kind: str
    owner: str
    role: str
    request: dict[str, Any]
    status: str
    done: int
    failed: int
    total: int | None
    failures: list[Failure]
    attempt: int
    deaths: int
    cancel_requested: bool
    created_at: datetime
    finished_at: datetime | None

    @property
    def has_ended(self) -> bool:
        return self.finished_at is not None


class TooManyJobs(Exception):
    """`is_own`: it is the owner who has as many unfinished ones as there may be, else all together."""

    def __init__(self, *, is_own: bool) -> None:
        super().__init__("too many unfinished jobs")
        self.is_own = is_own


_COLUMNS: Final = ", ".join(Job.__struct_fields__)
_CREATE: Final = f"""
insert into durable.job (job_id, kind, owner, role, request) values ($1, $2, $3, $4, $5)
on conflict (job_id) do nothing returning {_COLUMNS}
"""
_UNFINISHED: Final = """
select count(*) filter (where owner = $1) as own, count(*) as everybodys from durable.job where finished_at is null
"""
_FORGET_OLDEST: Final = """
delete from durable.job where job_id in (
    select job_id from durable.job where owner = $1 and finished_at is not null order by created_at desc offset $2)
"""
# The oldest first; of those that run, the ones whose process speaks no more.
_TAKE: Final = f"""
update durable.job
   set deaths = deaths + (status = 'running')::int, status = 'running', attempt = attempt + 1, done = 0, failed = 0,
       lease_until = now() + make_interval(secs => $1)
 where job_id = (
     select job_id from durable.job
      where finished_at is null and (status = 'queued' or lease_until < now())
      order by created_at limit 1 for update skip locked)
returning {_COLUMNS}
"""
_RENEW: Final = """
update durable.job
   set lease_until = now() + make_interval(secs => $3), done = coalesce($4, done), total = coalesce($5, total)
 where job_id = $1 and attempt = $2 and status = 'running' returning not cancel_requested
"""
_FINISH: Final = """
update durable.job set status = $3, failures = $4, finished_at = now(), lease_until = null
 where job_id = $1 and attempt = $2 and status = 'running'
"""
# A job that nobody works on is cancelled at once.
_CANCEL: Final = f"""
update durable.job
   set cancel_requested = true,
       status = case when status = 'queued' then 'cancelled' else status end,
       finished_at = case when status = 'queued' then now() end
 where job_id = $1 and finished_at is null
returning {_COLUMNS}
"""


async def create(database: Database, new: NewJob) -> Job | None:
    """Queue a job; `None` where there is one of that id. Raises `TooManyJobs`."""
    counts = await database.fetchrow(_UNFINISHED, new.owner)
    assert counts is not None
    if counts["own"] >= UNFINISHED_PER_OWNER_MAX or counts["everybodys"] >= UNFINISHED_MAX:
        raise TooManyJobs(is_own=counts["own"] >= UNFINISHED_PER_OWNER_MAX)
    await database.execute(_FORGET_OLDEST, new.owner, FINISHED_PER_OWNER_MAX)
    request = msgspec.json.encode(new.request).decode()
    row = await database.fetchrow(_CREATE, new.job_id, new.kind, new.owner, new.role, request)
    return None if row is None else job_of(row)


async def find(database: Database, job_id: str) -> Job | None:
    row = await database.fetchrow(f"select {_COLUMNS} from durable.job where job_id = $1", job_id)
    return None if row is None else job_of(row)


async def take(database: Database) -> Job | None:
    """The next job to work on, with a lease; `None` where there is none."""
    row = await database.fetchrow(_TAKE, LEASE_S)
    return None if row is None else job_of(row)


async def renew(database: Database, job: Job, *, done: int | None = None, total: int | None = None) -> bool:
    """Speak for the job for another while; whether to go on."""
    return bool(await database.fetchval(_RENEW, job.job_id, job.attempt, LEASE_S, done, total))


async def finish(database: Database, job: Job, status: str, failures: Sequence[Failure] = ()) -> None:
    text = msgspec.json.encode(list(failures)).decode()
    await database.execute(_FINISH, job.job_id, job.attempt, status, text)


async def give_back(database: Database, job: Job) -> None:
    """The process stops in good order: the next one begins the job anew."""
    await database.execute(
        "update durable.job set status = 'queued' where job_id = $1 and attempt = $2 and status = 'running'",
        job.job_id,
        job.attempt,
    )


async def cancel(database: Database, job_id: str) -> Job | None:
    """Ask that it stops; `None` where it has ended."""
    row = await database.fetchrow(_CANCEL, job_id)
    return None if row is None else job_of(row)


async def forget_old(database: Database) -> None:
    """Jobs go a day after their end, with what they have made."""
    await database.execute("delete from durable.job where finished_at < now() - make_interval(hours => $1)", KEPT_H)


async def put_piece(database: Database, job: Job, n: int, content: bytes) -> None:
    """Piece `n` of what the job makes."""
    await database.execute(
        "insert into durable.job_result (job_id, attempt, n, content) values ($1, $2, $3, $4)",
        job.job_id,
        job.attempt,
        n,
        content,
    )


async def piece(database: Database, job: Job, n: int) -> bytes | None:
    content: bytes | None = await database.fetchval(
        "select content from durable.job_result where job_id = $1 and attempt = $2 and n = $3",
        job.job_id,
        job.attempt,
        n,
    )
    return content


def job_of(row: Any) -> Job:
    """A row of the table as a job."""
    values = {name: row[name] for name in Job.__struct_fields__}
    request = msgspec.json.decode(values.pop("request"))
    failures = msgspec.json.decode(values.pop("failures"), type=list[Failure])
    return Job(**values, request=request, failures=failures)
