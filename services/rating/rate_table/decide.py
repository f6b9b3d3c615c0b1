"""Rate tables in versions: a draft is filled part by part, then published whole.

DraftRateTableVersion(rows=1500, parts=2)  -> version 2, draft
AddRates(part=0), AddRates(part=1)         in any order
PublishRateTableVersion(2, 2026-07-01)     version 1 prices calls of June, version 2 those of July
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import assert_never

import msgspec

from services.rating.rate_table.messages import (
    PART_ROWS_MAX,
    AddRates,
    DefineRateTable,
    DiscardRateTableVersion,
    DraftRateTableVersion,
    PublishRateTableVersion,
    RatesAdded,
    RateTableDefined,
    RateTableVersionDiscarded,
    RateTableVersionDrafted,
    RateTableVersionPublished,
)
from services.rating.rate_table.state import (
    RateIndex,
    RatePiece,
    RateTable,
    RateTableVersion,
    index_key,
    pieces_of,
)
from shared.kernel.currency import check_currency
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent

RateTableCommand = (
    DefineRateTable | DraftRateTableVersion | AddRates | PublishRateTableVersion | DiscardRateTableVersion
)
RateTableEvent = (
    RateTableDefined | RateTableVersionDrafted | RatesAdded | RateTableVersionPublished | RateTableVersionDiscarded
)


def decide_rate_table(command: RateTableCommand, view: View, context: Context) -> Sequence[RateTableEvent]:
    match command:
        case DefineRateTable():
            return _define(command, view)
        case DraftRateTableVersion():
            table = _known(command.table_id, view)
            context.check_version(table.latest)
            return [_drafted(command, table, context)]
        case AddRates():
            return _add(command, _known(command.table_id, view))
        case PublishRateTableVersion():
            return _publish(command, _known(command.table_id, view), context)
        case DiscardRateTableVersion():
            return _discard(command, _known(command.table_id, view), context)
        case _:
            assert_never(command)


def evolve_rate_table(event: RateTableEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    match event:
        case RateTableDefined():
            return [RateTable(table_id=event.table_id, name=event.name, currency=event.currency)]
        case RateTableVersionDrafted():
            table = _begun(event.table_id, view)
            version = RateTableVersion(version=event.version, rows=event.rows, parts=event.parts)
            return [msgspec.structs.replace(table, versions=(*table.versions, version))]
        case RatesAdded():
            return _added(event, view)
        case RateTableVersionPublished():
            return [_changed(event.table_id, event.version, view, effective_from=event.effective_from)]
        case RateTableVersionDiscarded():
            return _discarded(event, view)
        case _:
            assert_never(event)


def _define(command: DefineRateTable, view: View) -> list[RateTableEvent]:
    if view.get(RateTable, command.table_id) is not None:
        detail = f"{command.table_id} exists already; draft a version of it"
        raise Rejection("rate_table_exists", detail, pointer="/id", status=409)
    if command.currency is not None:
        check_currency(command.currency)
    return [RateTableDefined(table_id=command.table_id, name=command.name, currency=command.currency)]


def _drafted(command: DraftRateTableVersion, table: RateTable, context: Context) -> RateTableVersionDrafted:
    return RateTableVersionDrafted(
        table_id=table.table_id,
        version=table.latest + 1,
        rows=command.rows,
        parts=command.parts,
        draft_id=context.command_id,
    )


def _add(command: AddRates, table: RateTable) -> list[RateTableEvent]:
    version = _draft_of(table, command.version)
    if not 0 <= command.part < version.parts or not 1 <= len(command.rates) <= PART_ROWS_MAX:
        detail = f"part {command.part} with {len(command.rates)} rates; a draft has {version.parts} parts from 0 on"
        raise Rejection("invalid", f"{detail}, each of 1 to {PART_ROWS_MAX} rates", pointer="/rates")
    if any(one.prefix >= other.prefix for one, other in pairwise(command.rates)):
        raise Rejection("invalid", "the prefixes of a part rise, and none comes twice", pointer="/rates")
    if version.complete or command.part in version.received:
        return []
    return [
        RatesAdded(
            table_id=table.table_id,
            version=version.version,
            part=command.part,
            rates=command.rates,
            above=command.above,
        )
    ]


def _publish(command: PublishRateTableVersion, table: RateTable, context: Context) -> list[RateTableEvent]:
    """The first published version may take effect on any day, since no price can have used it before."""
    context.check_version(table.latest)
    version = _draft_of(table, command.version)
    if not version.complete:
        detail = f"{len(version.received)} of {version.parts} parts are there; import it again as a new version"
        raise Rejection("version_incomplete", detail, status=409)
    if spans := table.spans():
        last, today = spans[-1], context.now.date()
        if last.version > version.version:
            raise Rejection("version_superseded", f"version {last.version} is published already", status=409)
        if command.effective_from <= last.start:
            detail = f"version {last.version} is in force from {last.start}; a later version begins after it"
            raise Rejection("effective_from_order", detail, pointer="/effective_from")
        if command.effective_from < today:
            detail = f"{command.effective_from} is past and calls since may be rated; give {today} or later"
            raise Rejection("backdated", detail, pointer="/effective_from")
    return [
        RateTableVersionPublished(
            table_id=table.table_id, version=version.version, effective_from=command.effective_from
        )
    ]


def _discard(command: DiscardRateTableVersion, table: RateTable, context: Context) -> list[RateTableEvent]:
    context.check_version(table.latest)
    found = table.version(command.version)
    if found is not None and found.discarded:
        return []
    version = _draft_of(table, command.version)
    return [RateTableVersionDiscarded(table_id=table.table_id, version=version.version)]


def _known(table_id: str, view: View) -> RateTable:
    table = view.get(RateTable, table_id)
    if table is None:
        raise absent("rate_table", table_id)
    return table


def _draft_of(table: RateTable, number: int) -> RateTableVersion:
    """The version, while it may still change."""
    version = table.version(number)
    if version is None:
        raise absent("rate_table_version", f"{table.table_id}/{number}")
    if version.effective_from is not None:
        raise Rejection("version_published", f"version {number} is published; draft another", status=409)
    if version.discarded:
        raise Rejection("version_discarded", f"version {number} was given up; draft another", status=409)
    return version


def _begun(table_id: str, view: View) -> RateTable:
    table = view.get(RateTable, table_id)
    if table is None:
        raise NeverBegan(f"rate table {table_id} was never defined")
    return table


def _changed(table_id: str, number: int, view: View, **changes: object) -> RateTable:
    change: Callable[[RateTableVersion], RateTableVersion] = lambda v: msgspec.structs.replace(v, **changes)  # noqa: E731
    table = _begun(table_id, view)
    return msgspec.structs.replace(
        table, versions=tuple(change(v) if v.version == number else v for v in table.versions)
    )


def _added(event: RatesAdded, view: View) -> list[State | Gone]:
    version = _begun(event.table_id, view).version(event.version)
    if version is None:
        return []  # a part of no version that the table has
    received = (*version.received, event.part)
    complete = len(received) == version.parts
    pieces: list[RatePiece] = list(pieces_of(event.table_id, event.version, event.rates, event.above))
    index = view.get(RateIndex, index_key(event.table_id, event.version))
    firsts = sorted({*(index.firsts if index else ()), *(piece.first for piece in pieces)})
    return [
        _changed(event.table_id, event.version, view, received=() if complete else received, complete=complete),
        RateIndex(table_id=event.table_id, version=event.version, firsts=tuple(firsts)),
        *pieces,
    ]


def _discarded(event: RateTableVersionDiscarded, view: View) -> list[State | Gone]:
    key = index_key(event.table_id, event.version)
    index = view.get(RateIndex, key)
    gone = [Gone(RatePiece, piece) for piece in index.pieces()] if index else []
    table = _changed(event.table_id, event.version, view, discarded=True, received=(), complete=False)
    return [table, *gone, *([Gone(RateIndex, key)] if index else [])]
