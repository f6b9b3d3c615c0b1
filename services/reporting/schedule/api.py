"""Schedules over HTTP.

POST /v1/report-schedules {"name": "Monthly", "report": "revenue", "period": "last_month", "format": "xlsx",
                           "frequency": "month", "day_of_month": 1, "at": "07:00", "time_zone": "Europe/Paris",
                           "recipients": ["ann@example.org"]}
GET  /v1/report-schedules/{id}              with the next time;   /runs: the times that were, and their mails
PUT  /v1/report-schedules/{id}              If-Match: its version
POST /v1/report-schedules/{id}/pause, /resume, /run
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response

from services.reporting.customer.names import CustomerNames
from services.reporting.export.asking import NewExport, asked_of
from services.reporting.export.files import Files
from services.reporting.identity.users import find_user_by_email
from services.reporting.reading import Reading
from services.reporting.reports import reports
from services.reporting.schedule import rows, working
from services.reporting.schedule.models import (
    NewSchedule,
    RunPage,
    RunView,
    ScheduleBody,
    SchedulePage,
    ScheduleView,
)
from services.reporting.schedule.rows import ALL_MAX, PER_OWNER_MAX, Schedule, TooManySchedules, schedule_of
from services.reporting.schedule.when import Every
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of, expected_version
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing
from shared.http.openapi import takes
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.errors import Rejection
from shared.mail.smtp import server_of

_STATUS: Final = "case when next_run_at is null then 'paused' else 'active' end"
SCHEDULES: Final = Listing(
    source="""
    (select s.*, l.due_at as last_run_at, l.status as last_status from durable.report_schedule s
       left join lateral (select due_at, status from durable.report_schedule_run r
                           where r.schedule_id = s.schedule_id order by due_at desc limit 1) l on true) as schedule
    """,
    tiebreak="schedule_id",
    filters={"status": Filter(_STATUS, one_of=("active", "paused")), "owner": Filter("owner")},
    sorts={"name": "lower(name)", "next_run_at": "next_run_at", "created_at": "created_at"},
    default_sort="name",
)
RUNS: Final = Listing(
    source="durable.report_schedule_run",
    tiebreak="job_id",
    sorts={"due_at": "due_at"},
    default_sort="-due_at",
    filters={},
)


def router(api: Api, names: CustomerNames) -> APIRouter:
    routes = APIRouter()
    read = Reading(api, names, Files(api, names))
    readers: dict[str, Any] = {"dependencies": [api.roles(*READERS)]}
    one = "/v1/report-schedules/{schedule_id}"
    keyed: dict[str, Any] = {"openapi_extra": takes("Idempotency-Key")}

    @routes.post("/v1/report-schedules", status_code=201, **readers, **keyed, response_model=ScheduleView)
    async def create_schedule(body: NewSchedule, request: Request) -> Response:
        """Have a list or a report made and mailed at regular times, with one's own rights at that time."""
        schedule_id = body.id or api.new_id(request, "schedule")
        schedule = await _checked(api, names, request, body, schedule_id, caller_of(request).actor)
        try:
            made = await rows.create(api.db, schedule)
        except TooManySchedules as error:
            detail = f"one has at most {PER_OWNER_MAX} schedules, all together {ALL_MAX}; delete one"
            raise Rejection("too_many_schedules", detail, status=409) from error
        known = await _own(api, request, schedule.schedule_id)
        if not made and (known.request, known.name) != (schedule.request, schedule.name):
            raise Rejection(
                "schedule_exists", "there is a schedule of that id; choose another", pointer="/id", status=409
            )
        return Answer(await _shown(api, known), status_code=201)

    @routes.get("/v1/report-schedules", **listed(api, SCHEDULES, SchedulePage))
    async def list_schedules(request: Request) -> Response:
        """One's own; an admin sees everybody's."""
        caller = caller_of(request)
        where = {} if caller.role == "admin" else {"owner": caller.actor}
        return await SCHEDULES.fetch(request, api, shape=lambda row: _shape(api, row), where=where)

    @routes.get(one, **readers, response_model=ScheduleView)
    async def read_schedule(schedule_id: str, request: Request) -> Response:
        return Answer(await _shown(api, await _own(api, request, schedule_id)))

    @routes.put(one, **readers, response_model=ScheduleView)
    async def change_schedule(schedule_id: str, body: ScheduleBody, request: Request) -> Response:
        """What it asks, when, and for whom. It runs with its owner's rights, whoever changes it."""
        known = await _own(api, request, schedule_id)
        new = await _checked(api, names, request, body, schedule_id, known.owner)
        paused = known.next_run_at is None
        changed = msgspec.structs.replace(
            new,
            version=expected_version(request) or known.version,
            next_run_at=None if paused else new.next_run_at,
            paused_reason=known.paused_reason,
        )
        if not await rows.change(api.db, changed):
            detail = f"this is version {known.version}, the request was made for {changed.version}; read it again"
            raise Rejection("version_mismatch", detail, status=412)
        return Answer(await _shown(api, await _own(api, request, schedule_id)))

    @routes.delete(one, status_code=204, **readers)
    async def delete_schedule(schedule_id: str, request: Request) -> Response:
        """Files and mails that it has made stay as long as others."""
        await _own(api, request, schedule_id)
        await rows.delete(api.db, schedule_id)
        return Response(status_code=204)

    @routes.post(f"{one}/pause", **readers, response_model=ScheduleView)
    async def pause_schedule(schedule_id: str, request: Request) -> Response:
        known = await _own(api, request, schedule_id)
        await rows.move_on(api.db, known, None, known.paused_reason or "paused")
        return Answer(await _shown(api, await _own(api, request, schedule_id)))

    @routes.post(f"{one}/resume", **readers, response_model=ScheduleView)
    async def resume_schedule(schedule_id: str, request: Request) -> Response:
        """From the next time on: what was missed meanwhile stays so."""
        known = await _own(api, request, schedule_id)
        if known.next_run_at is None:
            await rows.move_on(api.db, known, known.every.after(api.clock.now()))
        return Answer(await _shown(api, await _own(api, request, schedule_id)))

    @routes.post(f"{one}/run", status_code=201, **readers, response_model=RunView)
    async def run_schedule(schedule_id: str, request: Request) -> Response:
        """Run it now, besides its times. 409 `already_running` while a run is under way."""
        known = await _own(api, request, schedule_id)
        async with api.db.acquire() as connection, connection.transaction():
            await connection.execute(
                "select from durable.report_schedule where schedule_id = $1 for update", schedule_id
            )
            open_ = "select count(*) from durable.report_schedule_run where schedule_id = $1 and status = 'working'"
            if await connection.fetchval(open_, schedule_id):
                raise Rejection("already_running", "a run is under way; wait for it", status=409)
            run = await working.make_run(read, connection, known, caller_of(request), api.clock.now())
        return Answer({**msgspec.to_builtins(run), "due_at": run.due_at, "mails": []}, status_code=201)

    @routes.get(f"{one}/runs", **listed(api, RUNS, RunPage))
    async def list_runs(schedule_id: str, request: Request) -> Response:
        """The times that were, newest first, each with its mails."""
        await _own(api, request, schedule_id)
        page = await RUNS.page(request, api, shape=_run, where={"schedule_id": schedule_id})
        jobs = [item["job_id"] for item in page["items"]]
        found = await api.db.fetch(
            "select * from durable.mail where about = any($1::text[]) order by created_at, mail_id", jobs
        )
        for item in page["items"]:
            item["mails"] = [_mail(row) for row in found if row["about"] == item["job_id"]]
        return Answer(page)

    return routes


