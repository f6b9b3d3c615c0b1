"""Schedules and their runs, in tables that all processes share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from services.reporting.database import Database
from services.reporting.schedule.when import Every, Span

PER_OWNER_MAX: Final = 20
ALL_MAX: Final = 200
RUNS_KEPT: Final = 60
"""Of one schedule: a daily one's two months."""


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """`request` is what a report job is asked with. `outside`: addresses may be nobody's of the installation."""

    schedule_id: str
    name: str
    owner: str
    request: dict[str, Any]
    every: Every
    period: Span | None
    recipients: tuple[str, ...]
    outside: bool
    paused_reason: str | None
    next_run_at: datetime | None
    version: int = 1
    created_at: datetime | None = None
    changed_at: datetime | None = None


class ScheduleRun(msgspec.Struct, frozen=True, kw_only=True):
    schedule_id: str
    due_at: datetime
    job_id: str
    status: str
    reason: str | None = None
    detail: str | None = None


COLUMNS: Final = ", ".join(Schedule.__struct_fields__)
_JSON: Final[dict[str, Any]] = {"request": dict[str, Any], "every": Every, "recipients": tuple[str, ...]}
_WRITTEN: Final = (
    *("schedule_id", "name", "owner", "request", "every", "period", "recipients", "outside", "paused_reason"),
    "next_run_at",
)


class TooManySchedules(Exception):
    """The owner, or all together, have as many as there may be."""


async def create(database: Database, schedule: Schedule) -> bool:
    """Whether there was none of that id. Raises `TooManySchedules`."""
    counts = await database.fetchrow(
        "select count(*) filter (where owner = $1) as own, count(*) as everybodys from durable.report_schedule",
        schedule.owner,
    )
    assert counts is not None
    if counts["own"] >= PER_OWNER_MAX or counts["everybodys"] >= ALL_MAX:
        raise TooManySchedules
    marks = ", ".join(f"${n}" for n in range(1, len(_WRITTEN) + 1))
    sql = f"insert into durable.report_schedule ({', '.join(_WRITTEN)}) values ({marks}) on conflict do nothing"
    return str(await database.execute(sql, *_values(schedule))).endswith(" 1")


async def change(database: Database, schedule: Schedule) -> bool:
    """Whether it was still that version."""
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(_WRITTEN, 1))
    sql = f"""
    update durable.report_schedule set {sets}, version = version + 1, changed_at = now()
     where schedule_id = $1 and version = ${len(_WRITTEN) + 1}
    """
    return str(await database.execute(sql, *_values(schedule), schedule.version)).endswith(" 1")


async def delete(database: Database, schedule_id: str) -> None:
    await database.execute("delete from durable.report_schedule where schedule_id = $1", schedule_id)


async def find(database: Database, schedule_id: str) -> Schedule | None:
    row = await database.fetchrow(f"select {COLUMNS} from durable.report_schedule where schedule_id = $1", schedule_id)
    return None if row is None else schedule_of(row)


async def take_due(database: Database, now: datetime) -> Schedule | None:
    """One that is due, for the transaction that makes its run."""
    sql = f"""
    select {COLUMNS} from durable.report_schedule where next_run_at <= $1
     order by next_run_at limit 1 for update skip locked
    """
    row = await database.fetchrow(sql, now)
    return None if row is None else schedule_of(row)


async def move_on(
    database: Database, schedule: Schedule, next_run_at: datetime | None, paused_reason: str | None = None
) -> None:
    sql = "update durable.report_schedule set next_run_at = $2, paused_reason = $3 where schedule_id = $1"
    await database.execute(sql, schedule.schedule_id, next_run_at, paused_reason)


async def put_run(database: Database, run: ScheduleRun) -> bool:
    """Whether there was none of that time."""
    sql = """
    insert into durable.report_schedule_run (schedule_id, due_at, job_id, status, reason, detail)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing
    """
    values = (run.schedule_id, run.due_at, run.job_id, run.status, run.reason, run.detail)
    made = str(await database.execute(sql, *values)).endswith(" 1")
    forget = """
    delete from durable.report_schedule_run where schedule_id = $1 and due_at < (
        select min(due_at) from (select due_at from durable.report_schedule_run
                                  where schedule_id = $1 order by due_at desc limit $2) kept)
    """
    await database.execute(forget, run.schedule_id, RUNS_KEPT)
    return made


async def end_run(database: Database, job_id: str, status: str, reason: str | None, detail: str | None) -> bool:
    """Whether it was still working."""
    sql = """
    update durable.report_schedule_run set status = $2, reason = $3, detail = $4
     where job_id = $1 and status = 'working' returning true
    """
    return bool(await database.fetchval(sql, job_id, status, reason, detail))


async def working(database: Database) -> Sequence[str]:
    """The jobs of runs whose file has been made, has failed, or is gone."""
    sql = """
    select r.job_id from durable.report_schedule_run r left join durable.job j on j.job_id = r.job_id
     where r.status = 'working' and (j.job_id is null or j.finished_at is not null) order by r.created_at limit 100
    """
    return [row["job_id"] for row in await database.fetch(sql)]


def schedule_of(row: Any) -> Schedule:
    values = {name: row[name] for name in Schedule.__struct_fields__}
    decoded = {name: msgspec.json.decode(values.pop(name), type=kind) for name, kind in _JSON.items()}
    return Schedule(**values, **decoded)


def _values(schedule: Schedule) -> list[Any]:
    return [
        msgspec.json.encode(value).decode() if name in _JSON else value
        for name in _WRITTEN
        for value in (getattr(schedule, name),)
    ]
