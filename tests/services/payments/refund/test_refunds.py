"""Refunds: what goes back of a payment, and what invoices lose by it (R51)."""

from __future__ import annotations

from decimal import Decimal

from services.payments.balance.messages import CreditAllocated, PaymentDeallocated
from services.payments.balance.state import Payer
from services.payments.granted_credit.messages import CreditGranted
from services.payments.refund.messages import PaymentRefunded, RefundPayment
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, owed, pay, payments


def refund(amount: str | None = None, *, n: int = 1, **said: object) -> RefundPayment:
    money = None if amount is None else Money(Decimal(amount), "EUR")
    fields = {"payment_id": "pay-1", "account_id": ACCOUNT, "refund_id": f"rf-{n}", "reason": "left", **said}
    return RefundPayment(amount=money, **fields)  # type: ignore[arg-type]


def paid_fifty() -> Specification:
    """inv-1 of 30.00 and inv-2 of 10.00 are paid; 10.00 is credit."""
    return payments().given(OPENED, owed(1, "30.00"), owed(2, "10.00", "2026-11-15")).when(pay("50.00"))


def taken(spec: Specification) -> list[tuple[str, str]]:
    return [(one.invoice_id, str(one.amount)) for one in spec.events if isinstance(one, PaymentDeallocated)]


def test_a_refund_takes_what_pays_nothing_and_then_what_was_allocated_last_R51() -> None:
    spec = paid_fifty().when(refund("10.00"))
    [event] = spec.events
    assert isinstance(event, PaymentRefunded) and event.status == "partially_refunded"
    assert (event.refunded, event.unallocated) == (Decimal("10.00"), Decimal(0))
    spec.when(refund("15.00", n=2))
    assert taken(spec) == [("inv-2", "10.00"), ("inv-1", "5.00")]
    spec.when(refund(n=3))
    assert taken(spec) == [("inv-1", "25.00")]
    last = spec.events[-1]
    assert isinstance(last, PaymentRefunded) and (last.status, last.refunded) == ("refunded", Decimal("50.00"))
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and not payer.credits
    assert {one.invoice_id: one.open for one in payer.owed} == {"inv-1": Decimal("30.00"), "inv-2": Decimal("10.00")}


def test_a_refund_takes_of_the_invoice_that_it_names_first_R51() -> None:
    spec = paid_fifty().when(refund("25.00", invoice_id="inv-1"))
    assert taken(spec) == [("inv-1", "15.00")]
    paid_fifty().when(refund("5.00", invoice_id="inv-9")).then_refused("invoice_not_found", pointer="/invoice_id")


def test_a_refund_with_adjustment_lowers_the_charge_R51() -> None:
    spec = paid_fifty().when(refund("25.00", adjust_invoice=True))
    assert taken(spec) == [("inv-2", "10.00"), ("inv-1", "5.00")]
    granted = [event for event in spec.events if isinstance(event, CreditGranted)]
    assert [(str(one.amount), one.reason) for one in granted] == [("10.00", "refund"), ("5.00", "refund")]
    # A client chose the refund's id; that of a credit is ours, so that no two are the same.
    assert granted[0].credit_id != "rf-1"
    lowered = [(e.invoice_id, str(e.amount), str(e.open)) for e in spec.events if isinstance(e, CreditAllocated)]
    assert lowered == [("inv-2", "10.00", "0.00"), ("inv-1", "5.00", "0.00")]
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and not payer.owed and not payer.credits


def test_no_more_is_refunded_than_is_left_and_no_key_twice_R51_R52() -> None:
    spec = paid_fifty()
    spec.when(refund("50.01")).then_refused("over_refund", pointer="/amount")
    spec.when(refund("0.00")).then_refused("amount_not_positive")
    spec.when(refund("30.00", external_key="R-1"))
    spec.when(refund("20.01", n=2)).then_refused("over_refund")
    spec.when(refund("1.00", n=2, external_key="R-1")).then_refused("duplicate_external_key", pointer="/external_key")
    spec.when(refund("1.00", n=1)).then_refused("refund_exists", pointer="/id")
    spec.when(pay("5.00", payment="pay-2", key="R-1")).then_refused("duplicate_external_key")
    spec.when(refund(n=3)).when(refund(n=4)).then_refused("over_refund")
