"""Exports of the journal are asked for here; what they hold, and their files, reporting shows.

POST /v1/journal-exports {"month": "2026-10", "closes": true}     201 {"id": "je-…", "n": 1, "month": "2026-10", ...}
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, StrictBool

from services.payments.bookkeeping.messages import ExportJournal
from shared.engine.progress import progress_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.kernel.bodies import Body

KEEPERS: Final = ("admin", "billing")
"""Who hands the journal to bookkeeping."""
LOGS: Final = ("invoicing", "payments")


class _Logs:
    """The logs that the journal is made of."""

    takes: Final = tuple(f"{name}.events" for name in LOGS)


class JournalExportBody(Body):
    """What is booked up to the end of `month` (2026-10) and is in no export before. `closes`: the month is done with;
    what is booked in it later is exported with the next one, on its first day."""

    month: Annotated[str, Field(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
    closes: StrictBool = True


class JournalExportedShape(BaseModel):
    """An export, as it was asked for; `GET /v1/journal-exports/{id}` says what it holds."""

    id: str
    n: int
    month: str
    closes: bool
    exported_at: AwareDatetime
    exported_by: str | None


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/journal-exports",
        status_code=201,
        response_model=JournalExportedShape,
        dependencies=[api.roles(*KEEPERS)],
    )
    async def export_journal(body: JournalExportBody, request: Request) -> Response:
        """Export what is booked up to the end of a month that is over: each entry is in one export."""
        export_id = api.new_id(request, "journal-export")
        taken = await progress_of(api.db, _Logs(), partitions=api.settings.partitions)
        cut = {name: taken.offsets[f"{name}.events"] for name in LOGS}
        month = date.fromisoformat(f"{body.month}-01")
        await api.command(request, ExportJournal(export_id=export_id, month=month, closes=body.closes, cut=cut))
        row = await api.db.fetchrow(f"{_SQL} where export_id = $1", export_id)
        assert row is not None
        return Answer(_shape(row), status_code=201, headers={"Location": f"/v1/journal-exports/{export_id}"})

    return routes


_SQL: Final = "select export_id, n, month, closes, exported_at, exported_by from journal_exported_row"


def _shape(row: Any) -> dict[str, Any]:
    said = {name: row[name] for name in ("n", "closes", "exported_at", "exported_by")}
    return {"id": row["export_id"], "month": f"{row['month']:%Y-%m}", **said}
