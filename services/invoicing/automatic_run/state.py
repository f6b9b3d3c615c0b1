"""Which cycles run by themselves, and which period's end each waits for."""

from __future__ import annotations

from datetime import date, datetime

from services.invoicing.billing_run.messages import RunPolicy
from services.invoicing.invoice.messages import Seller
from shared.kernel.decider import State


class AutomaticRuns(State, frozen=True, kw_only=True):
    """The setting of a cycle, in partition 0. One that was stopped is not `on`; its version goes on."""

    KEY_FIELD = "cycle_id"

    cycle_id: str
    on: bool
    delay_hours: int
    period_end: date
    due_at: datetime
    version: int
    seller: Seller | None = None
    policy: RunPolicy | None = None
