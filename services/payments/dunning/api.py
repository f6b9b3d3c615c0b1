"""Cases of dunning over HTTP.

GET  /v1/dunning/cases?status=open&policy_id=standard&sort=-overdue      with how many there are of each status
GET  /v1/dunning/cases/{id}                                              with what happened, and what comes
POST /v1/dunning/cases/{id}/pause    {"until": "2026-11-20", "reason": "we are checking a complaint"}
POST /v1/dunning/cases/{id}/resume
POST /v1/dunning/cases/{id}/advance                                      the next step now
POST /v1/dunning/cases/{id}/exempt   {"reason": "hospital", "until": "2027-01-01"}
POST /v1/dunning/cases/pause         {"ids": [...], "reason": "…"}       many at once, an answer for each
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictInt

from services.payments.dunning.asking import coming_steps
from services.payments.dunning.messages import AdvanceDunning, ExemptFromDunning, PauseDunning, ResumeDunning
from services.payments.dunning.shapes import (
    CASES,
    COLUMNS,
    STATUS,
    STATUSES,
    DunningCaseDetail,
    DunningCasePage,
    DunningCaseShape,
    case_shape,
    coming_shape,
)
from services.payments.dunning_policy.checking import STEPS_MAX
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.listing import Filter, Listing, Totals
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.message import Command

HISTORY_MAX: Final = 500
MANY_MAX: Final = 200

LISTING: Final = Listing(
    source=CASES,
    columns=COLUMNS,
    filters={
        "status": Filter("status", one_of=STATUSES),
        "account_id": Filter("account_id"),
        "policy_id": Filter("policy_id"),
        "step": Filter("step", kind="integer"),
        "access": Filter("access", one_of=("open", "throttled", "blocked")),
        "currency": Filter("currency"),
        "collection": Filter("collection_on is not null", kind="boolean"),
        "min_overdue": Filter("overdue", op=">=", kind="decimal"),
        "since_from": Filter("since", op=">=", kind="date"),
        "since_to": Filter("since", op="<=", kind="date"),
        "look_from": Filter("look_on", op=">=", kind="date"),
        "look_to": Filter("look_on", op="<=", kind="date"),
    },
    sorts={"since": "since", "overdue": "overdue", "step": "step", "look_on": "look_on", "opened_on": "opened_on"},
    default_sort="since",
    tiebreak="case_id",
    totals=Totals(sums={"amount": "overdue"}),
)
_COUNTS: Final = (
    f"select status, count(*) as cases from (select {STATUS} as status from dunning_case_row c) s group by 1"
)
_HISTORY: Final = """
select kind, detail::text as detail, actor, recorded_at from dunning_event_row
 where partition = (select partition from dunning_case_row where case_id = $1) and case_id = $1
 order by seq desc limit $2
