"""A deposit is the customer's money: held apart, applied to what is owed or paid back, and never anything else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.balance.state import Payer
from services.payments.deposit.messages import (
    ApplyDeposit,
    CancelDeposit,
    DepositApplied,
    DepositCancelled,
    DepositReceived,
    DepositRequested,
    DepositReturned,
    ReceiveDeposit,
    RequestDeposit,
    ReturnDeposit,
)
from services.payments.deposit.state import Deposit
from services.payments.payment.messages import PaymentRecorded
from shared.kernel.message import Command, Event
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, allocated, owed, payments
from tests.services.payments.test_invariants import invoice

TODAY = date(2026, 10, 9)
WHOSE: dict[str, Any] = {"deposit_id": "dep-1", "account_id": ACCOUNT}


def money(amount: str, currency: str = "EUR") -> Money:
    return Money(Decimal(amount), currency)


def ask(amount: str = "100.00", currency: str = "EUR") -> RequestDeposit:
    return RequestDeposit(amount=money(amount, currency), purpose="equipment", **WHOSE)


def receive(day: str = "2026-10-09") -> ReceiveDeposit:
    return ReceiveDeposit(method="cash", received_on=date.fromisoformat(day), **WHOSE)


def apply(amount: str | None = None, invoice_id: str | None = None) -> ApplyDeposit:
    return ApplyDeposit(amount=None if amount is None else money(amount), invoice_id=invoice_id, **WHOSE)


def back(amount: str | None = None) -> ReturnDeposit:
    return ReturnDeposit(reference="SEPA 77", amount=None if amount is None else money(amount), **WHOSE)


def held(*before: Event) -> Specification:
    return payments().given(OPENED, *before).when(ask()).when(receive())


def test_a_deposit_is_asked_for_and_held_and_the_balance_stays_as_it_was() -> None:
    story = payments().given(OPENED, owed(1, "40.00"))
    amount: dict[str, Any] = {"amount": Decimal("100.00"), "currency": "EUR"}
    story.when(ask()).then(DepositRequested(purpose="equipment", requested_on=TODAY, **amount, **WHOSE))
    story.when(receive()).then(DepositReceived(method="cash", received_on=TODAY, **amount, **WHOSE))
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None and payer.credits == () and payer.owed[0].open == Decimal("40.00")


def test_it_pays_what_is_open_as_a_payment_and_the_rest_is_paid_back() -> None:
    story = held(owed(1, "36.04")).when(apply())
    applied, recorded, paid = story.events
    assert isinstance(applied, DepositApplied) and isinstance(recorded, PaymentRecorded)
    assert (applied.amount, applied.held, applied.payment_id) == (
        Decimal("36.04"),
        Decimal("63.96"),
        recorded.payment_id,
    )
    assert (recorded.method, recorded.received_on) == ("deposit", TODAY)
    assert paid == allocated(1, "36.04", open="0.00", left="0.00", payment=recorded.payment_id)
    returned: dict[str, Any] = {"amount": Decimal("63.96"), "currency": "EUR", "held": Decimal("0.00")}
    story.when(back()).then(DepositReturned(reference="SEPA 77", returned_on=TODAY, **returned, **WHOSE))
    assert (found := story.get(Deposit, "dep-1")) is not None and found.status == "closed"


def test_it_pays_the_invoice_that_is_named_and_a_part_of_it_stays_held() -> None:
    story = payments().given(OPENED)
    for number in (1, 2):
        story.when(invoice(number, 4000, number))
    story.when(ask()).when(receive()).when(apply("15.00", "inv-2"))
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    assert {one.invoice_id: one.open for one in payer.owed} == {"inv-1": Decimal("40.00"), "inv-2": Decimal("25.00")}
    story.when(apply("1.00", "inv-9")).then_refused("invoice_not_found")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (receive(), "deposit_not_open"),
        (CancelDeposit(**WHOSE), "deposit_not_open"),
        (apply("100.01"), "over_held"),
        (back("100.01"), "over_held"),
        (apply("40.01"), "nothing_open"),
        (back("0"), "amount_not_positive"),
        (back("0.001"), "too_many_decimals"),
    ],
)
def test_what_can_not_be_done_with_money_that_is_held_is_refused(command: Command, code: str) -> None:
    held(owed(1, "40.00")).when(command).then_refused(code)


@pytest.mark.parametrize("command", [apply(), back()])
def test_of_a_deposit_that_never_came_nothing_is_applied_or_paid_back(command: Command) -> None:
    story = payments().given(OPENED, owed(1, "40.00")).when(ask())
    story.when(command).then_refused("deposit_not_held")
    story.when(receive("2026-10-11")).then_refused("in_future")
    story.when(CancelDeposit(**WHOSE)).then(DepositCancelled(cancelled_on=TODAY, **WHOSE))
    story.when(receive()).then_refused("deposit_not_open")


def test_a_deposit_of_nobody_or_of_no_amount_is_refused() -> None:
    payments().when(ask()).then_refused("account_not_found")
    payments().given(OPENED).when(ask("0")).then_refused("amount_not_positive")
    payments().given(OPENED).when(ask(currency="USD")).then_refused("currency_mismatch")
    payments().given(OPENED).when(receive()).then_refused("deposit_not_found")
    held().when(back(), expected_version=1).then_refused("version_mismatch")


STEPS = st.lists(st.tuples(st.sampled_from(["apply", "back"]), st.integers(1, 12_000)), max_size=8)


@given(STEPS, st.lists(st.integers(1, 8_000), max_size=4))
def test_what_was_held_is_applied_paid_back_or_still_held_to_the_cent(
    steps: list[tuple[str, int]], invoices: list[int]
) -> None:
    story = payments().given(OPENED)
    for number, cents in enumerate(invoices, 1):
        story.when(invoice(number, cents, number))
    story.when(ask()).when(receive())
    events: list[Event] = []
    for step, cents in steps:
        amount = f"{Decimal(cents).scaleb(-2)}"
        events += story.when(apply(amount) if step == "apply" else back(amount)).events
    gone = [event.amount for event in events if isinstance(event, DepositApplied | DepositReturned)]
    deposit, payer = story.get(Deposit, "dep-1"), story.get(Payer, ACCOUNT)
    assert deposit is not None and payer is not None
    assert sum(gone, deposit.held) == Decimal("100.00") and deposit.held >= 0
    assert payer.credits == (), "no deposit becomes credit"
