"""The tree of jurisdictions: each defined once, changed by version, deleted while nothing hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import msgspec

from services.invoicing.tax_jurisdiction.messages import (
    LEVELS,
    ChangeTaxJurisdiction,
    DefineTaxJurisdiction,
    DeleteTaxJurisdiction,
    ImportTaxJurisdictions,
    JurisdictionTerms,
    Level,
    TaxJurisdictionChanged,
    TaxJurisdictionDefined,
    TaxJurisdictionDeleted,
)
from services.invoicing.tax_jurisdiction.state import TaxJurisdiction, child_of, jurisdiction_of
from services.invoicing.tax_rate.state import RatesOfJurisdiction
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent, in_use

JurisdictionCommand = DefineTaxJurisdiction | ChangeTaxJurisdiction | DeleteTaxJurisdiction
JurisdictionEvent = TaxJurisdictionDefined | TaxJurisdictionChanged | TaxJurisdictionDeleted


def decide_jurisdiction(command: JurisdictionCommand, view: View, context: Context) -> Sequence[JurisdictionEvent]:
    known = view.get(TaxJurisdiction, command.jurisdiction_id)
    if isinstance(command, DefineTaxJurisdiction):
        if known is not None:
            raise Rejection("tax_jurisdiction_exists", f"{known.key} exists; change it", pointer="/id", status=409)
        _check_place(command.jurisdiction_id, command.terms, _level_of(command.terms.parent_id, view))
        return [TaxJurisdictionDefined(jurisdiction_id=command.jurisdiction_id, terms=command.terms)]
    if known is None:
        raise absent("tax_jurisdiction", command.jurisdiction_id)
    context.check_version(known.version)
    match command:
        case ChangeTaxJurisdiction():
            return _changed(known, command.terms)
        case DeleteTaxJurisdiction():
            _check_free(known, view)
            return [TaxJurisdictionDeleted(jurisdiction_id=known.jurisdiction_id)]
        case _:
            assert_never(command)


def decide_import(command: ImportTaxJurisdictions, view: View, context: Context) -> Sequence[JurisdictionEvent]:
    """Each entry may lie in one before it. What all of them need is asked for at once: a decider that asks entry by
    entry is begun anew for each."""
    parents = {entry.terms.parent_id: None for entry in command.entries if entry.terms.parent_id is not None}
    view.get_many(TaxJurisdiction, list(parents | {entry.jurisdiction_id: None for entry in command.entries}))
    events: list[JurisdictionEvent] = []
    levels: dict[str, Level] = {}
    for n, entry in enumerate(command.entries):
        known = view.get(TaxJurisdiction, entry.jurisdiction_id)
        parent = entry.terms.parent_id
        try:
            if known is not None:
                events += _changed(known, entry.terms)
            else:
                level = levels.get(parent or "") or _level_of(parent, view)
                _check_place(entry.jurisdiction_id, entry.terms, level)
                events.append(TaxJurisdictionDefined(jurisdiction_id=entry.jurisdiction_id, terms=entry.terms))
        except Rejection as refusal:
            where = f"/entries/{n}{refusal.pointer or ''}"
            raise Rejection(refusal.code, f"{entry.jurisdiction_id}: {refusal.detail}", pointer=where) from refusal
        levels[entry.jurisdiction_id] = entry.terms.level
    return events


def evolve_jurisdiction(event: JurisdictionEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    """The jurisdiction, and the one it lies in: that one knows its children."""
    match event:
        case TaxJurisdictionDefined():
            yield TaxJurisdiction(jurisdiction_id=event.jurisdiction_id, terms=event.terms)
            yield from _in_parent(event.jurisdiction_id, event.terms, view)
        case TaxJurisdictionChanged():
            known = jurisdiction_of(view, event.jurisdiction_id)
            yield msgspec.structs.replace(known, terms=event.terms, version=event.version)
            yield from _in_parent(event.jurisdiction_id, event.terms, view)
        case TaxJurisdictionDeleted():
            known = jurisdiction_of(view, event.jurisdiction_id)
            yield Gone(TaxJurisdiction, event.jurisdiction_id)
            yield from _in_parent(event.jurisdiction_id, known.terms, view, gone=True)


def _in_parent(jurisdiction_id: str, terms: JurisdictionTerms, view: View, *, gone: bool = False) -> Iterable[State]:
    parent = view.get(TaxJurisdiction, terms.parent_id) if terms.parent_id else None
    if parent is not None:
        others = tuple(child for child in parent.children if child.jurisdiction_id != jurisdiction_id)
        own = () if gone else (child_of(jurisdiction_id, terms),)
        children = sorted((*others, *own), key=lambda child: child.jurisdiction_id)
        yield msgspec.structs.replace(parent, children=tuple(children))


def _changed(known: TaxJurisdiction, terms: JurisdictionTerms) -> list[JurisdictionEvent]:
    for name in ("level", "parent_id"):
        if getattr(terms, name) != getattr(known.terms, name):
            detail = f"{known.key} keeps its {name.removesuffix('_id')}; define another jurisdiction instead"
            raise Rejection("invalid", detail, pointer=f"/{name}")
    if terms == known.terms:
        return []
    return [TaxJurisdictionChanged(jurisdiction_id=known.jurisdiction_id, version=known.version + 1, terms=terms)]


def _level_of(parent_id: str | None, view: View) -> Level | None:
    if parent_id is None:
        return None
    parent = view.get(TaxJurisdiction, parent_id)
    if parent is None:
        raise absent("tax_jurisdiction", parent_id, pointer="/parent_id")
    return parent.terms.level


def _check_place(jurisdiction_id: str, terms: JurisdictionTerms, parent: Level | None) -> None:
    """A country stands alone; everything else lies in something of a level above its own."""
    if terms.level == "country":
        if parent is not None:
            raise Rejection("invalid", "a country lies in no other jurisdiction", pointer="/parent_id")
        if not (len(jurisdiction_id) == 2 and jurisdiction_id.isascii() and jurisdiction_id.isupper()):
            detail = f"the id of a country is its code of ISO 3166-1, such as FR, not {jurisdiction_id}"
            raise Rejection("invalid", detail, pointer="/id")
    elif parent is None:
        raise Rejection("required", f"a {terms.level} lies in another jurisdiction", pointer="/parent_id")
    elif LEVELS.index(terms.level) <= LEVELS.index(parent):
        raise Rejection("invalid", f"a {terms.level} lies in no {parent}", pointer="/parent_id")


def _check_free(known: TaxJurisdiction, view: View) -> None:
    if known.children:
        below = [child.jurisdiction_id for child in known.children]
        raise in_use("tax_jurisdiction", known.key, "jurisdiction", below)
    rates = view.get(RatesOfJurisdiction, known.jurisdiction_id)
    if rates is not None and rates.rates:
        raise in_use("tax_jurisdiction", known.key, "rate", [rate.rate_id for rate in rates.rates])
