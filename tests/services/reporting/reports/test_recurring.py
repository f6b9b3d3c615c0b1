"""Recurring revenue: what an account's subscriptions come to, and what reports tell of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.rating.subscription.messages import ChangeCancelled
from services.reporting.figures.recurring import _times
from services.reporting.recurring.timeline import Kind, Taken, Term, steps
from tests.services.reporting.reports.recurring_story import (
    ended,
    flat,
    moved,
    plan,
    recurring_story,
    started,
)
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened


def term(line: str, kind: Kind, day: int, plan_id: str = "", quantity: int = 0, *, seq: int = 0) -> Term:
    return Term(line, kind, date(2026, 9, day), Taken(plan_id, 0, quantity), seq or day)


A = term("a", "start", 1, "home", 1)


@pytest.mark.parametrize(
    ("terms", "movements"),
    [
        ([A], ["1 new +1"]),
        ([A, term("a", "end", 9)], ["1 new +1", "9 churn -1"]),
        ([A, term("b", "start", 5, "tv", 1)], ["1 new +1", "5 expansion 0"]),
        ([A, term("b", "start", 5, "tv", 1), term("a", "end", 9)], ["1 new +1", "5 expansion 0", "9 contraction 0"]),
        # From one line to another on a day, nobody is lost.
        ([A, term("a", "end", 5), term("b", "start", 5, "tv", 1)], ["1 new +1", "5 contraction 0", "5 expansion 0"]),
        ([A, term("a", "end", 5), term("b", "start", 7, "tv", 1)], ["1 new +1", "5 churn -1", "7 reactivation +1"]),
        # Two at once are one new account.
        ([A, term("b", "start", 1, "tv", 1)], ["1 new +1", "1 new 0"]),
        ([A, term("a", "quantity", 4, quantity=3)], ["1 new +1", "4 changed 0"]),
        ([A, term("a", "plan", 4, "giga")], ["1 new +1", "4 changed 0"]),
        # The last change of a day counts; one that changes nothing is none.
        ([A, term("a", "quantity", 4, quantity=3), term("a", "quantity", 4, quantity=1, seq=9)], ["1 new +1"]),
        # What was said for days behind the end, or before it begins to count.
        ([A, term("a", "end", 5), term("a", "plan", 7, "giga")], ["1 new +1", "5 churn -1"]),
        ([term("a", "start", 10, "home", 1), term("a", "plan", 4, "giga")], ["10 new +1"]),
        ([term("a", "start", 10, "home", 1), term("a", "end", 10)], []),
        ([term("a", "start", 10, "home", 1), term("a", "end", 4)], []),
        ([A, term("a", "end", 9), term("a", "end", 5, seq=20)], ["1 new +1", "5 churn -1"]),
        ([term("a", "quantity", 4, quantity=3)], []),
        ([], []),
    ],
)
def test_an_account_is_new_once_and_lost_with_its_last_subscription(terms: list[Term], movements: list[str]) -> None:
    told = [f"{step.day.day} {step.movement} {step.accounts:+d}".replace("+0", "0") for step in steps(terms)]
    assert told == movements


def test_the_order_in_which_things_were_said_does_not_matter_but_within_a_day() -> None:
    terms = [A, term("a", "plan", 4, "giga"), term("b", "start", 4, "tv", 1), term("a", "end", 9), term("b", "end", 8)]
    assert list(steps(terms)) == list(steps(reversed(terms)))


def test_what_an_account_takes_in_the_end_is_what_its_steps_sum_up_to() -> None:
    terms = [A, term("a", "quantity", 3, quantity=4), term("b", "start", 4, "tv", 2), term("a", "end", 9)]
    units = sum(step.after.quantity - step.before.quantity for step in steps(terms))
    assert (units, sum(step.accounts for step in steps(terms))) == (2, 1)


@pytest.mark.parametrize(
    ("interval", "cycle", "a_year"),
    [("month", '"year"', 12), ("quarter", '"month"', 4), ("year", '"month"', 1), (None, '"quarter"', 4)],
)
def test_a_price_is_normalised_by_its_own_interval_or_else_the_accounts_cycle(
    interval: Any, cycle: str, a_year: int
) -> None:
    assert _times(interval, cycle) == a_year


async def mrr(stage: Stage, **asked: str) -> dict[str, dict[str, Any]]:
    items = (await stage.read("/v1/reports/mrr", **asked))["items"]
    return {row["month"]: row for row in items}


@pytest.mark.servers
async def test_recurring_revenue_moves_as_worked_out_by_hand(stage: Stage) -> None:
    """September: 39.90 new, 3 x 39.90 new, r-3 had 39.90 from August and left. October: r-1 takes tv (9.97) and goes
    over to giga (+20.00), drops tv; r-2 has one less; r-3 comes back with giga."""
    await recurring_story(stage)
    months = await mrr(stage)
    names = ("opening", "new", "expansion", "contraction", "churn", "reactivation", "closing")
    assert [months["2026-08"][name] for name in names] == ["0.00", "39.90", "0.00", "0.00", "0.00", "0.00", "39.90"]
    assert [months["2026-09"][name] for name in names] == ["39.90", "159.60", "0.00", "0.00", "39.90", "0.00", "159.60"]
    # 9.9666… + 20.00 expand, 39.90 + 9.9666… contract: each is rounded once.
    assert [months["2026-10"][name] for name in names] == [
        "159.60",
        "0.00",
        "29.97",
        "49.87",
        "0.00",
        "59.90",
        "199.60",
    ]
    assert [months[month]["accounts"] for month in ("2026-08", "2026-09", "2026-10")] == [1, 2, 3]
    assert (months["2026-09"]["churn_percent"], months["2026-10"]["arpu"]) == ("100.0", "66.53")
    figures = {item["name"]: item["value"] for item in (await stage.read("/v1/reports/kpis"))["items"]}
    assert (figures["mrr"], figures["arpu"], figures["churn_percent"]) == ("199.60", "66.53", "0.0")
    assert await mrr(stage, **{"from": "2026-10-01"}) == {"2026-10": months["2026-10"]}


@pytest.mark.servers
async def test_who_follows_a_plan_expands_with_its_next_version_and_who_is_pinned_does_not(stage: Stage) -> None:
    await stage.tell("rating.events", *plan("p", flat("10.00")), partition=0)
    await stage.tell("rating.events", *plan("p", flat("12.00"), version=2, since=date(2026, 10, 5)), partition=0)
    await stage.tell(
        "rating.events",
        account_opened(),
        started("a", "acc-1", "p", date(2026, 9, 1)),
        started("b", "acc-1", "p", date(2026, 9, 1), plan_version=1),
        started("c", "acc-1", "p", date(2026, 10, 5)),
    )
    october = (await mrr(stage))["2026-10"]
    assert (october["opening"], october["expansion"], october["closing"]) == ("20.00", "14.00", "34.00")
    assert october["rows"]["expansion"] is None, "no list of changes has a plan's new price"
    listed = await stage.read("/v1/reports/rows/recurring-subscriptions")
    assert listed["totals"] == [{"currency": "EUR", "amount": "34.00", "monthly": "34.00"}] or Decimal(
        listed["totals"][0]["amount"]
    ) == Decimal("34.00")


@pytest.mark.servers
@pytest.mark.parametrize("batches", ["one", "each"])
async def test_a_change_that_is_cancelled_leaves_no_trace(stage: Stage, batches: str) -> None:
    end = ended("a", "acc-1", date(2026, 10, 20))
    later = moved("a", "acc-1", date(2026, 11, 1), "giga", "p")
    events = [
        *(account_opened(), started("a", "acc-1", "p", date(2026, 9, 1)), later, end),
        *(
            ChangeCancelled(subscription_id="a", account_id="acc-1", change_id=change.change_id)
            for change in (end, later)
        ),
    ]
    await stage.tell("rating.events", *plan("p", flat("10.00")), partition=0)
    for batch in [events] if batches == "one" else [[event] for event in events]:
        await stage.tell("rating.events", *batch)
    rows = await stage.pool.fetch("select day, movement, changes from recurring_day")
    assert [tuple(row.values()) for row in rows] == [(date(2026, 9, 1), "new", 1)]
