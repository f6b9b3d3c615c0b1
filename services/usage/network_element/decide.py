"""Network elements: defined once, changed by version, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import msgspec

from services.usage.network_element.messages import (
    ChangeNetworkElement,
    DefineNetworkElement,
    DeleteNetworkElement,
    NetworkElementChanged,
    NetworkElementDefined,
    NetworkElementDeleted,
)
from services.usage.network_element.state import NetworkElement
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent

ElementCommand = DefineNetworkElement | ChangeNetworkElement | DeleteNetworkElement
ElementEvent = NetworkElementDefined | NetworkElementChanged | NetworkElementDeleted


def decide_element(command: ElementCommand, view: View, context: Context) -> Sequence[ElementEvent]:
    known = view.get(NetworkElement, command.element_id)
    if isinstance(command, DefineNetworkElement):
        if known is not None:
            detail = f"{command.element_id} exists already; choose another id, or change it"
            raise Rejection("network_element_exists", detail, pointer="/id", status=409)
        return [NetworkElementDefined(element_id=command.element_id, terms=command.terms, secret=command.secret)]
    if known is None:
        raise absent("network_element", command.element_id)
    context.check_version(known.version)
    match command:
        case ChangeNetworkElement():
            if command.terms == known.terms and command.secret is None:
                return []
            return [
                NetworkElementChanged(
                    element_id=known.element_id,
                    version=known.version + 1,
                    terms=command.terms,
                    secret=command.secret,
                )
            ]
        case DeleteNetworkElement():
            return [NetworkElementDeleted(element_id=known.element_id)]
        case _:
            assert_never(command)


def evolve_element(event: ElementEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    match event:
        case NetworkElementDefined():
            return [NetworkElement(element_id=event.element_id, terms=event.terms, secret=event.secret)]
        case NetworkElementChanged():
            known = view.get(NetworkElement, event.element_id)
            if known is None:
                raise NeverBegan(f"the network element {event.element_id} was never defined")
            secret = known.secret if event.secret is None else event.secret
            return [msgspec.structs.replace(known, version=event.version, terms=event.terms, secret=secret)]
        case NetworkElementDeleted():
            return [Gone(NetworkElement, event.element_id)]
        case _:
            assert_never(event)
