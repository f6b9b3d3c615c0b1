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

from services.rating import catalogue, made_good, unsupported
from services.rating.account import api as account_api
from services.rating.account import changes_api as account_changes_api
from services.rating.account import rows as account_rows
from services.rating.account.decide import AccountChange, AccountCommand, decide_account, evolve_account
from services.rating.account.messages import AccountOpened
from services.rating.account.preload import preload_account
from services.rating.account.rows import group_places
from services.rating.account.state import Account, GroupPlace
from services.rating.allowance import api as allowance_api
from services.rating.allowance.decide import AllowanceEvent, decide_allowance, evolve_allowance
from services.rating.allowance.messages import AddTopUp
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
from services.rating.catalogue import (
    CATALOGUE_FOLDERS,
    CATALOGUE_STATES,
    CatalogueCommand,
    CatalogueEvent,
    decide_catalogue,
    evolve_catalogue,
    project_catalogue,
)
from services.rating.commands import COMMANDS
from services.rating.cycle_change import api as cycle_change_api
from services.rating.events import EVENTS
from services.rating.group.decide import decide_group, evolve_group
from services.rating.group.messages import GroupPlaceDecided, PlaceInGroup
from services.rating.group.preload import preload_group
from services.rating.group.react import react_group
from services.rating.group.state import GroupLink
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
from services.rating.plan_migration import api as plan_migration_api
from services.rating.plan_migration.decide import MigrationEvent, indexed
from services.rating.plan_migration.react import react_migration
from services.rating.preview import contract as contract_api
from services.rating.preview.preview import Previews
from services.rating.quote import api as quote_api
from services.rating.rated_usage import rows as rated_usage_rows
from services.rating.rated_usage.decide import decide_rated_usage, evolve_rated_usage
from services.rating.rated_usage.messages import RateGuided, UsageRated
from services.rating.rated_usage.preload import preload_guided
from services.rating.rated_usage.react import react_guided, react_rated
from services.rating.rated_usage.splitting import remains, split
from services.rating.rated_usage.state import BilledUsage, PairNumber, UsageDetail, UsageSum
from services.rating.spend_alert import api as spend_alert_api
from services.rating.spend_alert import rows as spend_alert_rows
from services.rating.spend_alert.decide import (
    SpendAlertCommand,
    SpendAlertEvent,
    decide_spend_alert,
    evolve_spend_alert,
)
from services.rating.spend_alert.messages import SpendAlertSet
from services.rating.spend_alert.preload import preload_spend_alert
from services.rating.spend_alert.state import AlertedAccounts, SpendAlerts
from services.rating.spend_alert.watching import react_bill, react_spend, watched
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
    *(
        BillingCycle,
        Meter,
        *CATALOGUE_STATES,
        Account,
        GroupLink,
        Subscription,
        UsageSum,
        UsageDetail,
        BilledUsage,
        PairNumber,
    ),
    *(PendingCharges, AllowanceBalance, SpendAlerts, AlertedAccounts, *made_good.STATES),
)

_FOLDER: Final = Path(__file__).parent
_TABLES: Final = (
    *("billing_cycle", *CATALOGUE_FOLDERS, "account", "subscription", "period", "rated_usage"),
    *("one_time_charge", "spend_alert", *made_good.FOLDERS),
)

RatingCommand = (
    DefineBillingCycle
    | ChangeBillingCycle
    | DeleteBillingCycle
    | CatalogueCommand
    | AccountCommand
    | SubscriptionCommand
    | OneTimeChargeCommand
    | SpendAlertCommand
    | AddTopUp
    | PlaceInGroup
    | RateGuided
    | KnowMeter
    | ClosePeriod
    | made_good.MadeGoodCommand
)
RatingEvent = (
    BillingCycleDefined
    | BillingCycleChanged
    | BillingCycleDeleted
    | MeterKnown
    | CatalogueEvent
    | AccountOpened
    | AccountChange
    | GroupPlaceDecided
    | SubscriptionStarted
    | SubscriptionChange
    | ChangeCancelled
    | ContractEnding
    | OneTimeChargeEvent
    | SpendAlertEvent
    | AllowanceEvent
    | UsageRated
    | PeriodClosing
    | ChargeFixed
    | PeriodClosed
    | made_good.MadeGoodEvent
)


def decide(command: RatingCommand, view: View, context: Context) -> Sequence[Event]:
    if isinstance(command, CatalogueCommand):
        return decide_catalogue(command, view, context)
    if isinstance(command, SpendAlertCommand):
        return decide_spend_alert(command, view, context)
    if isinstance(command, made_good.MadeGoodCommand):
        return made_good.decide(command, view, context)
    if isinstance(command, AccountCommand):
        return decide_account(command, view, context)
    match command:
        case RateGuided():
            return decide_rated_usage(command, view, context)
        case ClosePeriod():
            return decide_period(command, view, context)
        case PlaceInGroup():
            return decide_group(command, view, context)
        case StartSubscription() | ChangeOfSubscription() | CancelChange() | NoteContractEnding():
            return decide_subscription(command, view, context)
        case AddTopUp():
            return decide_allowance(command, view, context)
        case AddOneTimeCharge() | CancelOneTimeCharge():
            return decide_one_time_charge(command, view, context)
        case DefineBillingCycle() | ChangeBillingCycle() | DeleteBillingCycle():
            return decide_billing_cycle(command, view, context)
        case KnowMeter():
            return decide_meter(command, view)
        case _:
            assert_never(command)


