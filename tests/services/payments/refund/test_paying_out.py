"""What becomes of a refund: requested, sent, paid; or failed, and credit again."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from services.payments.balance.state import Payer
from services.payments.chargeback.messages import RecordChargeback
from services.payments.collection.messages import Collect, EndCollection, StartCollection
from services.payments.ledger.postings import Money as Moving
from services.payments.ledger.postings import postings
from services.payments.payment.messages import ReversePayment
from services.payments.payment.state import KnownPayment
from services.payments.payment_method.messages import AddPaymentMethod
from services.payments.refund.messages import (
    ConfirmRefund,
    EndRefund,
    FailRefund,
    OfRefund,
    RefundFailed,
    RefundPaid,
    RefundSent,
    SendRefund,
)
from services.payments.refund.state import KnownRefund
from shared.kernel.money import Money
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification
from tests.services.payments.refund.test_refunds import refund
from tests.services.payments.story import ACCOUNT, NOON, OPENED, owed, pay, payments

OF: dict[str, Any] = {"account_id": ACCOUNT, "refund_id": "rf-1"}
GATEWAY = {
    "send": SendRefund(**OF, claim="me"),
    "send again": SendRefund(**OF, claim="another"),
    "pending": EndRefund(**OF, outcome="pending", reference="re_1"),
    "lost": EndRefund(**OF, outcome="unknown", code="timeout"),
    "paid": EndRefund(**OF, outcome="succeeded", reference="re_1"),
    "declined": EndRefund(**OF, outcome="failed", code="declined"),
    "confirm": ConfirmRefund(**OF),
    "fail": FailRefund(**OF, reason_code="lost"),
}
BY_HAND: dict[str, OfRefund] = {
    "send": SendRefund(**OF),
    "confirm": ConfirmRefund(**OF, reference="T-1"),
    "entry": ConfirmRefund(**OF, entry_id="be-1"),
    "entry 2": ConfirmRefund(**OF, entry_id="be-2"),
    "fail": FailRefund(**OF, reason_code="account_closed"),
    "tomorrow": ConfirmRefund(**OF, paid_on=NOON.date().replace(day=20)),
}


def of_card(amount: str = "50.00", way: str | None = None) -> Specification:
    """50.00 of a card, of which 20.00 is to go back; nothing is owed."""
    card = AddPaymentMethod(
        method_id="pm", account_id=ACCOUNT, kind="card", label="Visa", details=Sealed("x"), gateway="test"
    )
    spec = payments().given(OPENED).when(card)
    spec.when(Collect(account_id=ACCOUNT, collection_id="pay-1", amount=Money(Decimal(amount), "EUR")))
    spec.when(StartCollection(account_id=ACCOUNT, collection_id="pay-1", attempt=1, claim="me"))
    ended = EndCollection(account_id=ACCOUNT, collection_id="pay-1", attempt=1, outcome="succeeded", reference="test-1")
    return spec.when(ended).when(refund("20.00", way=way))


def of_transfer() -> Specification:
    """50.00 by transfer, of which 40.00 pays inv-1 and 20.00 is to go back."""
    return payments().given(OPENED, owed(1, "40.00")).when(pay("50.00")).when(refund("20.00"))


def standing(spec: Specification) -> str:
    known = spec.get(KnownRefund, "rf-1")
    assert known is not None
    return known.status


def told(spec: Specification) -> list[str]:
    return [getattr(event, "code", "") or type(event).__name__ for event in spec.events]


@pytest.mark.parametrize(
    ("story", "status", "last"),
    [
        ("send", "sent", ["RefundSent"]),
        ("send send again", "sent", ["CommandDone"]),
        ("paid", "requested", ["CommandDone"]),
        ("send paid", "paid", ["RefundPaid"]),
        ("send paid paid", "paid", ["CommandDone"]),
        ("send paid pending", "paid", ["CommandDone"]),
        ("send pending pending", "sent", ["CommandDone"]),
        ("send lost paid", "paid", ["RefundPaid"]),
        ("send declined", "failed", ["declined"]),
        ("send declined declined", "failed", ["CommandDone"]),
        ("send declined paid", "paid", ["RefundPaid", "BalanceAdjusted", "PaymentAllocated"]),
        ("send declined paid declined", "paid", ["CommandDone"]),
        ("send declined paid fail", "paid", ["refund_over"]),
        ("send paid declined", "failed", ["declined"]),
        ("send confirm", "sent", ["refund_under_way"]),
        ("send fail", "sent", ["refund_under_way"]),
        ("confirm", "requested", ["refund_under_way"]),
        ("fail", "failed", ["lost"]),
        ("fail send", "failed", ["CommandDone"]),
        ("send lost confirm", "paid", ["RefundPaid"]),
        ("send lost fail", "failed", ["lost"]),
    ],
)
def test_what_a_gateway_says_twice_or_late_moves_money_once_r51(story: str, status: str, last: list[str]) -> None:
    spec = of_card()
    ledger: Counter[str] = Counter()
    for word in _words(story, GATEWAY):
        spec.when(GATEWAY[word])
        _post(ledger, spec)
    assert (standing(spec), told(spec)) == (status, last)
    assert ledger.total() == 0


@pytest.mark.parametrize(
    ("story", "status", "last"),
    [
        ("send", "sent", ["RefundSent"]),
        ("send send", "sent", ["refund_not_requested"]),
        ("confirm", "paid", ["RefundPaid"]),
        ("confirm confirm", "paid", ["refund_over"]),
        ("send confirm", "paid", ["RefundPaid"]),
        ("entry", "paid", ["RefundPaid"]),
        ("entry entry", "paid", ["CommandDone"]),
        ("confirm entry", "paid", ["CommandDone"]),
        ("entry entry 2", "paid", ["CommandDone"]),
        ("entry fail", "failed", ["account_closed", "PaymentAllocated"]),
        ("fail", "failed", ["account_closed", "PaymentAllocated"]),
        ("fail fail", "failed", ["refund_over"]),
        ("fail confirm", "failed", ["refund_over"]),
        ("fail entry", "paid", ["RefundPaid", "BalanceAdjusted", "PaymentAllocated"]),
        ("tomorrow", "requested", ["in_future"]),
    ],
)
def test_a_transfer_is_confirmed_by_hand_or_by_the_statement_once_r51(story: str, status: str, last: list[str]) -> None:
    spec = of_transfer()
    for word in _words(story, BY_HAND):
        spec.when(BY_HAND[word])
    assert (standing(spec), told(spec)) == (status, last)


def test_cash_is_paid_at_once_and_a_gateway_only_where_the_money_came_through_one() -> None:
    spec = payments().given(OPENED).when(pay("50.00"))
    spec.when(refund("5.00", way="gateway")).then_refused("not_of_a_gateway", pointer="/way")
    spec.when(refund("5.00", way="cash"))
    paid = spec.events[-1]
    assert isinstance(paid, RefundPaid) and (paid.method, paid.amount) == ("cash", Decimal("5.00"))
    known = of_card(way="transfer").get(KnownRefund, "rf-1")
    assert known is not None and (known.way, known.status, known.paid_by) == ("transfer", "requested", "bank_transfer")


def test_a_refund_that_fails_is_credit_and_pays_again_what_it_had_opened_r48() -> None:
    spec = of_transfer()
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and payer.open_of("inv-1") == Decimal("10.00")
    spec.when(BY_HAND["fail"])
    payer, payment = spec.get(Payer, ACCOUNT), spec.get(KnownPayment, "pay-1")
    assert payer is not None and payment is not None
    assert (payer.open_of("inv-1"), payer.left_of("pay-1")) == (Decimal(0), Decimal("10.00"))
    assert (payment.status, payment.refunded) == ("succeeded", Decimal(0))
    spec.when(refund(n=2))
    assert spec.get(KnownPayment, "pay-1").refunded == Decimal("50.00")  # type: ignore[union-attr]


def test_nothing_is_sent_of_a_payment_that_a_bank_has_taken_back_r50() -> None:
    spec = of_card()
    taken = RecordChargeback(
        payment_id="pay-1",
        account_id=ACCOUNT,
        chargeback_id="cb-1",
        reason="fraud",
        received_on=NOON.date(),
        amount=Money(Decimal("50.00"), "EUR"),
    )
    spec.when(taken).when(GATEWAY["send"])
    assert standing(spec) == "failed" and not any(isinstance(event, RefundSent) for event in spec.events)
    payer, payment = spec.get(Payer, ACCOUNT), spec.get(KnownPayment, "pay-1")
    # The bank has all 50.00, nothing was paid out: nobody owes anybody anything, and nothing more can be taken.
    assert payer is not None and not payer.owed and not payer.credits
    assert payment is not None and payment.takeable == 0
    reverse = ReversePayment(payment_id="pay-1", account_id=ACCOUNT, reason="x")
    spec.when(reverse).then_refused("payment_not_succeeded")


def test_a_refund_that_fails_after_its_payment_was_reversed_is_credit_of_its_own_r47() -> None:
    spec = payments().given(OPENED).when(pay("50.00")).when(refund("20.00"))
    spec.when(ReversePayment(payment_id="pay-1", account_id=ACCOUNT, reason="never came"))
    spec.when(BY_HAND["fail"])
    [failed] = [event for event in spec.events if isinstance(event, RefundFailed)]
    assert failed.status == "reversed" and failed.credited_as is not None
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and not payer.owed and not payer.credits


def _words(story: str, known: dict[str, Any]) -> list[str]:
    """The words of a story, of which some are two: the longest that is known."""
    words, found = story.split(), []
    while words:
        two = " ".join(words[:2])
        found.append(two if len(words) > 1 and two in known else words[0])
        words = words[2:] if found[-1] == two and len(words) > 1 else words[1:]
    return found


def _post(ledger: Counter[str], spec: Specification) -> None:
    for event in spec.events:
        for posting in postings(event) if isinstance(event, Moving) else ():
            ledger[posting.debit] += int(posting.amount * 100)
            ledger[posting.credit] -= int(posting.amount * 100)
