"""Payments knows which accounts rating has closed."""

from __future__ import annotations

from datetime import date

import pytest

from services.payments.closed_account.messages import AccountClosingNoted
from services.payments.closed_account.state import check_open
from services.rating.account.messages import AccountClosed, AccountReopened
from shared.kernel.errors import Rejection
from tests.services.payments.story import ACCOUNT, OPENED, payments

CLOSED = AccountClosed(account_id=ACCOUNT, closed_on=date(2026, 10, 9), version=2)


def test_a_closed_account_is_noted_once_and_is_as_any_other_once_it_is_opened_again() -> None:
    story = payments().given(OPENED).when_event(CLOSED, service="rating")
    assert story.events[:1] == [AccountClosingNoted(account_id=ACCOUNT, closed=True)]
    with pytest.raises(Rejection, match="account_closed"):
        check_open(ACCOUNT, story.state, pointer="/account_id")
    story.when_event(CLOSED, service="rating", seq=2)
    assert not story.events
    story.when_event(AccountReopened(account_id=ACCOUNT, version=3), service="rating", seq=3)
    assert story.events[:1] == [AccountClosingNoted(account_id=ACCOUNT, closed=False)]
    check_open(ACCOUNT, story.state)
