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


def decide_cycle(command: NoteBillingCycle | ForgetBillingCycle, view: View, context: Context) -> Sequence[Event]:
    known = view.get(KnownCycle, command.cycle_id) is not None
    match command:
        case NoteBillingCycle():
            return [] if known else [BillingCycleKnown(cycle_id=command.cycle_id, name=command.name)]
        case ForgetBillingCycle():
            return [BillingCycleForgotten(cycle_id=command.cycle_id)] if known else []


def evolve_cycle(
    event: BillingCycleKnown | BillingCycleForgotten, envelope: Envelope, view: View
) -> Iterable[State | Gone]:
    match event:
        case BillingCycleKnown():
            return [KnownCycle(cycle_id=event.cycle_id)]
        case BillingCycleForgotten():
            return [Gone(KnownCycle, event.cycle_id)]
