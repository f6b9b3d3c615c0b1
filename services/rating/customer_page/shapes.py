"""What a customer is told of usage. Lines and accounts are told apart by the names of their plans, never by ids."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from shared.kernel.bodies import PeriodBody
from shared.kernel.money import MoneyBody


class UsedOnDayShape(BaseModel):
    day: date
    quantity: str


class MeterTodayShape(BaseModel):
    """`days` of the running period on which something was used, the earliest first. Of a meter that is no sum, such as
    a highest value, a day tells nothing: `used_today` is null and there are no days."""

    meter: str
    name: str
    unit: str | None
    used_today: str | None
    days: list[UsedOnDayShape]


class AllowanceLeftShape(BaseModel):
    """`available` at the start of the period, `left` now. It pays for no period from `expires_on` on."""

    plan: str
    meter: str
    name: str
    unit: str | None
    source: Literal["plan", "rollover", "top_up"]
    available: str
    left: str
    expires_on: date | None


class SpendShape(BaseModel):
    """Not billed yet, by the prices of the plans: `net` before tax, `gross` with tax in it. It can change until the
    period ends."""

    amount: MoneyBody
    net: MoneyBody
    gross: MoneyBody
    provisional: Literal[True]


class SpendLimitShape(BaseModel):
    """A threshold of a period's spend. With `cap` service is suspended there, else it is only told."""

    threshold: MoneyBody
    action: Literal["notify", "cap"]
    reached: bool


class CustomerUsageShape(BaseModel):
    """Usage so far as it is rated, of the account and of those it pays for. `period` is the account's running one."""

    today: date
    time_zone: str
    period: PeriodBody
    accounts: int
    accounts_left_out: int = Field(description="It pays for more accounts than are added up here.")
    meters: list[MeterTodayShape]
    meters_left_out: int
    allowances: list[AllowanceLeftShape]
    allowances_left_out: int
    unbilled: SpendShape
    spend_limits: list[SpendLimitShape]
    paid_by_another: bool
