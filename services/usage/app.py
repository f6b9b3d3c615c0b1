"""The usage process: partition owners, HTTP API and intake. `python -m services.usage.app` runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from services.usage.api import router
from services.usage.api.dead_letters import BuriedBytes
from services.usage.commands import COMMANDS
from services.usage.domain import STATES, decide, evolve, preload
from services.usage.events import EVENTS, GUIDED
from services.usage.intake import run_intake
from services.usage.parts import split
from services.usage.projection import load_seen, project
from services.usage.reactions import GUIDED_TOPIC, react
from services.usage.state import Seen
from shared.engine.process import run
from shared.engine.service import Service
from shared.http.server import Server

SERVICE: Final = Service(
    name="usage",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(),
    publishes={GUIDED_TOPIC: GUIDED},
    decide=decide,
    evolve=evolve,
    react=react,
    states=STATES,
    loaders={Seen: load_seen},
    preload=preload,
    split=split,
    buried=BuriedBytes(),
    project=project,
    tables=Path(__file__).with_name("tables.sql"),
    projection_version=2,
    router=router,
    background=(run_intake,),
    background_topics=("usage.reported",),
)

if __name__ == "__main__":
    run(SERVICE, serve=Server)
