"""A report's answer: its rows, and the question it answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel, Field


class Report(BaseModel):
    """Rows of a report, and what it answers: `from` and `to` are days, both included, also where they are its own
    default; `null` where it takes no such parameter or none was given.
    """

    items: Sequence[BaseModel]
    as_of: datetime
    from_: date | None = Field(alias="from")
    to: date | None
    group_by: str | None
    currency: str | None
