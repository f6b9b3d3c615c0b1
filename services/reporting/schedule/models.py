"""A schedule and its runs, as the API takes and shows them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, StrictInt, StrictStr

from services.reporting.export.asking import NewExport
from services.reporting.export.models import FormatName
from services.reporting.mail.models import MailStatus
from services.reporting.schedule.when import Frequency, Span
from shared.http.actions import ActionShape
from shared.http.pages import Page
from shared.kernel.bodies import IdText, PrintableText, TimeZone
from shared.mail.addresses import AddressText

RECIPIENTS_MAX = 20

At = Annotated[StrictStr, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class ScheduleBody(NewExport):
    """What a report job is asked with, and when: `at` is a local time, `weekday` (1 is Monday) goes with `week`,
    `day_of_month` with `month`, where 31 is a month's end. `period` are the days that each run asks a report about;
    without it they are those of the query, or the report's own. `recipients` are e-mail addresses of people who log in
    here; an admin may name others, who get personal data sealed.
    """

    name: Annotated[PrintableText, Field(min_length=1, max_length=100)]
    frequency: Frequency
    at: At
    time_zone: TimeZone
    weekday: Annotated[StrictInt, Field(ge=1, le=7)] | None = None
    day_of_month: Annotated[StrictInt, Field(ge=1, le=31)] | None = None
    period: Span | None = None
    recipients: Annotated[tuple[AddressText, ...], Field(min_length=1, max_length=RECIPIENTS_MAX)]


class NewSchedule(ScheduleBody):
    id: IdText | None = None


class ScheduleView(BaseModel):
    """`next_run_at` is null while it is paused; `paused_reason` says why where nobody has paused it: `owner_gone`."""

    id: str
    name: str
    owner: str
    list: str | None
    report: str | None
    query: str
    columns: tuple[str, ...] | None
    format: FormatName
    language: str
    frequency: Frequency
    at: str
    time_zone: str
    weekday: int | None
    day_of_month: int | None
    period: Span | None
    recipients: tuple[str, ...]
    status: Literal["active", "paused"]
    paused_reason: str | None
    next_run_at: AwareDatetime | None
    last_run_at: AwareDatetime | None
    last_status: Literal["working", "done", "failed"] | None
    sends_mail: bool = Field(description="Whether a mail server is set up; without one, mails wait for three days.")
    version: int
    created_at: AwareDatetime
    allowed_actions: list[ActionShape]  # type: ignore[valid-type]


class SchedulePage(Page):
    items: list[ScheduleView]


class RunMail(BaseModel):
    id: str
    address: str
    status: MailStatus
    reason: str | None
    ended_at: AwareDatetime | None


class RunView(BaseModel):
    due_at: AwareDatetime
    job_id: str
    status: Literal["working", "done", "failed"]
    reason: str | None
    detail: str | None
    mails: list[RunMail]


class RunPage(Page):
    items: list[RunView]
