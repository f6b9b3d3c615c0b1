"""Plans: what is refused, and that a published version stays what it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.rating.plan.messages import (
    DraftPlan,
    DraftPlanVersion,
    PlanDrafted,
    PlanVersionPublished,
    PublishPlanVersion,
)
from services.rating.plan.prices import parse_prices
from services.rating.plan.state import Plan
from shared.kernel.errors import Rejection
from shared.kernel.outcome import CommandRejected
from tests.services.rating.world import FLAT, OCTETS, TIERED, at, cycle, plan, priced, rating

ROUNDING = "/prices/0/rounding"


def rounded_up(decimals: int) -> dict[str, Any]:
    return {"mode": "up", "decimals": decimals}


def draft(*prices: Any, currency: str = "EUR") -> DraftPlan:
    return DraftPlan(plan_id="fiber", name="Fiber", currency=currency, prices=priced(*prices))


def publish(version: int, effective_from: str) -> PublishPlanVersion:
    return PublishPlanVersion(plan_id="fiber", version=version, effective_from=date.fromisoformat(effective_from))


def test_a_plan_begins_as_draft_version_1() -> None:
    story = rating().when(draft(FLAT, OCTETS))
    story.then(PlanDrafted(plan_id="fiber", version=1, name="Fiber", currency="EUR", prices=priced(FLAT, OCTETS)))
    story.when(draft(FLAT)).then_refused("plan_exists", pointer="/id")


@pytest.mark.parametrize(
    ("prices", "currency", "code", "pointer"),
    [
        ([],                                                             "EUR", "invalid",     "/prices"),
        ([FLAT, {**OCTETS, "model": "volumes"}],                         "EUR", "invalid",     "/prices/1/model"),
        ([{"model": "per_unit", "unit_price": "0.01"}],                  "EUR", "required",    "/prices/0/meter"),
        ([{**OCTETS, "unit_price": 0.01}],                           "EUR", "invalid_decimal", "/prices/0/unit_price"),
        ([{**FLAT, "meter": "data.octets"}],                             "EUR", "invalid",     "/prices/0/meter"),
        ([{**OCTETS, "rounding": rounded_up(4)}],                        "EUR", "unsupported", f"{ROUNDING}/decimals"),
        ([{**OCTETS, "rounding": rounded_up(2)}],                        "JPY", "unsupported", f"{ROUNDING}/decimals"),
        ([{**OCTETS, "colour": "red"}],                                  "EUR", "unknown_field", "/prices/0/colour"),
    ],
)  # fmt: skip
def test_a_bad_price_is_refused_by_its_pointer(prices: list[Any], currency: str, code: str, pointer: str) -> None:
    with pytest.raises(Rejection) as refused:
        parse_prices(prices, currency)
    assert [(no.code, no.pointer) for no in refused.value.all] == [(code, pointer)]


@pytest.mark.parametrize(
    ("prices", "currency", "code", "pointer"),
    [
        ([],                                                             "EUR", "invalid",     "/prices"),
        ([FLAT],                                                         "XXQ", "invalid",     "/currency"),
        ([FLAT, {**OCTETS, "model": "volumes"}],                         "EUR", "unsupported", "/prices/1/model"),
        ([{"model": "per_unit", "unit_price": "0.01"}],                  "EUR", "required",    "/prices/0/meter"),
        ([{**FLAT, "meter": "data.octets"}],                             "EUR", "invalid",     "/prices/0/meter"),
        ([{**OCTETS, "rounding": rounded_up(2)}],                        "JPY", "unsupported", f"{ROUNDING}/decimals"),
    ],
)  # fmt: skip
def test_prices_that_do_not_fit_a_plan_are_refused(prices: list[Any], currency: str, code: str, pointer: str) -> None:
    rating().when(draft(*prices, currency=currency)).then_refused(code, pointer=pointer)


def test_versions_follow_one_another() -> None:
    story = rating(*plan(FLAT), now=at("2026-06-01 00:00"))
    story.when(DraftPlanVersion(plan_id="fiber", prices=priced(TIERED)))
    story.then(PlanDrafted(plan_id="fiber", version=2, name="Fiber", currency="EUR", prices=priced(TIERED)))
    story.when(publish(2, "2026-07-01"))
    story.then(PlanVersionPublished(plan_id="fiber", version=2, effective_from=date(2026, 7, 1)))

    known = story.get(Plan, "fiber")
    assert known is not None
    in_force = {
        day: known.version_in_force(date.fromisoformat(day)) for day in ("2025-12-31", "2026-06-30", "2026-07-01")
    }
    assert [v.version if v else None for v in in_force.values()] == [None, 1, 2]


@pytest.mark.parametrize(
    ("version", "effective_from", "code", "pointer"),
    [
        (1, "2026-09-01", "version_published",    None),
        (2, "2026-01-01", "effective_from_order", "/effective_from"),
        (2, "2026-08-31", "backdated",            "/effective_from"),
        (4, "2026-09-01", "plan_version_not_found", None),
        (0, "2026-09-01", "plan_version_not_found", None),
    ],
)  # fmt: skip
def test_a_version_is_published_once_and_forward(
    version: int, effective_from: str, code: str, pointer: str | None
) -> None:
    drafts = (plan(OCTETS, version=2)[0], plan(TIERED, version=3)[0])
    story = rating(*plan(FLAT), *drafts, now=at("2026-09-01 12:00"))
    story.when(publish(version, effective_from)).then_refused(code, pointer=pointer)


def test_a_draft_that_a_later_version_overtook_is_not_published() -> None:
    drafts = (plan(OCTETS, version=2)[0], plan(TIERED, version=3)[0])
    story = rating(*plan(FLAT), *drafts, now=at("2026-09-01 12:00")).when(publish(3, "2026-10-01"))
    story.when(publish(2, "2026-11-01")).then_refused("version_superseded")


def test_the_first_version_may_take_effect_in_the_past() -> None:
    story = rating(plan(FLAT)[0]).when(publish(1, "2020-01-01"))
    story.then(PlanVersionPublished(plan_id="fiber", version=1, effective_from=date(2020, 1, 1)))


def test_an_unknown_plan_is_told_as_such() -> None:
    rating().when(publish(1, "2026-09-01")).then_refused("plan_not_found")
    rating().when(DraftPlanVersion(plan_id="fiber", prices=priced(FLAT))).then_refused("plan_not_found")


def test_an_edit_of_an_older_state_is_refused() -> None:
    story = rating(cycle(), *plan(FLAT)).when(
        DraftPlanVersion(plan_id="fiber", prices=priced(FLAT)), expected_version=7
    )
    refusal = story.events[0]
    assert isinstance(refusal, CommandRejected)
    assert (refusal.code, refusal.status) == ("version_mismatch", 412)
