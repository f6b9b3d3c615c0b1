"""The world that rating's stories are told in: a monthly cycle, a plan or two, an account, equipment that reports.

`now` is an instant of the story; days are written as the bill shows them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from services.rating.account.messages import AccountOpened
from services.rating.billing_cycle.messages import BillingCycleDefined, CycleTerms
from services.rating.commands import COMMANDS
from services.rating.period.messages import ChargeFixed, ClosePeriod
from services.rating.plan.messages import PlanDrafted, PlanVersionPublished
from services.rating.pricing import Price
from services.rating.service import SERVICE
from services.rating.subscription.messages import SubscriptionStarted
from services.usage.record.columns import GuidedColumns
from services.usage.record.messages import GuidedRecord, GuidedUsage
from shared.kernel.decider import Due
from shared.kernel.message import Event
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification

GRACE = timedelta(hours=1)
PARIS = "Europe/Paris"

FLAT = {"model": "flat", "amount": "20.00"}
OCTETS = {"model": "per_unit", "unit_price": "0.01", "meter": "data.octets"}
TIERED = {
    "model": "graduated",
    "meter": "data.octets",
    "tiers": [
        {"up_to": "10", "unit_price": "1.5"},
        {"up_to": "100", "unit_price": "1.0"},
        {"up_to": None, "unit_price": "0.5"},
    ],
}

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def rating(*given: Event, now: datetime | None = None) -> Specification:
    specification = Specification(SERVICE.domain)
    if now is not None:
        specification.now = now
    return specification.given(*given)


def at(text: str) -> datetime:
    """ "2026-09-01 12:00" in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def terms(
    time_zone: str = "UTC",
    *,
    anchor_day: int = 1,
    frequency: Any = "month",
    cycle_id: str = "monthly",
    **options: Any,
) -> CycleTerms:
    return CycleTerms(cycle_id=cycle_id, frequency=frequency, anchor_day=anchor_day, time_zone=time_zone, **options)


def cycle(**options: Any) -> BillingCycleDefined:
    return BillingCycleDefined(name="Monthly", terms=terms(**options))


def plan(
    *prices: dict[str, Any],
    effective_from: str = "2026-01-01",
    version: int = 1,
    currency: str = "EUR",
    aggregations: dict[str, str] | None = None,
) -> tuple[PlanDrafted, PlanVersionPublished]:
    """A plan in force; `aggregations` of its meters that do not sum up."""
    return (
        PlanDrafted(plan_id="fiber", version=version, name="Fiber", currency=currency, prices=priced(*prices)),
        PlanVersionPublished(
            plan_id="fiber",
            version=version,
            effective_from=date.fromisoformat(effective_from),
            aggregations=aggregations or {},
        ),
    )


def priced(*prices: Any) -> list[Price]:
    """Prices as they come out of a message."""
    return [Price.from_wire(price) for price in prices]


def account(opened_on: str = "2026-09-01", account_id: str = "acc-1", **options: Any) -> AccountOpened:
    return AccountOpened(
        account_id=account_id,
        name=Sealed("v1.k.x"),
        currency="EUR",
        cycle=terms(**options),
        tax_rate=Decimal("20"),
        opened_on=date.fromisoformat(opened_on),
        collection_grace_s=int(GRACE.total_seconds()),
    )


def subscription(
    start: str = "2026-09-01",
    *,
    end: str | None = None,
    period: Period = SEPTEMBER,
    subscription_id: str = "sub-1",
    account_id: str = "acc-1",
) -> SubscriptionStarted:
    return SubscriptionStarted(
        subscription_id=subscription_id,
        account_id=account_id,
        plan_id="fiber",
        start=date.fromisoformat(start),
        end=None if end is None else date.fromisoformat(end),
        period=period,
    )


def used(
    quantity: int | str,
    when: str,
    *,
    index: int = 0,
    subscription_id: str = "sub-1",
    account_id: str = "acc-1",
    meter: str = "data.octets",
    until: str | None = None,
    attributes: dict[str, Any] | None = None,
) -> GuidedRecord:
    """A record of `quantity` units whose usage started at an instant, "2026-09-01 12:00" in UTC, and ended `until`."""
    started, ended = micros(when), micros(until or when)
    quantity = int(Decimal(quantity) * 1_000_000)
    return GuidedRecord(index, account_id, subscription_id, meter, quantity, started, ended, attributes)


def micros(text: str) -> int:
    """ "2026-09-01 12:00" in microseconds since 1970."""
    return (at(text) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def guided(*records: GuidedRecord, n: int = 1, source: int = 2, seq: int = 7, **options: Any) -> GuidedUsage:
    return GuidedUsage(source=source, n=n, seq=seq, records=GuidedColumns.of(list(records)), **options)


def close(specification: Specification, account_id: str = "acc-1", **options: Any) -> Specification:
    """Fire the timer that closes the account's open period, at the instant it is due."""
    timer = timer_of(specification, account_id)
    command = COMMANDS.decode(timer.command_type, bytes(timer.command))
    assert isinstance(command, ClosePeriod)
    return specification.when(command, now=max(timer.due_at, specification.now), **options)


def bill(specification: Specification) -> list[tuple[Any, ...]]:
    """The charges just fixed, as a bill shows them: kind, from, to, quantity, amount."""
    return [
        (
            charge.kind,
            charge.period.start.isoformat(),
            charge.period.end.isoformat(),
            None if charge.quantity is None else f"{charge.quantity:f}",
            str(charge.amount),
        )
        for charge in specification.events
        if isinstance(charge, ChargeFixed)
    ]


def timer_of(specification: Specification, account_id: str = "acc-1") -> Due:
    """The one timer that the account has open."""
    (timer,) = [due for due in specification.state.all(Due) if due.name.startswith(f"close/{account_id}/")]
    return timer
