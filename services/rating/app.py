"""The rating process: `python -m services.rating.app`, all settings from the environment."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from services.rating.api import router
from services.rating.commands import COMMANDS
from services.rating.domain import STATES, decide, evolver
from services.rating.events import EVENTS
from services.rating.parts import remains, split
from services.rating.preload import preload
from services.rating.projection import earlier_uses, project
from services.rating.reactions import react
from services.usage import commands as usage_commands
from services.usage.events import GUIDED, UsageWatermark
from shared.engine.process import run
from shared.engine.service import Input, Service
from shared.engine.settings import Settings
from shared.http.server import Server
from shared.kernel.claims import EarlierUse
from shared.kernel.message import Event


def watermark(event: Event) -> tuple[int, datetime] | None:
    """How far a usage partition has told us everything: what the gate `intake` of the closing timers waits for."""
    return (event.source, event.through) if isinstance(event, UsageWatermark) else None


def service(settings: Settings) -> Service:
    """Rating as this deployment has it: `collection_grace_s` decides when periods close."""
    return Service(
        name="rating",
        events=EVENTS,
        commands=COMMANDS,
        inputs=(Input("usage.guided", GUIDED),),
        sends={"usage": usage_commands.COMMANDS},
        decide=decide,
        evolve=evolver(timedelta(seconds=settings.collection_grace_s)),
        react=react,
        states=STATES,
        loaders={EarlierUse: earlier_uses},
        preload=preload,
        split=split,
        remains=remains,
        project=project,
        tables=Path(__file__).with_name("tables.sql"),
        projection_version=1,
        router=router,
        watermark=watermark,
    )


SERVICE = service(Settings())

if __name__ == "__main__":
    run(SERVICE, serve=Server)
