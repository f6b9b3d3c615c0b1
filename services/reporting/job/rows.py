"""Jobs: long work that somebody asked for, in a durable table, since no event says so.

    await create(pool, NewJob(job_id="reporting-7f…", kind="export", owner="user:u2", role="billing", request={…}))
    taken = await QUEUE.take(pool)               # by one of the processes; it has a lease, and renews it
    await QUEUE.renew(pool, taken, done=500)      # False: cancelled meanwhile, or taken over by another process
    await finish(pool, taken, "done")

A running job whose lease has run out has lost its process: another begins it anew, and after `DEATHS_MAX` such losses
it has failed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from services.reporting.database import Database
from shared.engine.leased import Leased, Work

DEATHS_MAX: Final = 3
KEPT_H: Final = 24
UNFINISHED_PER_OWNER_MAX: Final = 5
UNFINISHED_MAX: Final = 100
FINISHED_PER_OWNER_MAX: Final = 20


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


class Job(Work, frozen=True, kw_only=True):
    """`total` is unknown before somebody has counted. `result` is what its kind says of what it has made."""

    job_id: str
    kind: str
    owner: str
    role: str
    request: dict[str, Any]
    total: int | None
    failures: list[Failure]
    deaths: int
    result: dict[str, Any] = {}


class TooManyJobs(Exception):
    """`is_own`: it is the owner who has as many unfinished ones as there may be, else all together."""

    def __init__(self, *, is_own: bool) -> None:
        super().__init__("too many unfinished jobs")
        self.is_own = is_own


QUEUE: Final = Leased(
    "durable.job",
    key="job_id",
    kind=Job,
    json={"request": dict[str, Any], "failures": list[Failure], "result": dict[str, Any]},
    again="deaths = deaths + (status = 'running')::int, done = 0, failed = 0, result = '{}',",
)
_CREATE: Final = f"""
insert into durable.job (job_id, kind, owner, role, request) values ($1, $2, $3, $4, $5)
on conflict (job_id) do nothing returning {QUEUE.columns}
"""
_UNFINISHED: Final = """
select count(*) filter (where owner = $1) as own, count(*) as everybodys from durable.job where finished_at is null
"""
_FORGET_OLDEST: Final = """
delete from durable.job where job_id in (
    select job_id from durable.job where owner = $1 and finished_at is not null order by created_at desc offset $2)
"""


async def create(database: Database, new: NewJob) -> Job | None:
    """Queue a job; `None` where there is one of that id. Raises `TooManyJobs`."""
    counts = await database.fetchrow(_UNFINISHED, new.owner)
    assert counts is not None
    if counts["own"] >= UNFINISHED_PER_OWNER_MAX or counts["everybodys"] >= UNFINISHED_MAX:
        raise TooManyJobs(is_own=counts["own"] >= UNFINISHED_PER_OWNER_MAX)
    await database.execute(_FORGET_OLDEST, new.owner, FINISHED_PER_OWNER_MAX)
    return await queue(database, new)


async def queue(database: Database, new: NewJob) -> Job | None:
    """As `create`, for work that nobody waits for and something else bounds: a schedule."""
    request = msgspec.json.encode(new.request).decode()
    row = await database.fetchrow(_CREATE, new.job_id, new.kind, new.owner, new.role, request)
    return None if row is None else QUEUE.of(row)


async def finish(
    database: Database,
    job: Job,
    status: str,
    failures: Sequence[Failure] = (),
    result: Mapping[str, Any] | None = None,
) -> None:
    said = msgspec.json.encode(list(failures)).decode()
    made = msgspec.json.encode(result or {}).decode()
    await QUEUE.finish(database, job, status, failures=said, result=made)


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
