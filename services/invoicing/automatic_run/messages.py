"""Runs that start by themselves: per billing cycle, off until somebody sets them.

SetAutomaticRuns(cycle_id="monthly", delay_hours=24)
-> AutomaticRunsSet(period_end=2026-10-01, due_at=2026-10-01T22:00:00Z)
(timer) StartAutomaticRun(cycle_id="monthly", period_end=2026-10-01)
-> AutomaticRunDue(run_id=…, period_end=2026-10-01, next_end=2026-11-01, …)  -> StartBillingRun
StopAutomaticRuns(cycle_id="monthly")  -> AutomaticRunsStopped

All of it is decided in partition 0, where the cycles are.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from services.invoicing.billing_run.messages import RunPolicy
from services.invoicing.invoice.messages import Seller
from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event, Message


class OfAutomaticRuns(Message, frozen=True, kw_only=True):
    """What is asked or said of the automatic runs of a cycle."""

    KEY_FIELD = "cycle_id"
    REFERENCE: ClassVar[bool] = True

    cycle_id: str


class SetAutomaticRuns(OfAutomaticRuns, Command, frozen=True, kw_only=True):
    """Run the cycle by itself, `delay_hours` after each of its periods ends; `seller` issues the invoices.

    The first run is over the period that is open. Set anew, the next run is over the same period. Refused:
    `cycle_not_found`, `cycle_days_unknown`, `version_mismatch`.
    """

    delay_hours: Count
    seller: Seller | None = None
    policy: RunPolicy | None = None


class StopAutomaticRuns(OfAutomaticRuns, Command, frozen=True, kw_only=True):
    """The cycle is run by people again. Refused: `version_mismatch`."""


class StartAutomaticRun(OfAutomaticRuns, Command, frozen=True, kw_only=True):
    """The timer of a period's end has fired. Ignored unless that is the end which is waited for."""

    period_end: date
    due_at: datetime


class AutomaticRunsSet(OfAutomaticRuns, Event, frozen=True, kw_only=True):
    """The cycle is run by itself: next over periods that end on `period_end`, at `due_at`."""

    delay_hours: Count
    period_end: date
    due_at: datetime
    version: Count
    seller: Seller | None = None
    policy: RunPolicy | None = None


class AutomaticRunsStopped(OfAutomaticRuns, Event, frozen=True, kw_only=True):
    """The cycle is not run by itself any more."""

    version: Count


class AutomaticRunDue(OfAutomaticRuns, Event, frozen=True, kw_only=True):
    """Run `run_id` starts, over periods that end on or before `period_end`; the next one is due at `next_due_at`."""

    run_id: str
    period_end: date
    next_end: date
    next_due_at: datetime
    seller: Seller | None = None
    policy: RunPolicy | None = None
