"""How the routes of subscriptions ask for a preview; who answers is handed down by service.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Final, Literal

from fastapi import Request
from pydantic import BaseModel

from services.rating.subscription.decide import SubscriptionCommand
from services.rating.subscription.shapes import TermShape
from shared.kernel.bodies import PeriodBody
from shared.kernel.money import MoneyBody

Preview = Callable[[Request, SubscriptionCommand], Awaitable[dict[str, Any]]]


class PreviewLine(BaseModel):
    """A line as the bill would have it; `quantity` of a flat price is how many there are, `null` for one.

    With `includes_tax` the amount is gross.
    """

    kind: str
    description: str
    subscription_id: str | None
    plan_id: str | None
    plan_version: int
    period: PeriodBody
    quantity: str | None
    amount: MoneyBody
    includes_tax: bool


class PreviewBill(BaseModel):
    amount: MoneyBody
    lines: list[PreviewLine]


class ChangePreview(BaseModel):
    """The bill of the account for `period` with the change and without it: the first that differs, else the next.

    Usage in it is what is rated by now. `without_change` is `null` where there would be no bill.
    """

    preview: Literal[True]
    effective_on: date | None
    period: PeriodBody
    difference: MoneyBody
    without_change: PreviewBill | None
    with_change: PreviewBill
    timeline: list[TermShape]


PREVIEW_SHAPE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": ChangePreview, "description": "With `preview`: what the next bill would be. Nothing is stored."}
}
