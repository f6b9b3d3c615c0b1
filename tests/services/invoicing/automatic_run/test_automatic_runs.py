"""Cycles that are run by themselves: one run for each end of their periods, at the hour that was set."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from services.invoicing.automatic_run.decide import run_id_of
from services.invoicing.automatic_run.messages import (
    AutomaticRunDue,
    AutomaticRunsSet,
    SetAutomaticRuns,
    StartAutomaticRun,
    StopAutomaticRuns,
)
from services.invoicing.billing_run.messages import BillingCycleKnown, BillingRunStarted, StartBillingRun
from services.invoicing.invoice.messages import InvoiceIssued
from services.rating.billing_cycle.messages import (
    BillingCycleChanged,
    BillingCycleDefined,
    BillingCycleDeleted,
    CycleTerms,
)
from shared.kernel.calendar import EveryDays
from shared.kernel.decider import Due
from tests.kit.decider import Specification
from tests.services.invoicing.story import Partitions, invoicing, tell

SEPTEMBER_5 = datetime(2026, 9, 5, 12, tzinfo=UTC)
MONTHLY = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="Europe/Paris")
SET = SetAutomaticRuns(cycle_id="monthly", delay_hours=24)


def defined(terms: CycleTerms = MONTHLY) -> BillingCycleDefined:
    return BillingCycleDefined(name="Monthly", terms=terms)


def set_up(terms: CycleTerms = MONTHLY) -> Specification:
    return tell(invoicing(), defined(terms)).when(SET, now=SEPTEMBER_5)


def timers(spec: Specification) -> list[Due]:
    return spec.state.all(Due)


def fired(spec: Specification) -> StartAutomaticRun:
    [timer] = timers(spec)
    return msgspec.json.decode(timer.command, type=StartAutomaticRun)


def due(end: str, at: str) -> StartAutomaticRun:
    return StartAutomaticRun(cycle_id="monthly", period_end=date.fromisoformat(end), due_at=datetime.fromisoformat(at))


def test_a_cycle_that_is_set_waits_for_the_end_of_its_open_period_where_it_is() -> None:
    spec = set_up()
    [found] = spec.events
    assert isinstance(found, AutomaticRunsSet) and found.version == 1
    assert fired(spec) == due("2026-10-01", "2026-10-01T22:00:00+00:00")
    assert not timers(tell(invoicing(), defined()))


def test_a_cycle_has_one_run_for_each_end_however_often_its_timer_fires_R12() -> None:
    spec = set_up()
    timer = fired(spec)
    [first], [start] = spec.when(timer, now=timer.due_at).events, spec.sends
    assert isinstance(first, AutomaticRunDue) and (first.next_end, first.run_id) == (
        date(2026, 11, 1),
        run_id_of("monthly", date(2026, 10, 1)),
    )
    assert isinstance(start.message, StartBillingRun) and start.message.target_date == date(2026, 10, 1)
    spec.when(timer).then_nothing()
    assert fired(spec) == due("2026-11-01", "2026-11-01T23:00:00+00:00")


def test_stopped_and_set_again_an_end_has_one_run_R12() -> None:
    partitions = Partitions()
    home = partitions.specs[0]
    tell(home, defined()).when(SET, now=SEPTEMBER_5)
    partitions.draft("acc-1")
    timer = fired(home)
    issued = _run(partitions, timer)
    assert [event.account_id for event in issued if isinstance(event, InvoiceIssued)] == ["acc-1"]
    home.when(StopAutomaticRuns(cycle_id="monthly"))
    assert not timers(home)
    home.when(timer).then_nothing()
    home.when(SET, now=datetime(2026, 9, 20, tzinfo=UTC), command_id="again")
    again = _run(partitions, fired(home))
    assert not [event for event in again if isinstance(event, BillingRunStarted)]


def test_after_days_without_a_process_each_end_has_its_run() -> None:
    spec, ends = set_up(), []
    for _ in range(3):
        [event] = spec.when(fired(spec), now=datetime(2026, 12, 24, tzinfo=UTC)).events
        assert isinstance(event, AutomaticRunDue)
        ends.append(event.period_end)
    assert ends == [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]
    assert fired(spec).due_at > spec.now


@pytest.mark.parametrize(
    ("frequency", "anchor", "end"),
    [
        ("month", "calendar", "2026-10-01"),
        ("quarter", "calendar", "2026-10-01"),
        ("year", "calendar", "2027-01-01"),
        (EveryDays(30), "calendar", "2026-09-29"),
        ("month", "subscription", "2026-09-06"),
    ],
)
def test_each_kind_of_cycle_is_run_at_its_ends_and_an_anniversary_cycle_each_day(
    frequency: Any, anchor: Any, end: str
) -> None:
    days = isinstance(frequency, EveryDays)
    terms = msgspec.structs.replace(
        MONTHLY,
        frequency=frequency,
        anchor=anchor,
        anchor_month=None if days else 1,
        counts_from=date(2026, 8, 30) if days else None,
    )
    assert fired(set_up(terms)).period_end == date.fromisoformat(end)


def test_another_delay_moves_the_next_run_and_the_same_changes_nothing() -> None:
    spec = set_up()
    spec.when(SET, command_id="same").then_nothing()
    spec.when(msgspec.structs.replace(SET, delay_hours=2), now=datetime(2026, 10, 1, 12, tzinfo=UTC))
    assert fired(spec) == due("2026-10-01", "2026-10-01T00:00:00+00:00")
    spec.when(SET, expected_version=1, command_id="stale").then_refused("version_mismatch")


def test_a_cycle_that_is_deleted_is_run_no_more_and_one_that_is_unknown_is_refused() -> None:
    assert not timers(tell(set_up(), BillingCycleDeleted(cycle_id="monthly")))
    invoicing().when(SET).then_refused("cycle_not_found")
    older = invoicing().given(BillingCycleKnown(cycle_id="monthly", name="Monthly"))
    older.when(SET, command_id="early").then_refused("cycle_days_unknown")
    tell(older, BillingCycleChanged(name="On the first", terms=MONTHLY, version=2))
    assert isinstance(older.when(SET, command_id="late").events[0], AutomaticRunsSet)


def _run(partitions: Partitions, timer: StartAutomaticRun) -> list[Any]:
    """What follows from the timer's command, which is sent to the partition that has the timer."""
    home = partitions.specs[0].when(timer, now=timer.due_at)
    starts = [send.message for send in home.sends]
    return [event for start in starts for event in partitions.run(start)]
