"""The usage decider: what may be counted, named and assigned, and what follows for the state.

    decide(RecordUsage(...), view, context) -> [UsageRecorded(...)]
    evolve(UsageRecorded(...), envelope, view) -> [Seen, ..., Counter, ..., Intake]

The rules are in recording.py (records), counters.py (readings), progress.py (intake), reference.py (meters, resources)
and undecodable.py (bytes that are no usage); here each message meets its rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from services.usage.commands import (
    AssignResource,
    DefineMeter,
    IntakeProgressed,
    RecordUsage,
    RegisterResource,
    ReportUndecodable,
    ResolveUndecodable,
    ReturnUsage,
)
from services.usage.events import (
    IntakeCompleteThrough,
    MeterDefined,
    ResourceAssigned,
    ResourceRegistered,
    UndecodableReported,
    UndecodableResolved,
    UsageRecorded,
    UsageReturned,
)
from services.usage.progress import intake_progressed, progressed
from services.usage.recording import preload as preload_records
from services.usage.recording import record_usage, recorded_states
from services.usage.reference import (
    SUBSCRIPTION,
    assign_resource,
    assigned,
    define_meter,
    register_resource,
    registered,
    return_usage,
)
from services.usage.state import INTAKE, Counter, Intake, Meter, ResolvedBytes, Resource, Seen, Undecodable
from services.usage.undecodable import (
    report_undecodable,
    resolve_undecodable,
    undecodable_reported,
    undecodable_resolved,
)
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event, Message

Asked = (
    DefineMeter
    | RegisterResource
    | AssignResource
    | ReturnUsage
    | RecordUsage
    | IntakeProgressed
    | ReportUndecodable
    | ResolveUndecodable
)
Happened = (
    MeterDefined
    | ResourceRegistered
    | ResourceAssigned
    | UsageRecorded
    | UsageReturned
    | IntakeCompleteThrough
    | UndecodableReported
    | UndecodableResolved
)

STATES = (Meter, Resource, Counter, Intake, Undecodable, ResolvedBytes, Seen)


def decide(command: Asked, view: View, context: Context) -> Sequence[Event]:
    match command:
        case RecordUsage():
            return record_usage(command, view, context)
        case IntakeProgressed():
            return intake_progressed(command, view, context)
        case ReturnUsage():
            return return_usage(command)
        case AssignResource():
            return assign_resource(command, view, context)
        case RegisterResource():
            return register_resource(command, view)
        case DefineMeter():
            return define_meter(command, view)
        case ReportUndecodable():
            return report_undecodable(command, view)
        case ResolveUndecodable():
            return resolve_undecodable(command, view, context)
        case _:
            assert_never(command)


def evolve(event: Happened, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    match event:
        case UsageRecorded():
            return recorded_states(event, view)
        case IntakeCompleteThrough():
            return (progressed(event, view.get(Intake, INTAKE)),)
        case ResourceAssigned():
            return (assigned(event, view.get(Resource, event.resource_id)),)
        case ResourceRegistered():
            return (registered(event),)
        case MeterDefined():
            return (Meter(meter_id=event.meter_id, unit=event.unit, aggregation=event.aggregation, name=event.name),)
        case UsageReturned():
            # Whose records these are is known to the projection alone; no decision depends on it.
            return ()
        case UndecodableReported():
            return undecodable_reported(event)
        case UndecodableResolved():
            return (undecodable_resolved(event),)
        case _:
            assert_never(event)


def preload(message: Message) -> Sequence[tuple[type[State], str]]:
    """The states that a common message will ask for."""
    match message:
        case RecordUsage():
            return preload_records(message)
        case IntakeProgressed():
            return ((Intake, INTAKE),)
        case AssignResource():
            return ((Resource, message.resource_id), (Resource, SUBSCRIPTION + message.subscription_id))
        case _:
            return ()
