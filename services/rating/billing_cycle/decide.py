"""Defining a billing calendar: once, and of months, quarters or years."""

from __future__ import annotations

import msgspec

from services.rating.billing_cycle.messages import BillingCycleDefined, DefineBillingCycle
from services.rating.billing_cycle.state import BillingCycle
from shared.kernel.calendar import EveryDays
from shared.kernel.decider import State, View
from shared.kernel.errors import Rejection, unsupported


def decide_billing_cycle(command: DefineBillingCycle, view: View) -> list[BillingCycleDefined]:
    terms = command.terms
    if view.get(BillingCycle, terms.cycle_id) is not None:
        raise Rejection("billing_cycle_exists", f"{terms.cycle_id} is defined already", pointer="/id", status=409)
    if isinstance(terms.frequency, EveryDays):
        raise unsupported("a billing cycle of a number of days", pointer="/frequency")
    if terms.frequency != "month" and terms.anchor_month is None:
        terms = msgspec.structs.replace(terms, anchor_month=1)
    return [BillingCycleDefined(name=command.name, terms=terms)]


def evolve_billing_cycle(event: BillingCycleDefined) -> list[State]:
    return [BillingCycle(name=event.name, terms=event.terms)]
