"""Migrations: who moves, who is refused and told so, and that a cancellation finds every change again."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from services.rating.plan.messages import PlanDrafted, PlanVersionPublished
from services.rating.plan_migration.messages import (
    CancelMigration,
    MigrationCancelled,
    MigrationPageWalked,
    MigrationScheduled,
    MigrationTerms,
    ScheduleMigration,
    WalkMigration,
)
from services.rating.plan_migration.state import SUBSCRIPTIONS_PER_PAGE
from services.rating.subscription.messages import ChangeCancelled, ChangePlan, PlanChanged, SubscriptionStarted
from services.rating.subscription.state import Subscription
from shared.kernel.outcome import CommandRejected
from tests.kit.decider import Specification
from tests.services.rating.world import FLAT, SEPTEMBER, account, at, cycle, plan, priced, rating, subscription

NOVEMBER = date(2026, 11, 1)
DEARER = {**FLAT, "amount": "25.00"}


def cable(currency: str = "EUR") -> tuple[PlanDrafted, PlanVersionPublished]:
    return (
        PlanDrafted(plan_id="cable", version=1, name="Cable", currency=currency, prices=priced(DEARER)),
        PlanVersionPublished(plan_id="cable", version=1, effective_from=date(2026, 1, 1)),
    )


def terms(**said: Any) -> MigrationTerms:
    return MigrationTerms(**{"from_plan": "fiber", "to_plan": "cable", "on": NOVEMBER, **said})


def schedule(**said: Any) -> ScheduleMigration:
    return ScheduleMigration(migration_id="m-1", terms=terms(**said))


def told(*subscriptions: SubscriptionStarted, **options: Any) -> Specification:
    given = (cycle(), *plan(FLAT), *cable(), account(), *subscriptions)
    return rating(*given, now=at("2026-09-05 12:00"), **options)


def walk(story: Specification) -> Specification:
    """Take what the last step sent to partition 0, until nothing follows."""
    pending = [*story.sends]
    while pending:
        send = pending.pop(0)
        if isinstance(send.message, WalkMigration) and send.partition == 0:
            story.sends = []
            story.when(send.message)
            pending += story.sends
    return story


def found(story: Specification) -> list[tuple[str, str, str | None]]:
    (page,) = [event for event in story.events if isinstance(event, MigrationPageWalked)]
    return [(one.subscription_id, one.outcome, one.code) for one in page.found]


def refusal(story: Specification) -> tuple[str, str | None]:
    (rejected,) = [event for event in story.events if isinstance(event, CommandRejected)]
    return rejected.code, rejected.pointer


def plan_on(story: Specification, day: date, subscription_id: str = "sub-1") -> str | None:
    held = story.get(Subscription, subscription_id)
    term = held.terms_on(day) if held else None
    return term.plan_id if term else None


def test_a_migration_goes_to_every_partition_and_moves_who_has_the_plan_on_the_day() -> None:
    ended = subscription("2026-09-01", end="2026-10-15", subscription_id="sub-2")
    later = subscription("2026-12-01", subscription_id="sub-3")
    story = told(subscription(), ended, later).when(schedule())
    story.then(MigrationScheduled(migration_id="m-1", terms=terms(), partitions=4))
    assert [send.partition for send in story.sends] == [0, 1, 2, 3]
    walk(story)
    assert found(story) == [("sub-1", "moved", None), ("sub-3", "moved", None)]
    changes = [event for event in story.events if isinstance(event, PlanChanged)]
    assert [(change.subscription_id, change.effective_on) for change in changes] == [
        ("sub-1", NOVEMBER),
        ("sub-3", date(2026, 12, 1)),
    ]
    assert len({change.change_id for change in changes}) == 2
    assert [plan_on(story, day) for day in (date(2026, 10, 31), NOVEMBER)] == ["fiber", "cable"]


def test_only_those_whom_the_version_would_price_that_day_are_moved() -> None:
    second = plan(DEARER, version=2, effective_from="2026-10-01")
    pinned = SubscriptionStarted(
        subscription_id="sub-2", account_id="acc-1", plan_id="fiber", start=date(2026, 9, 1), period=SEPTEMBER,
        plan_version=1,
    )  # fmt: skip
    story = told(subscription(), pinned).given(*second)
    walk(story.when(schedule(to_plan="fiber", from_version=1, to_version=2)))
    assert found(story) == [("sub-2", "moved", None)]


def test_one_that_is_refused_is_told_and_the_others_move() -> None:
    franc = msgspec.structs.replace(account(account_id="acc-2"), currency="CHF")
    story = told(subscription()).given(franc, subscription(subscription_id="sub-2", account_id="acc-2"))
    walk(story.when(schedule()))
    assert found(story) == [("sub-1", "moved", None), ("sub-2", "failed", "currency_mismatch")]
    assert [plan_on(story, NOVEMBER, one) for one in ("sub-1", "sub-2")] == ["cable", "fiber"]


def test_who_has_what_he_would_move_to_is_left_alone() -> None:
    by_hand = ChangePlan(subscription_id="sub-1", account_id="acc-1", effective_on=NOVEMBER, plan_id="cable")
    story = told(subscription()).when(by_hand)
    walk(story.when(schedule()))
    assert found(story) == []


def test_named_accounts_are_visited_and_no_others() -> None:
    other = account(account_id="acc-2")
    story = told(subscription()).given(other, subscription(subscription_id="sub-2", account_id="acc-2"))
    story.when(WalkMigration(migration_id="m-1", terms=terms(), account_ids=["acc-2", "acc-9"], last=True))
    assert found(story) == [("sub-2", "moved", None)]
    assert not story.sends


def test_pages_are_walked_one_after_the_other() -> None:
    count = SUBSCRIPTIONS_PER_PAGE + 1
    story = told(*(subscription(subscription_id=f"sub-{n:03}") for n in range(count)))
    walk(story.when(schedule()))
    assert found(story) == [(f"sub-{SUBSCRIPTIONS_PER_PAGE:03}", "moved", None)]
    (page,) = [event for event in story.events if isinstance(event, MigrationPageWalked)]
    assert (page.page, page.last) == (1, True)


def test_a_cancelled_migration_takes_back_its_changes_and_no_others() -> None:
    story = told(subscription(), subscription(subscription_id="sub-2"))
    by_hand = ChangePlan(subscription_id="sub-2", account_id="acc-1", effective_on=date(2026, 12, 1), plan_id="cable")
    walk(story.when(schedule())).when(by_hand).when(CancelMigration(migration_id="m-1"))
    story.then(MigrationCancelled(migration_id="m-1", terms=terms(), partitions=4))
    walk(story)
    assert found(story) == [("sub-1", "cancelled", None), ("sub-2", "cancelled", None)]
    assert len([event for event in story.events if isinstance(event, ChangeCancelled)]) == 2
    assert plan_on(story, NOVEMBER) == "fiber"
    story.when(CancelMigration(migration_id="m-1")).then_nothing()


def test_pages_not_yet_walked_when_it_is_cancelled_stay_as_they_are() -> None:
    story = told(subscription())
    story.when(WalkMigration(migration_id="m-1", terms=terms(), undo=True))
    assert found(story) == []
    story.when(WalkMigration(migration_id="m-1", terms=terms()))
    assert found(story) == [] and plan_on(story, NOVEMBER) == "fiber"


def test_a_migration_is_cancelled_before_its_day_has_begun_anywhere() -> None:
    story = told(subscription()).when(schedule())
    # 10:00 UTC on 31 October is midnight of 1 November in Kiritimati
    story.when(CancelMigration(migration_id="m-1"), now=at("2026-10-31 10:00"))
    assert refusal(story) == ("already_effective", None)


@pytest.mark.parametrize(
    ("said", "code", "pointer"),
    [
        ({"from_plan": "none"},                                 "plan_not_found",          "/from_plan_id"),
        ({"to_plan": "none"},                                   "plan_not_found",          "/to_plan_id"),
        ({"from_version": 7},                                   "plan_version_not_found",  "/from_version"),
        ({"to_plan": "fiber"},                                  "nothing_changes",         "/to_version"),
        ({"to_plan": "fiber", "to_version": 2},                 "no_version_in_force",     "/to_version"),
        ({"to_plan": "dear"},                                   "currency_mismatch",       "/to_plan_id"),
        ({"on": date(2026, 9, 4)},                              "backdated",               "/on"),
    ],
)  # fmt: skip
def test_what_nobody_could_move_to_is_refused_at_once(said: dict[str, Any], code: str, pointer: str) -> None:
    dear = PlanDrafted(plan_id="dear", version=1, name="Dear", currency="USD", prices=priced(FLAT))
    story = told(subscription()).given(dear, plan(DEARER, version=2)[0])
    assert refusal(story.when(schedule(**said))) == (code, pointer)


def test_a_migration_has_an_id_of_its_own() -> None:
    assert refusal(told().when(schedule()).when(schedule())) == ("migration_exists", "/id")
