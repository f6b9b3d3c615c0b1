"""Jobs that pause many cases, in their durable tables.

job, is_new = await create(connection, NewPause(...), cases)     # which cases is said now, and stays
taken = await QUEUE.take(pool)                                   # by one of the processes, with a lease
waiting = await waiting_cases(pool, taken, 100)
await note(pool, taken, outcomes)                                # False: cancelled, or another process has it
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec

from shared.engine.leased import Leased, Work
from shared.engine.postgres import Connection, Pool

CASES_MAX: Final = 100_000
UNFINISHED_MAX: Final = 20
KEPT_H: Final = 24
FAILURES_SHOWN: Final = 1_000


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked: why, until when, and of which cases, by `ids` or by the `query` of the list."""

    reason: str
    until: date | None = None
    ids: tuple[str, ...] = ()
    query: str | None = None


class PauseJob(Work, frozen=True, kw_only=True):
    job_id: str
    owner: str
    request: Asked
    total: int


class Waiting(NamedTuple):
    """A case of which nothing is known yet, by its place in the job."""

    n: int
    case_id: str
    account_id: str


class Outcome(NamedTuple):
    """What became of a case: `code` and `detail` where it was refused."""

    n: int
    paused: bool
    code: str | None = None
    detail: str | None = None


class TooManyPauses(Exception):
    """As many jobs wait as there may be."""


QUEUE: Final = Leased("durable.dunning_pause", key="job_id", kind=PauseJob, json={"request": Asked})
_CREATE: Final = f"""
insert into durable.dunning_pause (job_id, owner, request, total) values ($1, $2, $3, $4)
on conflict (job_id) do nothing returning {QUEUE.columns}
"""
_WAITING: Final = """
select n, case_id, account_id from durable.dunning_pause_case where job_id = $1 and paused is null order by n limit $2
"""
_NOTE: Final = """
update durable.dunning_pause_case c set paused = o.paused, code = o.code, detail = o.detail
  from unnest($2::int[], $3::boolean[], $4::text[], $5::text[]) as o (n, paused, code, detail)
 where c.job_id = $1 and c.n = o.n and c.paused is null
"""
_COUNTED: Final = """
select count(*) filter (where paused) as done, count(*) filter (where not paused) as failed
  from durable.dunning_pause_case where job_id = $1
"""
_REFUSED: Final = """
select case_id as id, code, detail from durable.dunning_pause_case where job_id = $1 and not paused order by n limit $2
"""


async def create(
    connection: Connection, job_id: str, owner: str, asked: Asked, cases: Sequence[tuple[str, str]]
) -> PauseJob | None:
    """Queue a job with its cases; `None` where there is one of that id. Inside a transaction. Raises
    `TooManyPauses`."""
    waiting = await connection.fetchval("select count(*) from durable.dunning_pause where finished_at is null")
    if waiting >= UNFINISHED_MAX:
        raise TooManyPauses
    row = await connection.fetchrow(_CREATE, job_id, owner, msgspec.json.encode(asked).decode(), len(cases))
    if row is None:
        return None
    await connection.copy_records_to_table(
        "dunning_pause_case",
        schema_name="durable",
        columns=["job_id", "n", "case_id", "account_id"],
        records=[(job_id, n, *case) for n, case in enumerate(cases)],
    )
    return QUEUE.of(row)


async def waiting_cases(pool: Pool, job: PauseJob, limit: int) -> list[Waiting]:
    return [Waiting(*row) for row in await pool.fetch(_WAITING, job.job_id, limit)]


async def note(pool: Pool, job: PauseJob, outcomes: Sequence[Outcome]) -> bool:
    """Note what became of cases, and speak for the job for another while; whether to go on."""
    places, paused, codes, details = (list(column) for column in zip(*outcomes, strict=True)) if outcomes else ([],) * 4
    await pool.execute(_NOTE, job.job_id, places, paused, codes, details)
    counted = await pool.fetchrow(_COUNTED, job.job_id)
    assert counted is not None, "a count has one row"
    return await QUEUE.renew(pool, job, done=counted["done"], failed=counted["failed"])


async def refused(pool: Pool, job: PauseJob) -> list[dict[str, Any]]:
    """The first of those that were refused, and why."""
    return [dict(row) for row in await pool.fetch(_REFUSED, job.job_id, FAILURES_SHOWN)] if job.failed else []


async def forget_old(pool: Pool) -> None:
    """Jobs go a day after their end."""
    await pool.execute(
        "delete from durable.dunning_pause where finished_at < now() - make_interval(hours => $1)", KEPT_H
    )
