"""What is on sale, put together: plans, the services that they sell, how fast those are, the rate tables and holidays
that prices name; and who moves between plans.

All but migrations is reference data, in partition 0.

service.py takes it as one part: `isinstance(command, CatalogueCommand)` goes to `decide_catalogue`, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from fastapi import APIRouter

from services.rating.bandwidth_profile import api as bandwidth_profile_api
from services.rating.bandwidth_profile import rows as bandwidth_profile_rows
from services.rating.bandwidth_profile.decide import (
    BandwidthProfileCommand,
    BandwidthProfileEvent,
    decide_bandwidth_profile,
    evolve_bandwidth_profile,
    evolve_given_profiles,
)
from services.rating.bandwidth_profile.state import BandwidthProfile
from services.rating.holiday_calendar import api as holiday_calendar_api
from services.rating.holiday_calendar import rows as holiday_calendar_rows
from services.rating.holiday_calendar.decide import HolidayCommand, HolidayEvent, decide_holidays, evolve_holidays
from services.rating.holiday_calendar.state import HolidayCalendar
from services.rating.plan import api as plan_api
from services.rating.plan import lifecycle_api, question_api
from services.rating.plan import rows as plan_rows
from services.rating.plan.decide import PlanCommand, PlanEvent, decide_plan, evolve_plan
from services.rating.plan.messages import PlanDrafted, PlanDraftEdited
from services.rating.plan.state import Plan
from services.rating.plan_migration import rows as plan_migration_rows
from services.rating.plan_migration.decide import MigrationCommand, MigrationEvent, decide_migration, evolve_migration
from services.rating.plan_migration.state import CancelledHere, PlanMigration, SubscriptionIndex, SubscriptionsOfPage
from services.rating.rate_table import api as rate_table_api
from services.rating.rate_table import import_api, rates_api
from services.rating.rate_table import rows as rate_table_rows
from services.rating.rate_table.decide import RateTableCommand, RateTableEvent, decide_rate_table, evolve_rate_table
from services.rating.rate_table.state import RateIndex, RatePiece, RateTable
from services.rating.service_offering import api as service_offering_api
from services.rating.service_offering import rows as service_offering_rows
from services.rating.service_offering.decide import (
    ServiceOfferingCommand,
    ServiceOfferingEvent,
    decide_service_offering,
    evolve_service_offering,
    evolve_sold_services,
)
from services.rating.service_offering.state import ServiceOffering
from services.rating.subscription.decide import decide_subscription
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.http.api import Api
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event

CatalogueCommand = (
    PlanCommand
    | ServiceOfferingCommand
    | BandwidthProfileCommand
    | MigrationCommand
    | RateTableCommand
    | HolidayCommand
)
CatalogueEvent = (
    PlanEvent | ServiceOfferingEvent | BandwidthProfileEvent | MigrationEvent | RateTableEvent | HolidayEvent
)

CATALOGUE_STATES: Final = (
    *(Plan, ServiceOffering, BandwidthProfile, RateTable, RateIndex, RatePiece, HolidayCalendar),
    *(PlanMigration, CancelledHere, SubscriptionIndex, SubscriptionsOfPage),
)
CATALOGUE_FOLDERS: Final = (
    *("plan", "service_offering", "bandwidth_profile", "plan_migration"),
    *("rate_table", "holiday_calendar"),
)


def decide_catalogue(command: CatalogueCommand, view: View, context: Context) -> Sequence[Event]:
    if isinstance(command, PlanCommand):
        return decide_plan(command, view, context)
    if isinstance(command, ServiceOfferingCommand):
        return decide_service_offering(command, view, context)
    if isinstance(command, MigrationCommand):
        return decide_migration(command, view, context, decide_subscription)
    if isinstance(command, RateTableCommand):
        return decide_rate_table(command, view, context)
    if isinstance(command, HolidayCommand):
        return decide_holidays(command, view, context)
    return decide_bandwidth_profile(command, view, context)


def evolve_catalogue(event: CatalogueEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    if isinstance(event, PlanDrafted | PlanDraftEdited):
        return (*evolve_sold_services(event, view), *evolve_given_profiles(event, view), *evolve_plan(event, view))
    if isinstance(event, PlanEvent):
        return evolve_plan(event, view)
    if isinstance(event, ServiceOfferingEvent):
        return evolve_service_offering(event, view)
    if isinstance(event, MigrationEvent):
        return evolve_migration(event, view)
    if isinstance(event, RateTableEvent):
        return evolve_rate_table(event, view)
    if isinstance(event, HolidayEvent):
        return evolve_holidays(event, envelope, view)
    return evolve_bandwidth_profile(event, view)


async def project_catalogue(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await plan_rows.project(connection, partition, batch)
    await service_offering_rows.project(connection, partition, batch)
    await bandwidth_profile_rows.project(connection, partition, batch)
    await plan_migration_rows.project(connection, partition, batch)
    await rate_table_rows.project(connection, partition, batch)
    await holiday_calendar_rows.project(connection, partition, batch)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    for module in (
        *(plan_api, lifecycle_api, question_api, service_offering_api, bandwidth_profile_api),
        *(rate_table_api, rates_api, import_api, holiday_calendar_api),
    ):
        routes.include_router(module.router(api))
    return routes
