"""When an account may be erased, what becomes of its keys, and how long its documents are kept."""

from __future__ import annotations

from datetime import date

import pytest

from services.payments.closed_account.messages import AccountClosingNoted
from services.payments.erasure.messages import (
    ErasePersonalData,
    NotePersonalKeys,
    PersonalDataErased,
    PersonalKeysDestroyed,
)
from services.payments.erasure.retention import kept_until
from shared.kernel.message import Event
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, owed, paid, payments

UNTIL = date(2037, 1, 1)
ERASE = ErasePersonalData(account_id=ACCOUNT, reason="asked", documents_until=UNTIL)
CLOSING = AccountClosingNoted(account_id=ACCOUNT, closed=True)
ERASED = PersonalDataErased(account_id=ACCOUNT, reason="asked", documents_until=UNTIL)


def test_a_closed_account_that_owes_nothing_is_erased_once() -> None:
    story = payments().given(OPENED, CLOSING).when(ERASE)
    assert story.events == [ERASED]
    story.when(ERASE).then_nothing()


def test_an_open_account_is_not_erased_whatever_is_said() -> None:
    forced = ErasePersonalData(account_id=ACCOUNT, reason="authority", despite_debts=True)
    payments().given(OPENED).when(forced).then_refused("account_open")
    again = AccountClosingNoted(account_id=ACCOUNT, closed=False)
    payments().given(OPENED, CLOSING, again).when(forced).then_refused("account_open")


def test_money_that_is_owed_either_way_keeps_an_account_unless_somebody_says_so() -> None:
    owing = payments().given(OPENED, owed(1, "12.40"), CLOSING)
    owing.when(ERASE).then_refused("account_owes", pointer="/despite_debts")
    payments().given(OPENED, paid("5.00"), CLOSING).when(ERASE).then_refused("account_owes", pointer="/despite_debts")
    despite = ErasePersonalData(account_id=ACCOUNT, reason="authority", despite_debts=True)
    assert kinds(payments().given(OPENED, owed(1, "12.40"), CLOSING).when(despite)) == [PersonalDataErased]


def test_destroyed_keys_are_noted_once_each_and_only_of_what_was_erased() -> None:
    note = NotePersonalKeys(account_id=ACCOUNT, keys="profile")
    payments().given(OPENED).when(note).then_refused("erasure_not_found")
    story = payments().given(OPENED, CLOSING, ERASED).when(note)
    assert story.events == [PersonalKeysDestroyed(account_id=ACCOUNT, keys="profile")]
    story.when(note).then_nothing()
    documents = NotePersonalKeys(account_id=ACCOUNT, keys="documents")
    assert story.when(documents).events == [PersonalKeysDestroyed(account_id=ACCOUNT, keys="documents")]


def kinds(story: Specification) -> list[type[Event]]:
    return [type(event) for event in story.events]


@pytest.mark.parametrize(
    ("last", "years", "until"),
    [
        (None, 10, None),
        (date(2026, 1, 1), 10, date(2037, 1, 1)),
        (date(2026, 12, 31), 10, date(2037, 1, 1)),
        (date(2024, 2, 29), 0, date(2025, 1, 1)),
    ],
)
def test_documents_are_kept_from_the_end_of_the_year_of_the_last_one(
    last: date | None, years: int, until: date | None
) -> None:
    assert kept_until(last, years) == until
