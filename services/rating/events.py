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
from services.rating.bandwidth_profile.messages import (
    BandwidthProfileChanged,
    BandwidthProfileDefined,
    BandwidthProfileDeleted,
)
from services.rating.billing_cycle.messages import (
    BillingCycleChanged,
    BillingCycleDefined,
    BillingCycleDeleted,
    CycleTerms,
)
from services.rating.holiday_calendar.messages import HolidaysChanged, HolidaysDefined
from services.rating.meter.messages import MeterKnown
from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from services.rating.period.messages import ChargeFixed, ChargeStep, PeriodClosed, PeriodClosing
from services.rating.plan.messages import (
    PlanDrafted,
    PlanDraftEdited,
    PlanReactivated,
    PlanRetired,
    PlanVersionPublished,
    PlanVersionUnpublished,
)
from services.rating.rate_table.messages import (
    RatesAdded,
    RateTableDefined,
    RateTableVersionDiscarded,
    RateTableVersionDrafted,
    RateTableVersionPublished,
)
from services.rating.rated_usage.messages import RatedSum, UsageRated
from services.rating.service_offering.messages import (
    ServiceOfferingChanged,
    ServiceOfferingDefined,
    ServiceOfferingDeleted,
)
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
    "BandwidthProfileChanged",
    "BandwidthProfileDefined",
    "BandwidthProfileDeleted",
    "BillingCycleChanged",
    "BillingCycleDefined",
    "BillingCycleDeleted",
    "ChangeCancelled",
    "ChargeFixed",
    "ChargeStep",
    "ContractEnding",
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
    "PlanDraftEdited",
    "PlanDrafted",
    "PlanReactivated",
    "PlanRetired",
    "PlanVersionPublished",
    "PlanVersionUnpublished",
    "QuantityChanged",
    "RateTableDefined",
    "RateTableVersionDiscarded",
    "RateTableVersionDrafted",
    "RateTableVersionPublished",
    "RatedSum",
    "RatesAdded",
    "ServiceOfferingChanged",
    "ServiceOfferingDefined",
    "ServiceOfferingDeleted",
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
    PlanDraftEdited,
    PlanVersionUnpublished,
    PlanRetired,
    PlanReactivated,
    ServiceOfferingDefined,
    ServiceOfferingChanged,
    ServiceOfferingDeleted,
    BandwidthProfileDefined,
    BandwidthProfileChanged,
    BandwidthProfileDeleted,
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
)
