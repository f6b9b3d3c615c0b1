"""How collections end: late money is booked; what is paid otherwise or was declined for good is not asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from services.payments.balance.state import Payer
from services.payments.collection.messages import (
    CollectionAsked,
    CollectionFailed,
    CollectionHurried,
    CollectionPending,
    CollectionRescheduled,
    CollectionStarted,
    CollectionStopAsked,
    CollectionStopped,
    CollectionSucceeded,
    HurryCollection,
    StopCollection,
)
from services.payments.collection.state import Collection
from services.payments.payment.messages import (
    CancelPayment,
    PaymentCancelled,
    PaymentFailed,
    PaymentSucceeded,
    SucceedPayment,
)
from services.payments.payment_method.messages import PaymentMethodRemoved, RemovePaymentMethod
from services.payments.settings.messages import ONLY, ChangePaymentSettings, SettingsTerms
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.collection.test_collections import WHOSE, asked, card, collect, end, open_of, start
from tests.services.payments.story import ACCOUNT, NOON, OPENED, owed, pay, payments

STOP, HURRY = StopCollection(reason="pays by transfer", **WHOSE), HurryCollection(**WHOSE)


def types(story: Specification) -> list[type]:
    return [type(event) for event in story.events]


def credit_of(story: Specification) -> Decimal:
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    return sum((credit.left for credit in payer.credits), Decimal(0))


def failed() -> Specification:
    return asked().when(start()).when(end("failed", code="stolen_card", hard=True))


def stopped() -> Specification:
    return asked().when(start()).when(end("failed", code="insufficient_funds")).when(STOP)


@pytest.mark.parametrize("story", [failed(), stopped()], ids=["failed", "stopped"])
def test_money_that_comes_after_the_end_is_booked_once_and_said_to_be_late(story: Specification) -> None:
    assert open_of(story) == Decimal("36.04")
    story.when(end("succeeded", reference="pi_1"))
    told = story.events[0]
    assert types(story)[:2] == [CollectionSucceeded, PaymentSucceeded] and isinstance(told, CollectionSucceeded)
    assert told.late and open_of(story) == 0
    for again in (end("succeeded"), end("failed", hard=True), start(2)):
        story.when(again).then_nothing()


def test_late_money_of_an_invoice_that_was_paid_otherwise_is_credit() -> None:
    story = failed().when(pay("36.04")).when(end("succeeded"))
    assert (open_of(story), credit_of(story)) == (Decimal(0), Decimal("36.04"))


def test_a_payment_that_somebody_has_booked_by_hand_is_not_booked_again() -> None:
    by_hand = SucceedPayment(payment_id="col-1", account_id=ACCOUNT)
    story = asked().when(start()).when(by_hand).when(end("succeeded"))
    assert types(story) == [CollectionSucceeded] and (open_of(story), credit_of(story)) == (Decimal(0), Decimal(0))
    cancelled = asked().when(CancelPayment(payment_id="col-1", account_id=ACCOUNT)).when(start())
    assert types(cancelled) == [CollectionStopped]


def test_what_was_paid_otherwise_meanwhile_is_not_charged() -> None:
    for amount in ("36.04", "0.01"):
        story = asked().when(pay(amount)).when(start())
        assert types(story) == [CollectionStopped, PaymentCancelled]
        story.when(start()).then_nothing()


def test_a_card_that_was_removed_is_not_charged_and_another_is() -> None:
    removed = RemovePaymentMethod(method_id="pm-1", account_id=ACCOUNT)
    story = asked(card(1), card(2)).when(removed)
    assert types(story)[0] is PaymentMethodRemoved
    story.when(start())
    [again] = story.events
    assert isinstance(again, CollectionRescheduled) and again.method_id == "pm-2"
    story.when(start())
    assert types(story) == [CollectionStarted]
    alone = asked().when(removed).when(start())
    assert types(alone) == [CollectionFailed, PaymentFailed]


def test_a_card_that_was_declined_for_good_is_not_asked_for_another_invoice_either() -> None:
    story = failed().given(owed(2, "10.00"))
    story.when(collect("col-2", invoice_id="inv-2")).then_refused("payment_method_declined")
    story.when(collect("col-2", invoice_id="inv-2", method_id="pm-1")).then_refused("payment_method_declined")
    story.when(card(2)).when(collect("col-2", invoice_id="inv-2"))
    assert isinstance(story.events[0], CollectionAsked) and story.events[0].method_id == "pm-2"


@pytest.mark.parametrize("code", ["abandoned", "authentication_required"])
def test_a_customer_who_did_not_say_yes_in_time_may_be_asked_by_the_same_card_again(code: str) -> None:
    story = asked().when(start()).when(end("failed", code=code, hard=True)).when(collect("col-2"))
    assert isinstance(story.events[0], CollectionAsked) and story.events[0].method_id == "pm-1"


def test_the_settings_say_when_and_whether_another_card_is_asked() -> None:
    terms = SettingsTerms(retry_days=(7,), fallback=False)
    story = payments().given(OPENED, owed(1, "36.04")).when(ChangePaymentSettings(settings_id=ONLY, terms=terms))
    story.when(card(1)).when(card(2)).when(collect()).when(start()).when(end("failed", code="do_not_honor"))
    [again] = story.events
    assert isinstance(again, CollectionRescheduled) and (again.due_at - NOON).days == 7
    story.when(start(2)).when(end("failed", 2, code="stolen_card", hard=True))
    assert types(story) == [CollectionFailed, PaymentFailed]


@pytest.mark.parametrize(
    "terms",
    [
        SettingsTerms(retry_days=(0,)),
        SettingsTerms(retry_days=(61,)),
        SettingsTerms(retry_days=(1,) * 11),
        SettingsTerms(abandon_hours=0),
        SettingsTerms(abandon_hours=721),
    ],
)
def test_retries_have_bounds(terms: SettingsTerms) -> None:
    payments().when(ChangePaymentSettings(settings_id=ONLY, terms=terms)).then_refused("out_of_bounds")


def test_what_waits_is_hurried_or_stopped_and_what_is_under_way_is_not() -> None:
    story = asked().when(HURRY)
    assert types(story) == [CollectionHurried]
    story.when(start()).when(HURRY).then_refused("collection_not_waiting")
    story.when(STOP).then_refused("collection_calling")
    story.when(end("pending")).when(STOP).then_refused("collection_under_way")
    story.when(end("succeeded")).when(STOP).then_refused("collection_over")
    assert types(asked().when(STOP)) == [CollectionStopped, PaymentCancelled]


def test_a_customer_who_may_say_yes_any_moment_is_stopped_at_the_gateway_first() -> None:
    story = (
        asked(card(1), card(2)).when(start()).when(end("action_required", action_url="https://b.example")).when(STOP)
    )
    assert types(story) == [CollectionStopAsked]
    yes = asked().when(start()).when(end("action_required")).when(STOP).when(end("succeeded"))
    assert types(yes)[:2] == [CollectionSucceeded, PaymentSucceeded]
    # No other card is asked for what is to be stopped.
    story.when(end("failed", code="stopped", hard=True))
    assert types(story) == [CollectionStopped, PaymentCancelled]


def test_an_answer_that_nobody_knows_may_be_given_up_and_its_money_is_late_then() -> None:
    story = asked().when(start()).when(end("unknown", code="timeout")).when(STOP)
    assert types(story) == [CollectionStopped, PaymentCancelled]
    story.when(end("succeeded"))
    assert isinstance(story.events[0], CollectionSucceeded) and story.events[0].late


def test_what_is_told_again_is_no_event() -> None:
    story = asked().when(start()).when(end("pending", reference="pi_1"))
    assert types(story) == [CollectionPending]
    story.when(end("pending", reference="pi_1")).then_nothing()
    story.when(end("action_required", reference="pi_1", action_url="https://b.example"))
    assert types(story) == [CollectionPending]


def test_another_sum_than_was_asked_for_is_shown_and_not_booked() -> None:
    story = asked().when(start()).when(end("succeeded", amount=Decimal("36.00")))
    [odd] = story.events
    assert isinstance(odd, CollectionPending) and (odd.outcome, odd.code) == ("unknown", "amount_mismatch")
    story.when(end("succeeded", amount=Decimal("36.00"))).then_nothing()
    assert open_of(story) == Decimal("36.04")
    story.when(end("succeeded", amount=Decimal("36.0400")))
    assert types(story)[0] is CollectionSucceeded and open_of(story) == 0


def test_a_gateway_that_knows_whole_units_is_asked_for_those_and_the_cents_stay_open() -> None:
    phone: dict[str, Any] = {"kind": "mobile_money", "gateway": "mpesa"}
    story = payments().given(OPENED, owed(1, "36.04"), owed(2, "0.40")).when(card(1, **phone)).when(collect())
    known = story.get(Collection, "col-1")
    assert known is not None and known.amount == 36
    story.when(start()).when(end("succeeded", amount=Decimal(36)))
    assert open_of(story) == Decimal("0.04")
    story.when(collect("col-2", invoice_id="inv-2")).then_refused("nothing_open")
    odd = collect("col-3", invoice_id=None, amount=Money(Decimal("1.50"), "EUR"))
    story.when(odd).then_refused("too_many_decimals")


def test_a_wallet_that_can_not_take_the_amount_is_no_fallback() -> None:
    phone = card(2, kind="mobile_money", gateway="mpesa")
    story = asked(card(1), phone).when(start()).when(end("failed", code="stolen_card", hard=True))
    assert types(story) == [CollectionFailed, PaymentFailed]
