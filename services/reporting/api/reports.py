"""`GET /v1/reports/{name}`: the reports of the workshop, all with the same parameters.

    GET /v1/reports/ar-aging?currency=EUR
    {"items": [{"currency": "EUR", "current": "100.00", "1_30": "14.88", ...}], "as_of": "2026-10-12T08:00:00Z"}

A parameter that means nothing to a report is refused, as is one that a later version will understand.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.reporting.api import models
from services.reporting.reports import LATER, Question, Report, reports
from shared.kernel.bodies import BillingDate
from shared.kernel.errors import unsupported
from shared.kernel.money import CurrencyCode
from shared.runtime.auth import READERS
from shared.runtime.http.answer import Answer
from shared.runtime.http.edge import Edge
from shared.runtime.http.problems import BadParameter, not_found


def router(edge: Edge) -> APIRouter:
    routes = APIRouter()
    readers = [edge.roles(*READERS)]

    async def answer(
        request: Request,
        name: str,
        start: date | None,
        end: date | None,
        group_by: str | None,
        currency: str | None,
    ) -> Response:
        report = _find(name)
        _check(request, report, start, end, group_by)
        now = edge.clock.now()
        question = Question(now=now, start=start, end=end, group_by=group_by, currency=currency)
        async with edge.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            rows = await report.run(connection, question)
        return Answer({"items": rows, "as_of": now})

    # A route of its own, so that its answer has a shape in the OpenAPI document.
    @routes.get("/v1/reports/kpis", dependencies=readers, response_model=models.Kpis)
    async def read_kpis(
        request: Request,
        from_: Annotated[BillingDate | None, Query(alias="from")] = None,
        to: BillingDate | None = None,
        group_by: str | None = None,
        currency: CurrencyCode | None = None,
    ) -> Response:
        """The six figures of the overview with up to twelve months of history."""
        return await answer(request, "kpis", from_, to, group_by, currency)

    @routes.get("/v1/reports/{name}", dependencies=readers, response_model=models.Report)
    async def read_report(
        request: Request,
        name: str,
        from_: Annotated[BillingDate | None, Query(alias="from")] = None,
        to: BillingDate | None = None,
        group_by: str | None = None,
        currency: CurrencyCode | None = None,
    ) -> Response:
        """A report's rows; `from` and `to` are days, both included."""
        return await answer(request, name, from_, to, group_by, currency)

    return routes


def _find(name: str) -> Report:
    report = reports().get(name)
    if report is not None:
        return report
    if name in LATER:
        raise unsupported(f"the report {name}")
    raise not_found("report", name)


def _check(request: Request, report: Report, start: date | None, end: date | None, group_by: str | None) -> None:
    for name in request.query_params:
        if name not in report.takes:
            detail = f"{name} of the report {report.name} is not supported by this version"
            raise BadParameter(name, detail, code="unsupported")
    if start is not None and end is not None and end < start:
        raise BadParameter("to", f"to ({end}) is before from ({start})")
    if group_by is not None and group_by not in report.groups:
        raise BadParameter("group_by", f"group_by is one of {', '.join(report.groups)}, not {group_by!r}")
