"""Whoever tries codes is locked for an hour, and fills no log meanwhile."""

from __future__ import annotations

from datetime import timedelta

from services.payments.voucher_guess.decide import WINDOW
from services.payments.voucher_guess.guessing import OF_ACCOUNT
from services.payments.voucher_guess.messages import CountVoucherGuess, VoucherGuessed
from tests.services.payments.story import NOON, payments

MISS = CountVoucherGuess(guesser="account:acc-1", at_most=3, account_id="acc-1")


def test_the_last_of_them_locks_for_an_hour_in_which_nothing_is_written() -> None:
    story = payments().when(MISS).when(MISS)
    [second] = story.events[:1]
    assert isinstance(second, VoucherGuessed) and (second.missed, second.locked_until) == (2, None)
    story.when(MISS)
    [third] = story.events[:1]
    assert isinstance(third, VoucherGuessed) and third.locked_until == NOON + WINDOW
    for _ in range(5):
        story.when(MISS, now=NOON + WINDOW - timedelta(seconds=1)).then_nothing()
    story.when(MISS, now=NOON + WINDOW)
    [anew] = story.events[:1]
    assert isinstance(anew, VoucherGuessed) and (anew.missed, anew.locked_until) == (1, None)


def test_what_was_wrong_more_than_an_hour_ago_counts_no_longer_and_others_have_a_count_of_their_own() -> None:
    story = payments().when(MISS).when(MISS).when(MISS, now=NOON + WINDOW)
    [anew] = story.events[:1]
    assert isinstance(anew, VoucherGuessed) and anew.missed == 1
    story.when(CountVoucherGuess(guesser="actor:key:k7", at_most=OF_ACCOUNT, account_id="acc-1"))
    [other] = story.events[:1]
    assert isinstance(other, VoucherGuessed) and other.missed == 1
