"""What was put aside, as lists and its own page show it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from shared.http.pages import Page


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


class DeadLetter(BaseModel):
    """An input that a bug put aside, or bytes that could not be read.

    `parked` ones stand in the queue of their `parking_key`, `stands_behind` counts those before it; `input` is where it
    was read, `attempts` how often it crashed, `actor` who had sent it. `payload` and `headers` only where one is asked
    for.
    """

    id: str
    service: str
    kind: Literal["parked", "command", "bytes"]
    status: Literal["open", "requeued", "discarded"]
    type: str | None
    subject: str
    parking_key: str | None
    stands_behind: int | None
    account_id: str | None
    command_id: str | None
    input: str
    error: str
    attempts: int
    actor: str | None
    size_bytes: int
    recorded_at: datetime
    tried_at: datetime | None
    resolved_at: datetime | None
    resolved_by: str | None
    reason: str | None
    allowed_actions: list[DeadLetterAction]
    payload: DeadLetterPayload | None = None
    headers: dict[str, str] | None = None


class DeadLetterPage(Page):
    items: list[DeadLetter]
