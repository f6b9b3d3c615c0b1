"""`GET /v1/reports/{name}`: all with the same parameters; which there are, `reports/` and `GET /v1/reports` say.

    GET /v1/reports/ar-aging?currency=EUR
    {"items": [{"currency": "EUR", "current": "100.00", "1_30": "14.88", ...,
                "rows": {"current": "/v1/...", ...}}], "as_of": "2026-10-12T08:00:00Z",
     "from": null, "to": null, "group_by": null, "currency": "EUR"}

A parameter that means nothing to a report is refused.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, create_model

from services.reporting.report import models
from services.reporting.report.asking import ask
from services.reporting.report.catalogue import catalogue, row_catalogue
from services.reporting.reports import Question, Report, reports
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate
from shared.kernel.money import CurrencyCode


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    readers = [api.roles(*READERS)]

    @routes.get("/v1/reports", dependencies=readers, response_model=models.Catalogue)
    async def list_reports() -> Response:
        """Every report there is: what it tells, its columns with their definitions, and what it is asked with."""
        return Answer({"items": catalogue(), "row_lists": row_catalogue()})

    def add(report: Report, model: type[BaseModel]) -> None:
        async def read_report(
            request: Request,
            from_: Annotated[BillingDate | None, Query(alias="from")] = None,
            to: BillingDate | None = None,
            group_by: str | None = None,
            currency: CurrencyCode | None = None,
        ) -> Response:
            return Answer(await _answer(api, report, ask(report, request.query_params, api.clock.now())))

        read_report.__name__ = f"read_{report.name.replace('-', '_')}"
        summary = f"The report {report.name}"
        routes.get(f"/v1/reports/{report.name}", dependencies=readers, response_model=model, summary=summary)(
            read_report
        )

    # Routes of their own, so that each answer has a shape in the OpenAPI document.
    for report in reports().values():
        title = "".join(part.capitalize() for part in report.name.split("-"))
        model = create_model(f"{title}Report", __base__=models.Report, items=(list[report.item], ...))  # type: ignore[name-defined]
        add(report, model)

    @routes.get("/v1/reports/{name}", dependencies=readers, response_model=models.Report)
    async def read_report(
        name: str,
        from_: Annotated[str | None, Query(alias="from")] = None,
        to: str | None = None,
        group_by: str | None = None,
        currency: str | None = None,
    ) -> Response:
        """A report's rows; `from` and `to` are days, both included. There is none of another name than those above."""
        raise not_found("report", name)

    return routes


async def _answer(api: Api, report: Report, question: Question) -> dict[str, Any]:
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        rows = await report.answer(connection, question)
    return {
        "items": [report.answered(question, row) for row in rows],
        "as_of": question.now,
        "from": question.start,
        "to": question.end,
        "group_by": question.group_by,
        "currency": question.currency,
    }
