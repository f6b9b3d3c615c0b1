"""What may be asked of rating: the commands of all its aggregates.

Cycles, plans, services, bandwidth profiles and meters are reference data and live in partition 0; all else belongs to
its account.
`RateGuided`, `KnowMeter` and `ClosePeriod` are rating's own: what usage sends sets off the first two, a timer the last.
"""

from __future__ import annotations

from services.rating.account.messages import OpenAccount
from services.rating.bandwidth_profile.messages import (
    ChangeBandwidthProfile,
    DefineBandwidthProfile,
    DeleteBandwidthProfile,
)
from services.rating.billing_cycle.messages import DefineBillingCycle
from services.rating.meter.messages import KnowMeter
from services.rating.period.messages import ClosePeriod
from services.rating.plan.messages import (
    ClonePlan,
    DraftPlan,
    DraftPlanVersion,
    EditPlanVersion,
    PublishPlanVersion,
    ReactivatePlan,
    RetirePlan,
    UnpublishPlanVersion,
)
from services.rating.rated_usage.messages import RateGuided
from services.rating.service_offering.messages import (
    ChangeServiceOffering,
    DefineServiceOffering,
    DeleteServiceOffering,
)
from services.rating.subscription.messages import StartSubscription
from shared.kernel.message import catalogue

__all__ = [
    "COMMANDS",
    "ChangeBandwidthProfile",
    "ChangeServiceOffering",
    "ClonePlan",
    "ClosePeriod",
    "DefineBandwidthProfile",
    "DefineBillingCycle",
    "DefineServiceOffering",
    "DeleteBandwidthProfile",
    "DeleteServiceOffering",
    "DraftPlan",
    "DraftPlanVersion",
    "EditPlanVersion",
    "KnowMeter",
    "OpenAccount",
    "PublishPlanVersion",
    "RateGuided",
    "ReactivatePlan",
    "RetirePlan",
    "StartSubscription",
    "UnpublishPlanVersion",
]

COMMANDS = catalogue(
    "rating",
    DefineBillingCycle,
    DraftPlan,
    DraftPlanVersion,
    EditPlanVersion,
    PublishPlanVersion,
    UnpublishPlanVersion,
    RetirePlan,
    ReactivatePlan,
    ClonePlan,
    DefineServiceOffering,
    ChangeServiceOffering,
    DeleteServiceOffering,
    DefineBandwidthProfile,
    ChangeBandwidthProfile,
    DeleteBandwidthProfile,
    OpenAccount,
    StartSubscription,
    RateGuided,
    KnowMeter,
    ClosePeriod,
)
