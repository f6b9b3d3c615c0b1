"""Rating, put together of its aggregates. Each says in its `aggregate.py` what it decides, folds, follows and shows.

A new aggregate is a folder and its line here. The tables of each stand behind those above it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.rating.commands import COMMANDS
from services.rating.customer_page import api as customer_page
from services.rating.cycle_change import api as cycle_change
from services.rating.events import EVENTS
from services.rating.held import HOLDING
from services.rating.preview import contract
from services.rating.quote import api as quote
from services.rating.rated_usage.splitting import remains, split
from services.rating.what_if import api as what_if
from services.usage import commands as usage_commands
from services.usage.events import GUIDED
from services.usage.watermark.messages import UsageWatermark
from shared.engine.aggregate import compose
from shared.engine.service import Input, Service
from shared.kernel.message import Event

PARTS: Final = compose(
    "services.rating",
    "billing_cycle",
    "meter",
    "plan",
    "service_offering",
    "bandwidth_profile",
    "plan_migration",
    "rate_table",
    "holiday_calendar",
    "account",
    "account_entity",
    "group",
    "subscription",
    "period",
    "rated_usage",
    "usage_retraction",
    "one_time_charge",
    "allowance",
    "spend_alert",
    "unbilled_watch",
    "correction",
    "rerating",
    "outage",
    "service_restriction",
    "credit_restriction",
    "access",
    "assigned_resource",
    events=EVENTS,
    commands=COMMANDS,
)


def watermark(event: Event) -> tuple[int, datetime] | None:
    """How far a usage partition has told us everything: what the gate `intake` of the closing timers waits for."""
    return (event.source, event.through) if isinstance(event, UsageWatermark) else None


SERVICE: Final = Service(
    name="rating",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(Input("usage.guided", GUIDED),),
    sends={"usage": usage_commands.COMMANDS},
    decide=PARTS.decide,
    evolve=PARTS.evolve,
    runs=PARTS.runs,
    react=PARTS.react,
    states=PARTS.states,
    loaders=PARTS.loaders,
    preload=PARTS.preload,
    preload_next=PARTS.preload_next,
    split=split,
    remains=remains,
    project=PARTS.project,
    tables=PARTS.tables,
    projection_version=9,
    routers=(*PARTS.routers, cycle_change.router, quote.router, contract.router, what_if.router, customer_page.router),
    holding=HOLDING,
    watermark=watermark,
)
