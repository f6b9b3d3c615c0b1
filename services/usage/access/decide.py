"""Access: causes are set and cleared, together they ask for something, and that is told until it is acknowledged.

The same wanted again is no event. A version that was acknowledged is never told again; what has to be told once more is
a new version. An outcome counts for the version that is wanted, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

import msgspec

from services.usage.access.messages import (
    AccessCauseSet,
    AccessStep,
    AccessUnchanged,
    AccessWanted,
    AssignElement,
    AttemptEnded,
    AttemptStarted,
    CheckAccess,
    ElementAssigned,
    EndAttempt,
    RepeatAccess,
    SetAccess,
    StartAttempt,
    UpdateRates,
)
from services.usage.access.state import Access
from services.usage.access.strictest import Causes, Together, next_change, strictest, with_rates
from services.usage.network_element.state import NetworkElement
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import absent
from shared.kernel.message import encode, type_name

AccessCommand = SetAccess | UpdateRates | CheckAccess | RepeatAccess | AssignElement | StartAttempt | EndAttempt
AccessEvent = AccessCauseSet | AccessWanted | AccessUnchanged | ElementAssigned | AttemptStarted | AttemptEnded

DRIVER_REASON: Final = "another network element"


def decide_access(command: AccessCommand, view: View, context: Context) -> list[AccessEvent]:
    held = _held(command.resource_id, view)
    match command:
        case SetAccess():
            return [*_set(command, held, context)]
        case UpdateRates():
            return [*_updated(command, held, context)]
        case CheckAccess():
            return _checked(held, view, context)
        case RepeatAccess():
            if command.version != held.version:
                return []
            return [_once_more(held, command.reason, context)]
        case AssignElement():
            return [*_assigned(command, held, view, context)]
        case StartAttempt():
            return _started(command, held)
        case EndAttempt():
            return _ended(command, held)
        case _:
            assert_never(command)


def evolve_access(event: AccessEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    held = _held(event.resource_id, view)
    match event:
        case AccessCauseSet():
            held = msgspec.structs.replace(held, causes=_with(held.causes, event))
            return [held, *_timer(held, envelope, view)]
        case AccessWanted():
            held = msgspec.structs.replace(
                held, wanted=event.state, rates=event.profile, version=event.version, attempts=0, running=False
            )
            return [held, *_timer(held, envelope, view)]
        case AccessUnchanged():
            return [*_timer(held, envelope, view)]
        case ElementAssigned():
            return [msgspec.structs.replace(held, element_id=event.element_id)]
        case AttemptStarted():
            return [msgspec.structs.replace(held, attempts=event.attempt, running=True)]
        case AttemptEnded():
            told = event.version if event.outcome == "acknowledged" else held.told
            return [msgspec.structs.replace(held, running=False, told=told)]
        case _:
            assert_never(event)


def _set(command: SetAccess, held: Access, context: Context) -> Iterator[AccessEvent]:
    if tuple(command.steps) == held.causes.get(command.cause, ()):
        return
    event = AccessCauseSet(resource_id=held.resource_id, cause=command.cause, steps=command.steps)
    yield event
    yield from _changed(held, _with(held.causes, event), context)


def _updated(command: UpdateRates, held: Access, context: Context) -> Iterator[AccessEvent]:
    causes = held.causes
    for cause in sorted(causes):
        steps = with_rates(causes[cause], command.rates, context.now)
        if steps == causes[cause]:
            continue
        event = AccessCauseSet(resource_id=held.resource_id, cause=cause, steps=[*steps])
        yield event
        causes = _with(causes, event)
    yield from _changed(held, causes, context)


def _changed(held: Access, causes: Causes, context: Context) -> Iterator[AccessWanted]:
    together = strictest(causes, context.now)
    if together[:2] != (held.wanted, held.rates):
        yield _wanted(held, together)


def _checked(held: Access, view: View, context: Context) -> list[AccessEvent]:
    """Nothing for a timer that is not open."""
    due = view.get(Due, timer_name(held.resource_id))
    if due is None or due.due_at > context.now:
        return []
    return [*_changed(held, held.causes, context)] or [AccessUnchanged(resource_id=held.resource_id)]


def _once_more(held: Access, reason: str, context: Context) -> AccessWanted:
    return _wanted(held, strictest(held.causes, context.now), reason)


def _assigned(command: AssignElement, held: Access, view: View, context: Context) -> Iterator[AccessEvent]:
    """Another element is told what the line is to have; a line of which nothing was ever wanted is as it logs in."""
    if command.element_id is not None and view.get(NetworkElement, command.element_id) is None:
        raise absent("network_element", command.element_id, pointer="/element_id")
    if command.element_id == held.element_id:
        return
    yield ElementAssigned(resource_id=held.resource_id, element_id=command.element_id)
    if held.version:
        yield _once_more(held, DRIVER_REASON, context)


def _started(command: StartAttempt, held: Access) -> list[AccessEvent]:
    current = command.version == held.version != held.told
    if not current or held.running or command.attempt != held.attempts + 1:
        return []
    return [
        AttemptStarted(
            resource_id=held.resource_id,
            version=held.version,
            attempt=command.attempt,
            element_id=command.element_id,
        )
    ]


def _ended(command: EndAttempt, held: Access) -> list[AccessEvent]:
    if not held.running or (command.version, command.attempt) != (held.version, held.attempts):
        return []
    return [
        AttemptEnded(
            resource_id=held.resource_id,
            version=held.version,
            attempt=command.attempt,
            outcome=command.outcome,
            answer=command.answer,
        )
    ]


def _wanted(held: Access, together: Together, reason: str = "") -> AccessWanted:
    return AccessWanted(
        resource_id=held.resource_id,
        state=together.state,
        version=held.version + 1,
        profile=together.rates,
        why=[*together.why],
        reason=reason,
    )


def _with(causes: Causes, event: AccessCauseSet) -> dict[str, tuple[AccessStep, ...]]:
    left = {cause: tuple(steps) for cause, steps in causes.items() if cause != event.cause}
    return {**left, event.cause: tuple(event.steps)} if event.steps else left


def _held(resource_id: str, view: View) -> Access:
    return view.get(Access, resource_id) or Access(resource_id=resource_id)


def timer_name(resource_id: str) -> str:
    return f"access/{resource_id}"


def _timer(held: Access, envelope: Envelope, view: View) -> list[State | Gone]:
    """The instant at which something else is wanted; none where nothing later is."""
    name = timer_name(held.resource_id)
    due_at = next_change(held.causes, Together(held.wanted, held.rates), envelope.recorded_at)
    if due_at is None:
        return [Gone(Due, name)] if view.get(Due, name) is not None else []
    command = CheckAccess(resource_id=held.resource_id)
    return [
        Due(
            name=name,
            due_at=due_at,
            command_type=type_name("usage", CheckAccess),
            command=msgspec.Raw(encode(command)),
        )
    ]
