"""What holds whatever happens in whatever order: no money is lost, none is spent twice."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.payments.balance.messages import PaymentAllocated
from services.payments.balance.state import Payer
from services.payments.payment.messages import RecordPayment
from services.payments.receivable.messages import OpenReceivable
from shared.kernel.message import Command
from tests.services.payments.story import ACCOUNT, OPENED, owed, pay, payments

CENTS = st.integers(min_value=0, max_value=20_000)


def invoice(number: int, cents: int, day: int) -> OpenReceivable:
    opened = owed(number, f"{Decimal(cents).scaleb(-2)}", f"2026-10-{day:02d}")
    return OpenReceivable(
        invoice_id=opened.invoice_id,
        account_id=opened.account_id,
        number=opened.number,
        amount=opened.amount,
        currency=opened.currency,
        issued_on=opened.issued_on,
        due_on=opened.due_on,
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Command]:
    """Up to eight invoices and eight payments, some naming an invoice that came before."""
    invoices = [invoice(n, draw(CENTS), draw(st.integers(1, 28))) for n in range(1, draw(st.integers(0, 8)) + 1)]
    amounts = draw(st.lists(st.integers(1, 20_000), max_size=8))
    paid = [pay(f"{Decimal(cents).scaleb(-2)}", payment=f"pay-{n}") for n, cents in enumerate(amounts, 1)]
    return draw(st.permutations([*invoices, *paid]))


def totals(history: list[Command]) -> tuple[Decimal, Decimal]:
    """`(open, credit)` at the end."""
    payer = told(history)[0]
    return sum((i.open for i in payer.owed), Decimal(0)), sum((c.left for c in payer.credits), Decimal(0))


def told(history: list[Command]) -> tuple[Payer, list[PaymentAllocated]]:
    spec, allocations = payments().given(OPENED), []
    for command in history:
        spec.when(command)
        allocations += [event for event in spec.events if isinstance(event, PaymentAllocated)]
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None
    return payer, allocations


@given(histories())
def test_allocations_exceed_neither_payment_nor_invoice_R49(history: list[Command]) -> None:
    _, allocations = told(history)
    by_payment: dict[str, Decimal] = defaultdict(Decimal)
    by_invoice: dict[str, Decimal] = defaultdict(Decimal)
    for allocation in allocations:
        assert allocation.amount > 0
        by_payment[allocation.payment_id] += allocation.amount
        by_invoice[allocation.invoice_id] += allocation.amount
    for command in history:
        if isinstance(command, RecordPayment):
            assert by_payment[command.payment_id] <= command.amount.amount
        elif isinstance(command, OpenReceivable):
            assert by_invoice[command.invoice_id] <= command.amount


@given(histories())
def test_what_is_open_is_what_was_issued_less_what_was_paid_R47(history: list[Command]) -> None:
    issued = sum((c.amount for c in history if isinstance(c, OpenReceivable)), Decimal(0))
    paid = sum((c.amount.amount for c in history if isinstance(c, RecordPayment)), Decimal(0))
    open_, credit = totals(history)
    assert open_ - credit == issued - paid
    assert not (open_ and credit), "credit is applied as soon as something is owed"


@given(histories(), st.randoms(use_true_random=False))
def test_payments_and_invoices_in_any_order_leave_the_same_open_and_credit(
    history: list[Command], chance: Random
) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert totals(shuffled) == totals(history)


@given(histories())
def test_what_an_allocation_says_remains_is_what_remains(history: list[Command]) -> None:
    payer, allocations = told(history)
    open_by_invoice = {a.invoice_id: a.open for a in allocations}
    left_by_payment = {a.payment_id: a.unallocated for a in allocations}
    assert {i.invoice_id: i.open for i in payer.owed if i.invoice_id in open_by_invoice} == {
        invoice_id: open_ for invoice_id, open_ in open_by_invoice.items() if open_
    }
    assert {c.payment_id: c.left for c in payer.credits if c.payment_id in left_by_payment} == {
        payment_id: left for payment_id, left in left_by_payment.items() if left
    }
