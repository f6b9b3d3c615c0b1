"""What becomes of a payment: it waits, pays by the account's policy, is moved by hand, and taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.payments.balance.allocation import Policy
from services.payments.balance.messages import PaymentAllocated, PaymentDeallocated
from services.payments.balance.state import Payer
from services.payments.payment.messages import (
    AllocatePayment,
    CancelPayment,
    FailPayment,
    PaymentCancelled,
    PaymentFailed,
    PaymentReversed,
    PaymentSucceeded,
    ReversePayment,
    SucceedPayment,
    Wanted,
)
from services.payments.settings.messages import ONLY, AllocationSet, PaymentSettingsChanged, SettingsTerms
from services.payments.write_off.messages import ReceivableWrittenOff
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, allocated, owed, paid, pay, payments


def deallocated(
    number: int, amount: str, *, open: str, left: str, due: str = "2026-10-15", payment: str = "pay-1"
) -> PaymentDeallocated:
    return PaymentDeallocated(
        payment_id=payment,
        invoice_id=f"inv-{number}",
        account_id=ACCOUNT,
        amount=Decimal(amount),
        currency="EUR",
        open=Decimal(open),
        unallocated=Decimal(left),
        number=f"INV-{number:06d}",
        due_on=date.fromisoformat(due),
        deallocated_on=date(2026, 10, 9),
    )


def allocate(*parts: tuple[int, str]) -> AllocatePayment:
    wanted = tuple(Wanted(invoice_id=f"inv-{n}", amount=Money(Decimal(amount), "EUR")) for n, amount in parts)
    return AllocatePayment(payment_id="pay-1", account_id=ACCOUNT, allocations=wanted)


def waiting() -> Specification:
    expected = msgspec.structs.replace(pay("40.00", received_on="2026-10-20"), status="pending")
    return payments().given(OPENED, owed(1, "40.00")).when(expected)


def test_a_pending_payment_is_no_money_until_it_succeeds() -> None:
    spec = waiting()
    recorded = msgspec.structs.replace(paid("40.00"), status="pending", received_on=date(2026, 10, 20))
    spec.then(recorded)
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and payer.owed and not payer.credits
    spec.when(SucceedPayment(payment_id="pay-1", account_id=ACCOUNT)).then(
        PaymentSucceeded(
            payment_id="pay-1",
            account_id=ACCOUNT,
            amount=Decimal("40.00"),
            currency="EUR",
            method="bank_transfer",
            received_on=date(2026, 10, 9),
        ),
        allocated(1, "40.00", open="0.00", left="0.00"),
    )
    spec.when(SucceedPayment(payment_id="pay-1", account_id=ACCOUNT)).then_refused("payment_not_pending")


def test_a_payment_that_fails_or_is_cancelled_pays_nothing_ever() -> None:
    said: dict[str, Any] = {"payment_id": "pay-1", "account_id": ACCOUNT, "amount": Decimal("40.00"), "currency": "EUR"}
    spec = waiting().when(FailPayment(payment_id="pay-1", account_id=ACCOUNT, reason_code="account_closed", hard=True))
    day = date(2026, 10, 9)
    spec.then(PaymentFailed(**said, method="bank_transfer", reason_code="account_closed", hard=True, failed_on=day))
    spec.when(SucceedPayment(payment_id="pay-1", account_id=ACCOUNT)).then_refused("payment_not_pending")
    spec.when(ReversePayment(payment_id="pay-1", account_id=ACCOUNT, reason="x")).then_refused("payment_not_succeeded")
    other = waiting().when(CancelPayment(payment_id="pay-1", account_id=ACCOUNT))
    other.then(PaymentCancelled(**said, cancelled_on=day))
    other.when(allocate((1, "10.00"))).then_refused("payment_not_succeeded")


def test_of_another_account_a_payment_is_not_there() -> None:
    spec = payments().given(OPENED, paid("5.00"))
    spec.when(ReversePayment(payment_id="pay-1", account_id="acc-2", reason="x")).then_refused("payment_not_found")


@pytest.mark.parametrize(
    ("policy", "amount", "shares"),
    [
        ("oldest_due", "70.00", [(1, "40.00"), (2, "30.00")]),
        ("highest_first", "70.00", [(2, "60.00"), (1, "10.00")]),
        ("pro_rata", "70.00", [(1, "28.00"), (2, "42.00")]),
        ("pro_rata", "0.01", [(2, "0.01")]),
        ("pro_rata", "33.33", [(1, "13.33"), (2, "20.00")]),
        ("pro_rata", "100.00", [(1, "40.00"), (2, "60.00")]),
    ],
)
def test_what_is_paid_follows_the_policy_of_the_account_R48(
    policy: Policy, amount: str, shares: list[tuple[int, str]]
) -> None:
    spec = payments().given(OPENED, owed(1, "40.00"), owed(2, "60.00", "2026-11-15"))
    spec.given(AllocationSet(account_id=ACCOUNT, allocation=policy)).when(pay(amount))
    made = [event for event in spec.events if isinstance(event, PaymentAllocated)]
    assert [(int(one.invoice_id[4:]), str(one.amount)) for one in made] == shares


def test_what_is_paid_pro_rata_is_exact_to_the_cent_R48() -> None:
    """Seven invoices of amounts that share nothing: whatever comes in is allocated, none above what is open."""
    amounts = ["0.01", "0.02", "19.99", "7.77", "100.00", "3.33", "0.99"]
    for cents in (1, 2, 3, 7, 99, 101, 1_234, 9_999, 13_210):
        spec = payments().given(OPENED, *(owed(n, amount) for n, amount in enumerate(amounts, 1)))
        paid_ = f"{Decimal(cents).scaleb(-2)}"
        spec.given(AllocationSet(account_id=ACCOUNT, allocation="pro_rata")).when(pay(paid_))
        made = [event for event in spec.events if isinstance(event, PaymentAllocated)]
        assert sum((one.amount for one in made), Decimal(0)) == Decimal(paid_)
        assert all(one.open >= 0 and one.amount > 0 for one in made) and made[-1].unallocated == 0


def test_a_named_invoice_comes_first_under_any_policy_and_the_settings_hold_for_who_has_no_policy_R48() -> None:
    terms = SettingsTerms(allocation="highest_first")
    spec = payments().given(PaymentSettingsChanged(settings_id=ONLY, terms=terms, version=1), OPENED)
    spec.given(owed(1, "40.00"), owed(2, "60.00", "2026-11-15"), owed(3, "50.00", "2026-12-15"))
    spec.when(pay("100.00", invoice="inv-1")).then(
        paid("100.00", invoice="inv-1"),
        allocated(1, "40.00", open="0.00", left="60.00"),
        allocated(2, "60.00", open="0.00", left="0.00"),
    )


def test_cents_within_the_tolerance_close_an_invoice_that_was_paid_and_no_other() -> None:
    terms = SettingsTerms(tolerances={"EUR": Decimal("0.05")})
    spec = payments().given(PaymentSettingsChanged(settings_id=ONLY, terms=terms, version=1), OPENED)
    spec.given(owed(1, "40.00"), owed(2, "0.03", "2026-11-15")).when(pay("39.96"), command_id="c-9")
    *others, lost = spec.events
    assert others == [paid("39.96"), allocated(1, "39.96", open="0.04", left="0.00")]
    assert isinstance(lost, ReceivableWrittenOff) and lost.rounding
    assert (lost.invoice_id, lost.amount, lost.open) == ("inv-1", Decimal("0.04"), Decimal(0))
    less = payments().given(PaymentSettingsChanged(settings_id=ONLY, terms=terms, version=1), OPENED)
    less.given(owed(1, "40.00")).when(pay("39.94")).then(paid("39.94"), allocated(1, "39.94", open="0.06", left="0.00"))


def test_by_hand_what_is_less_is_taken_back_before_more_is_allocated_R49() -> None:
    spec = payments().given(OPENED, owed(1, "40.00"), owed(2, "25.00", "2026-11-15")).when(pay("50.00"))
    spec.when(allocate((2, "20.00"), (1, "10.00"))).then(
        deallocated(1, "30.00", open="30.00", left="30.00"),
        allocated(2, "10.00", open="5.00", left="20.00"),
    )
    spec.when(allocate()).then(
        deallocated(2, "20.00", open="25.00", left="40.00", due="2026-11-15"),
        deallocated(1, "10.00", open="40.00", left="50.00"),
    )
    spec.when(allocate()).then_nothing()


@pytest.mark.parametrize(
    ("parts", "code", "pointer"),
    [
        ([(1, "40.01")], "over_open", "/allocations/0/amount"),
        ([(1, "40.00"), (2, "10.01")], "over_allocated", "/allocations"),
        ([(1, "1.00"), (1, "2.00")], "allocated_twice", "/allocations/1/invoice_id"),
        ([(9, "1.00")], "invoice_not_found", "/allocations/0/invoice_id"),
        ([(1, "0.00")], "amount_not_positive", "/allocations/0/amount/amount"),
        ([(1, "1.001")], "too_many_decimals", "/allocations/0/amount/amount"),
    ],
)
def test_an_allocation_by_hand_that_can_not_be_is_refused_R49(
    parts: list[tuple[int, str]], code: str, pointer: str
) -> None:
    spec = payments().given(OPENED, owed(1, "40.00"), owed(2, "25.00")).when(pay("50.00"))
    spec.when(allocate(*parts)).then_refused(code, pointer=pointer)


def test_a_reversed_payment_leaves_its_invoices_open_and_other_credit_pays_them() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when(pay("40.00")).when(pay("15.00", payment="pay-2"))
    spec.when(ReversePayment(payment_id="pay-1", account_id=ACCOUNT, reason="booked twice")).then(
        deallocated(1, "40.00", open="40.00", left="40.00"),
        PaymentReversed(
            payment_id="pay-1",
            account_id=ACCOUNT,
            amount=Decimal("40.00"),
            currency="EUR",
            method="bank_transfer",
            reason="booked twice",
            reversed_on=date(2026, 10, 9),
        ),
        allocated(1, "15.00", open="25.00", left="0.00", payment="pay-2"),
    )
    again = ReversePayment(payment_id="pay-1", account_id=ACCOUNT, reason="again")
    spec.when(again).then_refused("payment_not_succeeded")
