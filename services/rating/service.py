"""Rating, put together: which aggregate decides what, folds what, and has which tables and paths.

    decide(command, view, context)      the one aggregate whose command it is
    evolve(event, envelope, view)       every aggregate that the event changes
    react(event, envelope, view)        what follows from what has happened, here and upstream

An aggregate is a folder; a new one is a folder and its lines here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, assert_never

from fastapi import APIRouter

from services.rating import unsupported
from services.rating.account import api as account_api
from services.rating.account import changes_api as account_changes_api
from services.rating.account import rows as account_rows
from services.rating.account.decide import decide_account, evolve_account
from services.rating.account.messages import (
    AccountClosed,
    AccountCycleChanged,
    AccountDetailsChanged,
    AccountHeld,
    AccountOpened,
    AccountParentChanged,
    AccountReleased,
    AccountReopened,
    ChangeAccount,
    ChangeAccountCycle,
    CloseAccount,
    CycleChangeScheduled,
    HoldAccount,
    OpenAccount,
    ReleaseAccount,
    ReopenAccount,
)
from services.rating.account.preload import preload_account
from services.rating.account.rows import group_places
from services.rating.account.state import Account, GroupPlace
from services.rating.allowance.decide import AllowanceEvent, decide_allowance, evolve_allowance
from services.rating.allowance.messages import AddTopUp, AllowancesSettled, BandwidthProfileAsked, TopUpAdded
from services.rating.allowance.preload import preload_allowance
from services.rating.allowance.state import AllowanceBalance
from services.rating.billing_cycle import api as billing_cycle_api
from services.rating.billing_cycle import closing as billing_cycle_closing
from services.rating.billing_cycle import rows as billing_cycle_rows
from services.rating.billing_cycle.decide import decide_billing_cycle, evolve_billing_cycle
from services.rating.billing_cycle.messages import (
    BillingCycleChanged,
    BillingCycleDefined,
    BillingCycleDeleted,
    ChangeBillingCycle,
    DefineBillingCycle,
    DeleteBillingCycle,
)
from services.rating.billing_cycle.rows import uses
from services.rating.billing_cycle.state import BillingCycle, CycleUse
from services.rating.commands import COMMANDS
from services.rating.correction.decide import evolve_correction
from services.rating.correction.messages import CorrectionAdded
from services.rating.correction.state import PendingCorrections
from services.rating.cycle_change import api as cycle_change_api
from services.rating.events import EVENTS
from services.rating.holiday_calendar import api as holiday_calendar_api
from services.rating.holiday_calendar import rows as holiday_calendar_rows
from services.rating.holiday_calendar.decide import HolidayCommand, HolidayEvent, decide_holidays, evolve_holidays
from services.rating.holiday_calendar.messages import (
    ChangeHolidays,
    DefineHolidays,
    HolidaysChanged,
    HolidaysDefined,
)
from services.rating.holiday_calendar.state import HolidayCalendar
from services.rating.meter.decide import decide_meter, evolve_meter
from services.rating.meter.messages import KnowMeter, MeterKnown
from services.rating.meter.react import react_meter
from services.rating.meter.state import Meter
from services.rating.one_time_charge import api as one_time_charge_api
from services.rating.one_time_charge import rows as one_time_charge_rows
from services.rating.one_time_charge.decide import (
    OneTimeChargeCommand,
    OneTimeChargeEvent,
    decide_one_time_charge,
    evolve_one_time_charge,
)
from services.rating.one_time_charge.messages import (
    AddOneTimeCharge,
    CancelOneTimeCharge,
    OneTimeChargeAdded,
    OneTimeChargeCancelled,
)
from services.rating.one_time_charge.preload import preload_one_time_charge
from services.rating.one_time_charge.state import PendingCharges
from services.rating.period import api as period_api
from services.rating.period import rows as period_rows
from services.rating.period import unbilled
from services.rating.period.decide import decide_period
from services.rating.period.messages import ChargeFixed, ClosePeriod, PeriodClosed, PeriodClosing
from services.rating.period.preload import preload_close
from services.rating.plan import api as plan_api
from services.rating.plan import rows as plan_rows
from services.rating.plan.decide import decide_plan, evolve_plan
from services.rating.plan.messages import (
    DraftPlan,
    DraftPlanVersion,
    PlanDrafted,
    PlanVersionPublished,
    PublishPlanVersion,
)
from services.rating.plan.state import Plan
from services.rating.preview import contract as contract_api
from services.rating.preview.preview import Previews
from services.rating.quote import api as quote_api
from services.rating.rate_table import api as rate_table_api
from services.rating.rate_table import import_api, rates_api
from services.rating.rate_table import rows as rate_table_rows
from services.rating.rate_table.decide import RateTableCommand, RateTableEvent, decide_rate_table, evolve_rate_table
from services.rating.rate_table.messages import (
    AddRates,
    DefineRateTable,
    DiscardRateTableVersion,
    DraftRateTableVersion,
    PublishRateTableVersion,
    RatesAdded,
    RateTableDefined,
    RateTableVersionDiscarded,
    RateTableVersionDrafted,
    RateTableVersionPublished,
)
from services.rating.rate_table.state import RateIndex, RatePiece, RateTable
from services.rating.rated_usage import rows as rated_usage_rows
from services.rating.rated_usage.decide import decide_rated_usage, evolve_rated_usage
from services.rating.rated_usage.messages import RateGuided, UsageRated
from services.rating.rated_usage.preload import preload_guided
from services.rating.rated_usage.react import react_guided, react_rated
from services.rating.rated_usage.splitting import remains, split
from services.rating.rated_usage.state import BilledUsage, PairNumber, UsageDetail, UsageSum
from services.rating.rerating import api as rerating_api
from services.rating.rerating import rows as rerating_rows
from services.rating.rerating.decide import ReratingCommand, ReratingEvent, decide_rerating, evolve_rerating
from services.rating.rerating.loading import charged_pages
from services.rating.rerating.messages import (
    ConfirmRerating,
    RerateAccounts,
    ReratingConfirmed,
    ReratingPageWalked,
    ReratingStarted,
    StartRerating,
)
from services.rating.rerating.react import react_rerating
from services.rating.rerating.state import ChargedPage, Rerating
from services.rating.subscription import api as subscription_api
from services.rating.subscription import change_api
from services.rating.subscription import rows as subscription_rows
from services.rating.subscription.decide import SubscriptionCommand, decide_subscription, evolve_subscription
from services.rating.subscription.messages import (
    CancelChange,
    ChangeCancelled,
    ChangeOfSubscription,
    ContractEnding,
    NoteContractEnding,
    StartSubscription,
    SubscriptionChange,
    SubscriptionChanged,
    SubscriptionStarted,
)
from services.rating.subscription.preload import preload_subscription
from services.rating.subscription.react import react_subscription
from services.rating.subscription.rows import earlier_uses
from services.rating.subscription.state import Subscription
from services.rating.what_if import api as what_if_api
from services.usage import commands as usage_commands
from services.usage.events import GUIDED
from services.usage.meter.messages import MeterDefined
from services.usage.record.messages import GuidedUsage
from services.usage.watermark.messages import UsageWatermark
from shared.engine.postgres import Connection
from shared.engine.service import Applied, Input, Service
from shared.http.api import Api
from shared.kernel.claims import EarlierUse
from shared.kernel.decider import Context, Do, Gone, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event, Message
from shared.kernel.outcome import outcomes
from shared.kernel.unit_of_work import Domain

STATES: Final = (
    *(BillingCycle, Meter, Plan, Account, Subscription, UsageSum, UsageDetail, BilledUsage, PairNumber),
    *(RateTable, RateIndex, RatePiece, HolidayCalendar, PendingCharges, AllowanceBalance),
    *(PendingCorrections, Rerating),
)

_FOLDER: Final = Path(__file__).parent
_TABLES: Final = (
    *("billing_cycle", "plan", "account", "subscription", "period", "rated_usage"),
    *("rate_table", "holiday_calendar", "one_time_charge", "rerating"),
)

RatingCommand = (
    DefineBillingCycle
    | ChangeBillingCycle
    | DeleteBillingCycle
    | DraftPlan
    | DraftPlanVersion
    | PublishPlanVersion
    | OpenAccount
    | SubscriptionCommand
    | OneTimeChargeCommand
    | AddTopUp
    | ChangeAccount
    | ChangeAccountCycle
    | HoldAccount
    | ReleaseAccount
    | CloseAccount
    | ReopenAccount
    | RateGuided
    | KnowMeter
    | ClosePeriod
    | RateTableCommand
    | HolidayCommand
    | ReratingCommand
)
RatingEvent = (
    BillingCycleDefined
    | BillingCycleChanged
    | BillingCycleDeleted
    | MeterKnown
    | PlanDrafted
    | PlanVersionPublished
    | AccountOpened
    | AccountDetailsChanged
    | AccountParentChanged
    | CycleChangeScheduled
    | AccountCycleChanged
    | AccountHeld
    | AccountReleased
    | AccountClosed
    | AccountReopened
    | SubscriptionStarted
    | SubscriptionChange
    | ChangeCancelled
    | ContractEnding
    | OneTimeChargeEvent
    | AllowanceEvent
    | UsageRated
    | PeriodClosing
    | ChargeFixed
    | PeriodClosed
    | RateTableEvent
    | HolidayEvent
    | CorrectionAdded
    | ReratingEvent
)


def decide(command: RatingCommand, view: View, context: Context) -> Sequence[Event]:
    match command:
        case RateGuided():
            return decide_rated_usage(command, view, context)
        case ClosePeriod():
            return decide_period(command, view, context)
        case OpenAccount() | ChangeAccount() | ChangeAccountCycle():
            return decide_account(command, view, context)
        case HoldAccount() | ReleaseAccount() | CloseAccount() | ReopenAccount():
            return decide_account(command, view, context)
        case StartSubscription() | ChangeOfSubscription() | CancelChange() | NoteContractEnding():
            return decide_subscription(command, view, context)
        case AddTopUp():
            return decide_allowance(command, view, context)
        case AddOneTimeCharge() | CancelOneTimeCharge():
            return decide_one_time_charge(command, view, context)
        case DefineBillingCycle() | ChangeBillingCycle() | DeleteBillingCycle():
            return decide_billing_cycle(command, view, context)
        case DraftPlan() | DraftPlanVersion() | PublishPlanVersion():
            return decide_plan(command, view, context)
        case KnowMeter():
            return decide_meter(command, view)
        case (
            DefineRateTable()
            | DraftRateTableVersion()
            | AddRates()
            | PublishRateTableVersion()
            | DiscardRateTableVersion()
        ):
            return decide_rate_table(command, view, context)
        case DefineHolidays() | ChangeHolidays():
            return decide_holidays(command, view, context)
        case StartRerating() | ConfirmRerating() | RerateAccounts():
            return decide_rerating(command, view, context)
        case _:
            assert_never(command)


def evolve(event: RatingEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    match event:
        case UsageRated():
            return evolve_rated_usage(event, view)
        case ChargeFixed():
            changed = (*evolve_subscription(event, view), *evolve_one_time_charge(event, view))
            return (*changed, *evolve_correction(event, view))
        case CorrectionAdded():
            return evolve_correction(event, view)
        case ReratingStarted() | ReratingConfirmed() | ReratingPageWalked():
            return evolve_rerating(event, view)
        case TopUpAdded() | AllowancesSettled() | BandwidthProfileAsked():
            return evolve_allowance(event, view)
        case OneTimeChargeAdded() | OneTimeChargeCancelled():
            return evolve_one_time_charge(event, view)
        case PeriodClosing():
            return ()
        case PeriodClosed():
            return (*evolve_account(event, envelope, view), *evolve_rated_usage(event, view))
        case AccountOpened() | AccountDetailsChanged() | AccountParentChanged():
            return evolve_account(event, envelope, view)
        case CycleChangeScheduled() | AccountCycleChanged():
            return evolve_account(event, envelope, view)
        case AccountHeld() | AccountReleased() | AccountClosed() | AccountReopened():
            return evolve_account(event, envelope, view)
        case SubscriptionStarted():
            return (*evolve_subscription(event, view), *evolve_account(event, envelope, view))
        case SubscriptionChanged() | ChangeCancelled() | ContractEnding():
            return evolve_subscription(event, view)
        case BillingCycleDefined() | BillingCycleChanged() | BillingCycleDeleted():
            return evolve_billing_cycle(event)
        case MeterKnown():
            return evolve_meter(event)
        case PlanDrafted() | PlanVersionPublished():
            return evolve_plan(event, view)
        case (
            RateTableDefined()
            | RateTableVersionDrafted()
            | RatesAdded()
            | RateTableVersionPublished()
            | RateTableVersionDiscarded()
        ):
            return evolve_rate_table(event, view)
        case HolidaysDefined() | HolidaysChanged():
            return evolve_holidays(event, envelope, view)
        case _:
            assert_never(event)


def react(event: Event, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    """Events of usage and of rating itself; those not named here have no consequence."""
    match event:
        case GuidedUsage():
            return react_guided(event)
        case MeterDefined():
            return react_meter(event)
        case UsageRated():
            return react_rated(event)
        case SubscriptionStarted():
            return react_subscription(event, view)
        case ReratingStarted() | ReratingConfirmed() | ReratingPageWalked():
            return react_rerating(event)
        case _:
            return ()


def preload(message: Message) -> Sequence[tuple[type[State], str]]:
    """What a message tells of the states that it will ask for, so that those of a batch load in one round trip."""
    match message:
        case GuidedUsage():
            return preload_guided(message)
        case ClosePeriod():
            return preload_close(message)
        case OpenAccount() | ChangeAccount() | ChangeAccountCycle():
            return preload_account(message)
        case HoldAccount() | ReleaseAccount() | CloseAccount() | ReopenAccount():
            return preload_account(message)
        case StartSubscription() | ChangeOfSubscription() | CancelChange() | NoteContractEnding():
            return preload_subscription(message)
        case AddTopUp():
            return preload_allowance(message)
        case AddOneTimeCharge() | CancelOneTimeCharge():
            return preload_one_time_charge(message)
        case _:
            return ()


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Write what a batch of own events says, aggregate by aggregate: no row waits for one of a later aggregate."""
    await rated_usage_rows.project(connection, partition, batch)
    await billing_cycle_rows.project(connection, partition, batch)
    await plan_rows.project(connection, partition, batch)
    await account_rows.project(connection, partition, batch)
    await subscription_rows.project(connection, partition, batch)
    await one_time_charge_rows.project(connection, partition, batch)
    await period_rows.project(connection, partition, batch)
    await rate_table_rows.project(connection, partition, batch)
    await holiday_calendar_rows.project(connection, partition, batch)
    await rerating_rows.project(connection, partition, batch)


