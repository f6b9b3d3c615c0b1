"""Plans whose prices include tax: rating prices as ever, and everything that it tells says so (R42)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.rating.one_time_charge.messages import AddOneTimeCharge
from services.rating.period.messages import ChargeFixed
from services.rating.plan.compare import Side, compare
from services.rating.plan.messages import ClonePlan, DraftPlanVersion, PlanDrafted, PlanTerms
from services.rating.plan.simulation import SimulationBody, simulate
from services.rating.plan.summary import summaries
from tests.kit.decider import Specification
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    account,
    close,
    cycle,
    guided,
    plan,
    priced,
    rating,
    subscription,
    used,
)

GROSS = PlanTerms(prices_include_tax=True)


def customer(*prices: dict[str, Any], terms: PlanTerms | None = GROSS) -> Specification:
    drafted, published = plan(*prices)
    return rating(cycle(), msgspec.structs.replace(drafted, terms=terms), published, account(), subscription())


def told(story: Specification) -> list[tuple[str, Decimal, bool]]:
    charges = [event for event in story.events if isinstance(event, ChargeFixed)]
    return [(charge.kind, charge.amount, charge.includes_tax) for charge in charges]


@pytest.mark.parametrize(("terms", "includes"), [(GROSS, True), (None, False)])
def test_charges_say_whether_their_plan_includes_tax_r42(terms: PlanTerms | None, includes: bool) -> None:
    story = customer({"model": "flat", "amount": "9.99"}, OCTETS, terms=terms)
    story.when_event(guided(used(250, "2026-09-05 10:00")))
    close(story)
    assert set(told(story)) == {("recurring", Decimal("9.99"), includes), ("usage", Decimal("2.50"), includes)}


def test_a_charge_by_hand_says_it_for_itself_r42() -> None:
    story = customer(FLAT, terms=None)
    one = AddOneTimeCharge(
        charge_id="ch-1",
        account_id="acc-1",
        description="Router",
        amount=Decimal("49.99"),
        currency="EUR",
        includes_tax=True,
    )
    story.when(one)
    close(story)
    assert ("one_time", Decimal("49.99"), True) in told(story)
    assert all(not includes for kind, _, includes in told(story) if kind == "recurring")


def test_a_version_keeps_it_and_another_may_say_otherwise_r42() -> None:
    drafted, published = plan(FLAT)
    story = rating(cycle(), msgspec.structs.replace(drafted, terms=GROSS), published)
    (kept,) = story.when(DraftPlanVersion(plan_id="fiber", prices=priced(FLAT))).events
    net = PlanTerms(code="net")
    (other,) = story.when(DraftPlanVersion(plan_id="fiber", prices=priced(FLAT), terms=net)).events
    (clone,) = story.when(ClonePlan(plan_id="copy", name="Copy", source_id="fiber", version=2)).events
    assert [isinstance(one, PlanDrafted) and one.terms for one in (kept, other, clone)] == [GROSS, net, GROSS]


def side(version: int, terms: PlanTerms) -> Side:
    return Side(plan_id="fiber", version=version, name="Fiber", currency="EUR", prices=[FLAT], terms=terms)


def test_a_comparison_and_a_simulation_say_it_r42() -> None:
    found = compare(side(1, PlanTerms()), side(2, GROSS), {})
    assert found["fields"] == [{"pointer": "/prices_include_tax", "change": "added", "new": True}]
    body = SimulationBody.model_validate({"period": {"start": "2026-06-01", "end": "2026-07-01"}})
    answers = [simulate(side(2, terms), body, summaries([FLAT], "EUR", {})) for terms in (PlanTerms(), GROSS)]
    assert [answer["prices_include_tax"] for answer in answers] == [False, True]
