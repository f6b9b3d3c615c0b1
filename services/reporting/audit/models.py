"""An entry of the audit trail, as lists and its own page show it, its difference to what was known, and its chain."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel

from services.reporting.audit.rows import AuditRow
from shared.http.pages import Page
from shared.http.row_shape import RowShape
from shared.kernel.money import MoneyBody

EVENT: Final = RowShape(AuditRow, hidden=("seq", "log_offset", "invoice_id"))


@EVENT.model
class Event(BaseModel):
    """One entry of the audit trail; `data` only where one event, or a timeline, is asked for."""

    data: dict[str, Any] | None = None


class EventPage(Page):
    items: list[Event]


class Timeline(BaseModel):
    items: list[Event]


class DifferenceField(BaseModel):
    """A field of the event against what the log last said of it. `said_by` is the event that said it.

    `is_known` tells a field that was said before, with null, from one that never was. `is_different` is null where the
    values are sealed to the reader.
    """

    field: str
    before: Any
    after: Any
    is_known: bool
    is_different: bool | None
    said_by: str | None


class EventDifference(BaseModel):
    """What the event changed of what its aggregate was known to be, from the log alone.

    `fields` are compared; `facts` are of the event itself (an amount that was allocated, a reason) and have no earlier
    value. `earlier` events were looked at; `is_complete` is false where the aggregate has more.
    """

    event: Event
    fields: list[DifferenceField]
    facts: dict[str, Any]
    earlier: int
    is_complete: bool


StageName = Literal["usage", "charges", "lines", "invoices", "allocations", "payments", "dunning"]


class ChainStep(BaseModel):
    """A thing on the way from usage to money. `event_id` is the event that made it, where the trail has it; `of` is the
    thing above it (of a line its invoice), `at` a day or the beginning of a period; `records` how many stand behind."""

    id: str
    account_id: str | None
    event_id: str | None
    text: str | None
    amount: MoneyBody | None
    at: str | None
    until: str | None
    of: str | None
    records: int | None


class ChainStage(BaseModel):
    stage: StageName
    items: list[ChainStep]
    total: int
    next_page: int | None


class EventChain(BaseModel):
    """`causes` led to the event, the nearest first; `effects` followed from it, by causation. `stages` are the things
    it is about, on the way from usage to money."""

    event: Event | None
    causes: list[Event]
    effects: list[Event]
    has_more_effects: bool
    stages: list[ChainStage]