def watermark(event: Event) -> tuple[int, datetime] | None:
    """How far a usage partition has told us everything: what the gate `intake` of the closing timers waits for."""
    return (event.source, event.through) if isinstance(event, UsageWatermark) else None


def router(api: Api) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    preview = Previews(api, DOMAIN, STATES).of
    for module in (
        *(billing_cycle_api, billing_cycle_closing, plan_api, account_api, account_changes_api),
        *(cycle_change_api, unbilled, period_api, quote_api),
        *(rate_table_api, rates_api, import_api, holiday_calendar_api, one_time_charge_api, contract_api),
        *(what_if_api, rerating_api),
    ):
        routes.include_router(module.router(api))
    for subscriptions in (subscription_api, change_api):
        routes.include_router(subscriptions.router(api, preview))
    routes.include_router(unsupported.router(api))
    return routes


DOMAIN: Final = Domain(service="rating", events=EVENTS | outcomes("rating"), decide=decide, evolve=evolve, react=react)

SERVICE: Final = Service(
    name="rating",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(Input("usage.guided", GUIDED),),
    sends={"usage": usage_commands.COMMANDS},
    decide=decide,
    evolve=evolve,
    react=react,
    states=STATES,
    loaders={EarlierUse: earlier_uses, CycleUse: uses, GroupPlace: group_places, ChargedPage: charged_pages},
    preload=preload,
    split=split,
    remains=remains,
    project=project,
    tables=tuple(_FOLDER / aggregate / "tables.sql" for aggregate in _TABLES),
    projection_version=3,
    router=router,
    watermark=watermark,
)
