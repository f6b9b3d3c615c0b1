"""A usage record with what became of it, and counts of many."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from shared.http.actions import ActionShape
from shared.http.pages import Page
from shared.kernel.bodies import PeriodBody
from shared.kernel.money import MoneyBody


class UsageRecord(BaseModel):
    citation: str
    source: str
    id: str
    resource: str | None
    meter: str | None
    kind: str | None
    quantity: str | None
    started_at: datetime | None
    recorded_at: datetime
    account_id: str | None
    subscription_id: str | None
    state: str
    reason: str | None
    detail: str | None


class UsagePage(Page):
    """Single records are kept for 100 days: those received before `kept_since` (a day in UTC) are in the log alone. It
    is null while none was dropped."""

    items: list[UsageRecord]
    kept_since: date | None


class UsageCharge(BaseModel):
    charge_id: str
    kind: str
    billing_period: PeriodBody
    amount: MoneyBody


class UsageLine(BaseModel):
    invoice_id: str
    number: str | None
    n: int
    net: MoneyBody


class UsageSessionReport(BaseModel):
    """What the record reported of its session: a cumulative `reading` at `read_at`, of which it counts the difference.

    `total` is what the session had come to of this meter with it, `began_at` when it began as far as was known,
    `closed_by` what had closed it. `GET /v1/usage/sessions?session_id=` has the session as it is now.
    """

    session_id: str
    status: str
    reading: str
    total: str
    read_at: datetime
    began_at: datetime
    closed_by: str | None


class UsageRetraction(BaseModel):
    """That the record was retracted: `status` retracting until rating's sums are without it, then retracted; restoring,
    restored; refused with a `refusal`. `replaced_by` is the record that a correction counts in its place.
    """

    id: str
    reason: str
    note: str | None
    actor: str | None
    status: str
    refusal: str | None
    retracted_at: datetime
    restored_at: datetime | None
    replaced_by: str | None


class UsageRecordDetail(UsageRecord):
    """A record with its way: where it stands in the log, which charges it is part of, and their invoice lines.

    Of a retracted one `charges` has the charge that it was in and the one that credits it, if it was charged.

    `personal` says of the attributes that its meter marks whether they are shown here: `hidden` for who may not see
    personal data, `erased` once their key is destroyed.

    `ended_at` is `started_at` where the record gave one instant only; both are null of a record that was set aside.
    """

    ended_at: datetime | None
    attributes: dict[str, Any] | None
    personal: dict[str, Literal["shown", "hidden", "erased"]]
    session: UsageSessionReport | None
    charges: list[UsageCharge]
    lines: list[UsageLine]
    copies: list[UsageRecord]
    retraction: UsageRetraction | None
    allowed_actions: list[ActionShape]


class UsageBucket(BaseModel):
    start: datetime
    state: str | None = None
    meter: str | None = None
    recorded_as: str | None = None
    records: int
    quantity: str | None = None


class UsageSummary(BaseModel):
    bucket: Literal["day", "hour"]
    by: Literal["state", "meter", "recorded_as"]
    items: list[UsageBucket]
    kept_since: date | None
    as_of: datetime
