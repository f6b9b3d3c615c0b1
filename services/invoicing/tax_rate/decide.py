"""Rates of tax: each defined once, changed by version; no two of one tax and class begin on the same day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, assert_never

import msgspec

from services.invoicing.tax_jurisdiction.state import TaxJurisdiction
from services.invoicing.tax_rate.messages import (
    RATES_MAX,
    ChangeTaxRate,
    DefineTaxRate,
    DeleteTaxRate,
    ImportTaxRates,
    RateEntry,
    RateTerms,
    TaxRateChanged,
    TaxRateDefined,
    TaxRateDeleted,
)
from services.invoicing.tax_rate.state import RatesOfJurisdiction, StoredRate, TaxRate
from services.invoicing.taxes.engine.categories import why_not
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent

RateCommand = DefineTaxRate | ChangeTaxRate | DeleteTaxRate
RateEvent = TaxRateDefined | TaxRateChanged | TaxRateDeleted

_HUNDRED: Final = Decimal(100)


def decide_rate(command: RateCommand, view: View, context: Context) -> Sequence[RateEvent]:
    known = _known(command.rate_id, view)
    if isinstance(command, DefineTaxRate):
        if known is not None:
            raise Rejection("tax_rate_exists", f"{command.rate_id} exists; change it", pointer="/id", status=409)
        _check(command.rate_id, command.terms, _rates_of(command.terms, view))
        return [TaxRateDefined(rate_id=command.rate_id, terms=command.terms)]
    if known is None:
        raise absent("tax_rate", command.rate_id)
    context.check_version(known.version)
    match command:
        case ChangeTaxRate():
            return _changed(known, command.terms, _rates_of(known.terms, view))
        case DeleteTaxRate():
            return [TaxRateDeleted(rate_id=command.rate_id, jurisdiction_id=known.terms.jurisdiction_id)]
        case _:
            assert_never(command)


def decide_import(command: ImportTaxRates, view: View, context: Context) -> Sequence[RateEvent]:
    """Each entry is checked against those before it, too. What all of them need is asked for at once: a decider that
    asks entry by entry is begun anew for each."""
    _ask_for_all(command.entries, view)
    events: list[RateEvent] = []
    rates: dict[str, RatesOfJurisdiction] = {}
    for n, entry in enumerate(command.entries):
        known = _known(entry.rate_id, view)
        try:
            at = entry.terms.jurisdiction_id
            there = rates.get(at) or _rates_of(entry.terms, view)
            if known is not None:
                events += _changed(known, entry.terms, there)
            else:
                _check(entry.rate_id, entry.terms, there)
                events.append(TaxRateDefined(rate_id=entry.rate_id, terms=entry.terms))
            rates[at] = _with(there, StoredRate(rate_id=entry.rate_id, terms=entry.terms))
        except Rejection as refusal:
            where = f"/entries/{n}{refusal.pointer or ''}"
            raise Rejection(refusal.code, f"{entry.rate_id}: {refusal.detail}", pointer=where) from refusal
    return events


def evolve_rate(event: RateEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    match event:
        case TaxRateDefined():
            at = event.terms.jurisdiction_id
            yield TaxRate(rate_id=event.rate_id, jurisdiction_id=at)
            yield _with(_rates(at, view), StoredRate(rate_id=event.rate_id, terms=event.terms))
        case TaxRateChanged():
            rate = StoredRate(rate_id=event.rate_id, terms=event.terms, version=event.version)
            if view.get(TaxRate, event.rate_id) is None:
                raise NeverBegan(f"tax rate {event.rate_id} was never defined")
            yield _with(_rates(event.terms.jurisdiction_id, view), rate)
        case TaxRateDeleted():
            there = _rates(event.jurisdiction_id, view)
            left = tuple(rate for rate in there.rates if rate.rate_id != event.rate_id)
            yield Gone(TaxRate, event.rate_id)
            yield msgspec.structs.replace(there, rates=left)


def _ask_for_all(entries: Sequence[RateEntry], view: View) -> None:
    known = view.get_many(TaxRate, [entry.rate_id for entry in entries])
    named = {entry.terms.jurisdiction_id: None for entry in entries}
    view.get_many(TaxJurisdiction, list(named))
    view.get_many(RatesOfJurisdiction, list(named | {rate.jurisdiction_id: None for rate in known.values()}))


def _known(rate_id: str, view: View) -> StoredRate | None:
    belongs = view.get(TaxRate, rate_id)
    return None if belongs is None else _rates(belongs.jurisdiction_id, view).rate(rate_id)


def _rates(jurisdiction_id: str, view: View) -> RatesOfJurisdiction:
    found = view.get(RatesOfJurisdiction, jurisdiction_id)
    return found or RatesOfJurisdiction(jurisdiction_id=jurisdiction_id)


def _rates_of(terms: RateTerms, view: View) -> RatesOfJurisdiction:
    if view.get(TaxJurisdiction, terms.jurisdiction_id) is None:
        raise absent("tax_jurisdiction", terms.jurisdiction_id, pointer="/jurisdiction_id")
    return _rates(terms.jurisdiction_id, view)


def _with(there: RatesOfJurisdiction, rate: StoredRate) -> RatesOfJurisdiction:
    others = (other for other in there.rates if other.rate_id != rate.rate_id)
    rates = sorted((*others, rate), key=lambda one: one.rate_id)
    return msgspec.structs.replace(there, rates=tuple(rates))


def _changed(known: StoredRate, terms: RateTerms, there: RatesOfJurisdiction) -> list[RateEvent]:
    if terms.jurisdiction_id != known.terms.jurisdiction_id:
        detail = f"{known.rate_id} is a rate of {known.terms.jurisdiction_id}; define another one instead"
        raise Rejection("invalid", detail, pointer="/jurisdiction_id")
    _check(known.rate_id, terms, there)
    if terms == known.terms:
        return []
    return [TaxRateChanged(rate_id=known.rate_id, version=known.version + 1, terms=terms)]


def _check(rate_id: str, terms: RateTerms, there: RatesOfJurisdiction) -> None:
    if terms.effective_to is not None and terms.effective_to <= terms.effective_from:
        detail = f"a rate ends after it begins, and {terms.effective_to} is not after {terms.effective_from}"
        raise Rejection("invalid", detail, pointer="/effective_to")
    if (wrong := why_not(terms.category, terms.rate)) is not None:
        raise Rejection("invalid", wrong, pointer="/rate")
    if not 0 < terms.share <= _HUNDRED:
        raise Rejection("out_of_bounds", f"a share is above 0 and at most 100, not {terms.share}", pointer="/share")
    if (terms.kind == "tax_on_tax") != bool(terms.includes):
        detail = "a tax on tax includes other rates, and only that does: name them, or give another kind"
        raise Rejection("invalid", detail, pointer="/includes")
    if rate_id in terms.includes:
        raise Rejection("invalid", "a rate does not include itself", pointer="/includes")
    if len(there.rates) >= RATES_MAX and there.rate(rate_id) is None:
        raise Rejection("out_of_bounds", f"a jurisdiction has at most {RATES_MAX} rates", pointer="/jurisdiction_id")
    _check_overlap(rate_id, terms, there)


def _check_overlap(rate_id: str, terms: RateTerms, there: RatesOfJurisdiction) -> None:
    place = _place(terms)
    for other in there.rates:
        if other.terms.tax == terms.tax and other.rate_id != rate_id and _place(other.terms) == place:
            detail = f"rate {other.rate_id} of {terms.tax} begins on {terms.effective_from}, too; change that one"
            raise Rejection("tax_rate_overlaps", detail, pointer="/effective_from", status=409)


def _place(terms: RateTerms) -> tuple[object, ...]:
    return (terms.tax, terms.product_tax_class, terms.where, terms.effective_from)
