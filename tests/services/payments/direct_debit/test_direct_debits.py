"""Mandates and debits: each invoice is collected by one debit at a time, and what comes back opens it again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.balance.state import Payer
from services.payments.chargeback.messages import RecordChargeback
from services.payments.collection.messages import Collect, CollectionAsked, StopCollection
from services.payments.direct_debit.messages import (
    AskDebits,
    BookDebit,
    BookRun,
    CancelDebit,
    CancelRun,
    DebitItem,
    DirectDebitPlaced,
    DirectDebitRefused,
    DirectDebitReturned,
    PlaceDebit,
    ReturnDebit,
    StartDirectDebitRun,
    SubmitRun,
)
from services.payments.direct_debit.state import DirectDebit, DirectDebitRun
from services.payments.mandate.messages import (
    AmendMandate,
    ExpireMandate,
    MandateExpired,
    MandateRegistered,
    MandateRevoked,
    RegisterMandate,
    RevokeMandate,
    SignMandate,
)
from services.payments.mandate.state import Mandate, Mandates
from services.payments.payment.messages import (
    CancelPayment,
    FailPayment,
    PaymentFailed,
    PaymentRecorded,
    PaymentReversed,
    ReversePayment,
    SucceedPayment,
)
from services.payments.payment.state import KnownPayment
from services.payments.payment_method.card_numbers import holds_card_number
from services.payments.payment_method.messages import AddPaymentMethod, PreferPaymentMethod, RemovePaymentMethod
from services.payments.payment_method.state import PaymentMethods
from services.payments.refund.messages import RefundPayment
from services.payments.sepa.pain008 import Creditor
from shared.kernel.decider import Due
from shared.kernel.money import Money
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, NOON, OPENED, owed, payments

DAY = date(2026, 10, 15)
SIGNED = date(2026, 10, 1)


def method(n: int = 1, **said: Any) -> AddPaymentMethod:
    fields = {"kind": "bank_account", "label": "NL•••4300", "details": Sealed("v1.k.x"), **said}
    return AddPaymentMethod(method_id=f"pm-{n}", account_id=ACCOUNT, **fields)


def register(**said: Any) -> RegisterMandate:
    fields = {"method_id": "pm-1", "signed_on": SIGNED, **said}
    return RegisterMandate(mandate_id="M-1", account_id=ACCOUNT, **fields)


def place(n: int = 1, amount: str = "36.04", debit: str = "") -> PlaceDebit:
    return PlaceDebit(
        account_id=ACCOUNT,
        run_id="run-1",
        debit_id=debit or f"d-{n}",
        invoice_id=f"inv-{n}",
        mandate_id="M-1",
        amount=Decimal(amount),
        scheme="CORE",
        collection_date=DAY,
    )


def of(n: int = 1) -> dict[str, Any]:
    return {"account_id": ACCOUNT, "debit_id": f"d-{n}"}


def ready(*numbers: int, **mandate: Any) -> Specification:
    story = payments().given(OPENED, *(owed(n, "36.04") for n in numbers or (1,)))
    return story.when(method()).when(register(**mandate))


def open_of(story: Specification) -> dict[str, Decimal]:
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    return {one.invoice_id: one.open for one in payer.owed}


def mandate_of(story: Specification) -> Mandate:
    found = story.get(Mandates, ACCOUNT)
    assert found is not None
    mandate = found.get("M-1")
    assert mandate is not None
    return mandate


def test_a_debit_is_a_pending_payment_that_pays_its_invoice_when_it_is_booked_r48() -> None:
    story = ready().when(place())
    placed, recorded = story.events
    assert isinstance(placed, DirectDebitPlaced) and isinstance(recorded, PaymentRecorded)
    assert (placed.sequence, placed.number, placed.signed_on) == ("FRST", "INV-000001", SIGNED)
    assert (recorded.payment_id, recorded.status, recorded.method) == ("d-1", "pending", "direct_debit")
    assert open_of(story) == {"inv-1": Decimal("36.04")}
    story.when(BookDebit(booked_on=date(2026, 10, 9), **of()))
    assert open_of(story) == {}
    story.when(BookDebit(booked_on=date(2026, 10, 9), **of())).then_nothing()


def test_an_invoice_is_collected_by_one_debit_at_a_time() -> None:
    story = ready().when(place()).when(place(debit="d-2"))
    [refused] = story.events
    assert isinstance(refused, DirectDebitRefused) and refused.code == "collected_already"
    story.when(place()).then_nothing()
    story.when(ReturnDebit(code="AM04", **of())).when(place(debit="d-2"))
    assert isinstance(story.events[0], DirectDebitPlaced)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (place(9), "nothing_open"),
        (place(amount="36.05"), "nothing_open"),
        (place(amount="0"), "amount_not_positive"),
    ],
)
def test_what_is_not_open_is_not_collected(command: PlaceDebit, code: str) -> None:
    [refused] = ready().when(command).events
    assert isinstance(refused, DirectDebitRefused) and refused.code == code


def test_without_an_active_mandate_of_the_scheme_nothing_is_collected() -> None:
    for story in (ready(signed_on=None), ready(scheme="B2B"), payments().given(OPENED, owed(1, "36.04"))):
        [refused] = story.when(place()).events
        assert isinstance(refused, DirectDebitRefused) and refused.code == "mandate_not_active"


def test_a_returned_debit_opens_its_invoice_again_before_and_after_it_was_booked_r50() -> None:
    before = ready().when(place()).when(ReturnDebit(code="AM04", **of()))
    assert [type(event) for event in before.events] == [DirectDebitReturned, PaymentFailed]
    after = ready().when(place()).when(BookDebit(booked_on=date(2026, 10, 9), **of()))
    after.when(ReturnDebit(code="MD06", **of()))
    returned, reversed_ = after.events[0], after.events[-1]
    assert isinstance(returned, DirectDebitReturned) and isinstance(reversed_, PaymentReversed)
    assert (returned.hard, reversed_.reason) == (False, "MD06: debtor wants it back")
    for story in (before, after):
        assert open_of(story) == {"inv-1": Decimal("36.04")}
        story.when(ReturnDebit(code="AM04", **of())).then_nothing()
        story.when(BookDebit(booked_on=date(2026, 10, 9), **of())).then_nothing()


def test_what_a_bank_will_never_pay_by_is_asked_no_more() -> None:
    story = ready().when(place()).when(ReturnDebit(code="AC04", **of()))
    failed, revoked = story.events[1], story.events[-1]
    assert isinstance(failed, PaymentFailed) and failed.hard
    assert isinstance(revoked, MandateRevoked) and revoked.reason == "AC04"
    [refused] = story.when(place(debit="d-2")).events
    assert isinstance(refused, DirectDebitRefused) and refused.code == "mandate_not_active"


def test_the_first_debit_is_first_until_one_has_stayed() -> None:
    story = ready(1, 2, 3)
    kinds = []
    for n, comes_back in ((1, True), (2, False), (3, False)):
        story.when(place(n))
        kinds.append(story.events[0].sequence)  # type: ignore[attr-defined]
        if comes_back:
            story.when(ReturnDebit(code="MS03", **of(n)))
    assert kinds == ["FRST", "FRST", "RCUR"]


def test_a_mandate_for_one_debit_is_over_with_it() -> None:
    story = ready(1, 2, kind="one_off").when(place(1))
    assert story.events[0].sequence == "OOFF"  # type: ignore[attr-defined]
    assert mandate_of(story).status == "revoked"
    [refused] = story.when(place(2)).events
    assert isinstance(refused, DirectDebitRefused)


def test_a_mandate_waits_for_its_signature_and_expires_36_months_after_its_last_use() -> None:
    story = ready(signed_on=None)
    assert mandate_of(story).status == "pending"
    story.when(SignMandate(mandate_id="M-1", account_id=ACCOUNT, signed_on=SIGNED)).when(place())
    timer = story.get(Due, "mandate-expiry/M-1")
    assert timer is not None and timer.due_at == datetime(2029, 10, 15, 12, tzinfo=UTC)
    expire = ExpireMandate(mandate_id="M-1", account_id=ACCOUNT)
    story.when(expire).then_nothing()
    story.when(expire, now=datetime(2029, 10, 15, 12, tzinfo=UTC))
    assert [type(event) for event in story.events] == [MandateExpired]
    story.when(expire).then_nothing()


def test_a_mandate_signed_on_a_29th_of_february_expires() -> None:
    story = ready(signed_on=date(2024, 2, 29))
    timer = story.get(Due, "mandate-expiry/M-1")
    assert timer is not None and timer.due_at.date() == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (register(), "mandate_exists"),
        (SignMandate(mandate_id="M-1", account_id=ACCOUNT, signed_on=SIGNED), "mandate_not_pending"),
        (SignMandate(mandate_id="M-9", account_id=ACCOUNT, signed_on=SIGNED), "mandate_not_found"),
        (AmendMandate(mandate_id="M-1", account_id=ACCOUNT, method_id="pm-9"), "payment_method_not_found"),
        (AmendMandate(mandate_id="M-1", account_id=ACCOUNT, method_id="pm-2"), "not_a_bank_account"),
        (RemovePaymentMethod(method_id="pm-1", account_id=ACCOUNT), "payment_method_in_use"),
        (method(), "payment_method_exists"),
        (PreferPaymentMethod(method_id="pm-9", account_id=ACCOUNT), "payment_method_not_found"),
    ],
)
def test_what_can_not_be_done_with_mandates_and_methods_is_refused(command: Any, code: str) -> None:
    story = ready().when(method(2, kind="card", gateway="test"))
    story.when(command).then_refused(code)


def test_a_mandate_signed_tomorrow_or_of_nobody_is_refused() -> None:
    payments().given(OPENED).when(register()).then_refused("payment_method_not_found")
    payments().when(register()).then_refused("account_not_found")
    payments().given(OPENED).when(method()).when(register(signed_on=date(2026, 10, 10))).then_refused("in_future")


def test_a_revoked_mandate_frees_its_bank_account_and_the_next_method_is_preferred() -> None:
    story = ready().when(method(2)).when(RevokeMandate(mandate_id="M-1", account_id=ACCOUNT, reason="moved"))
    story.when(RevokeMandate(mandate_id="M-1", account_id=ACCOUNT, reason="again")).then_refused("mandate_over")
    story.when(RemovePaymentMethod(method_id="pm-1", account_id=ACCOUNT))
    found = story.get(PaymentMethods, ACCOUNT)
    assert found is not None and found.preferred == "pm-2"
    story.when(RemovePaymentMethod(method_id="pm-2", account_id=ACCOUNT))
    found = story.get(PaymentMethods, ACCOUNT)
    assert found is not None and (found.preferred, found.methods) == (None, ())


def test_registered_is_told_with_the_day_on_which_it_was() -> None:
    assert isinstance(event := ready().events[0], MandateRegistered) and event.registered_on == date(2026, 10, 9)


def start(debits: int = 2) -> StartDirectDebitRun:
    creditor = Creditor(name="N", iban="DE89370400440532013000", creditor_id="DE98ZZZ09999999999")
    said: dict[str, Any] = {"scheme": "CORE", "collection_date": DAY, "total": Decimal("72.08")}
    return StartDirectDebitRun(run_id="run-1", creditor=creditor, debits=debits, **said)


def ask(first: int, *numbers: int) -> AskDebits:
    said: dict[str, Any] = {"account_id": ACCOUNT, "mandate_id": "M-1", "amount": Decimal("36.04")}
    items = [DebitItem(debit_id=f"d-{n}", invoice_id=f"inv-{n}", **said) for n in numbers]
    return AskDebits(run_id="run-1", first=first, items=items)


def test_a_run_asks_each_account_once_and_goes_its_way() -> None:
    story = payments().when(start()).when(ask(0, 1, 2))
    assert [send.message for send in story.sends] == [place(1), place(2)]
    story.when(ask(0, 1, 2)).then_nothing()
    story.when(ask(2, 3)).then_refused("out_of_order")
    story.when(BookRun(run_id="run-1", booked_on=DAY)).then_refused("run_not_submitted")
    story.when(SubmitRun(run_id="run-1")).when(CancelRun(run_id="run-1")).then_refused("run_over")
    story.when(BookRun(run_id="run-1", booked_on=DAY))
    run = story.get(DirectDebitRun, "run-1")
    assert run is not None and run.status == "booked"
    story.when(start()).then_refused("run_exists")
    story.when(SubmitRun(run_id="run-9")).then_refused("run_not_found")


def test_a_cancelled_debit_is_a_cancelled_payment_and_no_use_of_its_mandate() -> None:
    story = ready().when(place()).when(CancelDebit(**of()))
    known = story.get(KnownPayment, "d-1")
    assert known is not None and known.status == "cancelled" and mandate_of(story).uses == 0
    story.when(CancelDebit(account_id=ACCOUNT, debit_id="d-9")).then_refused("debit_not_found")


STEPS = st.sampled_from(["place", "book", "soft", "cancel"])


@given(st.lists(st.tuples(STEPS, st.integers(1, 3), st.integers(1, 2)), max_size=20))
def test_in_whatever_order_it_is_heard_no_invoice_is_paid_twice_by_debits(steps: list[tuple[str, int, int]]) -> None:
    story = ready(1, 2, 3)
    for step, n, attempt in steps:
        whose = {"account_id": ACCOUNT, "debit_id": f"d-{n}-{attempt}"}
        match step:
            case "place":
                story.when(place(n, debit=f"d-{n}-{attempt}"))
            case "book":
                story.when(BookDebit(booked_on=date(2026, 10, 9), **whose))
            case "soft":
                story.when(ReturnDebit(code="AM04", **whose))
            case "cancel":
                story.when(CancelDebit(**whose))
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    for n in (1, 2, 3):
        booked = [
            debit
            for attempt in (1, 2)
            if (debit := story.get(DirectDebit, f"d-{n}-{attempt}")) is not None and debit.status == "booked"
        ]
        assert len(booked) <= 1
        assert (payer.open_of(f"inv-{n}") == 0) == bool(booked)


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        ({"label": "4242 4242 4242 4242"}, True),
        ({"holder": "Ann 5555-5555-5555-4444 Example"}, True),
        ({"unknown": [{"deep": 378282246310005}]}, True),
        ({"4111111111111111": 1}, True),
        ({"label": "4242 4242 4242 4243"}, False),
        ({"iban": "DE89 3704 0044 0532 0130 00", "holder": "Ann"}, False),
        ({"token": "pm_1NxYz2eZvKYlo2C"}, False),
        (None, False),
    ],
)
def test_a_card_number_is_found_wherever_it_stands(body: Any, holds: bool) -> None:
    assert holds_card_number(body) is holds


def refund(amount: str) -> RefundPayment:
    whose: dict[str, Any] = {"payment_id": "d-1", "account_id": ACCOUNT}
    return RefundPayment(refund_id="rf-1", reason="left", amount=Money(Decimal(amount), "EUR"), **whose)


def test_a_debit_that_comes_back_after_a_refund_is_owed_as_a_whole_and_what_was_refunded_too_r50() -> None:
    story = ready().when(place()).when(BookDebit(booked_on=NOON.date(), **of())).when(refund("10.00"))
    story.when(ReturnDebit(code="MD06", **of()))
    assert sorted(open_of(story).values()) == [Decimal("10.00"), Decimal("36.04")]


def test_a_debit_that_comes_back_is_returned_whatever_was_done_with_its_payment_by_hand() -> None:
    """The bank has taken the money: nobody is asked whether it may."""
    day = NOON.date()
    whose: dict[str, Any] = {"payment_id": "d-1", "account_id": ACCOUNT, "reason": "x"}
    for by_hand in (
        ReversePayment(**whose),
        RecordChargeback(chargeback_id="cb-1", received_on=day, **whose),
        refund("36.04"),
    ):
        story = ready().when(place()).when(BookDebit(booked_on=day, **of())).when(by_hand)
        story.when(ReturnDebit(code="AM04", **of()))
        debit = story.get(DirectDebit, "d-1")
        assert debit is not None and debit.status == "returned", by_hand
        owed = sum(open_of(story).values(), Decimal(0))
        assert owed == Decimal("72.08" if isinstance(by_hand, RefundPayment) else "36.04"), by_hand


def test_a_payment_that_a_run_collects_is_settled_there_and_not_by_hand() -> None:
    whose: dict[str, Any] = {"payment_id": "d-1", "account_id": ACCOUNT}
    for command in (
        SucceedPayment(**whose),
        FailPayment(reason_code="no_money", **whose),
        CancelPayment(**whose),
    ):
        ready().when(place()).when(command).then_refused("payment_collected")


def with_card_too(*numbers: int) -> Specification:
    card = method(2, kind="card", label="Visa", gateway="test")
    return ready(*numbers).when(card)


COLLECT = Collect(account_id=ACCOUNT, collection_id="auto-1", invoice_id="inv-1", method_id="pm-2")


def test_an_invoice_is_collected_by_a_debit_or_by_a_card_whoever_comes_first_and_never_by_both() -> None:
    by_debit = with_card_too().when(place())
    by_debit.when(COLLECT).then_refused("collecting_already")
    by_card = with_card_too().when(COLLECT).when(place())
    [refused] = by_card.events
    assert isinstance(refused, DirectDebitRefused) and refused.code == "collected_already"
    # What has ended without money leaves it to the other.
    by_debit.when(CancelDebit(**of())).when(COLLECT)
    assert any(isinstance(event, CollectionAsked) for event in by_debit.events)
    by_card.when(StopCollection(account_id=ACCOUNT, collection_id="auto-1")).when(place(debit="d-2"))
    assert any(isinstance(event, DirectDebitPlaced) for event in by_card.events)
