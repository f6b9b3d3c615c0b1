"""An entry of the audit trail, as lists and its own page show it."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from services.reporting.audit.rows import AuditRow
from shared.http.pages import Page
from shared.http.row_shape import RowShape

EVENT: Final = RowShape(AuditRow, hidden=("seq", "log_offset", "invoice_id"))


@EVENT.model
class Event(BaseModel):
    """One entry of the audit trail; `data` only where one event, or a timeline, is asked for."""

    data: dict[str, Any] | None = None


class EventPage(Page):
    items: list[Event]


class Timeline(BaseModel):
    items: list[Event]
