"""Customers are found by the plan that they have today, and counted with the subscriptions that go on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.rating.subscription.messages import ChangeCancelled, PlanChanged, SubscriptionTerminated
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened, profile_opened, subscription_started

pytestmark = pytest.mark.servers

PAST, AHEAD = date(2026, 9, 16), date(2199, 1, 1)


def changed(change_id: str, on: date, plan_id: str = "office") -> PlanChanged:
    return PlanChanged(
        subscription_id="line-1",
        account_id="acc-1",
        change_id=change_id,
        effective_on=on,
        plan_id=plan_id,
        plan_before="home",
    )


def ended(change_id: str, on: date) -> SubscriptionTerminated:
    return SubscriptionTerminated(subscription_id="line-1", account_id="acc-1", change_id=change_id, effective_on=on)


def cancelled(change_id: str) -> ChangeCancelled:
    return ChangeCancelled(subscription_id="line-1", account_id="acc-1", change_id=change_id)


@pytest.mark.parametrize(
    ("events", "plan", "subscriptions"),
    [
        ([],                                                        "home",   1),
        ([changed("c1", PAST)],                                     "office", 1),
        ([changed("c1", AHEAD)],                                    "home",   1),
        ([changed("c1", PAST), changed("c2", PAST, "home")],        "home",   1),
        ([changed("c1", PAST), cancelled("c1")],                    "home",   1),
        ([ended("c1", PAST)],                                       None,     0),
        ([ended("c1", AHEAD)],                                      "home",   1),
        ([ended("c1", PAST), cancelled("c1")],                      "home",   1),
    ],
)  # fmt: skip
async def test_a_customer_has_the_plan_of_today(
    stage: Stage, events: list[Any], plan: str | None, subscriptions: int
) -> None:
    await stage.tell(
        "rating.events", account_opened(name=await stage.vault.seal("acc-1", "Ann")), subscription_started(), *events
    )
    await stage.tell("invoicing.events", profile_opened())
    found = {name: (await stage.read("/v1/customer-configs", plan_id=name))["total"] for name in ("home", "office")}
    assert found == {name: int(name == plan) for name in ("home", "office")}
    assert (await stage.read("/v1/customer-configs/acc-1"))["subscriptions"] == subscriptions
    assert (await stage.read("/v1/overview"))["subscriptions"] == subscriptions
