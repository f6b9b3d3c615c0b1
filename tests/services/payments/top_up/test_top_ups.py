"""A top-up is charged once, within the operator's limits; one that fails leaves nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from services.payments.balance.state import Payer
from services.payments.closed_account.messages import AccountClosingNoted
from services.payments.collection.messages import CollectionAsked, CollectionFailed, CollectionSucceeded
from services.payments.payment.messages import PaymentFailed, PaymentRecorded, PaymentSucceeded
from services.payments.settings.messages import ONLY, PaymentSettingsChanged, SettingsTerms, TopUpLimits
from services.payments.top_up.messages import TopUpWallet, WalletTopUpAsked
from shared.kernel.message import Command
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.collection.test_collections import card, end, start
from tests.services.payments.story import ACCOUNT, OPENED, owed, payments

LIMITS = PaymentSettingsChanged(
    settings_id=ONLY,
    version=1,
    terms=SettingsTerms(top_ups={"EUR": TopUpLimits(minimum=Decimal("5.00"), maximum=Decimal("100.00"))}),
)


def top_up(amount: str = "20.00", top_up_id: str = "col-1", currency: str = "EUR", **said: Any) -> TopUpWallet:
    return TopUpWallet(account_id=ACCOUNT, top_up_id=top_up_id, amount=Money(Decimal(amount), currency), **said)


def with_cards() -> Specification:
    return payments().given(OPENED, owed(1, "12.50"), LIMITS).when(card(1)).when(card(2))


def credit_of(story: Specification) -> Decimal:
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    return sum((credit.left for credit in payer.credits), Decimal(0))


def test_what_is_charged_pays_what_is_open_and_the_rest_is_in_the_wallet_r48() -> None:
    story = with_cards().when(top_up())
    asked, collection, recorded = story.events[:3]
    assert isinstance(asked, WalletTopUpAsked) and isinstance(collection, CollectionAsked)
    assert isinstance(recorded, PaymentRecorded) and recorded.status == "pending"
    assert (asked.method_id, asked.automatic, collection.once) == ("pm-1", False, True)
    assert credit_of(story) == 0
    story.when(start()).when(end("succeeded"))
    assert [type(event) for event in story.events[:2]] == [CollectionSucceeded, PaymentSucceeded]
    assert credit_of(story) == Decimal("7.50")


@pytest.mark.parametrize("hard", [True, False])
def test_a_charge_that_fails_leaves_nothing_and_no_other_day_or_card_is_tried(hard: bool) -> None:
    story = with_cards().when(top_up()).when(start()).when(end("failed", code="no", hard=hard))
    assert [type(event) for event in story.events[:2]] == [CollectionFailed, PaymentFailed]
    assert credit_of(story) == 0
    story.when(start(2)).then_nothing()
    story.when(top_up(top_up_id="col-2"))
    assert isinstance(story.events[0], WalletTopUpAsked)


def test_while_one_is_charged_there_is_no_other_and_one_that_waits_for_the_customer_keeps_nobody_from_it() -> None:
    story = with_cards().when(top_up())
    story.when(top_up(top_up_id="col-2")).then_refused("top_up_running")
    story.when(start()).when(top_up(top_up_id="col-2")).then_refused("top_up_running")
    story.when(end("action_required", action_url="https://bank.example")).when(top_up(top_up_id="col-2"))
    assert isinstance(story.events[0], WalletTopUpAsked)


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (top_up("4.99"), "below_minimum", "/amount/amount"),
        (top_up("100.01"), "above_maximum", "/amount/amount"),
        (top_up("0.00"), "amount_not_positive", "/amount/amount"),
        (top_up("5.001"), "too_many_decimals", "/amount/amount"),
        (top_up(currency="USD"), "currency_mismatch", "/amount/currency"),
        (top_up(method_id="pm-9"), "payment_method_not_found", "/payment_method_id"),
    ],
)
def test_what_can_not_be_charged_is_refused(command: Command, code: str, pointer: str) -> None:
    with_cards().when(command).then_refused(code, pointer=pointer)


def test_a_closed_account_and_one_without_a_card_are_not_topped_up() -> None:
    closed = AccountClosingNoted(account_id=ACCOUNT, closed=True)
    payments().given(OPENED, closed).when(card()).when(top_up()).then_refused("account_closed")
    payments().given(OPENED).when(top_up()).then_refused("no_payment_method")
    payments().when(top_up()).then_refused("account_not_found")
    for amount in ("5.00", "100.00"):
        assert isinstance(with_cards().when(top_up(amount)).events[0], WalletTopUpAsked)
