"""Usage reconciliation of a billing period in which a plan changes: what its charges count sums to what was rated."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from services.reporting.reconciliation import api as reconciliation
from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import UsageRecorded
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    OCTOBER,
    SEPTEMBER,
    account_opened,
    charge_fixed,
    closed,
    rated,
    record,
    subscription_started,
)

pytestmark = pytest.mark.servers

STATEMENT = "/v1/proof/conservation"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is on its way here: what a test has not told will not come."""
    monkeypatch.setattr(reconciliation, "PAUSES_S", ())


@pytest.mark.parametrize("first", [{"plan_id": "office"}, {"plan_version": 2}], ids=["plan", "version"])
async def test_a_month_of_two_plans_has_a_charge_of_each_and_balances(stage: Stage, first: dict[str, Any]) -> None:
    """Versions are counted for each plan: two plans may both be at their first."""
    await stage.tell("rating.events", account_opened(), subscription_started())
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record(f"r{n}") for n in range(5)])), partition=3
    )
    before = structs.replace(charge_fixed(records=2), **first)
    after = charge_fixed("ch-2", records=3)
    await stage.tell("rating.events", rated(3, 1, indexes=tuple(range(5))), before, after, closed(SEPTEMBER, OCTOBER))
    found = await stage.read(STATEMENT)
    assert (found["balanced"], found["billed"], found["disagreements"]) == (True, 5, [])


async def test_two_prices_of_one_version_count_the_same_records(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started())
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("a"), record("b")])), partition=3)
    prices = (charge_fixed(records=2), structs.replace(charge_fixed("ch-2", records=2), n=2, price_index=1))
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1)), *prices, closed(SEPTEMBER, OCTOBER))
    assert (await stage.read(STATEMENT))["balanced"] is True
