"""What an account says of its customer, and its place in a group."""

from __future__ import annotations

from services.rating.account.messages import (
    AccountDetailsChanged,
    AccountOpened,
    AccountParentChanged,
    ChangeAccount,
    CustomerChange,
)
from services.rating.account.state import GroupPlace
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


def test_an_account_is_opened_below_another() -> None:
    story = group(GroupPlace(account_id="head", currency="EUR")).when(
        open_account(account_id="acc-2", parent_id="head")
    )
    opened, parent = story.events
    assert isinstance(opened, AccountOpened)
    assert parent == AccountParentChanged(account_id="acc-2", parent_id="head", version=1)
