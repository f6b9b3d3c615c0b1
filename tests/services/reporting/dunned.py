"""An account that is reminded, for the story of the projections."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.payments.dunning.messages import DunningCaseOpened, DunningStepReached
from shared.kernel.message import Event

_CASE: Final[dict[str, Any]] = {"account_id": "acc-1", "case_id": "dun-1", "look_on": date(2026, 10, 29)}


def dunned() -> tuple[Event, ...]:
    since, overdue = date(2026, 10, 15), Decimal("14.88")
    opened = DunningCaseOpened(
        policy_id="standard",
        policy_version=1,
        currency="EUR",
        time_zone="Europe/Paris",
        since=since,
        overdue=overdue,
        opened_on=date(2026, 10, 16),
        **_CASE,
    )
    reminded = DunningStepReached(
        step=1,
        name="Reminder",
        currency="EUR",
        since=since,
        overdue=overdue,
        days_overdue=10,
        reached_on=date(2026, 10, 25),
        oldest="INV-000005",
        **_CASE,
    )
    return opened, reminded
