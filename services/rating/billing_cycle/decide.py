"""Billing calendars: defined, renamed; other days, or gone, only while no account uses them.

An account keeps the terms it was opened with, so a calendar that changed under it would show periods that it does not
have. The way to other days is a new cycle, and moving the accounts to it (`POST /v1/accounts/{id}/cycle`).
"""

from __future__ import annotations

from typing import Final, assert_never

import msgspec

from services.rating.billing_cycle.messages import (
    BillingCycleChanged,
    BillingCycleDefined,
    BillingCycleDeleted,
    ChangeBillingCycle,
    CycleTerms,
    DefineBillingCycle,
    DeleteBillingCycle,
)
from services.rating.billing_cycle.state import BillingCycle, CycleUse
from shared.kernel.calendar import EveryDays, local_date
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent

CycleCommand = DefineBillingCycle | ChangeBillingCycle | DeleteBillingCycle
CycleEvent = BillingCycleDefined | BillingCycleChanged | BillingCycleDeleted

REMEDY: Final = "define another cycle and move the accounts to it with POST /v1/accounts/{id}/cycle"


def decide_billing_cycle(command: CycleCommand, view: View, context: Context) -> list[CycleEvent]:
    match command:
        case DefineBillingCycle():
            return _define(command, view, context)
        case ChangeBillingCycle():
            return _change(command, view, context)
        case DeleteBillingCycle():
            return _delete(command, view, context)
        case _:
            assert_never(command)


def evolve_billing_cycle(event: CycleEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    match event:
        case BillingCycleDefined():
            return [BillingCycle(name=event.name, terms=event.terms)]
        case BillingCycleChanged():
            return [BillingCycle(name=event.name, terms=event.terms, version=event.version)]
        case BillingCycleDeleted():
            return [Gone(BillingCycle, event.cycle_id)]
        case _:
            assert_never(event)


def in_use(use: CycleUse, what: str) -> Rejection:
    """The refusal that says who uses the cycle, and what to do instead."""
    more = "" if use.accounts <= len(use.examples) else ", …"
    who = f"accounts that bill by {use.cycle_id}: {use.accounts} ({', '.join(use.examples)}{more})"
    return Rejection("cycle_in_use", f"{who}, so {what}; {REMEDY}", status=409)


def _define(command: DefineBillingCycle, view: View, context: Context) -> list[CycleEvent]:
    if view.get(BillingCycle, command.terms.cycle_id) is not None:
        raise Rejection(
            "billing_cycle_exists", f"{command.terms.cycle_id} is defined already", pointer="/id", status=409
        )
    return [BillingCycleDefined(name=command.name, terms=_whole(command.terms, context))]


def _change(command: ChangeBillingCycle, view: View, context: Context) -> list[CycleEvent]:
    cycle, use = _known(command.terms.cycle_id, view, context)
    terms = _whole(command.terms, context, before=cycle.terms)
    if (command.name, terms) == (cycle.name, cycle.terms):
        return []
    if terms != cycle.terms and use is not None:
        raise in_use(use, "only its name can change")
    return [BillingCycleChanged(name=command.name, terms=terms, version=cycle.version + 1)]


def _delete(command: DeleteBillingCycle, view: View, context: Context) -> list[CycleEvent]:
    _, use = _known(command.cycle_id, view, context)
    if use is not None:
        raise in_use(use, "it can't be deleted")
    return [BillingCycleDeleted(cycle_id=command.cycle_id)]


def _known(cycle_id: str, view: View, context: Context) -> tuple[BillingCycle, CycleUse | None]:
    cycle = view.get(BillingCycle, cycle_id)
    if cycle is None:
        raise absent("cycle", cycle_id)
    context.check_version(cycle.version)
    return cycle, view.get(CycleUse, cycle_id)


def _whole(terms: CycleTerms, context: Context, *, before: CycleTerms | None = None) -> CycleTerms:
    """The terms with what they leave open: n days count from where they did or from today, others from January."""
    if isinstance(terms.frequency, EveryDays):
        if terms.counts_from is not None or terms.anchor == "subscription":
            return terms
        known = before.counts_from if before is not None else None
        return msgspec.structs.replace(terms, counts_from=known or local_date(context.now, terms.time_zone))
    if terms.counts_from is not None:
        detail = "only periods of n days count from a day; others begin on anchor_day"
        raise Rejection("invalid", detail, pointer="/counts_from")
    if terms.frequency != "month" and terms.anchor_month is None and terms.anchor == "calendar":
        return msgspec.structs.replace(terms, anchor_month=1)
    return terms
