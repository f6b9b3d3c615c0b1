"""The cycles that a run may name: those that rating has defined and not deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.invoicing.billing_run.messages import (
    BillingCycleForgotten,
    BillingCycleKnown,
    ForgetBillingCycle,
    NoteBillingCycle,
)
from services.invoicing.billing_run.state import KnownCycle
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_cycle(command: NoteBillingCycle | ForgetBillingCycle, view: View, context: Context) -> Sequence[Event]:
    known = view.get(KnownCycle, command.cycle_id)
    match command:
        case NoteBillingCycle():
            return [] if known == same_fields(KnownCycle, command) else [same_fields(BillingCycleKnown, command)]
        case ForgetBillingCycle():
            return [BillingCycleForgotten(cycle_id=command.cycle_id)] if known else []


def evolve_cycle(
    event: BillingCycleKnown | BillingCycleForgotten, envelope: Envelope, view: View
) -> Iterable[State | Gone]:
    match event:
        case BillingCycleKnown():
            return [same_fields(KnownCycle, event)]
        case BillingCycleForgotten():
            return [Gone(KnownCycle, event.cycle_id)]
