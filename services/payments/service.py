"""Payments, put together of its aggregates. Each says in its `aggregate.py` what it decides, folds, follows and shows.

A new aggregate is a folder and its line here. gateways/ and statements/ are for plug-ins.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from services.invoicing import commands as ask_invoicing
from services.invoicing import events as invoicing
from services.payments.bank_statement.limits import UPLOADS
from services.payments.card_guard import guarded
from services.payments.commands import COMMANDS
from services.payments.customer_page import api as customer_page
from services.payments.events import EVENTS
from services.payments.held import HOLDING
from services.payments.processes.automatic_collections import run_automatic_collections
from services.payments.processes.collections import run_collections
from services.payments.processes.direct_debits import run_direct_debits
from services.payments.processes.dunning_pauses import run_dunning_pauses
from services.payments.processes.erasures import run_erasures
from services.payments.processes.refunds import run_refunds
from services.payments.processes.statement_keys import run_statement_keys
from services.payments.processes.statements import run_statements
from services.rating import commands as ask_rating
from services.rating import events as rating
from shared.engine.aggregate import compose
from shared.engine.service import Input, Service

PARTS: Final = compose(
    "services.payments",
    "balance",
    "receivable",
    "payment",
    "credit_note",
    "granted_credit",
    "deposit",
    "promise",
    "dunning_policy",
    "dunning",
    "dunning_pause",
    "handover",
    "exposure",
    "refund",
    "chargeback",
    "adjustment",
    "write_off",
    "dispute",
    "settings",
    "ledger",
    "bookkeeping",
    "late_fee",
    "payer_name",
    "payment_method",
    "mandate",
    "direct_debit",
    "collection",
    "payment_link",
    "bank_statement",
    "closed_account",
    "payer_entity",
    "voucher_batch",
    "voucher",
    "voucher_guess",
    "top_up",
    "automatic_top_up",
    "erasure",
    events=EVENTS,
    commands=COMMANDS,
)

SERVICE: Final = Service(
    name="payments",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(Input("rating.events", rating.EVENTS), Input("invoicing.events", invoicing.EVENTS)),
    sends={"invoicing": ask_invoicing.COMMANDS, "rating": ask_rating.COMMANDS},
    decide=PARTS.decide,
    evolve=PARTS.evolve,
    react=PARTS.react,
    followed=PARTS.followed,
    states=PARTS.states,
    loaders=PARTS.loaders,
    preload=PARTS.preload,
    preload_next=PARTS.preload_next,
    project=PARTS.project,
    tables=PARTS.tables,
    projection_version=8,
    routers=guarded((*PARTS.routers, customer_page.router)),
    holding=HOLDING,
    uploads=UPLOADS,
    durable=Path(__file__).parent / "dunning_pause" / "durable.sql",
    background=(
        *(run_statements, run_direct_debits, run_collections, run_automatic_collections, run_erasures),
        *(run_refunds, run_dunning_pauses, run_statement_keys),
    ),
)
