"""Credit that is granted lowers what is to be paid, until its last day; none of it is spent twice (R41, R47)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.balance.messages import CreditAllocated
from services.payments.balance.state import Payer
from services.payments.granted_credit.messages import (
    CreditExpired,
    CreditGranted,
    CreditReversed,
    ExpireCredit,
    GrantCredit,
    ReverseCredit,
)
from services.payments.receivable.messages import ReceivableOpened
from shared.kernel.decider import Due
from shared.kernel.message import Command, Event
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, NOON, OPENED, issued, owed, pay, payments
from tests.services.payments.test_invariants import invoice

TODAY = date(2026, 10, 9)


def grant(amount: str, credit: str = "cr-1", expires_on: str | None = None, currency: str = "EUR") -> GrantCredit:
    return GrantCredit(
        credit_id=credit,
        account_id=ACCOUNT,
        amount=Money(Decimal(amount), currency),
        reason="goodwill",
        expires_on=None if expires_on is None else date.fromisoformat(expires_on),
    )


def granted(amount: str, credit: str = "cr-1", expires_on: str | None = None) -> CreditGranted:
    return CreditGranted(
        credit_id=credit,
        account_id=ACCOUNT,
        amount=Decimal(amount),
        currency="EUR",
        reason="goodwill",
        granted_on=TODAY,
        time_zone="UTC",
        expires_on=None if expires_on is None else date.fromisoformat(expires_on),
    )


def spent(number: int, amount: str, *, open: str, left: str, credit: str = "cr-1") -> CreditAllocated:
    return CreditAllocated(
        credit_note_id=credit,
        invoice_id=f"inv-{number}",
        account_id=ACCOUNT,
        amount=Decimal(amount),
        currency="EUR",
        open=Decimal(open),
        unallocated=Decimal(left),
        granted=True,
    )


def reverse(credit: str = "cr-1") -> ReverseCredit:
    return ReverseCredit(credit_id=credit, account_id=ACCOUNT, reason="given twice")


def credits(story: Specification) -> list[tuple[str, str]]:
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    return [(credit.payment_id, str(credit.left)) for credit in payer.credits]


def spends(story: Specification) -> list[tuple[str, str]]:
    return [(e.credit_note_id, str(e.amount)) for e in story.events if isinstance(e, CreditAllocated)]


def test_credit_pays_what_is_open_first_and_the_rest_waits_for_what_is_issued() -> None:
    story = payments().given(OPENED, owed(1, "40.00"))
    story.when(grant("50.00")).then(granted("50.00"), spent(1, "40.00", open="0.00", left="10.00"))
    assert credits(story) == [("cr-1", "10.00")]
    story.when_event(issued(2, "25.00"), service="invoicing")
    opened = next(event for event in story.events if isinstance(event, ReceivableOpened))
    assert opened.credit_applied == Decimal("10.00"), "the document asks for 15.00"
    assert spends(story) == [("cr-1", "10.00")] and credits(story) == []


def test_what_expires_soonest_is_used_first_then_the_oldest() -> None:
    story = payments().given(OPENED)
    story.when(pay("5.00")).when(grant("5.00", "never")).when(grant("5.00", "late", "2026-12-31"))
    story.when(grant("5.00", "soon", "2026-11-30"))
    story.when_event(issued(1, "12.00"), service="invoicing")
    assert spends(story) == [("soon", "5.00"), ("late", "5.00")]
    assert credits(story) == [("pay-1", "3.00"), ("never", "5.00")]


def test_what_is_left_is_taken_back_and_what_was_used_stays_used() -> None:
    story = payments().given(OPENED, owed(1, "4.00")).when(grant("10.00"))
    back = CreditReversed(
        credit_id="cr-1",
        account_id=ACCOUNT,
        amount=Decimal("6.00"),
        currency="EUR",
        reason="given twice",
        reversed_on=TODAY,
    )
    story.when(reverse(), expected_version=1).then_refused("version_mismatch")
    story.when(reverse(), expected_version=2).then(back)
    assert credits(story) == []
    story.when(reverse()).then_refused("credit_closed")
    story.when(reverse("cr-9")).then_refused("credit_not_found")


def test_credit_counts_on_its_last_day_and_is_gone_the_day_after() -> None:
    story = payments().given(OPENED).when(grant("10.00", expires_on="2026-10-10"))
    [timer] = story.state.all(Due)
    assert timer.due_at == datetime(2026, 10, 11, tzinfo=UTC)
    expire = ExpireCredit(credit_id="cr-1", account_id=ACCOUNT)
    story.when(expire, now=datetime(2026, 10, 10, 23, 59, tzinfo=UTC)).then_nothing()
    gone = CreditExpired(
        credit_id="cr-1", account_id=ACCOUNT, amount=Decimal("10.00"), currency="EUR", expired_on=date(2026, 10, 11)
    )
    story.when(expire, now=datetime(2026, 10, 11, tzinfo=UTC)).then(gone)
    story.when(expire).then_nothing()
    assert credits(story) == [] and story.state.all(Due) == []


def test_credit_whose_timer_is_late_pays_nothing_any_more() -> None:
    story = payments().given(OPENED).when(grant("10.00", expires_on="2026-10-09"))
    story.now = datetime(2026, 10, 10, 0, 0, 1, tzinfo=UTC)
    story.when_event(issued(1, "12.00"), service="invoicing")
    assert spends(story) == []


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (grant("0.00"), "amount_not_positive"),
        (grant("-1.00"), "amount_not_positive"),
        (grant("1.001"), "too_many_decimals"),
        (grant("1000000000000"), "out_of_bounds"),
        (grant("1.00", currency="USD"), "currency_mismatch"),
        (grant("1.00", expires_on="2026-10-08"), "in_past"),
    ],
)
def test_credit_that_can_be_none_is_refused(command: GrantCredit, code: str) -> None:
    payments().given(OPENED).when(command).then_refused(code)


def test_credit_of_an_account_that_is_not_there_is_refused() -> None:
    payments().when(grant("1.00")).then_refused("account_not_found")


CENTS = st.integers(min_value=1, max_value=20_000)


@st.composite
def histories(draw: st.DrawFn) -> list[Command]:
    """Invoices, payments, credits and reversals of some of them, in any order."""
    count = draw(st.integers(0, 5))
    invoices = [invoice(n, draw(CENTS), draw(st.integers(1, 28))) for n in range(1, draw(st.integers(0, 6)) + 1)]
    paid = [pay(f"{Decimal(draw(CENTS)).scaleb(-2)}", payment=f"pay-{n}") for n in range(draw(st.integers(0, 4)))]
    days = st.sampled_from([None, "2026-10-09", "2026-11-30"])
    given_ = [grant(f"{Decimal(draw(CENTS)).scaleb(-2)}", f"cr-{n}", draw(days)) for n in range(count)]
    back = [reverse(f"cr-{n}") for n in range(count) if draw(st.booleans())]
    return draw(st.permutations([*invoices, *paid, *given_, *back]))


@given(histories())
def test_every_cent_of_credit_is_used_left_or_taken_back_and_the_balance_agrees_r47(history: list[Command]) -> None:
    story = payments().given(OPENED)
    events: list[Event] = []
    for command in history:
        events += story.when(command, now=NOON).events
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    left = {credit.payment_id: credit.left for credit in payer.credits if credit.granted}
    for one in (event for event in events if isinstance(event, CreditGranted)):
        used = [e.amount for e in events if isinstance(e, CreditAllocated) and e.credit_note_id == one.credit_id]
        back = [e.amount for e in events if isinstance(e, CreditReversed) and e.credit_id == one.credit_id]
        assert one.amount == sum([*used, *back], left.get(one.credit_id, Decimal(0)))
    open_ = sum((owed.open for owed in payer.owed), Decimal(0))
    credit = sum((credit.left for credit in payer.credits), Decimal(0))
    assert not (open_ and credit), "credit is applied as soon as something is owed"
