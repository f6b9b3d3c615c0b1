"""Usage, put together of its aggregates. Each says in its `aggregate.py` what it decides, folds, follows and shows.

A new aggregate is a folder and its line here. Formats are found by listing their folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from services.usage.commands import COMMANDS
from services.usage.events import EVENTS, GUIDED
from services.usage.file.limits import UPLOADS
from services.usage.held import HOLDING
from services.usage.processes.delivery import run_delivery
from services.usage.processes.file_intake import run_files
from services.usage.processes.forgetting import run_forgetting
from services.usage.processes.intake import run_intake
from services.usage.processes.radius import run_radius
from services.usage.record.splitting import split
from services.usage.topics import GUIDED as GUIDED_TOPIC
from services.usage.undecodable.api import UndecodableLetters
from shared.engine.aggregate import compose
from shared.engine.service import Service

PARTS: Final = compose(
    "services.usage",
    "meter",
    "month_key",
    # Before `resource`, whose last path takes what stands behind a slash.
    "access",
    "resource",
    "network_element",
    "source",
    # Before the records: a batch may be a file's.
    "file",
    "record",
    "source_activity",
    "session",
    "quarantine",
    "retraction",
    "reassignment",
    "undecodable",
    "watermark",
    "account_entity",
    events=EVENTS,
    commands=COMMANDS,
)

SERVICE: Final = Service(
    name="usage",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(),
    publishes={GUIDED_TOPIC: GUIDED},
    decide=PARTS.decide,
    evolve=PARTS.evolve,
    react=PARTS.react,
    states=PARTS.states,
    loaders=PARTS.loaders,
    preload=PARTS.preload,
    preload_next=PARTS.preload_next,
    split=split,
    undecodable=UndecodableLetters(),
    project=PARTS.project,
    tables=PARTS.tables,
    projection_version=8,
    routers=PARTS.routers,
    holding=HOLDING,
    durable=Path(__file__).parent / "file" / "durable.sql",
    uploads=UPLOADS,
    background=(run_intake, run_files, run_radius, run_delivery, run_forgetting),
    feeds=("intake", "RADIUS"),
    background_topics=("usage.reported",),
)
