"""Subscriptions that come and go: what recurring revenue is told by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.rating.plan.messages import PlanDrafted, PlanTerms, PlanVersionPublished
from services.rating.pricing.engine.price import Price
from services.rating.subscription.messages import (
    PlanChanged,
    QuantityChanged,
    SubscriptionStarted,
    SubscriptionTerminated,
)
from shared.kernel.message import Event
from shared.kernel.period import Period
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened


def plan(
    name: str, *prices: dict[str, Any], version: int = 1, since: date = date(2026, 1, 1), service: str | None = None
) -> tuple[Event, Event]:
    """A version of a plan in force."""
    read = [Price.from_wire(price) for price in prices]
    terms = None if service is None else PlanTerms(service_id=service)
    return (
        PlanDrafted(plan_id=name, version=version, name=name, currency="EUR", prices=read, terms=terms),
        PlanVersionPublished(plan_id=name, version=version, effective_from=since),
    )


def flat(amount: str, interval: Any = None) -> dict[str, Any]:
    return {"model": "flat", "amount": amount} | ({"interval": interval} if interval else {})


def started(line: str, account: str, plan_id: str, start: date, **more: Any) -> SubscriptionStarted:
    period = Period(date(2026, 9, 1), date(2026, 10, 1))
    return SubscriptionStarted(
        subscription_id=line, account_id=account, plan_id=plan_id, start=start, period=period, **more
    )


def _changed(kind: type[Any], line: str, account: str, on: date, **more: Any) -> Any:
    change = f"{line}-{on}-{kind.__name__}"
    return kind(subscription_id=line, account_id=account, change_id=change, effective_on=on, **more)


def ended(line: str, account: str, on: date) -> SubscriptionTerminated:
    found: SubscriptionTerminated = _changed(SubscriptionTerminated, line, account, on)
    return found


def moved(line: str, account: str, on: date, plan_id: str, before: str) -> PlanChanged:
    found: PlanChanged = _changed(PlanChanged, line, account, on, plan_id=plan_id, plan_before=before)
    return found


def counted(line: str, account: str, on: date, quantity: int, before: int) -> QuantityChanged:
    found: QuantityChanged = _changed(QuantityChanged, line, account, on, quantity=quantity, quantity_before=before)
    return found


async def recurring_story(stage: Stage) -> None:
    """In September r-1 and r-2 begin; in October one grows and shrinks, one leaves, one comes back."""
    plans = (
        *plan("fibre", flat("39.90"), service="internet"),
        *plan("tv", flat("29.90", "quarter")),
        *plan("giga", flat("59.90")),
        *plan("once", {"model": "one_time", "amount": "99.00"}),
    )
    await stage.tell("rating.events", *plans, partition=0)
    accounts = [account_opened(f"r-{n}") for n in range(1, 4)]
    await stage.tell(
        "rating.events",
        *accounts,
        started("r-1a", "r-1", "fibre", date(2026, 9, 1)),
        started("r-1b", "r-1", "tv", date(2026, 10, 2)),
        started("r-2a", "r-2", "fibre", date(2026, 9, 15), quantity=3),
        started("r-3a", "r-3", "fibre", date(2026, 8, 1), end=date(2026, 9, 10)),
        started("r-3b", "r-3", "giga", date(2026, 10, 5)),
        moved("r-1a", "r-1", date(2026, 10, 6), "giga", "fibre"),
        counted("r-2a", "r-2", date(2026, 10, 7), 2, 3),
        ended("r-1b", "r-1", date(2026, 10, 9)),
        partition=2,
    )


MONTHLY = {"fibre": Decimal("39.90"), "tv": Decimal("29.90") / 3, "giga": Decimal("59.90")}
