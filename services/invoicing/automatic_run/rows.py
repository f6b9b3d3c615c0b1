"""AutomaticRunsSet -> a row of automatic_runs_row; AutomaticRunDue -> the next end, and the run of the last one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.invoicing.automatic_run.messages import AutomaticRunDue, AutomaticRunsSet, AutomaticRunsStopped
from services.invoicing.billing_run.messages import BillingCycleForgotten
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class AutomaticRunsRow(Row, frozen=True, kw_only=True):
    """How a cycle is run by itself: next over what ends on `period_end`, at `due_at`."""

    TABLE = "automatic_runs_row"
    KEY = ("cycle_id",)

    cycle_id: str
    active: bool
    delay_hours: int
    period_end: date
    due_at: datetime
    policy: Jsonb | None
    version: int
    last_run_id: str | None = None


class NextRun(Change, frozen=True, kw_only=True):
    TABLE = "automatic_runs_row"
    KEY = ("cycle_id",)

    cycle_id: str
    period_end: date
    due_at: datetime
    last_run_id: str


class NoMoreRuns(Change, frozen=True, kw_only=True):
    TABLE = "automatic_runs_row"
    KEY = ("cycle_id",)

    cycle_id: str
    active: bool = False


TABLES: Final = Tables(
    upsert(AutomaticRunsRow, sets={"last_run_id": "t.last_run_id"}, merge=lambda earlier, later: later),
    update(NextRun),
    update(NoMoreRuns),
)


Shown = AutomaticRunsSet | AutomaticRunDue | AutomaticRunsStopped | BillingCycleForgotten
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    match applied.event:
        case AutomaticRunsSet() as event:
            policy = None if event.policy is None else jsonb(event.policy)
            yield AutomaticRunsRow.of(event, active=True, policy=policy)
        case AutomaticRunDue() as event:
            yield NextRun.of(event, period_end=event.next_end, due_at=event.next_due_at, last_run_id=event.run_id)
        case AutomaticRunsStopped() | BillingCycleForgotten() as event:
            yield NoMoreRuns.of(event)
