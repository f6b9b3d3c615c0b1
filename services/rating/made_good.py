"""What makes good closed periods of an account, put together: corrections, and the reratings and outages behind them.

Its aggregates stand beside each other as those of `service.py` do; they are here to be read by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from fastapi import APIRouter

from services.rating.assigned_resource import rows as assigned_resource_rows
from services.rating.assigned_resource.decide import decide_assignment
from services.rating.assigned_resource.messages import AssignmentKnown, KnowAssignment
from services.rating.correction.decide import evolve_correction
from services.rating.correction.messages import CorrectionAdded
from services.rating.correction.state import PendingCorrections
from services.rating.outage import api as outage_api
from services.rating.outage import rows as outage_rows
from services.rating.outage.decide import OutageCommand, OutageEvent, decide_outage, evolve_outage
from services.rating.outage.loading import time_pages
from services.rating.outage.react import react_outage
from services.rating.outage.state import Outage, TimePage
from services.rating.period.messages import ChargeFixed
from services.rating.rerating import api as rerating_api
from services.rating.rerating import rows as rerating_rows
from services.rating.rerating.decide import ReratingCommand, ReratingEvent, decide_rerating, evolve_rerating
from services.rating.rerating.late_prices import CorrectedPrices
from services.rating.rerating.loading import charged_pages
from services.rating.rerating.react import react_rerating
from services.rating.rerating.state import ChargedPage, Rerating
from shared.engine.postgres import Connection
from shared.engine.service import Applied, Loader
from shared.http.api import Api
from shared.kernel.decider import Context, Do, Gone, Send, State, View
from shared.kernel.message import Event

MadeGoodCommand = ReratingCommand | OutageCommand | KnowAssignment
MadeGoodEvent = CorrectionAdded | ReratingEvent | OutageEvent | AssignmentKnown

STATES: Final = (PendingCorrections, Rerating, Outage, CorrectedPrices)
FOLDERS: Final = ("rerating", "outage", "assigned_resource")
LOADERS: Final[Mapping[type[State], Loader]] = {ChargedPage: charged_pages, TimePage: time_pages}


def decide(command: MadeGoodCommand, view: View, context: Context) -> Sequence[Event]:
    if isinstance(command, OutageCommand):
        return decide_outage(command, view, context)
    if isinstance(command, KnowAssignment):
        return decide_assignment(command)
    return decide_rerating(command, view, context)


def evolve(event: MadeGoodEvent | ChargeFixed, view: View) -> Iterable[State | Gone]:
    if isinstance(event, CorrectionAdded | ChargeFixed):
        return evolve_correction(event, view)
    if isinstance(event, OutageEvent):
        return evolve_outage(event, view)
    if isinstance(event, AssignmentKnown):
        return ()
    return evolve_rerating(event, view)


def react(event: MadeGoodEvent) -> Iterable[Do | Send]:
    if isinstance(event, OutageEvent):
        return react_outage(event)
    return () if isinstance(event, CorrectionAdded | AssignmentKnown) else react_rerating(event)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await rerating_rows.project(connection, partition, batch)
    await outage_rows.project(connection, partition, batch)
    await assigned_resource_rows.project(connection, partition, batch)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    routes.include_router(rerating_api.router(api))
    routes.include_router(outage_api.router(api))
    return routes
