"""The joined view of an account follows what is decided about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.invoicing.bill_profile.messages import TaxProfileChanged, TaxTerms, TermsChanged
from services.rating.account.messages import (
    AccountClosed,
    AccountCycleChanged,
    AccountHeld,
    AccountParentChanged,
    AccountReleased,
    AccountReopened,
)
from services.rating.billing_cycle.messages import (
    BillingCycleChanged,
    BillingCycleDefined,
    BillingCycleDeleted,
    CycleTerms,
)
from shared.kernel.calendar import EveryDays
from shared.kernel.period import Period
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened, profile_opened

pytestmark = pytest.mark.servers

WEEKLY = CycleTerms(
    cycle_id="weekly", frequency=EveryDays(7), anchor_day=1, counts_from=date(2026, 9, 7), time_zone="Europe/Paris"
)


async def customer(stage: Stage) -> dict[str, Any]:
    found: dict[str, Any] = await stage.read("/v1/customer-configs/acc-1")
    return found


async def opened(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(name=await stage.vault.seal("acc-1", "Ann Example")))


async def test_a_hold_and_a_close_are_shown_and_found_by(stage: Stage) -> None:
    await opened(stage)
    assert (await customer(stage))["status"] == "active"
    held = AccountHeld(account_id="acc-1", reason="moving", version=2)
    await stage.tell("rating.events", held)
    shown = await customer(stage)
    assert (shown["status"], shown["held_reason"]) == ("on_hold", "moving")
    assert (await stage.read("/v1/customer-configs", status="on_hold"))["total"] == 1
    closed = AccountClosed(account_id="acc-1", closed_on=date(2026, 10, 1), version=4)
    await stage.tell("rating.events", AccountReleased(account_id="acc-1", version=3), closed)
    shown = await customer(stage)
    assert (shown["status"], shown["closed_on"], shown["held_reason"]) == ("closed", "2026-10-01", None)
    await stage.tell("rating.events", AccountReopened(account_id="acc-1", version=5))
    assert (await customer(stage))["status"] == "active"


async def test_cycle_and_parent_follow_the_account(stage: Stage) -> None:
    await stage.tell("rating.events", BillingCycleDefined(name="Weeks", terms=WEEKLY), partition=0)
    await stage.tell("rating.events", BillingCycleChanged(name="Weekly", terms=WEEKLY, version=2), partition=0)
    changed = AccountCycleChanged(
        account_id="acc-1",
        cycle=WEEKLY,
        version=2,
        effective_on=date(2026, 10, 1),
        transition=Period(date(2026, 10, 1), date(2026, 10, 5)),
    )
    parent = AccountParentChanged(account_id="acc-1", parent_id="head", version=3)
    await opened(stage)
    await stage.tell("rating.events", changed, parent)
    shown = await customer(stage)
    assert shown["parent_id"] == "head"
    assert shown["cycle"] == {
        "id": "weekly",
        "name": "Weekly",
        "frequency": {"days": 7},
        "anchor_day": 1,
        "anchor_month": None,
        "counts_from": "2026-09-07",
        "time_zone": "Europe/Paris",
    }
    await stage.tell("rating.events", BillingCycleDeleted(cycle_id="weekly"), partition=0)
    assert (await customer(stage))["cycle"]["name"] is None


async def test_the_tax_profile_and_the_terms_are_those_that_invoicing_has(stage: Stage) -> None:
    await opened(stage)
    shown = await customer(stage)
    assert (shown["tax"], shown["tax_rate"], shown["terms_days"], shown["terms_source"]) == (None, "20", None, None)
    await stage.tell("invoicing.events", profile_opened())
    shown = await customer(stage)
    assert shown["tax"] == {"kind": "account_rate", "rate": "20"}
    assert (shown["terms_days"], shown["terms_source"]) == (14, "operator")
    determined = TaxTerms(kind="determined", parameters={"seller_country": "DE", "place": "FR", "evidence": []})
    taxed = TaxProfileChanged(account_id="acc-1", tax=determined, version=2)
    await stage.tell("invoicing.events", taxed, TermsChanged(account_id="acc-1", terms_days=30, own=True, version=3))
    shown = await customer(stage)
    assert shown["tax"] == {"kind": "determined", "seller_country": "DE", "place": "FR", "evidence": []}
    assert (shown["tax_rate"], shown["terms_days"], shown["terms_source"]) == (None, 30, "account")
    [listed] = (await stage.read("/v1/customer-configs"))["items"]
    assert (listed["tax"], listed["terms_days"]) == (shown["tax"], 30)
