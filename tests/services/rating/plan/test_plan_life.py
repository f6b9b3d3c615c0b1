"""What becomes of a plan: drafts edited, publications taken back, sale ended and begun again, copies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.rating.bandwidth_profile.messages import BandwidthProfileDefined, BandwidthTerms
from services.rating.period.messages import ChargeFixed
from services.rating.plan.messages import (
    ClonePlan,
    DraftPlan,
    DraftPlanVersion,
    EditPlanVersion,
    PlanDrafted,
    PlanDraftEdited,
    PlanReactivated,
    PlanRetired,
    PlanTerms,
    PlanVersionPublished,
    PlanVersionRetired,
    PlanVersionUnpublished,
    PublishPlanVersion,
    ReactivatePlan,
    RetirePlan,
    RetirePlanVersion,
    UnpublishPlanVersion,
)
from services.rating.plan.prices import parse_prices, type_of
from services.rating.plan.shapes import version_status
from services.rating.plan.state import Plan
from services.rating.service_offering.messages import ServiceOfferingDefined, ServiceTerms
from services.rating.subscription.messages import ChangePlan, ContractTerm, StartSubscription, SubscriptionStarted
from shared.kernel.errors import Rejection
from shared.kernel.outcome import CommandRejected
from tests.kit.decider import Specification
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    TIERED,
    account,
    at,
    close,
    cycle,
    plan,
    priced,
    rating,
    subscription,
)

INTERNET = ServiceOfferingDefined(
    service_id="internet", terms=ServiceTerms(name="Internet", kind="internet", tax_class="standard")
)
FAST = BandwidthProfileDefined(profile_id="fast", terms=BandwidthTerms(name="Fast", down_kbps=100_000, up_kbps=20_000))


def day(text: str) -> date:
    return date.fromisoformat(text)


def edit(*prices: Any, version: int = 1, **said: Any) -> EditPlanVersion:
    return EditPlanVersion(plan_id="fiber", version=version, prices=priced(*prices), **said)


def publish(version: int, effective_from: str, **said: Any) -> PublishPlanVersion:
    return PublishPlanVersion(plan_id="fiber", version=version, effective_from=day(effective_from), **said)


def start(on: str) -> StartSubscription:
    return StartSubscription(subscription_id="sub-1", account_id="acc-1", plan_id="fiber", start=day(on))


def second(*prices: Any, effective_from: str | None = None) -> list[Any]:
    draft, published = plan(*prices, version=2, effective_from=effective_from or "2026-10-01")
    return [draft, published] if effective_from else [draft]


def refused(story: Specification) -> tuple[str, int, str | None]:
    (rejection,) = [event for event in story.events if isinstance(event, CommandRejected)]
    return rejection.code, rejection.status, rejection.pointer


# -- drafts --------------------------------------------------------------------------------------------------------


def test_a_draft_can_be_edited_until_it_is_published() -> None:
    story = rating(plan(FLAT)[0]).when(edit(OCTETS, name="Fiber 2"))
    story.then(PlanDraftEdited(plan_id="fiber", version=1, revision=2, name="Fiber 2", prices=priced(OCTETS)))
    known = story.get(Plan, "fiber")
    assert known is not None
    assert (known.name, known.versions[0].meters, known.versions[0].revision) == ("Fiber 2", ("data.octets",), 2)
    story.when(publish(1, "2026-01-01")).when(edit(FLAT))
    assert refused(story) == ("version_published", 409, None)


def test_an_edit_that_says_nothing_new_leaves_no_event() -> None:
    rating(plan(FLAT)[0]).when(edit(FLAT)).then_nothing()


def test_two_edits_of_the_same_revision_collide() -> None:
    story = rating(plan(FLAT)[0]).when(edit(OCTETS), expected_version=1).when(edit(TIERED), expected_version=1)
    assert refused(story) == ("version_mismatch", 412, None)


def test_a_draft_that_was_edited_since_is_not_published_unseen() -> None:
    story = rating(plan(FLAT)[0]).when(edit(OCTETS)).when(publish(1, "2026-01-01", revision=1))
    assert refused(story) == ("version_mismatch", 412, "/revision")
    story.when(publish(1, "2026-01-01", revision=2))
    story.then(PlanVersionPublished(plan_id="fiber", version=1, effective_from=day("2026-01-01")))


def test_the_next_version_keeps_the_terms_of_the_one_before() -> None:
    terms = PlanTerms(service_id="internet", add_on=True)
    draft = DraftPlan(plan_id="fiber", name="Fiber", currency="EUR", prices=priced(FLAT), terms=terms)
    story = rating(INTERNET).when(draft).when(DraftPlanVersion(plan_id="fiber", prices=priced(OCTETS)))
    (drafted,) = story.events
    assert isinstance(drafted, PlanDrafted) and drafted.terms == terms


NO_PROFILE = PlanTerms(bandwidth_profile_id="slow")
IN_MILLS = PlanTerms(term=ContractTerm(months=24, amount=Decimal("0.001")))
TO_A_DAY = PlanTerms(term=ContractTerm(end=date(2027, 9, 1)))


@pytest.mark.parametrize(
    ("terms", "code", "pointer"),
    [
        (PlanTerms(service_id="tv"), "service_not_found",           "/service_id"),
        (NO_PROFILE,                 "bandwidth_profile_not_found", "/bandwidth_profile_id"),
        (IN_MILLS,                   "too_many_decimals",           "/term/early_termination/amount"),
        (TO_A_DAY,                   "invalid",                     "/term"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_refused_at_their_field(terms: PlanTerms, code: str, pointer: str) -> None:
    command = DraftPlan(plan_id="fiber", name="Fiber", currency="EUR", prices=priced(FLAT), terms=terms)
    rating(INTERNET, FAST).when(command).then_refused(code, pointer=pointer)


def test_a_price_has_at_most_12_decimals() -> None:
    with pytest.raises(Rejection) as no:
        parse_prices([{**OCTETS, "unit_price": "0.0000000000001"}], "EUR")
    assert (no.value.all[0].code, no.value.all[0].pointer) == ("invalid_decimal", "/prices/0/unit_price")


def tiers(*bounds: str | None) -> dict[str, Any]:
    return {**TIERED, "tiers": [{"up_to": bound, "unit_price": "1"} for bound in bounds]}


@pytest.mark.parametrize(
    ("price", "pointer"),
    [
        (tiers("10"),                                  "/prices/0/tiers/0/up_to"),  # no end
        (tiers("10", "10", None),                      "/prices/0/tiers/1/up_to"),  # an overlap
        (tiers(None, "10"),                            "/prices/0/tiers/0/up_to"),  # what is behind is never reached
        ({**FLAT, "tax_class": "Reduced Rate"},        "/prices/0/tax_class"),
    ],
)  # fmt: skip
def test_prices_that_cannot_be_are_refused_at_their_field(price: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Rejection) as no:
        parse_prices([price], "EUR")
    assert (no.value.all[0].code, no.value.all[0].pointer) == ("invalid", pointer)


ONCE = {"model": "one_time", "amount": "49.00"}


@pytest.mark.parametrize(
    ("prices", "kind"),
    [
        ([FLAT],          "recurring"),
        ([OCTETS],        "usage"),
        ([FLAT, TIERED],  "hybrid"),
        ([ONCE],          "one_off"),
        ([ONCE, FLAT],    "recurring"),
    ],
)  # fmt: skip
def test_the_type_of_a_plan_follows_from_its_prices(prices: list[Any], kind: str) -> None:
    assert type_of(priced(*prices)) == kind


# -- publication ---------------------------------------------------------------------------------------------------


def test_a_publication_is_taken_back_before_its_day_has_begun_anywhere() -> None:
    # 10:00 UTC on 29 September is 00:00 on the 30th in Kiritimati; on the 30th it is October there.
    given = (*plan(FLAT), *second(OCTETS, effective_from="2026-10-01"))
    story = rating(*given, now=at("2026-09-30 09:59")).when(UnpublishPlanVersion(plan_id="fiber", version=2))
    story.then(PlanVersionUnpublished(plan_id="fiber", version=2, effective_from=day("2026-10-01")))
    known = story.get(Plan, "fiber")
    assert known is not None
    in_force = known.version_in_force(day("2026-10-01"))
    assert in_force is not None and in_force.version == 1

    story = rating(*given, now=at("2026-09-30 10:00")).when(UnpublishPlanVersion(plan_id="fiber", version=2))
    assert refused(story) == ("version_in_force", 409, None)


def test_what_was_taken_back_can_be_edited_and_published_again() -> None:
    given = (*plan(FLAT), *second(OCTETS, effective_from="2026-12-01"))
    story = rating(*given, now=at("2026-09-01 12:00")).when(UnpublishPlanVersion(plan_id="fiber", version=2))
    story.when(edit(TIERED, version=2)).when(publish(2, "2026-11-01"))
    story.then(PlanVersionPublished(plan_id="fiber", version=2, effective_from=day("2026-11-01")))


def test_publications_are_taken_back_from_the_last() -> None:
    third = plan(TIERED, version=3, effective_from="2026-12-01")
    story = rating(*plan(FLAT), *second(OCTETS, effective_from="2026-11-01"), *third, now=at("2026-09-01 12:00"))
    assert refused(story.when(UnpublishPlanVersion(plan_id="fiber", version=2))) == ("version_superseded", 409, None)
    story = rating(*plan(FLAT), *second(OCTETS)).when(UnpublishPlanVersion(plan_id="fiber", version=2))
    assert refused(story) == ("version_not_published", 409, None)


def test_a_published_version_keeps_the_tax_class_that_its_service_had() -> None:
    draft = DraftPlan(
        plan_id="fiber", name="Fiber", currency="EUR", terms=PlanTerms(service_id="internet"),
        prices=priced(FLAT, {**OCTETS, "tax_class": "reduced"}),
    )  # fmt: skip
    story = rating(INTERNET).when(draft).when(publish(1, "2026-01-01"))
    (published,) = story.events
    assert isinstance(published, PlanVersionPublished) and published.tax_class == "standard"
    known = story.get(Plan, "fiber")
    assert known is not None
    assert [known.versions[0].tax_class_of(index) for index in (0, 1)] == ["standard", "reduced"]


def test_a_charge_carries_the_tax_class_of_its_price() -> None:
    draft, published = plan(FLAT, {**FLAT, "tax_class": "reduced"})
    sold = msgspec.structs.replace(published, tax_class="standard")
    story = close(rating(cycle(), draft, sold, account(), subscription(), now=at("2026-09-01 12:00")))
    charges = [event for event in story.events if isinstance(event, ChargeFixed)]
    assert {(charge.price_index, charge.tax_class) for charge in charges} == {(0, "standard"), (1, "reduced")}


def test_the_name_of_a_draft_stands_on_no_bill() -> None:
    story = rating(cycle(), *plan(FLAT), account(), subscription(), now=at("2026-09-01 12:00"))
    story.when(DraftPlanVersion(plan_id="fiber", prices=priced(FLAT), name="Fiber, but dearer"))
    charges = [event for event in close(story).events if isinstance(event, ChargeFixed)]
    assert {charge.description for charge in charges} == {"Fiber"}


@pytest.mark.parametrize(
    ("days", "today", "retired_on", "expected"),
    [
        ([None],                               "2026-09-01", None,         ["draft"]),
        (["2026-09-02"],                       "2026-09-01", None,         ["scheduled"]),
        (["2026-09-01"],                       "2026-09-01", None,         ["in_force"]),
        (["2026-01-01", "2026-09-01", None],   "2026-09-01", None,         ["superseded", "in_force", "draft"]),
        (["2026-01-01", "2026-10-01"],         "2026-09-01", None,         ["in_force", "scheduled"]),
        (["2026-01-01", "2026-06-01"],         "2026-09-01", "2026-09-01", ["superseded", "retired"]),
        (["2026-01-01"],                       "2026-09-01", "2026-09-02", ["in_force"]),
    ],
)  # fmt: skip
def test_a_version_says_where_it_stands(
    days: list[str | None], today: str, retired_on: str | None, expected: list[str]
) -> None:
    told = [None if text is None else day(text) for text in days]
    ended = None if retired_on is None else day(retired_on)
    assert [version_status(told, n, day(today), ended) for n in range(1, len(days) + 1)] == expected


# -- sale ----------------------------------------------------------------------------------------------------------


def test_a_retired_plan_takes_no_subscription_from_its_day_on() -> None:
    story = rating(cycle(), *plan(FLAT), account(), now=at("2026-09-01 12:00"))
    story.when(RetirePlan(plan_id="fiber", on=day("2026-10-01")))
    story.then(PlanRetired(plan_id="fiber", on=day("2026-10-01")))
    story.when(start("2026-10-01")).then_refused("plan_retired", pointer="/plan_id")
    story.when(start("2026-09-30"))
    assert not [event for event in story.events if isinstance(event, CommandRejected)]


def test_a_retired_version_takes_nobody_new_and_who_has_it_keeps_it() -> None:
    dear = plan({**FLAT, "amount": "25.00"}, effective_from="2026-08-01", version=2)
    story = rating(
        cycle(), *plan(FLAT), *dear, account(), subscription(subscription_id="sub-0"), now=at("2026-09-01 12:00")
    )
    story.when(RetirePlanVersion(plan_id="fiber", version=2, on=day("2026-10-01")))
    story.then(PlanVersionRetired(plan_id="fiber", version=2, on=day("2026-10-01")))
    story.when(start("2026-10-01")).then_refused("plan_version_retired", pointer="/plan_id")
    pinned = msgspec.structs.replace(start("2026-10-01"), plan_version=2)
    story.when(pinned).then_refused("plan_version_retired", pointer="/plan_version")
    more = ChangePlan(
        subscription_id="sub-0", account_id="acc-1", effective_on=day("2026-10-01"), plan_id="fiber", quantity=2
    )
    other = {"plan_version": 1, "subscription_id": "sub-2"}
    for taken in (more, msgspec.structs.replace(pinned, **other), start("2026-09-30")):
        story.when(taken)
        assert not [event for event in story.events if isinstance(event, CommandRejected)], story.events


def test_a_draft_or_a_day_that_is_past_is_not_retired() -> None:
    draft, published = plan(FLAT)
    story = rating(cycle(), draft, now=at("2026-09-01 12:00"))
    retire = RetirePlanVersion(plan_id="fiber", version=1, on=day("2026-09-01"))
    story.when(retire).then_refused("version_not_published")
    story.given(published).when(msgspec.structs.replace(retire, on=day("2026-08-31")))
    story.then_refused("backdated", pointer="/on")
    story.when(retire).then(PlanVersionRetired(plan_id="fiber", version=1, on=day("2026-09-01")))
    story.when(retire).then_nothing()


def test_a_plan_is_sold_again_and_its_day_of_retiring_can_be_moved() -> None:
    story = rating(cycle(), *plan(FLAT), account(), now=at("2026-09-01 12:00"))
    story.when(RetirePlan(plan_id="fiber", on=day("2026-10-01"))).when(
        RetirePlan(plan_id="fiber", on=day("2026-11-01"))
    )
    story.then(PlanRetired(plan_id="fiber", on=day("2026-11-01")))
    story.when(RetirePlan(plan_id="fiber", on=day("2026-11-01"))).then_nothing()
    story.when(ReactivatePlan(plan_id="fiber")).then(PlanReactivated(plan_id="fiber"))
    story.when(ReactivatePlan(plan_id="fiber")).then_nothing()
    story.when(start("2026-12-01"))
    assert not [event for event in story.events if isinstance(event, CommandRejected)]


def test_who_has_a_retired_plan_may_take_another_version_of_it() -> None:
    retired = PlanRetired(plan_id="fiber", on=day("2026-09-15"))
    story = rating(cycle(), *plan(FLAT), account(), subscription(), retired, now=at("2026-09-01 12:00"))
    change = ChangePlan(
        subscription_id="sub-1", account_id="acc-1", effective_on=day("2026-10-01"), plan_id="fiber", plan_version=1
    )
    story.when(change)
    assert not [event for event in story.events if isinstance(event, CommandRejected)]


def test_a_subscription_is_bound_by_the_term_of_its_plan_unless_it_names_one() -> None:
    draft, published = plan(FLAT)
    bound = msgspec.structs.replace(draft, terms=PlanTerms(term=ContractTerm(months=24, percent=Decimal(50))))
    story = rating(cycle(), bound, published, account(), now=at("2026-09-01 12:00")).when(start("2026-09-01"))
    named = msgspec.structs.replace(start("2026-09-01"), subscription_id="sub-2", term=ContractTerm(months=12))
    terms = [event.term for event in story.events if isinstance(event, SubscriptionStarted)]
    terms += [event.term for event in story.when(named).events if isinstance(event, SubscriptionStarted)]
    assert [(term.end, term.percent) for term in terms if term] == [(date(2028, 9, 1), 50), (date(2027, 9, 1), None)]


def test_a_plan_is_not_retired_from_a_day_that_is_past() -> None:
    story = rating(*plan(FLAT), now=at("2026-09-02 00:00")).when(RetirePlan(plan_id="fiber", on=day("2026-09-01")))
    assert refused(story) == ("backdated", 422, "/on")


def test_retiring_does_not_end_a_draft_of_the_next_version() -> None:
    story = rating(*plan(FLAT), now=at("2026-09-01 12:00")).when(RetirePlan(plan_id="fiber", on=day("2026-10-01")))
    story.when(DraftPlanVersion(plan_id="fiber", prices=priced(OCTETS))).when(publish(2, "2026-11-01"))
    known = story.get(Plan, "fiber")
    assert known is not None and known.retired_on == day("2026-10-01") and known.versions[1].effective_from is not None


# -- copies --------------------------------------------------------------------------------------------------------


def test_a_clone_is_a_draft_with_the_prices_of_the_version_it_names() -> None:
    story = rating(*plan(FLAT), *second(OCTETS))
    story.when(ClonePlan(plan_id="copy", name="Copy", source_id="fiber", version=1))
    story.then(
        PlanDrafted(plan_id="copy", version=1, name="Copy", currency="EUR", prices=priced(FLAT), cloned_from="fiber/1")
    )
    story.when(ClonePlan(plan_id="copy-2", name="Copy", source_id="fiber"))
    (latest,) = story.events
    assert isinstance(latest, PlanDrafted) and (latest.prices, latest.cloned_from) == (priced(OCTETS), "fiber/2")


@pytest.mark.parametrize(
    ("clone", "code"),
    [
        (ClonePlan(plan_id="fiber", name="Copy", source_id="fiber"),             "plan_exists"),
        (ClonePlan(plan_id="copy", name="Copy", source_id="cable"),              "plan_not_found"),
        (ClonePlan(plan_id="copy", name="Copy", source_id="fiber", version=7),   "plan_version_not_found"),
    ],
)  # fmt: skip
def test_a_clone_needs_a_source_and_an_id_of_its_own(clone: ClonePlan, code: str) -> None:
    rating(*plan(FLAT)).when(clone).then_refused(code)
