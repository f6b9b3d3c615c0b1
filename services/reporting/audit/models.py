"""An entry of the audit trail, as lists and its own page show it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from shared.http.pages import Page


class Event(BaseModel):
    """One entry of the audit trail; `data` only where one event, or a timeline, is asked for."""

    id: str
    topic: str
    type: str
    aggregate_id: str
    account_id: str | None
    actor: str | None
    correlation_id: str | None
    causation_id: str | None
    recorded_at: datetime
    version: int
    data: dict[str, Any] | None = None


class EventPage(Page):
    items: list[Event]


class Timeline(BaseModel):
    items: list[Event]
