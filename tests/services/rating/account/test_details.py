"""What an account says of its customer, and its place in a group."""

from __future__ import annotations

import pytest

from services.rating.account.messages import (
    AccountDetailsChanged,
    AccountOpened,
    AccountParentChanged,
    ChangeAccount,
    CustomerChange,
    ParentChange,
)
from services.rating.account.state import Account, GroupPlace
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification
from tests.services.rating.account.test_accounts import open_account
from tests.services.rating.world import account, cycle, rating

NEW = CustomerChange(name=Sealed("v1.k.new"), details=Sealed("v1.k.details"), changed=["name", "email"])


def group(*places: GroupPlace) -> Specification:
    """An account among others of its group, which may be in other partitions."""
    story = rating(cycle(), account())
    own = GroupPlace(account_id="acc-1", currency="EUR")
    story.state.keep({GroupPlace: {place.key: place for place in (own, *places)}})
    return story


def below(parent_id: str | None, *, based_on: int = 1) -> ChangeAccount:
    return ChangeAccount(account_id="acc-1", based_on=based_on, parent=ParentChange(parent_id=parent_id))


def test_details_are_replaced_whole_and_say_what_is_other() -> None:
    story = rating(cycle(), account()).when(ChangeAccount(account_id="acc-1", based_on=1, customer=NEW))
    story.then(
        AccountDetailsChanged(
            account_id="acc-1", name=NEW.name, details=NEW.details, changed=["name", "email"], version=2
        )
    )


def test_details_that_are_the_same_leave_no_event() -> None:
    same = CustomerChange(name=Sealed("v1.k.again"), details=None, changed=[])
    rating(cycle(), account()).when(ChangeAccount(account_id="acc-1", based_on=1, customer=same)).then_nothing()


def test_of_two_edits_at_once_the_second_is_refused_with_or_without_if_match() -> None:
    change = ChangeAccount(account_id="acc-1", based_on=1, customer=NEW)
    story = rating(cycle(), account()).when(change, expected_version=1)
    story.when(change, expected_version=1).then_refused("version_mismatch")
    story.when(change).then_refused("version_mismatch")


def test_an_account_gets_a_parent_and_loses_it() -> None:
    story = group(GroupPlace(account_id="head", currency="EUR")).when(below("head"))
    story.then(AccountParentChanged(account_id="acc-1", parent_id="head", version=2))
    story.when(below(None, based_on=2)).then(AccountParentChanged(account_id="acc-1", version=3))
    known = story.get(Account, "acc-1")
    assert known is not None and known.parent_id is None and known.version == 3


def test_details_and_parent_change_in_one_decision() -> None:
    story = group(GroupPlace(account_id="head", currency="EUR"))
    parent = ParentChange(parent_id="head")
    story.when(ChangeAccount(account_id="acc-1", based_on=1, customer=NEW, parent=parent))
    assert [event.version for event in story.events] == [2, 3]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("parent",                                                             "code"),
    [
        (GroupPlace(account_id="head", currency="USD"),                    "currency_mismatch"),
        (GroupPlace(account_id="head", currency="EUR", above=("acc-1",)),  "group_cycle"),
        (GroupPlace(account_id="head", currency="EUR", above=("x", "acc-1")), "group_cycle"),
        (GroupPlace(account_id="head", currency="EUR", above=("a", "b", "c", "d")), "group_too_deep"),
        (GroupPlace(account_id="another", currency="EUR"),                 "account_not_found"),
    ],
)  # fmt: skip
def test_a_parent_that_cannot_be_is_refused(parent: GroupPlace, code: str) -> None:
    group(parent).when(below("head")).then_refused(code, pointer="/parent_id")


def test_an_account_is_not_above_itself() -> None:
    group().when(below("acc-1")).then_refused("group_cycle", pointer="/parent_id")


def test_what_is_below_an_account_counts_for_the_depth_of_its_group() -> None:
    head = GroupPlace(account_id="head", currency="EUR", above=("a", "b"))
    group(head).when(below("head")).then(AccountParentChanged(account_id="acc-1", parent_id="head", version=2))
    deep = GroupPlace(account_id="acc-1", currency="EUR", levels_below=2)
    group(head, deep).when(below("head")).then_refused("group_too_deep", pointer="/parent_id")


def test_an_account_is_opened_below_another() -> None:
    story = group(GroupPlace(account_id="head", currency="EUR")).when(
        open_account(account_id="acc-2", parent_id="head")
    )
    opened, parent = story.events
    assert isinstance(opened, AccountOpened)
    assert parent == AccountParentChanged(account_id="acc-2", parent_id="head", version=1)