async def _checked(
    api: Api, names: CustomerNames, request: Request, body: ScheduleBody, schedule_id: str, owner: str
) -> Schedule:
    """Raises whatever a report job would refuse, and `Rejection`: `invalid`, `unknown_recipient`."""
    caller = caller_of(request)
    asked = NewExport(**{name: getattr(body, name) for name in NewExport.model_fields})
    await asked_of(asked, caller, names, api.clock.now())
    _check_times(body)
    await _check_recipients(api, body, outside=caller.role == "admin")
    every = Every(
        frequency=body.frequency,
        at=body.at,
        time_zone=body.time_zone,
        weekday=body.weekday or 1,
        day_of_month=body.day_of_month or 1,
    )
    return Schedule(
        schedule_id=schedule_id,
        name=body.name,
        owner=owner,
        request=asked.model_dump(mode="json", exclude_none=True),
        every=every,
        period=body.period,
        recipients=tuple(dict.fromkeys(body.recipients)),
        outside=caller.role == "admin",
        paused_reason=None,
        next_run_at=every.after(api.clock.now()),
    )


def _check_times(body: ScheduleBody) -> None:
    for name, of in (("weekday", "week"), ("day_of_month", "month")):
        given = getattr(body, name) is not None
        if given and body.frequency != of:
            raise Rejection("invalid", f"{name} goes with the frequency {of}", pointer=f"/{name}")
        if not given and body.frequency == of:
            raise Rejection("invalid", f"the frequency {of} needs a {name}", pointer=f"/{name}")
    if body.period is None:
        return
    report = reports().get(body.report or "")
    if report is None or not {"from", "to"} <= set(report.takes):
        raise Rejection("invalid", "a period is of a report that takes from and to", pointer="/period")


