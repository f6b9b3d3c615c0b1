"""A mail, as the API shows it."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from shared.http.actions import ActionShape
from shared.http.pages import Page

MailStatus = Literal["waiting", "sending", "sent", "bounced", "failed", "unknown", "cancelled"]


class MailView(BaseModel):
    """`unknown`: the process that sent it ended before it said what came of it; it may have arrived."""

    id: str
    kind: Literal["report", "invitation", "reset", "customer_link"]
    address: str = Field(description="Of a customer's link `account:<id>`: where he reads mail is not written here.")
    about: str = Field(description="The job of a file, the person whose link it is, or a customer's link.")
    schedule_id: str | None
    status: MailStatus
    attempts: int
    created_at: AwareDatetime
    started_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    reason: str | None
    answer: str | None
    allowed_actions: list[ActionShape]


class MailPage(Page):
    items: list[MailView]