def evolve(event: RatingEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    if isinstance(event, CatalogueEvent):
        return evolve_catalogue(event, envelope, view)
    if isinstance(event, AllowanceEvent):
        return evolve_allowance(event, view)
    if isinstance(event, SpendAlertEvent):
        return evolve_spend_alert(event, view)
    if isinstance(event, made_good.MadeGoodEvent):
        return made_good.evolve(event, view)
    if isinstance(event, AccountOpened | AccountChange):
        return evolve_account(event, envelope, view)
    match event:
        case UsageRated():
            return [*evolve_rated_usage(event, view), *watched(event, envelope, view)]
        case ChargeFixed():
            return (
                *evolve_subscription(event, view),
                *evolve_one_time_charge(event, view),
                *made_good.evolve(event, view),
            )
        case OneTimeChargeAdded() | OneTimeChargeCancelled():
            return evolve_one_time_charge(event, view)
        case PeriodClosing():
            return ()
        case PeriodClosed():
            return (*evolve_account(event, envelope, view), *evolve_rated_usage(event, view))
        case GroupPlaceDecided():
            return evolve_group(event, view)
        case SubscriptionStarted():
            return (*evolve_subscription(event, view), *evolve_account(event, envelope, view), *indexed(event, view))
        case SubscriptionChanged() | ChangeCancelled() | ContractEnding():
            return evolve_subscription(event, view)
        case BillingCycleDefined() | BillingCycleChanged() | BillingCycleDeleted():
            return evolve_billing_cycle(event)
        case MeterKnown():
            return evolve_meter(event)
        case _:
            assert_never(event)


def react(event: Event, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    """Events of usage and of rating itself; those not named here have no consequence."""
    if isinstance(event, MigrationEvent):
        return react_migration(event)
    if isinstance(event, made_good.MadeGoodEvent):
        return made_good.react(event)
    match event:
        case GuidedUsage():
            return react_guided(event)
        case MeterDefined():
            return react_meter(event)
        case UsageRated():
            return (*react_rated(event), *react_spend(event, envelope, view))
        case SpendAlertSet() | OneTimeChargeAdded() | PeriodClosed():
            return react_bill(event, view)
        case SubscriptionStarted():
            return react_subscription(event, view)
        case GroupPlaceDecided():
            return react_group(event)
        case _:
            return ()


def preload(message: Message) -> Sequence[tuple[type[State], str]]:
    """What a message tells of the states that it will ask for, so that those of a batch load in one round trip."""
    if isinstance(message, SpendAlertCommand):
        return preload_spend_alert(message)
    if isinstance(message, AccountCommand):
        return preload_account(message)
    match message:
        case GuidedUsage():
            return preload_guided(message)
        case ClosePeriod():
            return preload_close(message)
        case PlaceInGroup():
            return preload_group(message)
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
    await project_catalogue(connection, partition, batch)
    await account_rows.project(connection, partition, batch)
    await subscription_rows.project(connection, partition, batch)
    await one_time_charge_rows.project(connection, partition, batch)
    await spend_alert_rows.project(connection, partition, batch)
    await period_rows.project(connection, partition, batch)
    await made_good.project(connection, partition, batch)


def watermark(event: Event) -> tuple[int, datetime] | None:
    """How far a usage partition has told us everything: what the gate `intake` of the closing timers waits for."""
    return (event.source, event.through) if isinstance(event, UsageWatermark) else None


def router(api: Api) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    preview = Previews(api, DOMAIN, STATES).of
    for module in (
        *(billing_cycle_api, billing_cycle_closing, catalogue, account_api, account_changes_api),
        *(cycle_change_api, unbilled, period_api, quote_api),
        *(one_time_charge_api, contract_api, allowance_api, what_if_api, spend_alert_api, made_good),
    ):
        routes.include_router(module.router(api))
    for module in (subscription_api, change_api, plan_migration_api):
        routes.include_router(module.router(api, preview))
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
    loaders={EarlierUse: earlier_uses, CycleUse: uses, GroupPlace: group_places, **made_good.LOADERS},
    preload=preload,
    split=split,
    remains=remains,
    project=project,
    tables=tuple(_FOLDER / aggregate / "tables.sql" for aggregate in _TABLES),
    projection_version=4,
    router=router,
    watermark=watermark,
)
