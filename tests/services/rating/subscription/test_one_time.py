"""What is charged once: set-up prices of a plan, and charges put on an account by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.rating.one_time_charge.messages import AddOneTimeCharge, CancelOneTimeCharge, OneTimeChargeAdded
from services.rating.one_time_charge.state import PendingCharges
from services.rating.period.messages import ChargeFixed
from services.rating.subscription.messages import ChangePlan, ChangeQuantity
from tests.services.rating.subscription.story import customer, descriptions, on, other_plan
from tests.services.rating.world import FLAT, account, at, bill, close, cycle, plan, rating, subscription

SET_UP = {"model": "one_time", "amount": "49.00"}


def router(day: str | None = None, **changed: Any) -> AddOneTimeCharge:
    fields: dict[str, Any] = {
        "charge_id": "ch-1",
        "account_id": "acc-1",
        "description": "Router",
        "amount": Decimal("79.00"),
        "currency": "EUR",
        "on": None if day is None else date.fromisoformat(day),
    }
    return AddOneTimeCharge(**(fields | changed))


# -- set-up ----------------------------------------------------------------------------------------------------------


def test_a_set_up_price_is_charged_once_when_service_starts() -> None:
    story = customer(FLAT, SET_UP).when(on(ChangeQuantity, "2026-09-01", quantity=2))
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-10-01", "2", "40.00"),
        ("recurring", "2026-10-01", "2026-11-01", "2", "40.00"),
        ("one_time", "2026-09-01", "2026-09-02", None, "49.00"),
    ]
    assert descriptions(story)[-1] == "Fiber: one-time charge"
    assert [line[0] for line in bill(close(story))] == ["recurring"]


def test_a_plan_charges_its_set_up_when_it_is_changed_to_and_never_again() -> None:
    story = rating(
        cycle(), *plan(FLAT), *other_plan(FLAT, SET_UP), account(), subscription(), now=at("2026-09-01 12:00")
    )
    for day, plan_id in (("2026-09-10", "office"), ("2026-09-20", "fiber"), ("2026-09-25", "office")):
        story.when(on(ChangePlan, day, plan_id=plan_id))
    lines = bill(close(story))
    assert [line for line in lines if line[0] == "one_time"] == [
        ("one_time", "2026-09-10", "2026-09-11", None, "49.00")
    ]
    assert [line for line in bill(close(story)) if line[0] == "one_time"] == []


# -- by hand ---------------------------------------------------------------------------------------------------------


def test_a_charge_stands_on_the_next_bill_once() -> None:
    story = customer(now="2026-09-10 12:00").when(router())
    added = story.events[0]
    assert isinstance(added, OneTimeChargeAdded) and added.on == date(2026, 9, 10)
    close(story)
    charge = next(e for e in story.events if isinstance(e, ChargeFixed) and e.kind == "one_time")
    assert (charge.charge_id, charge.description, str(charge.amount)) == ("ch-1", "Router", "79.00")
    assert (charge.subscription_id, charge.plan_id, charge.item) == ("", "", "charged_by_hand")
    assert story.get(PendingCharges, "acc-1") is None
    assert "one_time" not in {line[0] for line in bill(close(story))}


def test_a_charge_of_a_later_day_waits_for_its_period() -> None:
    story = customer(now="2026-09-10 12:00").when(router("2026-10-01"))
    assert "one_time" not in {line[0] for line in bill(close(story))}
    assert ("one_time", "2026-10-01", "2026-10-02", None, "79.00") in bill(close(story))


def test_a_charge_is_cancelled_until_it_is_billed() -> None:
    story = customer(now="2026-09-10 12:00").when(router()).when(router(charge_id="ch-2"))
    story.when(CancelOneTimeCharge(charge_id="ch-1", account_id="acc-1"))
    close(story)
    assert [e.charge_id for e in story.events if isinstance(e, ChargeFixed) and e.kind == "one_time"] == ["ch-2"]
    story.when(CancelOneTimeCharge(charge_id="ch-2", account_id="acc-1")).then_refused("unknown_aggregate")


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (router(account_id="acc-9"),                "account_not_found", "/account_id"),
        (router(currency="USD"),                    "currency_mismatch", "/amount/currency"),
        (router(amount=Decimal("0")),               "invalid",           "/amount/amount"),
        (router(amount=Decimal("0.001")),           "invalid",           "/amount/amount"),
        (router(subscription_id="nobody"),          "unknown_aggregate", "/subscription_id"),
        (router("2026-08-31"),                      "period_closed",     "/on"),
        (router("2099-01-01"),                      "out_of_bounds",      "/on"),
    ],
)  # fmt: skip
def test_a_charge_that_cannot_be_is_refused(command: AddOneTimeCharge, code: str, pointer: str) -> None:
    customer(now="2026-09-10 12:00").when(command).then_refused(code, pointer=pointer)


def test_an_account_without_a_period_is_charged_nothing() -> None:
    rating(cycle(), account()).when(router()).then_refused("no_period", pointer="/account_id")
