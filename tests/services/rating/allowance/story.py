"""A customer with allowances: 1.00 for each unit of data that no bucket pays for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from services.rating.allowance.messages import (
    AddTopUp,
    Allowance,
    AllowancesSettled,
    Rollover,
    SettledBucket,
    Validity,
)
from services.rating.bandwidth_profile.messages import BandwidthProfileDefined, BandwidthTerms
from services.rating.period.messages import ChargeFixed
from services.rating.plan.messages import PlanDrafted, PlanTerms
from shared.kernel.message import Event
from tests.kit.decider import Specification
from tests.services.rating.world import account, cycle, guided, plan, rating, subscription, used

METER = "data.octets"
UNITS = {"model": "per_unit", "unit_price": "1.00", "meter": METER}


_TERMS = BandwidthTerms(name="slow", down_kbps=1_000, up_kbps=1_000)


def allowance(quantity: str, allowance_id: str = "data", **options: Any) -> Allowance:
    """`rollover`: periods, or (periods, limit); `validity`: days or periods by name."""
    if isinstance(rollover := options.get("rollover"), tuple):
        options["rollover"] = Rollover(periods=rollover[0], max_quantity=Decimal(rollover[1]))
    elif rollover is not None:
        options["rollover"] = Rollover(periods=rollover)
    if (validity := options.get("validity")) is not None:
        options["validity"] = Validity(**validity)
    return Allowance(id=allowance_id, meter=METER, quantity=Decimal(quantity), **options)


def plan_with(*allowances: Allowance, prices: tuple[dict[str, Any], ...] = (UNITS,), **options: Any) -> list[Event]:
    drafted, published = plan(*prices, **options)
    assert isinstance(drafted, PlanDrafted)
    return [with_allowances(drafted, *allowances), published]


def with_allowances(drafted: PlanDrafted, *allowances: Allowance) -> PlanDrafted:
    return msgspec.structs.replace(drafted, terms=PlanTerms(allowances=allowances))


def customer(*allowances: Allowance, subscriptions: tuple[str, ...] = ("sub-1",), **options: Any) -> Specification:
    lines = [subscription(subscription_id=name) for name in subscriptions]
    profiles = sorted({step.profile for one in allowances for step in one.then})
    defined = [BandwidthProfileDefined(profile_id=name, terms=_TERMS) for name in profiles]
    return rating(cycle(), *defined, *plan_with(*allowances, **options), account(), *lines)


class Guide:
    """Sends usage, numbered as usage does."""

    def __init__(self, story: Specification) -> None:
        self.story = story
        self.n = 0

    def use(self, quantity: int | str, day: str, subscription_id: str = "sub-1") -> None:
        self.n += 1
        record = used(quantity, f"{day} 12:00", subscription_id=subscription_id, index=self.n)
        self.story.when_event(guided(record, n=self.n, seq=self.n))


def charges(story: Specification) -> list[ChargeFixed]:
    return [event for event in story.events if isinstance(event, ChargeFixed)]


def included(charge: ChargeFixed) -> dict[str | None, str]:
    """What the line says of buckets, by their ids."""
    return {step.label: step.quantity for step in charge.steps if step.tier == "included"}


def settled(story: Specification) -> dict[str, AllowancesSettled]:
    return {event.subscription_id: event for event in story.events if isinstance(event, AllowancesSettled)}


def held(event: AllowancesSettled) -> dict[str, tuple[str, date | None]]:
    return {bucket.bucket_id: (f"{bucket.left:f}", bucket.expires_on) for bucket in event.held}


def fates(event: AllowancesSettled) -> dict[str, tuple[str, str, str]]:
    """Of each bucket what was used, what rolled over and what expired."""

    def fate(bucket: SettledBucket) -> tuple[str, str, str]:
        return f"{bucket.used:f}", f"{bucket.rolled_over:f}", f"{bucket.expired:f}"

    return {bucket.bucket_id: fate(bucket) for bucket in event.buckets}


def top_up(quantity: str, top_up_id: str = "more", **options: Any) -> AddTopUp:
    if isinstance(expires := options.get("expires_on"), str):
        options["expires_on"] = date.fromisoformat(expires)
    if (amount := options.pop("price", None)) is not None:
        options |= {"amount": Decimal(amount), "currency": options.get("currency", "EUR")}
    return AddTopUp(
        top_up_id=top_up_id,
        subscription_id="sub-1",
        account_id="acc-1",
        quantity=Decimal(quantity),
        **{"meter": METER, **options},
    )
