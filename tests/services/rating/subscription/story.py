"""A customer on Fiber who changes: what the tests of subscriptions are told in."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.rating.period.messages import ChargeFixed
from services.rating.plan.messages import PlanDrafted, PlanVersionPublished
from services.rating.subscription.state import Subscription
from shared.kernel.message import Command
from tests.kit.decider import Specification
from tests.services.rating.world import FLAT, account, at, cycle, plan, priced, rating, subscription

ARREARS = {**FLAT, "bill": "arrears"}


def other_plan(
    *prices: dict[str, Any], plan_id: str = "office", name: str = "Office 100"
) -> tuple[PlanDrafted, PlanVersionPublished]:
    return (
        PlanDrafted(plan_id=plan_id, version=1, name=name, currency="EUR", prices=priced(*prices)),
        PlanVersionPublished(plan_id=plan_id, version=1, effective_from=date(2026, 1, 1)),
    )


def customer(*prices: dict[str, Any], now: str = "2026-09-01 12:00", **options: Any) -> Specification:
    """On Fiber since September 1; `office`, 30.00, is there to change to."""
    return rating(
        cycle(),
        *plan(*(prices or (FLAT,))),
        *other_plan({**FLAT, "amount": "30.00"}),
        account(),
        subscription(**options),
        now=at(now),
    )


def on(command: type[Command], day: str | None = None, **fields: Any) -> Any:
    return command(
        subscription_id="sub-1",
        account_id="acc-1",
        effective_on=None if day is None else date.fromisoformat(day),
        **fields,
    )


def held(story: Specification) -> Subscription:
    found = story.get(Subscription, "sub-1")
    assert found is not None
    return found


def descriptions(story: Specification) -> list[str]:
    return [charge.description for charge in story.events if isinstance(charge, ChargeFixed)]
