"""Invoicing, put together of its aggregates. Each says in its `aggregate.py` what it decides, folds, follows and shows.

A new aggregate is a folder and its line here. An account's profile is there before its invoices, whose rows ask for
it. taxes/ and documents/ are plug-ins.
"""

from __future__ import annotations

from typing import Final

from services.invoicing.commands import COMMANDS
from services.invoicing.events import EVENTS
from services.invoicing.held import HOLDING
from services.invoicing.processes.delivery import run_delivery
from services.invoicing.splitting import split
from services.invoicing.tax_quote import api as tax_quote
from services.rating import commands as ask_rating
from services.rating import events as rating
from services.usage import commands as ask_usage
from shared.engine.aggregate import compose
from shared.engine.service import Input, Service

PARTS: Final = compose(
    "services.invoicing",
    "tax_jurisdiction",
    "tax_rate",
    "invoice_policy",
    "legal_entity",
    "late_fee_policy",
    "bill_profile",
    "plan_service",
    "coupon",
    "discount",
    "tax_exemption",
    "invoice",
    "late_fee",
    "void",
    "credit_note",
    "draft_credit",
    "draft_sums",
    "deposit_request",
    "debit_note",
    "approval",
    "clearance",
    "numbering_series",
    "proof",
    "billing_run",
    "automatic_run",
    "on_demand",
    "delivery",
    "dunning_letter",
    "credit_notice",
    events=EVENTS,
    commands=COMMANDS,
)

SERVICE: Final = Service(
    name="invoicing",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(Input("rating.events", rating.EVENTS),),
    sends={"usage": ask_usage.COMMANDS, "rating": ask_rating.COMMANDS},
    decide=PARTS.decide,
    evolve=PARTS.evolve,
    react=PARTS.react,
    followed=PARTS.followed,
    states=PARTS.states,
    loaders=PARTS.loaders,
    preload=PARTS.preload,
    preload_next=PARTS.preload_next,
    project=PARTS.project,
    split=split,
    tables=PARTS.tables,
    projection_version=4,
    background=(run_delivery,),
    routers=(*PARTS.routers, tax_quote.router),
    holding=HOLDING,
)
