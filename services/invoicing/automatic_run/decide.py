"""A cycle is run by itself: one run for each end of its periods, whatever happens in between (R12).

    1 Sep  set, 24 hours after       waits for 1 October, due on 2 October at 0:00 where the cycle is
    2 Oct  the timer fires           run "automatic, monthly, 1 October" starts; waits for 1 November
    2 Oct  it fires again            that end is not waited for: nothing
    5 Nov  all was down since 1 Nov  the timer fires now, and the run is over what ended on 1 November

The run's id follows from cycle and end, so that stopping and setting it again can't run one twice. The periods of an
anniversary cycle end on any day: it is run each day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from services.invoicing.automatic_run.messages import (
    AutomaticRunDue,
    AutomaticRunsSet,
    AutomaticRunsStopped,
    SetAutomaticRuns,
    StartAutomaticRun,
    StopAutomaticRuns,
)
from services.invoicing.automatic_run.state import AutomaticRuns
from services.invoicing.billing_run.messages import BillingCycleForgotten
from services.invoicing.billing_run.state import KnownCycle
from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.calendar import Cycle, EveryDays, known_zone, local_date, midnight, period_containing
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.ids import derive
from shared.kernel.message import Event, encode, type_name
from shared.kernel.same_fields import same_fields

DAILY: Final = Cycle(EveryDays(1), counts_from=date(2000, 1, 1))


def decide_automatic(
    command: SetAutomaticRuns | StopAutomaticRuns | StartAutomaticRun, view: View, context: Context
) -> Sequence[Event]:
    runs = view.get(AutomaticRuns, command.cycle_id)
    match command:
        case SetAutomaticRuns():
            return _set(command, runs, view, context)
        case StopAutomaticRuns():
            return _stop(command, runs, context)
        case StartAutomaticRun():
            return _start(command, runs, view)


def evolve_automatic(
    event: AutomaticRunsSet | AutomaticRunsStopped | AutomaticRunDue | BillingCycleForgotten,
    envelope: Envelope,
    view: View,
) -> Iterable[State | Gone]:
    match event:
        case AutomaticRunsSet():
            return _waiting(same_fields(AutomaticRuns, event, on=True))
        case AutomaticRunDue():
            runs = _known(event.cycle_id, view)
            return _waiting(msgspec.structs.replace(runs, period_end=event.next_end, due_at=event.next_due_at))
        case AutomaticRunsStopped():
            runs = msgspec.structs.replace(_known(event.cycle_id, view), on=False, version=event.version)
            return [runs, Gone(Due, timer_name(event.cycle_id))]
        case BillingCycleForgotten():
            if view.get(AutomaticRuns, event.cycle_id) is None:
                return []
            return [Gone(AutomaticRuns, event.cycle_id), Gone(Due, timer_name(event.cycle_id))]


def timer_name(cycle_id: str) -> str:
    return f"automatic-run/{cycle_id}"


def run_id_of(cycle_id: str, period_end: date) -> str:
    """The run over what ends then: the same whoever asks for it, and however often."""
    return derive("automatic-run", cycle_id, period_end.isoformat())


def _set(
    command: SetAutomaticRuns, runs: AutomaticRuns | None, view: View, context: Context
) -> Sequence[AutomaticRunsSet]:
    terms = _terms(command.cycle_id, view)
    version = 0 if runs is None else runs.version
    context.check_version(version)
    if runs is not None and runs.on and _same(runs, command):
        return []
    end = _end_after(local_date(context.now, terms.time_zone), terms)
    if runs is not None and runs.on:
        end = runs.period_end
    due_at = _due_at(end, terms, command.delay_hours)
    return [same_fields(AutomaticRunsSet, command, period_end=end, due_at=due_at, version=version + 1)]


def _same(runs: AutomaticRuns, command: SetAutomaticRuns) -> bool:
    said = (command.delay_hours, command.seller, command.policy)
    return (runs.delay_hours, runs.seller, runs.policy) == said


def _stop(command: StopAutomaticRuns, runs: AutomaticRuns | None, context: Context) -> Sequence[AutomaticRunsStopped]:
    context.check_version(0 if runs is None else runs.version)
    if runs is None or not runs.on:
        return []
    return [AutomaticRunsStopped(cycle_id=command.cycle_id, version=runs.version + 1)]


def _start(command: StartAutomaticRun, runs: AutomaticRuns | None, view: View) -> Sequence[AutomaticRunDue]:
    if runs is None or not runs.on or (runs.period_end, runs.due_at) != (command.period_end, command.due_at):
        return []
    terms = _terms(command.cycle_id, view)
    next_end = _end_after(command.period_end, terms)
    return [
        same_fields(
            AutomaticRunDue,
            runs,
            run_id=run_id_of(command.cycle_id, command.period_end),
            next_end=next_end,
            next_due_at=_due_at(next_end, terms, runs.delay_hours),
        )
    ]


def _terms(cycle_id: str, view: View) -> CycleTerms:
    """The days of a cycle. Raises `Rejection`."""
    cycle = view.get(KnownCycle, cycle_id)
    if cycle is None:
        raise absent("cycle", cycle_id)
    if cycle.terms is None:
        detail = f"the days of cycle {cycle_id} were never told here; PUT /v1/billing-cycles/{cycle_id} tells them"
        raise Rejection("cycle_days_unknown", detail, status=409)
    return cycle.terms


def _end_after(day: date, terms: CycleTerms) -> date:
    """The end of the period that holds the day."""
    if terms.anchor == "subscription":
        return period_containing(DAILY, day).end
    zone = known_zone(terms.time_zone)
    cycle = Cycle(terms.frequency, terms.anchor_day, terms.anchor_month, zone, terms.counts_from)
    return period_containing(cycle, day).end


def _due_at(end: date, terms: CycleTerms, delay_hours: int) -> datetime:
    return midnight(end, terms.time_zone) + timedelta(hours=delay_hours)


def _known(cycle_id: str, view: View) -> AutomaticRuns:
    runs = view.get(AutomaticRuns, cycle_id)
    if runs is None:
        raise NeverBegan(f"automatic runs of cycle {cycle_id} were never set")
    return runs


def _waiting(runs: AutomaticRuns) -> list[State | Gone]:
    """The setting, with the timer of the end it waits for in place of the one before."""
    command = StartAutomaticRun(cycle_id=runs.cycle_id, period_end=runs.period_end, due_at=runs.due_at)
    timer = Due(
        name=timer_name(runs.cycle_id),
        due_at=runs.due_at,
        command_type=type_name("invoicing", StartAutomaticRun),
        command=msgspec.Raw(encode(command)),
    )
    return [runs, timer]
