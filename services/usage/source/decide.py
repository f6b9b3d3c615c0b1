"""Sources: defined once, changed by version; an address belongs to one of them.

    DefineSource("bras-1", addresses=["10.0.0.1"])   -> SourceDefined
    DefineSource("bras-2", addresses=["10.0.0.1"])   -> refused: address_taken

Networks may lie in one another: a packet is of the source with the longest prefix that fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import msgspec

from services.usage.source.messages import (
    ChangeSource,
    DefineSource,
    DeleteSource,
    SourceChanged,
    SourceDefined,
    SourceDeleted,
    SourceTerms,
)
from services.usage.source.state import Source, SourceAddress
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent

SourceCommand = DefineSource | ChangeSource | DeleteSource
SourceEvent = SourceDefined | SourceChanged | SourceDeleted


def decide_source(command: SourceCommand, view: View, context: Context) -> Sequence[SourceEvent]:
    known = view.get(Source, command.source_id)
    if isinstance(command, DefineSource):
        if known is not None:
            detail = f"{command.source_id} is defined already; change it"
            raise Rejection("source_exists", detail, pointer="/id", status=409)
        _check_addresses(command.source_id, command.terms, view)
        return [SourceDefined(source_id=command.source_id, terms=command.terms)]
    if known is None:
        raise absent("source", command.source_id)
    context.check_version(known.version)
    match command:
        case ChangeSource():
            terms = command.terms
            if terms.secret is None:
                terms = msgspec.structs.replace(terms, secret=known.terms.secret)
            _check_addresses(command.source_id, terms, view)
            if terms == known.terms:
                return []
            return [SourceChanged(source_id=command.source_id, version=known.version + 1, terms=terms)]
        case DeleteSource():
            return [SourceDeleted(source_id=command.source_id)]
        case _:
            assert_never(command)


def evolve_source(event: SourceEvent, envelope: Envelope, view: View) -> Sequence[State | Gone]:
    known = view.get(Source, event.source_id)
    if known is None and not isinstance(event, SourceDefined):
        raise NeverBegan(f"the source {event.source_id} was never defined")
    had = set(known.terms.addresses) if known is not None else set()
    if isinstance(event, SourceDeleted):
        return [Gone(Source, event.source_id), *_gone(had, event.source_id, view)]
    version = event.version if isinstance(event, SourceChanged) else 1
    has = event.terms.addresses
    return [
        Source(source_id=event.source_id, terms=event.terms, version=version),
        *_gone(had.difference(has), event.source_id, view),
        *(SourceAddress(address=address, source_id=event.source_id) for address in dict.fromkeys(has)),
    ]


def _gone(addresses: set[str], source_id: str, view: View) -> list[Gone]:
    """The addresses that are the source's no longer."""
    held = ((address, view.get(SourceAddress, address)) for address in sorted(addresses))
    return [Gone(SourceAddress, address) for address, known in held if known and known.source_id == source_id]


def _check_addresses(source_id: str, terms: SourceTerms, view: View) -> None:
    for n, address in enumerate(terms.addresses):
        known = view.get(SourceAddress, address)
        if known is not None and known.source_id != source_id:
            detail = f"{address} is an address of {known.source_id}; take it from there first"
            raise Rejection("address_taken", detail, pointer=f"/addresses/{n}", status=409)
