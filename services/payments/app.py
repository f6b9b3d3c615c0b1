"""The payments process: `python -m services.payments.app`, all settings from the environment."""

from __future__ import annotations

from pathlib import Path

from services.invoicing import commands as ask_invoicing
from services.invoicing import events as invoicing
from services.payments.api import router
from services.payments.commands import COMMANDS
from services.payments.domain import STATES, decide, evolve
from services.payments.events import EVENTS
from services.payments.preload import preload
from services.payments.projection import earlier_uses, project
from services.payments.reactions import react
from services.rating import events as rating
from shared.engine.process import run
from shared.engine.service import Input, Service
from shared.http.server import Server
from shared.kernel.claims import EarlierUse

SERVICE = Service(
    name="payments",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(Input("rating.events", rating.EVENTS), Input("invoicing.events", invoicing.EVENTS)),
    sends={"invoicing": ask_invoicing.COMMANDS},
    decide=decide,
    evolve=evolve,
    react=react,
    states=STATES,
    loaders={EarlierUse: earlier_uses},
    preload=preload,
    project=project,
    tables=Path(__file__).with_name("tables.sql"),
    projection_version=2,
    router=router,
)

if __name__ == "__main__":
    run(SERVICE, serve=Server)