"""

Reason = Annotated[PrintableText, Field(min_length=1, max_length=500)]


class PauseDunningBody(Body):
    """`until` is the first day on which it goes on; without it, until somebody resumes it."""

    reason: Reason
    until: BillingDate | None = None


class ExemptBody(Body):
    """`until` is the first day on which the account may be dunned again; without it, until somebody says so."""

    reason: Reason
    until: BillingDate | None = None


class AdvanceBody(Body):
    """`step` is how many steps are taken; where it is another number by now, nothing happens (409 `step_taken`)."""

    step: Annotated[StrictInt, Field(ge=0, le=STEPS_MAX)] | None = None


class PauseManyBody(PauseDunningBody):
    ids: Annotated[list[IdText], Field(min_length=1, max_length=MANY_MAX)]


class PausedOne(BaseModel):
    """What became of one of many: `error` is the code of the refusal."""

    id: str
    paused: bool
    error: str | None
    detail: str | None


class PausedMany(BaseModel):
    items: list[PausedOne]
    paused: int


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, every, one = [api.roles(*WRITERS)], "/v1/dunning/cases", "/v1/dunning/cases/{case_id}"
    acts: dict[str, Any] = {"response_model": DunningCaseShape, "dependencies": writers}

    async def done(request: Request, case_id: str, make: type[Command], **said: Any) -> Response:
        row = await case_row(api, case_id)
        await api.command(request, make(case_id=case_id, account_id=row["account_id"], **said))
        return Answer(case_shape(await case_row(api, case_id), api.clock.now()))

    @routes.get(every, **listed(api, LISTING, DunningCasePage))
    async def dunning_cases(request: Request) -> Response:
        now = api.clock.now()
        page = await LISTING.page(request, api, shape=lambda row: case_shape(row, now))
        counts = {row["status"]: row["cases"] for row in await api.db.fetch(_COUNTS)}
        return Answer({**page, "counts": {status: counts.get(status, 0) for status in STATUSES}})

    @routes.get(one, response_model=DunningCaseDetail, dependencies=[api.roles(*READERS)])
    async def dunning_case(case_id: str) -> Response:
        return Answer(await _detail(api, await case_row(api, case_id)))

    @routes.post(f"{every}/pause", response_model=PausedMany, dependencies=writers)
    async def pause_dunning_cases(body: PauseManyBody, request: Request) -> Response:
        """One after the other; what is refused of one does not hold up the others."""
        items = [await _pause_one(api, request, case_id, body) for case_id in dict.fromkeys(body.ids)]
        return Answer({"items": items, "paused": sum(item["paused"] for item in items)})

    @routes.post(f"{one}/pause", **acts)
    async def pause_dunning_case(case_id: str, body: PauseDunningBody, request: Request) -> Response:
        """No step is taken. What was taken of service stays taken, until it is paid."""
        return await done(request, case_id, PauseDunning, reason=body.reason, until=body.until)

    @routes.post(f"{one}/resume", **acts)
    async def resume_dunning_case(case_id: str, request: Request) -> Response:
        """It goes on where it stood; a step whose day has come meanwhile is taken at once."""
        return await done(request, case_id, ResumeDunning)

    @routes.post(f"{one}/advance", **acts)
    async def advance_dunning_case(case_id: str, request: Request, body: AdvanceBody | None = None) -> Response:
        """The next step is taken now, whatever its day."""
        return await done(request, case_id, AdvanceDunning, step=body.step if body else None)

    @routes.post(f"{one}/exempt", **acts)
    async def exempt_dunning_case(case_id: str, body: ExemptBody, request: Request) -> Response:
        """The account is left alone: the case is cleared, and service is given back."""
        account_id = (await case_row(api, case_id))["account_id"]
        await api.command(request, ExemptFromDunning(account_id=account_id, reason=body.reason, until=body.until))
        return Answer(case_shape(await case_row(api, case_id), api.clock.now()))

    return routes


async def case_row(api: Api, case_id: str) -> asyncpg.Record:
    """Raises `not_found`."""
    sql = f"select {', '.join(COLUMNS)} from {CASES} where case_id = $1"
    row: asyncpg.Record | None = await api.db.fetchrow(sql, case_id)
    if row is None:
        raise not_found("dunning case", case_id)
    return row


async def _detail(api: Api, row: asyncpg.Record) -> dict[str, Any]:
    history = await api.db.fetch(_HISTORY, row["case_id"], HISTORY_MAX)
    found = [] if row["cleared_on"] else await coming_steps(api, row["account_id"])
    return {
        **case_shape(row, api.clock.now()),
        "history": [{**dict(one), "detail": msgspec.json.decode(one["detail"])} for one in history],
        "coming": [coming_shape(step) for step in found],
    }


async def _pause_one(api: Api, request: Request, case_id: str, body: PauseManyBody) -> dict[str, Any]:
    try:
        account_id = (await case_row(api, case_id))["account_id"]
        pause = PauseDunning(case_id=case_id, account_id=account_id, reason=body.reason, until=body.until)
        await api.command(request, pause)
    except Rejection as refusal:
        return {"id": case_id, "paused": False, "error": refusal.code, "detail": refusal.detail}
    return {"id": case_id, "paused": True, "error": None, "detail": None}
