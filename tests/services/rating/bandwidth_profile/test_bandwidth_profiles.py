"""Bandwidth profiles: what is refused, and that what plans give can't be deleted."""

from __future__ import annotations

import pytest

from services.rating.bandwidth_profile.messages import (
    BandwidthProfileChanged,
    BandwidthProfileDefined,
    BandwidthProfileDeleted,
    BandwidthTerms,
    ChangeBandwidthProfile,
    DefineBandwidthProfile,
    DeleteBandwidthProfile,
)
from services.rating.plan.messages import DraftPlan, EditPlanVersion, PlanTerms
from tests.services.rating.world import FLAT, priced, rating

FAST = BandwidthTerms(name="100/20", down_kbps=100_000, up_kbps=20_000)
DEFINED = BandwidthProfileDefined(profile_id="fast", terms=FAST)
DELETE = DeleteBandwidthProfile(profile_id="fast")


def test_a_profile_is_defined_once_changed_by_version_and_deleted() -> None:
    story = rating().when(DefineBandwidthProfile(profile_id="fast", terms=FAST)).then(DEFINED)
    story.when(DefineBandwidthProfile(profile_id="fast", terms=FAST))
    story.then_refused("bandwidth_profile_exists", pointer="/id")
    faster = BandwidthTerms(name="100/25", down_kbps=100_000, up_kbps=25_000)
    story.when(ChangeBandwidthProfile(profile_id="fast", terms=faster), expected_version=1)
    story.then(BandwidthProfileChanged(profile_id="fast", version=2, terms=faster, partitions=4))
    story.when(DELETE, expected_version=1).then_refused("version_mismatch")
    story.when(DELETE, expected_version=2).then(BandwidthProfileDeleted(profile_id="fast"))
    story.when(DELETE).then_refused("bandwidth_profile_not_found")


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        (BandwidthTerms(name="x", down_kbps=100, up_kbps=10, burst_down_kbps=99, burst_s=10),  "/burst_down_kbps"),
        (BandwidthTerms(name="x", down_kbps=100, up_kbps=10, burst_up_kbps=9, burst_s=10),     "/burst_up_kbps"),
        (BandwidthTerms(name="x", down_kbps=100, up_kbps=10, burst_down_kbps=200),             "/burst_s"),
    ],
)  # fmt: skip
def test_a_burst_is_faster_than_the_rate_and_ends(terms: BandwidthTerms, pointer: str) -> None:
    code = "required" if pointer == "/burst_s" else "invalid"
    rating().when(DefineBandwidthProfile(profile_id="x", terms=terms)).then_refused(code, pointer=pointer)


def test_a_profile_that_a_plan_gives_is_not_deleted() -> None:
    terms = PlanTerms(bandwidth_profile_id="fast")
    story = rating(DEFINED).when(
        DraftPlan(plan_id="fiber", name="Fiber", currency="EUR", prices=priced(FLAT), terms=terms)
    )
    story.when(DELETE).then_refused("bandwidth_profile_in_use")
    story.when(EditPlanVersion(plan_id="fiber", version=1, prices=priced(FLAT)))
    story.when(DELETE).then(BandwidthProfileDeleted(profile_id="fast"))
