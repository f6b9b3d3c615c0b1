"""A collection is one payment and some attempts: never one after a decline for good, never two payments."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.balance.state import Payer
from services.payments.collection.messages import (
    Collect,
    CollectionAsked,
    CollectionFailed,
    CollectionPending,
    CollectionRescheduled,
    CollectionStarted,
    CollectionSucceeded,
    EndCollection,
    StartCollection,
)
from services.payments.collection.state import Collection
from services.payments.payment.messages import PaymentFailed, PaymentRecorded, PaymentSucceeded
from services.payments.payment_method.messages import AddPaymentMethod
from shared.kernel.money import Money
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, NOON, OPENED, owed, payments

WHOSE: dict[str, Any] = {"account_id": ACCOUNT, "collection_id": "col-1"}


def card(n: int = 1, **said: Any) -> AddPaymentMethod:
    fields = {"kind": "card", "label": "Visa", "details": Sealed(f"v1.k.{n}"), "gateway": "test", **said}
    return AddPaymentMethod(method_id=f"pm-{n}", account_id=ACCOUNT, **fields)


def collect(collection: str = "col-1", **said: Any) -> Collect:
    return Collect(account_id=ACCOUNT, collection_id=collection, **{"invoice_id": "inv-1", **said})


def start(attempt: int = 1) -> StartCollection:
    return StartCollection(attempt=attempt, claim="p", **WHOSE)


def end(outcome: Any, attempt: int = 1, **said: Any) -> EndCollection:
    return EndCollection(attempt=attempt, outcome=outcome, **{**WHOSE, **said})


def asked(*cards: AddPaymentMethod) -> Specification:
    story = payments().given(OPENED, owed(1, "36.04"))
    for one in cards or (card(),):
        story.when(one)
    return story.when(collect())


def open_of(story: Specification) -> Decimal:
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    return payer.open_of("inv-1")


def test_what_is_open_is_collected_and_pays_its_invoice_once_it_is_there_r48() -> None:
    story = asked()
    told, recorded = story.events
    assert isinstance(told, CollectionAsked) and isinstance(recorded, PaymentRecorded)
    assert (told.amount, recorded.status, recorded.payment_id) == (Decimal("36.04"), "pending", "col-1")
    story.when(start())
    assert isinstance(story.events[0], CollectionStarted)
    story.when(start()).then_nothing()
    assert open_of(story) == Decimal("36.04")
    story.when(end("succeeded", reference="pi_1"))
    assert [type(event) for event in story.events[:2]] == [CollectionSucceeded, PaymentSucceeded]
    assert open_of(story) == 0
    for again in (end("succeeded"), end("failed", hard=True), start(2)):
        story.when(again).then_nothing()


def test_a_soft_decline_is_tried_again_after_1_3_and_5_days_and_then_no_more() -> None:
    story, days = asked(), []
    for attempt in (1, 2, 3):
        story.when(start(attempt)).when(end("failed", attempt, code="insufficient_funds"))
        [again] = story.events
        assert isinstance(again, CollectionRescheduled) and not again.hard
        days.append((again.due_at - NOON).days)
    assert days == [1, 3, 5]
    story.when(start(4)).when(end("failed", 4, code="insufficient_funds"))
    assert [type(event) for event in story.events] == [CollectionFailed, PaymentFailed]


def test_after_a_hard_decline_the_same_card_is_never_asked_again_and_another_at_once() -> None:
    story = asked(card(1), card(2)).when(start()).when(end("failed", code="stolen_card", hard=True))
    [again] = story.events
    assert isinstance(again, CollectionRescheduled) and again.hard
    assert (again.method_id, again.due_at) == ("pm-2", NOON)
    story.when(start(2)).when(end("failed", 2, code="expired_card", hard=True))
    failed, payment = story.events
    assert isinstance(failed, CollectionFailed) and isinstance(payment, PaymentFailed) and payment.hard
    story.when(start(3)).then_nothing()


def test_3d_secure_and_a_lost_answer_are_waited_for_and_not_charged_again() -> None:
    for outcome in ("action_required", "unknown", "pending"):
        story = asked().when(start()).when(end(outcome, action_url="https://bank.example"))
        assert isinstance(story.events[0], CollectionPending)
        story.when(start(2)).then_nothing()
        story.when(end("succeeded"))
        assert isinstance(story.events[0], CollectionSucceeded)


def test_money_that_comes_late_is_money_whatever_was_heard_before() -> None:
    story = asked().when(start()).when(end("failed", code="not_received"))
    story.when(end("failed", code="not_received")).then_nothing()
    story.when(end("succeeded"))
    assert isinstance(story.events[0], CollectionSucceeded)
    story.when(start(2)).then_nothing()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (collect(), "collection_exists"),
        (collect("col-2"), "collecting_already"),
        (collect("col-2", invoice_id="inv-9"), "invoice_not_found"),
        (collect("col-2", invoice_id=None, amount=Money(Decimal("1.00"), "USD")), "currency_mismatch"),
        (collect("col-2", invoice_id=None), "required"),
        (collect("col-2", invoice_id="inv-2", amount=Money(Decimal("99.00"), "EUR")), "nothing_open"),
        (collect("col-2", invoice_id="inv-2", method_id="pm-9"), "payment_method_not_found"),
        (end("succeeded", collection_id="x"), "collection_not_found"),
    ],
)
def test_what_can_not_be_collected_is_refused(command: Any, code: str) -> None:
    payments_story = payments().given(OPENED, owed(1, "36.04"), owed(2, "10.00")).when(card()).when(collect())
    payments_story.when(command).then_refused(code)


def test_without_a_card_nothing_is_collected_and_a_bank_account_is_for_direct_debits() -> None:
    story = payments().given(OPENED, owed(1, "36.04"))
    story.when(collect()).then_refused("no_payment_method")
    story.when(card(1, kind="bank_account", gateway=""))
    story.when(collect()).then_refused("no_payment_method")
    story.when(collect(method_id="pm-1")).then_refused("not_of_a_gateway")


STEPS = st.tuples(st.sampled_from(["start", "succeeded", "failed", "hard", "pending", "unknown"]), st.integers(1, 5))


@given(st.lists(STEPS, max_size=25))
def test_in_whatever_order_it_is_heard_a_collection_is_paid_once_or_not(steps: list[tuple[str, int]]) -> None:
    story = asked(card(1), card(2))
    succeeded = 0
    for step, attempt in steps:
        match step:
            case "start":
                story.when(start(attempt), now=story.now + timedelta(hours=1))
            case "hard":
                story.when(end("failed", attempt, hard=True, code="x"))
            case _:
                story.when(end(step, attempt, code="x"))
        succeeded += sum(isinstance(event, CollectionSucceeded) for event in story.events)
    known = story.get(Collection, "col-1")
    assert known is not None and succeeded == (known.status == "succeeded")
    assert open_of(story) == (Decimal(0) if succeeded else Decimal("36.04"))
