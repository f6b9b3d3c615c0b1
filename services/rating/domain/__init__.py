"""What rating decides: which events a command leads to, and what they make of the state.

    decide(command, view, context)            -> events, or a refusal
    evolve(event, envelope, view)             -> states and timers

Reference data is in `reference.py`, accounts and their periods in `accounts.py`, usage in `rating.py`, closing in
`closing.py`; what a line costs is in ``charging.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from services.rating.commands import (
    ClosePeriod,
    DefineBillingCycle,
    DraftPlan,
    DraftPlanVersion,
    KnowMeter,
    OpenAccount,
    PublishPlanVersion,
    RateGuided,
    StartSubscription,
)
from services.rating.domain import accounts, closing, rating, reference
from services.rating.domain.state import (
    STATES,
    Account,
    BillingCycle,
    Meter,
    PairNumber,
    Plan,
    PlanVersion,
    Subscription,
    Tally,
    UsageSum,
)
from services.rating.events import (
    AccountOpened,
    BillingCycleDefined,
    ChargeFixed,
    MeterKnown,
    PeriodClosed,
    PeriodClosing,
    PlanDrafted,
    PlanVersionPublished,
    SubscriptionStarted,
    UsageRated,
)
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event

__all__ = [
    "STATES",
    "Account",
    "BillingCycle",
    "Meter",
    "PairNumber",
    "Plan",
    "PlanVersion",
    "Subscription",
    "Tally",
    "UsageSum",
    "decide",
    "evolve",
]

RatingCommand = (
    DefineBillingCycle
    | DraftPlan
    | DraftPlanVersion
    | PublishPlanVersion
    | OpenAccount
    | StartSubscription
    | RateGuided
    | KnowMeter
    | ClosePeriod
)
RatingEvent = (
    BillingCycleDefined
    | MeterKnown
    | PlanDrafted
    | PlanVersionPublished
    | AccountOpened
    | SubscriptionStarted
    | UsageRated
    | PeriodClosing
    | ChargeFixed
    | PeriodClosed
)


def decide(command: RatingCommand, view: View, context: Context) -> Sequence[Event]:
    match command:
        case RateGuided():
            return rating.rate_guided(command, view)
        case ClosePeriod():
            return closing.close_period(command, view, context)
        case OpenAccount():
            return accounts.open_account(command, view, context)
        case StartSubscription():
            return accounts.start_subscription(command, view, context)
        case DefineBillingCycle():
            return reference.define_cycle(command, view)
        case DraftPlan():
            return reference.draft_plan(command, view)
        case DraftPlanVersion():
            return reference.draft_version(command, view, context)
        case PublishPlanVersion():
            return reference.publish_version(command, view, context)
        case KnowMeter():
            return reference.know_meter(command, view)
        case _:
            assert_never(command)


def evolve(event: RatingEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    match event:
        case UsageRated():
            return rating.usage_rated(event, view)
        case ChargeFixed():
            return closing.charge_fixed(event, view)
        case PeriodClosing():
            return ()
        case PeriodClosed():
            return closing.period_closed(event, view)
        case AccountOpened():
            return accounts.account_opened(event)
        case SubscriptionStarted():
            return accounts.subscription_started(event, envelope, view)
        case BillingCycleDefined():
            return reference.cycle_defined(event)
        case MeterKnown():
            return reference.meter_known(event)
        case PlanDrafted():
            return reference.plan_drafted(event, view)
        case PlanVersionPublished():
            return reference.version_published(event, view)
        case _:
            assert_never(event)
