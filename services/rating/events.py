"""The events of rating, of all its aggregates: what can stand in `rating.events`.

A class is in the `messages.py` of its aggregate; this is what a reader of the log takes: all of them, and the catalogue
that decodes and names them.
"""

from __future__ import annotations

from services.rating.account.messages import (
    AccountClosed,
    AccountCycleChanged,
    AccountDetailsChanged,
    AccountHeld,
    AccountOpened,
    AccountParentChanged,
    AccountReleased,
    AccountReopened,
    CycleChangeScheduled,
)
from services.rating.allowance.messages import AllowancesSettled, BandwidthProfileAsked, TopUpAdded
from services.rating.billing_cycle.messages import (
    BillingCycleChanged,
    BillingCycleDefined,
    BillingCycleDeleted,
    CycleTerms,
)
from services.rating.correction.messages import CorrectionAdded
from services.rating.holiday_calendar.messages import HolidaysChanged, HolidaysDefined
from services.rating.meter.messages import MeterKnown
from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from services.rating.period.messages import ChargeFixed, ChargeStep, PeriodClosed, PeriodClosing
from services.rating.plan.messages import PlanDrafted, PlanVersionPublished
from services.rating.rate_table.messages import (
    RatesAdded,
    RateTableDefined,
    RateTableVersionDiscarded,
    RateTableVersionDrafted,
    RateTableVersionPublished,
)
from services.rating.rated_usage.messages import RatedSum, UsageRated
from services.rating.rerating.messages import ReratingConfirmed, ReratingPageWalked, ReratingStarted
from services.rating.subscription.messages import (
    ChangeCancelled,
    ContractEnding,
    PlanChanged,
    QuantityChanged,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionStarted,
    SubscriptionSuspended,
    SubscriptionTerminated,
)
from shared.kernel.message import catalogue

__all__ = [
    "EVENTS",
    "AccountClosed",
    "AccountCycleChanged",
    "AccountDetailsChanged",
    "AccountHeld",
    "AccountOpened",
    "AccountParentChanged",
    "AccountReleased",
    "AccountReopened",
    "AllowancesSettled",
    "BandwidthProfileAsked",
    "BillingCycleChanged",
    "BillingCycleDefined",
    "BillingCycleDeleted",
    "ChangeCancelled",
    "ChargeFixed",
    "ChargeStep",
    "ContractEnding",
    "CorrectionAdded",
    "CycleChangeScheduled",
    "CycleTerms",
    "HolidaysChanged",
    "HolidaysDefined",
    "MeterKnown",
    "OneTimeChargeAdded",
    "OneTimeChargeCancelled",
    "PeriodClosed",
    "PeriodClosing",
    "PlanChanged",
    "PlanDrafted",
    "PlanVersionPublished",
    "QuantityChanged",
    "RateTableDefined",
    "RateTableVersionDiscarded",
    "RateTableVersionDrafted",
    "RateTableVersionPublished",
    "RatedSum",
    "RatesAdded",
    "ReratingConfirmed",
    "ReratingPageWalked",
    "ReratingStarted",
    "SubscriptionPaused",
    "SubscriptionResumed",
    "SubscriptionStarted",
    "SubscriptionSuspended",
    "SubscriptionTerminated",
    "TopUpAdded",
    "UsageRated",
]

EVENTS = catalogue(
    "rating",
    BillingCycleDefined,
    BillingCycleChanged,
    BillingCycleDeleted,
    MeterKnown,
    PlanDrafted,
    PlanVersionPublished,
    AccountOpened,
    AccountDetailsChanged,
    AccountParentChanged,
    CycleChangeScheduled,
    AccountCycleChanged,
    AccountHeld,
    AccountReleased,
    AccountClosed,
    AccountReopened,
    SubscriptionStarted,
    PlanChanged,
    QuantityChanged,
    SubscriptionSuspended,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionTerminated,
    ChangeCancelled,
    ContractEnding,
    OneTimeChargeAdded,
    OneTimeChargeCancelled,
    TopUpAdded,
    AllowancesSettled,
    BandwidthProfileAsked,
    UsageRated,
    PeriodClosing,
    ChargeFixed,
    PeriodClosed,
    RateTableDefined,
    RateTableVersionDrafted,
    RatesAdded,
    RateTableVersionPublished,
    RateTableVersionDiscarded,
    HolidaysDefined,
    HolidaysChanged,
    CorrectionAdded,
    ReratingStarted,
    ReratingConfirmed,
    ReratingPageWalked,
)
