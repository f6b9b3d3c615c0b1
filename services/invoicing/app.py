"""The invoicing process: `python -m services.invoicing.app`, all settings from the environment."""

from __future__ import annotations

from pathlib import Path

from services.invoicing.api import router
from services.invoicing.commands import COMMANDS
from services.invoicing.domain import STATES, decide, evolve
from services.invoicing.events import EVENTS
from services.invoicing.preload import preload
from services.invoicing.projection import project
from services.invoicing.reactions import react
from services.rating import events as rating
from shared.engine.process import run
from shared.engine.service import Input, Service
from shared.http.server import Server

SERVICE = Service(
    name="invoicing",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(Input("rating.events", rating.EVENTS),),
    decide=decide,
    evolve=evolve,
    react=react,
    states=STATES,
    preload=preload,
    project=project,
    tables=Path(__file__).with_name("tables.sql"),
    projection_version=1,
    router=router,
)

if __name__ == "__main__":
    run(SERVICE, serve=Server)
