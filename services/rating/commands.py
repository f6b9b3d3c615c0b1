"""What may be asked of rating: the commands of all its aggregates.

Cycles, plans and meters are reference data and live in partition 0; everything else belongs to its account.
`RateGuided`, `KnowMeter` and `ClosePeriod` are rating's own: what usage sends sets off the first two, a timer the last.
"""

from __future__ import annotations

from services.rating.account.messages import (
    ChangeAccount,
    ChangeAccountCycle,
    CloseAccount,
    FollowGroup,
    HoldAccount,
    OpenAccount,
    ReleaseAccount,
    ReopenAccount,
)
from services.rating.allowance.messages import AddTopUp
from services.rating.bandwidth_profile.messages import (
    ChangeBandwidthProfile,
    DefineBandwidthProfile,
    DeleteBandwidthProfile,
)
from services.rating.billing_cycle.messages import ChangeBillingCycle, DefineBillingCycle, DeleteBillingCycle
from services.rating.group.messages import PlaceInGroup
from services.rating.holiday_calendar.messages import ChangeHolidays, DefineHolidays
from services.rating.meter.messages import KnowMeter
from services.rating.one_time_charge.messages import AddOneTimeCharge, CancelOneTimeCharge
from services.rating.outage.messages import ConfirmOutage, CreditAccounts, RecordOutage
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
from services.rating.plan_migration.messages import (
    CancelMigration,
    ScheduleMigration,
    WalkMigration,
)
from services.rating.rate_table.messages import (
    AddRates,
    DefineRateTable,
    DiscardRateTableVersion,
    DraftRateTableVersion,
    PublishRateTableVersion,
)
from services.rating.rated_usage.messages import RateGuided
from services.rating.rerating.messages import ConfirmRerating, RerateAccounts, StartRerating
from services.rating.service_offering.messages import (
    ChangeServiceOffering,
    DefineServiceOffering,
    DeleteServiceOffering,
)
from services.rating.spend_alert.messages import CheckSpend, RemoveSpendAlert, SetSpendAlert
from services.rating.subscription.messages import (
    CancelChange,
    ChangePlan,
    ChangeQuantity,
    NoteContractEnding,
    PauseSubscription,
    ResumeSubscription,
    StartSubscription,
    SuspendSubscription,
    TerminateSubscription,
)
from shared.kernel.message import catalogue

__all__ = [
    "COMMANDS",
    "AddOneTimeCharge",
    "AddRates",
    "AddTopUp",
    "CancelChange",
    "CancelMigration",
    "CancelOneTimeCharge",
    "ChangeAccount",
    "ChangeAccountCycle",
    "ChangeBandwidthProfile",
    "ChangeBillingCycle",
    "ChangeHolidays",
    "ChangePlan",
    "ChangeQuantity",
    "ChangeServiceOffering",
    "ClonePlan",
    "CloseAccount",
    "ClosePeriod",
    "ConfirmOutage",
    "ConfirmRerating",
    "CreditAccounts",
    "DefineBandwidthProfile",
    "DefineBillingCycle",
    "DefineHolidays",
    "DefineRateTable",
    "DefineServiceOffering",
    "DeleteBandwidthProfile",
    "DeleteBillingCycle",
    "DeleteServiceOffering",
    "DiscardRateTableVersion",
    "DraftPlan",
    "DraftPlanVersion",
    "DraftRateTableVersion",
    "EditPlanVersion",
    "FollowGroup",
    "HoldAccount",
    "KnowMeter",
    "NoteContractEnding",
    "OpenAccount",
    "PauseSubscription",
    "PlaceInGroup",
    "PublishPlanVersion",
    "PublishRateTableVersion",
    "RateGuided",
    "ReactivatePlan",
    "RecordOutage",
    "ReleaseAccount",
    "ReopenAccount",
    "RerateAccounts",
    "ResumeSubscription",
    "RetirePlan",
    "ScheduleMigration",
    "StartRerating",
    "StartSubscription",
    "SuspendSubscription",
    "TerminateSubscription",
    "UnpublishPlanVersion",
    "WalkMigration",
]

COMMANDS = catalogue(
    "rating",
    DefineBillingCycle,
    ChangeBillingCycle,
    DeleteBillingCycle,
    DraftPlan,
    DraftPlanVersion,
    PublishPlanVersion,
    EditPlanVersion,
    UnpublishPlanVersion,
    RetirePlan,
    ReactivatePlan,
    ClonePlan,
    CancelMigration,
    ScheduleMigration,
    WalkMigration,
    DefineServiceOffering,
    ChangeServiceOffering,
    DeleteServiceOffering,
    DefineBandwidthProfile,
    ChangeBandwidthProfile,
    DeleteBandwidthProfile,
    OpenAccount,
    ChangeAccount,
    PlaceInGroup,
    FollowGroup,
    ChangeAccountCycle,
    HoldAccount,
    ReleaseAccount,
    CloseAccount,
    ReopenAccount,
    StartSubscription,
    ChangePlan,
    ChangeQuantity,
    SuspendSubscription,
    PauseSubscription,
    ResumeSubscription,
    TerminateSubscription,
    CancelChange,
    NoteContractEnding,
    AddOneTimeCharge,
    CancelOneTimeCharge,
    SetSpendAlert,
    RemoveSpendAlert,
    CheckSpend,
    AddTopUp,
    RateGuided,
    KnowMeter,
    ClosePeriod,
    DefineRateTable,
    DraftRateTableVersion,
    AddRates,
    PublishRateTableVersion,
    DiscardRateTableVersion,
    DefineHolidays,
    ChangeHolidays,
    StartRerating,
    ConfirmRerating,
    RerateAccounts,
    RecordOutage,
    ConfirmOutage,
    CreditAccounts,
)
