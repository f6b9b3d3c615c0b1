"""Usage, put together: which aggregate decides what, folds what, and has which tables and paths.

    decide(command, view, context)      the one aggregate whose command it is
    evolve(event, envelope, view)       every aggregate that the event changes
    react(event, envelope, view)        what follows from what has happened, for rating

An aggregate is a folder; a new one is a folder and its lines here. Formats are found by listing their folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, assert_never

from fastapi import APIRouter

from services.usage import unsupported
from services.usage.commands import COMMANDS
from services.usage.events import EVENTS, GUIDED
from services.usage.file import api as file_api
from services.usage.file.limits import UPLOADS
from services.usage.meter import api as meter_api
from services.usage.meter import rows as meter_rows
from services.usage.meter.decide import decide_meter, evolve_meter
from services.usage.meter.messages import DefineMeter, MeterDefined
from services.usage.meter.react import react_meter
from services.usage.meter.state import Meter
from services.usage.processes.file_intake import run_files
from services.usage.processes.intake import run_intake
from services.usage.quarantine import api as quarantine_api
from services.usage.quarantine import rows as quarantine_rows
from services.usage.quarantine.decide import decide_quarantine
from services.usage.quarantine.messages import ReturnUsage, UsageReturned
from services.usage.record import api as record_api
from services.usage.record import rows as record_rows
from services.usage.record.decide import decide_record, evolve_record
from services.usage.record.messages import RecordUsage, UsageRecorded
from services.usage.record.preload import preload_record
from services.usage.record.react import react_record
from services.usage.record.splitting import split
from services.usage.record.state import Counter, DedupeKey, GuidedNumbers, ReportedPositions
from services.usage.resource import api as resource_api
from services.usage.resource import rows as resource_rows
from services.usage.resource.decide import decide_resource, evolve_resource
from services.usage.resource.messages import AssignResource, RegisterResource, ResourceAssigned, ResourceRegistered
from services.usage.resource.preload import preload_resource
from services.usage.resource.state import Resource
from services.usage.topics import GUIDED as GUIDED_TOPIC
from services.usage.undecodable import rows as undecodable_rows
from services.usage.undecodable.api import UndecodableLetters
from services.usage.undecodable.decide import decide_undecodable, evolve_undecodable
from services.usage.undecodable.messages import (
    ReportUndecodable,
    ResolveUndecodable,
    UndecodableReported,
    UndecodableResolved,
)
from services.usage.undecodable.state import ResolvedBytes, UndecodablePosition
from services.usage.watermark.decide import decide_watermark, evolve_watermark
from services.usage.watermark.messages import IntakeCompleteThrough, IntakeProgressed
from services.usage.watermark.preload import PRELOAD_WATERMARK
from services.usage.watermark.react import react_watermark
from services.usage.watermark.state import IntakeProgress
from shared.engine.postgres import Connection
from shared.engine.service import Applied, Service
from shared.http.api import Api
from shared.kernel.decider import Context, Gone, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event, Message

STATES: Final = (
    Meter,
    Resource,
    Counter,
    ReportedPositions,
    GuidedNumbers,
    IntakeProgress,
    UndecodablePosition,
    ResolvedBytes,
    DedupeKey,
)

_FOLDER: Final = Path(__file__).parent
_TABLES: Final = ("meter", "resource", "record", "quarantine", "undecodable")

UsageCommand = (
    DefineMeter
    | RegisterResource
    | AssignResource
    | ReturnUsage
    | RecordUsage
    | IntakeProgressed
    | ReportUndecodable
    | ResolveUndecodable
)
UsageEvent = (
    MeterDefined
    | ResourceRegistered
    | ResourceAssigned
    | UsageRecorded
    | UsageReturned
    | IntakeCompleteThrough
    | UndecodableReported
    | UndecodableResolved
)


def decide(command: UsageCommand, view: View, context: Context) -> Sequence[Event]:
    match command:
        case RecordUsage():
            return decide_record(command, view, context)
        case IntakeProgressed():
            return decide_watermark(command, view, context)
        case ReturnUsage():
            return decide_quarantine(command)
        case RegisterResource() | AssignResource():
            return decide_resource(command, view, context)
        case DefineMeter():
            return decide_meter(command, view)
        case ReportUndecodable() | ResolveUndecodable():
            return decide_undecodable(command, view, context)
        case _:
            assert_never(command)


def evolve(event: UsageEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    match event:
        case UsageRecorded():
            return evolve_record(event, view)
        case IntakeCompleteThrough():
            return evolve_watermark(event, view)
        case UsageReturned():
            return ()
        case ResourceRegistered() | ResourceAssigned():
            return evolve_resource(event, view)
        case MeterDefined():
            return evolve_meter(event)
        case UndecodableReported() | UndecodableResolved():
            return evolve_undecodable(event)
        case _:
            assert_never(event)


def react(event: UsageEvent, envelope: Envelope, view: View) -> Iterable[Send]:
    match event:
        case UsageRecorded():
            return react_record(event, envelope, view)
        case IntakeCompleteThrough():
            return react_watermark(event, envelope)
        case MeterDefined():
            return react_meter(event)
        case (
            UsageReturned() | ResourceRegistered() | ResourceAssigned() | UndecodableReported() | UndecodableResolved()
        ):
            return ()
        case _:
            assert_never(event)


def preload(message: Message) -> Sequence[tuple[type[State], str]]:
    """What a message tells of the states that it will ask for, so that those of a batch load in one round trip."""
    match message:
        case RecordUsage():
            return preload_record(message)
        case IntakeProgressed():
            return PRELOAD_WATERMARK
        case AssignResource():
            return preload_resource(message)
        case _:
            return ()


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Write what a batch of own events says, aggregate by aggregate."""
    for rows in (record_rows, quarantine_rows, resource_rows, meter_rows, undecodable_rows):
        await rows.project(connection, partition, batch)


def router(api: Api) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    # Before the records: a batch may be a file's.
    parts: tuple[Any, ...] = (file_api, record_api, quarantine_api, meter_api, resource_api, unsupported)
    for part in parts:
        routes.include_router(part.router(api))
    return routes


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
    loaders={DedupeKey: record_rows.load_dedupe_keys},
    preload=preload,
    split=split,
    undecodable=UndecodableLetters(),
    project=project,
    durable=_FOLDER / "file" / "durable.sql",
    tables=tuple(_FOLDER / aggregate / "tables.sql" for aggregate in _TABLES),
    projection_version=3,
    router=router,
    uploads=UPLOADS,
    background=(run_intake, run_files),
    background_topics=("usage.reported",),
)
