"""What reporting counts of dunning: the funnel, who is restricted, and who may never be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.payments.dunning.messages import (
    DunningCaseCleared,
    DunningCaseOpened,
    DunningStepReached,
    ServiceRestrictionAsked,
)
from services.payments.dunning_policy.messages import Restriction
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened, allocated, paid, receivable

pytestmark = pytest.mark.servers

CASE: dict[str, Any] = {"account_id": "acc-1", "case_id": "case-1"}
BLOCKED = ServiceRestrictionAsked(restriction=Restriction(access="blocked"), **CASE)
OPEN = ServiceRestrictionAsked(**CASE)


def opened() -> DunningCaseOpened:
    return DunningCaseOpened(
        policy_id="standard",
        policy_version=1,
        currency="EUR",
        time_zone="UTC",
        since=date(2026, 10, 15),
        overdue=Decimal("14.88"),
        opened_on=date(2026, 10, 16),
        look_on=date(2026, 10, 25),
        **CASE,
    )


def reached(step: int, name: str, day: int) -> DunningStepReached:
    return DunningStepReached(
        step=step,
        name=name,
        currency="EUR",
        since=date(2026, 10, 15),
        overdue=Decimal("14.88"),
        days_overdue=day - 15,
        reached_on=date(2026, 10, day),
        oldest="INV-000001",
        **CASE,
    )


async def noticed(stage: Stage) -> list[tuple[str, int, str]]:
    found = (await stage.read("/v1/overview/attention"))["items"]
    return [(item["kind"], item["count"], item["severity"]) for item in found if item["kind"] != "overdue_invoices"]


async def test_the_funnel_counts_steps_and_what_was_paid_and_the_overview_who_is_restricted(stage: Stage) -> None:
    stage.clock.at = datetime(2026, 10, 29, 8, tzinfo=UTC)
    await stage.tell("rating.events", account_opened())
    await stage.tell("payments.events", receivable(), opened(), reached(1, "Letter", 25))
    await stage.tell("payments.events", reached(2, "Block", 29), BLOCKED)
    assert await noticed(stage) == [("restricted_for_debt", 1, "warning")]
    funnel = (await stage.read("/v1/reports/dunning-funnel"))["items"]
    assert [(row["step"], row["name"], row["cases"], row["overdue"], row["paid"]) for row in funnel] == [
        (1, "Letter", 1, "14.88", 0),
        (2, "Block", 1, "14.88", 0),
    ]
    # Paid, and not given back: what may never be.
    await stage.tell("payments.events", paid("pay-1", "14.88"))
    await stage.tell("payments.events", allocated(amount="14.88", open_="0.00", unallocated="0.00"))
    assert await noticed(stage) == [("paid_and_restricted", 1, "error"), ("restricted_for_debt", 1, "warning")]
    await stage.tell("payments.events", OPEN, DunningCaseCleared(reason="paid", cleared_on=date(2026, 10, 30), **CASE))
    assert await noticed(stage) == []
    funnel = (await stage.read("/v1/reports/dunning-funnel", **{"from": "2026-10-26"}))["items"]
    assert [(row["step"], row["paid"], row["recovered_percent"]) for row in funnel] == [(2, 1, "100.0")]
