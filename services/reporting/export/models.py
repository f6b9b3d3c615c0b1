"""A file that was asked for, as the API shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from services.reporting.job.api import JobShape
from shared.http.pages import Page

FormatName = Literal["csv", "ndjson", "pdf", "xlsx"]


class ReportJob(JobShape):
    """A job that makes a file, with what it was asked."""

    list: str | None = Field(description="The path of the list below `/v1/`; null of a report.")
    report: str | None
    query: str
    columns: tuple[str, ...]
    format: FormatName
    schedule_id: str | None
    as_of: datetime | None = Field(description="The moment whose rows it has; null until they are read.")
    rows: int | None
    size_bytes: int | None = Field(description="Of what is kept for it, compressed; Excel is about as large.")
    expires_at: datetime | None = Field(description="When the file goes; null while it is not made.")


class ReportJobPage(Page):
    items: list[ReportJob]
