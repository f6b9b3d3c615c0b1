"""Chargebacks: money is taken back of a payment, and comes again (R50)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from services.payments.balance.messages import PaymentAllocated, PaymentDeallocated
from services.payments.balance.state import Payer
from services.payments.chargeback.messages import (
    ChargebackReversed,
    PaymentChargedBack,
    RecordChargeback,
    ReverseChargeback,
)
from services.payments.ledger.postings import postings
from services.payments.payment.messages import Part
from services.payments.refund.messages import RefundPayment
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, owed, pay, payments


def chargeback(amount: str | None = None, *, n: int = 1, received_on: str = "2026-10-09") -> RecordChargeback:
    return RecordChargeback(
        payment_id="pay-1",
        account_id=ACCOUNT,
        chargeback_id=f"cb-{n}",
        reason="fraud",
        received_on=date.fromisoformat(received_on),
        amount=None if amount is None else Money(Decimal(amount), "EUR"),
    )


def reverse(n: int = 1) -> ReverseChargeback:
    return ReverseChargeback(payment_id="pay-1", account_id=ACCOUNT, chargeback_id=f"cb-{n}")


def open_of(spec: Specification) -> dict[str, str]:
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None
    return {invoice.invoice_id: str(invoice.open) for invoice in payer.owed}


def test_a_chargeback_opens_what_was_paid_and_its_reversal_pays_it_again_R50() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when(pay("40.00")).when(chargeback())
    back, event = spec.events
    assert isinstance(back, PaymentDeallocated) and isinstance(event, PaymentChargedBack)
    assert event.status == "charged_back" and (event.charged_back, event.unallocated) == (Decimal("40.00"), Decimal(0))
    assert event.reopened == (Part(invoice_id="inv-1", amount=Decimal("40.00")),)
    assert open_of(spec) == {"inv-1": "40.00"}
    spec.when(reverse())
    reversed_, again = spec.events
    assert isinstance(reversed_, ChargebackReversed) and isinstance(again, PaymentAllocated)
    assert (reversed_.status, again.invoice_id, str(again.amount)) == ("succeeded", "inv-1", "40.00")
    assert open_of(spec) == {}
    spec.when(reverse()).then_refused("chargeback_closed")


def test_a_reversal_pays_first_what_the_chargeback_had_opened_R50() -> None:
    spec = payments().given(OPENED, owed(1, "40.00", "2026-12-01")).when(pay("40.00")).when(chargeback("30.00"))
    spec.given(owed(2, "25.00", "2026-10-15")).when(reverse())
    assert open_of(spec) == {"inv-2": "25.00"}


def test_other_credit_pays_what_a_chargeback_has_opened() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when(pay("40.00")).when(pay("10.00", payment="pay-2"))
    spec.when(chargeback())
    assert open_of(spec) == {"inv-1": "30.00"}


def test_no_more_is_charged_back_than_is_left_and_none_of_the_future() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when(pay("40.00"))
    spec.when(chargeback("40.01")).then_refused("over_charged_back", pointer="/amount")
    spec.when(chargeback(received_on="2026-10-11")).then_refused("in_future", pointer="/received_on")
    spec.when(chargeback("25.00"))
    left = RefundPayment(payment_id="pay-1", account_id=ACCOUNT, refund_id="rf-1", reason="left")
    spec.when(left)
    assert str(spec.events[-1].amount) == "15.00"  # type: ignore[attr-defined]
    spec.when(chargeback(n=2)).then_refused("over_charged_back")
    spec.when(chargeback("1.00")).then_refused("chargeback_exists", pointer="/id")
    spec.when(reverse(9)).then_refused("chargeback_not_found")


def test_the_fee_of_a_chargeback_is_the_operators_and_no_part_of_what_the_customer_owes_R50() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when(pay("40.00"))
    with_fee = msgspec.structs.replace(chargeback(), fee=Money(Decimal("15.00"), "EUR"))
    spec.when(msgspec.structs.replace(with_fee, fee=Money(Decimal("15.00"), "USD")))
    spec.then_refused("currency_mismatch", pointer="/fee/currency")
    spec.when(with_fee)
    [event] = [one for one in spec.events if isinstance(one, PaymentChargedBack)]
    moved = [(one.debit, one.credit, str(one.amount)) for one in postings(event)]
    assert moved == [
        ("unapplied", "clearing:bank_transfer", "40.00"),
        ("chargeback_fees", "clearing:bank_transfer", "15.00"),
    ]
    assert open_of(spec) == {"inv-1": "40.00"}


def test_a_won_chargeback_gives_the_fee_back_only_where_the_gateway_says_so_R50() -> None:
    def won(fee: str | None, currency: str = "EUR") -> ReverseChargeback:
        returned = None if fee is None else Money(Decimal(fee), currency)
        return msgspec.structs.replace(reverse(), fee_returned=returned)

    def story() -> Specification:
        spec = payments().given(OPENED, owed(1, "40.00")).when(pay("40.00"))
        return spec.when(msgspec.structs.replace(chargeback(), fee=Money(Decimal("15.00"), "EUR")))

    story().when(won("15.01")).then_refused("over_fee", pointer="/fee_returned")
    story().when(won("15.00", "USD")).then_refused("currency_mismatch", pointer="/fee_returned/currency")
    story().when(won("0.00")).then_refused("amount_not_positive", pointer="/fee_returned/amount")
    for fee, moved_too in ((None, []), ("10.00", [("clearing:bank_transfer", "chargeback_fees", "10.00")])):
        spec = story().when(won(fee))
        [event] = [one for one in spec.events if isinstance(one, ChargebackReversed)]
        moved = [(one.debit, one.credit, str(one.amount)) for one in postings(event)]
        assert moved == [("clearing:bank_transfer", "unapplied", "40.00"), *moved_too]
        assert str(sum(one.effect for one in postings(event))) == "-40.00", "the fee is no line of the customer's"
        assert open_of(spec) == {}
