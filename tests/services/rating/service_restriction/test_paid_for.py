"""Who pays for others and does not pay: their services are restricted with his own, where the policy says so."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.rating.account.messages import AccountPayerChanged, PayerChange
from services.rating.group.messages import GroupPlaceDecided
from services.rating.service_restriction.messages import (
    ExtendRestriction,
    RestoreServices,
    RestrictServices,
    ServicesRestored,
    ServicesRestricted,
)
from services.rating.service_restriction.state import PayersRestriction, ServiceRestriction
from services.rating.subscription.messages import StartSubscription, SubscriptionResumed
from shared.kernel.decider import Send
from tests.kit.decider import Specification
from tests.services.rating.service_restriction.test_service_restriction import BLOCK, CASE, RESTORE, SLOW, status, told
from tests.services.rating.subscription.story import customer
from tests.services.rating.world import at

HEAD: dict[str, Any] = {"account_id": "acc-1", "case_id": "case-1"}
ALL = RestrictServices(access="blocked", paid_for=True, **HEAD)
# What acc-1 is asked where it is the account that somebody else pays for.
OF_PAYER: dict[str, Any] = {"account_id": "acc-1", "case_id": "head-1", "payer_id": "head"}
FOR_PAYER = RestrictServices(access="blocked", **OF_PAYER)
PAYER_PAYS = RestoreServices(**OF_PAYER)


def pays_for(*members: str) -> Specification:
    story = customer(now="2026-09-10 12:00")
    for member in members:
        story.given(GroupPlaceDecided(account_id=member, payer=PayerChange(billed_by="acc-1")))
    return story


def sent(story: Specification) -> list[tuple[str, str, str | None]]:
    found: list[Send] = [send for send in story.sends if send.to == "rating"]
    messages = [send.message for send in found]
    return [
        (type(one).__name__, one.account_id, one.payer_id)
        for one in messages
        if isinstance(one, RestrictServices | RestoreServices)
    ]


def test_those_that_it_pays_for_are_asked_to_do_the_same_and_to_give_it_back() -> None:
    story = pays_for("acc-2", "acc-3").when(ALL)
    (restricted,) = told(story, ServicesRestricted)
    assert isinstance(restricted, ServicesRestricted)
    assert (restricted.members, len(restricted.lines)) == (("acc-2", "acc-3"), 1)
    assert sent(story) == [("RestrictServices", "acc-2", "acc-1"), ("RestrictServices", "acc-3", "acc-1")]
    asked = [send.message for send in story.sends if isinstance(send.message, RestrictServices)]
    assert not any(one.paid_for for one in asked) and {one.access for one in asked} == {"blocked"}
    story.when(RESTORE, now=at("2026-09-12 12:00"))
    assert sent(story) == [("RestoreServices", "acc-2", "acc-1"), ("RestoreServices", "acc-3", "acc-1")]


def test_a_policy_that_does_not_say_so_leaves_them_alone() -> None:
    story = pays_for("acc-2").when(BLOCK)
    (restricted,) = told(story, ServicesRestricted)
    assert isinstance(restricted, ServicesRestricted) and restricted.members == () and sent(story) == []


def test_a_member_is_restricted_for_its_payer_apart_from_its_own_debts() -> None:
    story = customer(now="2026-09-10 12:00").when(FOR_PAYER)
    assert status(story, "sub-1") == "suspended"
    assert story.get(ServiceRestriction, "acc-1") is None and story.get(PayersRestriction, "acc-1") is not None
    # A payment of its own gives back nothing that was taken for its payer.
    story.when(RESTORE).then_nothing()
    story.when(PAYER_PAYS, now=at("2026-09-12 12:00"))
    assert told(story, ServicesRestored) == [ServicesRestored(lines=("sub-1",), **OF_PAYER)]
    assert status(story, "sub-1", "2026-09-12") == "active"


def test_who_is_restricted_for_both_has_service_when_both_have_paid_and_no_sooner() -> None:
    story = customer(now="2026-09-10 12:00").when(BLOCK).when(FOR_PAYER)
    story.when(RESTORE, now=at("2026-09-12 12:00"))
    assert status(story, "sub-1", "2026-09-12") == "suspended"
    story.when(PAYER_PAYS, now=at("2026-09-13 12:00"))
    assert status(story, "sub-1", "2026-09-13") == "active" and told(story, SubscriptionResumed)
    other = customer(now="2026-09-10 12:00").when(FOR_PAYER).when(SLOW)
    other.when(PAYER_PAYS, now=at("2026-09-12 12:00"))
    assert status(other, "sub-1", "2026-09-12") == "suspended"
    other.when(RESTORE, now=at("2026-09-13 12:00"))
    assert status(other, "sub-1", "2026-09-13") == "active"


def test_what_begins_at_a_member_is_restricted_for_its_payer() -> None:
    story = customer(now="2026-09-10 12:00").when(FOR_PAYER)
    line = StartSubscription(subscription_id="sub-2", account_id="acc-1", plan_id="office", start=date(2026, 9, 10))
    story.when(line)
    assert status(story, "sub-2") == "suspended"


def test_who_comes_under_the_payer_is_restricted_and_who_leaves_is_given_back() -> None:
    story = pays_for("acc-2").when(ALL)
    story.when(ExtendRestriction(account_id="acc-1", member="acc-3"))
    assert sent(story) == [("RestrictServices", "acc-2", "acc-1"), ("RestrictServices", "acc-3", "acc-1")]
    story.when(ExtendRestriction(account_id="acc-1", member="acc-3")).then_nothing()
    alone = pays_for("acc-2").when(BLOCK)
    alone.when(ExtendRestriction(account_id="acc-1", member="acc-3")).then_nothing()
    member = customer(now="2026-09-10 12:00").when(FOR_PAYER)
    member.when_event(AccountPayerChanged(account_id="acc-1", version=2, billed_by=None), now=at("2026-09-11 12:00"))
    assert member.get(PayersRestriction, "acc-1") is None and status(member, "sub-1", "2026-09-11") == "active"


def test_the_same_asked_twice_asks_nobody_again() -> None:
    pays_for("acc-2").when(ALL).when(ALL).then_nothing()
    assert CASE == HEAD
