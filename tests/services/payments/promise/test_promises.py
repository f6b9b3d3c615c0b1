"""Promises to pay: what may be promised, when one is kept, and what no late fee is asked for meanwhile (R54, R58)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.payments.promise.messages import (
    CancelPromise,
    MakePromise,
    PromiseBroken,
    PromiseCancelled,
    PromisedPart,
    PromiseKept,
    PromiseMade,
    ReviewPromise,
)
from services.payments.promise.state import OpenPromise
from shared.kernel.decider import Due
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.credit_note.test_credit_note import VOID
from tests.services.payments.late_fee.stories import Account, flat, policy
from tests.services.payments.story import ACCOUNT, NOON, OPENED, owed, pay, payments


def promise(
    amount: str | None = None, pay_by: str = "2026-10-20", currency: str = "EUR", name: str = "pro-1"
) -> MakePromise:
    money = None if amount is None else Money(Decimal(amount), currency)
    return MakePromise(promise_id=name, account_id=ACCOUNT, pay_by=date.fromisoformat(pay_by), amount=money)


def debtor() -> Specification:
    """40.00 due on the 15th, 25.00 in November."""
    return payments().given(OPENED, owed(1, "40.00"), owed(2, "25.00", "2026-11-15"))


def part(invoice: int, amount: str) -> PromisedPart:
    return PromisedPart(invoice_id=f"inv-{invoice}", amount=Decimal(amount))


@pytest.mark.parametrize(
    ("amount", "parts"),
    [
        (None, (part(1, "40.00"), part(2, "25.00"))),  # all that is open
        ("65.00", (part(1, "40.00"), part(2, "25.00"))),
        ("50.00", (part(1, "40.00"), part(2, "10.00"))),  # what is due first, first
        ("0.01", (part(1, "0.01"),)),
    ],
)
def test_a_promise_is_of_what_is_due_first_R58(amount: str | None, parts: tuple[PromisedPart, ...]) -> None:
    story = debtor().when(promise(amount))
    [made] = [event for event in story.events if isinstance(event, PromiseMade)]
    assert made.parts == parts and (made.made_on, made.amount) == (NOON.date(), Decimal(amount or "65.00"))
    [timer] = [timer for timer in story.state.all(Due) if timer.name.startswith("promise/")]
    assert timer.due_at == datetime(2026, 10, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (promise("65.01"), "over_open", "/amount/amount"),
        (promise("0.00"), "amount_not_positive", "/amount/amount"),
        (promise("1.005"), "too_many_decimals", "/amount/amount"),
        (promise("1.00", currency="CHF"), "currency_mismatch", "/amount/currency"),
        (promise("1.00", "2026-10-08"), "out_of_bounds", "/pay_by"),  # yesterday
        (promise("1.00", "2027-10-10"), "out_of_bounds", "/pay_by"),  # 366 days ahead
    ],
)
def test_what_nobody_can_promise_is_refused_with_its_field(command: MakePromise, code: str, pointer: str) -> None:
    debtor().when(command).then_refused(code, pointer=pointer)


def test_nobody_who_owes_nothing_promises_and_nobody_twice() -> None:
    payments().given(OPENED).when(promise()).then_refused("nothing_open")
    payments().when(promise()).then_refused("account_not_found", pointer="/account_id")
    debtor().when(promise()).when(promise(name="pro-2")).then_refused("promise_open")


def test_today_may_be_promised_and_counts_to_its_end() -> None:
    story = debtor().when(promise("40.00", "2026-10-09"))
    review = ReviewPromise(promise_id="pro-1", account_id=ACCOUNT)
    story.when(review, now=datetime(2026, 10, 9, 23, 59, tzinfo=UTC)).then_nothing()
    story.when(review, now=datetime(2026, 10, 10, tzinfo=UTC))
    [broken] = [event for event in story.events if isinstance(event, PromiseBroken)]
    assert (broken.broken_on, broken.paid) == (date(2026, 10, 10), Decimal(0))
    story.when(review).then_nothing()


def test_it_is_kept_by_money_for_whichever_invoice_R58() -> None:
    story = debtor().when(promise("25.00"))
    story.when(pay("25.00", invoice="inv-2"))
    [kept] = [event for event in story.events if isinstance(event, PromiseKept)]
    assert kept.paid == Decimal("25.00") and not [t for t in story.state.all(Due) if t.name.startswith("promise/")]


def test_part_of_it_keeps_no_promise_and_lowers_what_is_promised() -> None:
    story = debtor().when(promise("50.00"))
    story.when(pay("45.00"))
    held = story.get(OpenPromise, ACCOUNT)
    assert held is not None and (held.parts, held.paid) == ((part(2, "5.00"),), Decimal("45.00"))
    story.when(pay("5.00", payment="pay-2"))
    assert [type(event) for event in story.events if isinstance(event, PromiseKept)] == [PromiseKept]


def test_what_is_not_owed_any_more_is_not_promised() -> None:
    story = payments().given(OPENED, owed(1, "40.00")).when(promise())
    story.when_event(VOID, seq=5)
    assert [type(event) for event in story.events if isinstance(event, PromiseKept)] == [PromiseKept]


def test_a_promise_is_cancelled_once() -> None:
    story = debtor().when(promise())
    cancel = CancelPromise(promise_id="pro-1", account_id=ACCOUNT, reason="by phone")
    story.when(cancel)
    assert [type(event) for event in story.events if isinstance(event, PromiseCancelled)] == [PromiseCancelled]
    story.when(cancel).then_refused("promise_closed")


def test_no_late_fee_is_asked_for_of_what_is_promised_R54() -> None:
    account = Account().owes("40.00", policy(flat(1, "5.00"), flat(10, "5.00")))
    account.took(account.spec.when(promise("40.00", "2026-10-20"), now=datetime(2026, 10, 12, tzinfo=UTC)))
    fees = [t for t in account.timers if t.name.startswith("late-fees/")]
    account.fire(fees[0], now=fees[0].due_at)
    assert account.fees == []
    # Broken on the 21st; the fee of the 25th is asked for.
    account.took(
        account.spec.when(ReviewPromise(promise_id="pro-1", account_id=ACCOUNT), now=datetime(2026, 10, 21, tzinfo=UTC))
    )
    [later] = [t for t in account.timers if t.name.startswith("late-fees/")]
    account.fire(later, now=later.due_at)
    assert account.fees == [("2026-10-25", "5.00")]
