"""Reratings as the contract shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, WithJsonSchema

from shared.http.actions import ActionShape
from shared.http.pages import Page, Total
from shared.http.schemas import named
from shared.kernel.bodies import PeriodBody
from shared.kernel.money import MoneyBody

ReratingStatus = Literal["running", "previewed", "completed"]
RerateOutcome = Literal["corrected", "not_computable"]


class ReratingShape(BaseModel):
    """A rerating; `previewed` says what it would come to, `completed` that its differences are on the accounts.

    `corrected` counts lines with a difference, `unchanged` those without, `not_computable` those left as they are.
    """

    id: str
    status: ReratingStatus
    plan_id: str
    plan_version: int
    prices: list[Annotated[Any, WithJsonSchema(named("Price"))]]
    start: date
    end: date
    account_ids: list[str] | None
    reason: str
    accounts: int
    corrected: int
    unchanged: int
    not_computable: int
    totals: list[Total]
    started_at: AwareDatetime
    started_by: str | None
    confirmed_at: AwareDatetime | None
    confirmed_by: str | None
    finished_at: AwareDatetime | None
    version: int
    allowed_actions: list[ActionShape]


class ReratingPage(Page):
    items: list[ReratingShape]


class ReratedShape(BaseModel):
    """A price of a subscription in a closed period: what was charged, what it costs now, what goes on the account.

    `reason` says why it is left as it is. Of an account that could not be computed at all there is no subscription.
    `charge_id`: the correction, once there is one; it is a charge under that id when the open period is closed.
    """

    account_id: str
    subscription_id: str | None
    price_index: int
    period: PeriodBody | None
    outcome: RerateOutcome
    reason: str | None
    charged: MoneyBody | None
    corrected: MoneyBody | None
    difference: MoneyBody | None
    charge_id: str | None


class ReratedTotal(Total):
    charged: str
    corrected: str


class ReratedPage(Page):
    items: list[ReratedShape]
    totals: Sequence[ReratedTotal]
