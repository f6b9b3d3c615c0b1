"""What was put aside, as lists and its own page show it."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel

from services.reporting.dead_letter.rows import DeadLetterRow
from shared.http.pages import Page
from shared.http.row_shape import RowShape


class DeadLetterAction(BaseModel):
    action: Literal["requeue", "discard"]
    allowed: bool
    reason: str | None


class DeadLetterPayload(BaseModel):
    """The first 64 KiB. `base64` is given where the text is not exactly those bytes."""

    size_bytes: int
    truncated: bool
    text: str
    base64: str | None


LETTER: Final = RowShape(DeadLetterRow, hidden=("topic", "seq", "item", "log_offset"))


@LETTER.model
class DeadLetter(BaseModel):
    """An input that a bug put aside, or bytes that could not be read.

    `parked` ones stand in the queue of their `parking_key`, `stands_behind` counts those before it; `input` is where it
    was read, `attempts` how often it crashed, `actor` who had sent it. `payload` and `headers` only where one is asked
    for.
    """

    id: str
    service: str
    stands_behind: int | None
    allowed_actions: list[DeadLetterAction]
    payload: DeadLetterPayload | None = None
    headers: dict[str, str] | None = None


class DeadLetterPage(Page):
    items: list[DeadLetter]
