"""Outages as the contract shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import AwareDatetime, BaseModel

from shared.http.actions import ActionShape
from shared.http.pages import Page, Total
from shared.kernel.bodies import PeriodBody
from shared.kernel.money import MoneyBody

OutageStatus = Literal["running", "previewed", "completed"]


class PolicyShape(BaseModel):
    share: Literal["actual", "percent"]
    percent: str | None
    minimum_minutes: int


class OutageShape(BaseModel):
    """An outage; `previewed` says what it would give back, `completed` that its credits are on the accounts.

    `credited` counts the charges that give something back, `not_credited` those that it touches and do not.
    """

    id: str
    status: OutageStatus
    start: AwareDatetime
    end: AwareDatetime
    policy: PolicyShape
    subscription_ids: list[str] | None
    account_ids: list[str] | None
    plan_id: str | None
    resources: list[str] | None
    reason: str
    accounts: int
    credited: int
    not_credited: int
    totals: list[Total]
    recorded_at: AwareDatetime
    recorded_by: str | None
    confirmed_at: AwareDatetime | None
    confirmed_by: str | None
    finished_at: AwareDatetime | None
    version: int
    allowed_actions: list[ActionShape]


class OutagePage(Page):
    items: list[OutageShape]


class CreditedShape(BaseModel):
    """A charge that an outage touches: `seconds` of its time give back `credit`, or nothing for a `reason`.

    `corrects` is the charge, `charge_id` the credit once it is on the account. Of an account that could not be computed
    at all there is no subscription.
    """

    account_id: str
    subscription_id: str | None
    corrects: str | None
    period: PeriodBody | None
    seconds: int
    outcome: Literal["credited", "not_credited"]
    reason: str | None
    charged: MoneyBody | None
    credit: MoneyBody | None
    charge_id: str | None


class CreditedPage(Page):
    items: list[CreditedShape]
    totals: Sequence[Total]
