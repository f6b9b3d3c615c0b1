"""Groups are decided in one place: trees without a circle, payers without a chain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.rating.account.messages import (
    AccountParentChanged,
    AccountPayerChanged,
    ChangeAccountCycle,
    CloseAccount,
    FollowGroup,
    ParentChange,
    PayerChange,
)
from services.rating.account.state import Account, GroupPlace
from services.rating.group.decide import PAYS_FOR_MAX
from services.rating.group.messages import GroupPlaceDecided, PlaceInGroup
from services.rating.group.state import GroupLink
from services.rating.period.messages import PeriodClosed
from shared.kernel.decider import Send
from tests.kit.decider import Specification
from tests.services.rating.world import FLAT, account, at, close, cycle, plan, rating, subscription, terms

MONTHLY = terms()


def place(account_id: str, *above: str, below: int = 0, currency: str = "EUR", **more: Any) -> GroupPlace:
    return GroupPlace(
        account_id=account_id, currency=currency, above=above, levels_below=below, **{"terms": MONTHLY, **more}
    )


def groups(*places: GroupPlace) -> Specification:
    """Partition 0, with accounts of any partition as their tables have them."""
    story = rating()
    story.state.keep({GroupPlace: {one.key: one for one in places}})
    return story


def below(account_id: str, parent_id: str | None) -> PlaceInGroup:
    return PlaceInGroup(account_id=account_id, parent=ParentChange(parent_id=parent_id))


def paid(account_id: str, billed_by: str | None) -> PlaceInGroup:
    return PlaceInGroup(account_id=account_id, payer=PayerChange(billed_by=billed_by))


def test_a_parent_is_decided_and_the_accounts_own_partition_follows() -> None:
    story = groups(place("acc-1"), place("head")).when(below("acc-1", "head"))
    story.then(GroupPlaceDecided(account_id="acc-1", parent=ParentChange(parent_id="head")))
    follow = FollowGroup(account_id="acc-1", parent=ParentChange(parent_id="head"))
    assert story.sends == [Send(follow, to="rating")]
    own = rating(cycle(), account()).when(follow)
    own.then(AccountParentChanged(account_id="acc-1", parent_id="head", version=2))
    own.when(follow).then_nothing()


def test_of_two_parent_changes_of_one_moment_that_would_make_a_circle_one_is_refused() -> None:
    """The tables of both accounts still say that neither has a parent."""
    story = groups(place("a"), place("b")).when(below("a", "b"))
    story.when(below("b", "a")).then_refused("group_cycle", pointer="/parent_id")


def test_a_circle_over_several_changes_that_no_table_shows_yet_is_refused() -> None:
    story = groups(*(place(name) for name in "abcd"))
    for child, parent in ("ab", "bc", "cd"):
        story.when(below(child, parent))
    story.when(below("d", "a")).then_refused("group_cycle", pointer="/parent_id")
    story.when(below("c", None)).when(below("d", "a"))
    assert isinstance(story.events[0], GroupPlaceDecided)


def test_what_was_decided_before_groups_were_decided_here_counts() -> None:
    story = groups(place("a", "b"), place("b", below=1))
    story.when(below("b", "a")).then_refused("group_cycle", pointer="/parent_id")


def test_a_circle_of_before_is_taken_apart() -> None:
    story = groups(place("a", "b", "a"), place("b", "a", "b"), place("c"))
    story.when(below("c", "a")).then(GroupPlaceDecided(account_id="c", parent=ParentChange(parent_id="a")))
    story.when(below("a", None)).then(GroupPlaceDecided(account_id="a", parent=ParentChange(parent_id=None)))


@pytest.mark.parametrize(
    ("parent",                               "code"),
    [
        (place("head", currency="USD"),      "currency_mismatch"),
        (place("head", "acc-1"),             "group_cycle"),
        (place("head", "a", "b", "c", "d"),  "group_too_deep"),
        (place("another"),                   "account_not_found"),
    ],
)  # fmt: skip
def test_a_parent_that_cannot_be_is_refused(parent: GroupPlace, code: str) -> None:
    others = [place(name, *parent.above[n + 1 :]) for n, name in enumerate(parent.above)]
    story = groups(*others, place("acc-1"), parent)
    story.when(below("acc-1", "head")).then_refused(code, pointer="/parent_id")


def test_an_account_is_not_above_itself() -> None:
    groups(place("acc-1")).when(below("acc-1", "acc-1")).then_refused("group_cycle", pointer="/parent_id")


def test_what_is_below_an_account_counts_for_the_depth_of_its_group() -> None:
    head = (place("head", "a", "b"), place("a", "b"), place("b"))
    story = groups(place("acc-1", below=2), *head)
    story.when(below("acc-1", "head")).then_refused("group_too_deep", pointer="/parent_id")


def test_the_version_that_was_read_is_checked() -> None:
    story = groups(place("acc-1", version=3), place("head"))
    story.when(below("acc-1", "head"), expected_version=2).then_refused("version_mismatch")


def test_a_payer_is_decided_and_released() -> None:
    story = groups(place("acc-1"), place("head")).when(paid("acc-1", "head"))
    story.then(GroupPlaceDecided(account_id="acc-1", payer=PayerChange(billed_by="head")))
    head = story.get(GroupLink, "head")
    assert head is not None and head.pays_for == ("acc-1",)
    story.when(paid("acc-1", "head")).then_nothing()
    story.when(paid("acc-1", "acc-1")).then(GroupPlaceDecided(account_id="acc-1", payer=PayerChange(billed_by=None)))
    head = story.get(GroupLink, "head")
    assert head is not None and head.pays_for == ()


def test_there_is_no_chain_of_payers_in_either_order() -> None:
    story = groups(place("a"), place("b"), place("c")).when(paid("a", "b"))
    story.when(paid("b", "c")).then_refused("pays_for_others", pointer="/billed_by")
    story.when(paid("c", "a")).then_refused("billed_by_another", pointer="/billed_by")


@pytest.mark.parametrize(
    ("payer",                                                    "code"),
    [
        (place("head", currency="USD"),                          "currency_mismatch"),
        (place("head", terms=terms("Europe/Paris")),             "cycle_mismatch"),
        (place("head", moving=True),                             "cycle_mismatch"),
        (place("head", closed=True),                             "account_closed"),
        (place("another"),                                       "account_not_found"),
    ],
)  # fmt: skip
def test_a_payer_that_cannot_be_is_refused(payer: GroupPlace, code: str) -> None:
    groups(place("acc-1"), payer).when(paid("acc-1", "head")).then_refused(code, pointer="/billed_by")


def test_an_account_pays_for_a_bounded_number() -> None:
    story = groups(place("acc-1"), place("head"))
    full = GroupLink(account_id="head", pays_for=tuple(f"b-{n}" for n in range(PAYS_FOR_MAX)))
    story.state.keep({GroupLink: {"head": full}})
    story.when(paid("acc-1", "head")).then_refused("too_many_accounts", pointer="/billed_by")


def branch() -> Specification:
    """An account with a flat price, open until 1 October; today is 12 September."""
    return rating(cycle(), account(), *plan(FLAT), subscription(), now=at("2026-09-12 12:00"))


def test_a_payer_pays_from_the_next_period_on() -> None:
    story = branch().when(FollowGroup(account_id="acc-1", payer=PayerChange(billed_by="head")))
    on = date(2026, 10, 1)
    story.then(AccountPayerChanged(account_id="acc-1", version=2, billed_by="head", effective_on=on))
    paid_by = []
    for _ in range(2):
        close(story)
        paid_by += [event.billed_by for event in story.events if isinstance(event, PeriodClosed)]
    assert paid_by == [None, "head"]


def test_a_period_that_has_begun_by_the_calendar_stays_with_who_had_it() -> None:
    story = branch().when(
        FollowGroup(account_id="acc-1", payer=PayerChange(billed_by="head")), now=at("2026-10-03 12:00")
    )
    (event,) = story.events
    assert isinstance(event, AccountPayerChanged) and event.effective_on == date(2026, 11, 1)


def test_an_account_without_a_period_is_paid_for_from_its_beginning() -> None:
    story = rating(cycle(), account()).when(FollowGroup(account_id="acc-1", payer=PayerChange(billed_by="head")))
    story.then(AccountPayerChanged(account_id="acc-1", version=2, billed_by="head"))


def test_a_payer_taken_back_before_it_pays_never_does() -> None:
    story = branch().when(FollowGroup(account_id="acc-1", payer=PayerChange(billed_by="head")))
    story.when(FollowGroup(account_id="acc-1", payer=PayerChange(billed_by=None)))
    for _ in range(2):
        close(story)
        assert [event.billed_by for event in story.events if isinstance(event, PeriodClosed)] == [None]
    known = story.get(Account, "acc-1")
    assert known is not None and len(known.payers) == 1


def test_accounts_of_one_invoice_keep_one_calendar_and_its_payer_stays_open() -> None:
    story = branch().when(FollowGroup(account_id="acc-1", payer=PayerChange(billed_by="head")))
    story.when(ChangeAccountCycle(account_id="acc-1", cycle_id="monthly")).then_refused("billed_by_another")
    payer = rating(cycle(), account())
    payer.state.keep({GroupPlace: {"acc-1": place("acc-1", pays_for=2)}})
    payer.when(ChangeAccountCycle(account_id="acc-1", cycle_id="monthly")).then_refused("pays_for_others")
    payer.when(CloseAccount(account_id="acc-1")).then_refused("pays_for_others")