async def _check_recipients(api: Api, body: ScheduleBody, *, outside: bool) -> None:
    for n, address in enumerate(body.recipients):
        user = None if outside else await find_user_by_email(api.db, address)
        if not outside and (user is None or user.deactivated_at is not None):
            detail = f"nobody who logs in here has the address {address}; an admin may name others"
            raise Rejection("unknown_recipient", detail, pointer=f"/recipients/{n}")


async def _own(api: Api, request: Request, schedule_id: str) -> Schedule:
    """A schedule of the caller, or of anybody for an admin. Raises the 404."""
    caller, schedule = caller_of(request), await rows.find(api.db, schedule_id)
    if schedule is None or not (schedule.owner == caller.actor or caller.role == "admin"):
        raise not_found("report schedule", schedule_id)
    return schedule


async def _shown(api: Api, schedule: Schedule) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select * from {SCHEDULES.source} where schedule_id = $1", schedule.schedule_id)
    if row is None:  # deleted meanwhile
        raise not_found("report schedule", schedule.schedule_id)
    return _shape(api, row)


def _shape(api: Api, row: Any) -> dict[str, Any]:
    schedule = schedule_of(row)
    every, paused = schedule.every, schedule.next_run_at is None
    asked = NewExport.model_validate(schedule.request)
    return {
        "id": schedule.schedule_id,
        **{name: getattr(schedule, name) for name in ("name", "owner", "period", "recipients", "paused_reason")},
        **{name: getattr(asked, name) for name in NewExport.model_fields},
        **{name: getattr(every, name) for name in ("frequency", "at", "time_zone")},
        "weekday": every.weekday if every.frequency == "week" else None,
        "day_of_month": every.day_of_month if every.frequency == "month" else None,
        "status": "paused" if paused else "active",
        "next_run_at": schedule.next_run_at,
        "last_run_at": row["last_run_at"],
        "last_status": row["last_status"],
        "sends_mail": server_of(api.settings) is not None,
        "version": schedule.version,
        "created_at": schedule.created_at,
        "allowed_actions": [
            action("change"),
            action("run", why_not="a run is under way" if row["last_status"] == "working" else None),
            action("pause", why_not="it is paused" if paused else None),
            action("resume", why_not=None if paused else "it is not paused"),
            action("delete"),
        ],
    }


def _run(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in ("due_at", "job_id", "status", "reason", "detail")}


def _mail(row: Any) -> dict[str, Any]:
    shown = {name: row[name] for name in ("address", "status", "ended_at")}
    return {"id": row["mail_id"], **shown, "reason": row["code"]}
