"""A credit note lowers what its invoice owes; what was paid of that is credit (R47)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import DocumentReference
from services.invoicing.void.messages import CompleteVoid, InvoiceVoidAsked
from services.payments.balance.messages import CreditAllocated
from services.payments.balance.state import Payer
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.receivable.messages import ReceivableWithdrawn, WithdrawalRefused
from shared.kernel.decider import Send
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, allocated, issued, owed, paid, pay, payments

VOID = InvoiceVoidAsked(invoice_id="inv-1", account_id=ACCOUNT, number="INV-000001", reason="duplicate")


def credit_note(number: int, total: str, invoice: int = 1) -> CreditNoteIssued:
    return CreditNoteIssued(
        credit_note_id=f"cn-{number}",
        invoice_id=f"inv-{invoice}",
        account_id=ACCOUNT,
        number=f"CN-{number:06d}",
        currency="EUR",
        issued_on=date(2026, 10, 9),
        period=Period(date(2026, 9, 1), date(2026, 10, 1)),
        lines=[],
        tax_groups=[],
        net=Decimal(total),
        tax=Decimal("0.00"),
        total=Decimal(total),
        cycle_id="monthly",
        name=Sealed("v1.k.x"),
        corrects=DocumentReference(id="inv-1", number="INV-000001", issued_on=date(2026, 10, 1)),
        reason="other",
        series_id="CN",
        series_n=number,
    )


def taken(number: int, amount: str, *, applied: str, open: str, left: str, invoice: int = 1) -> CreditNoteTaken:
    return CreditNoteTaken(
        credit_note_id=f"cn-{number}",
        invoice_id=f"inv-{invoice}",
        account_id=ACCOUNT,
        number=f"CN-{number:06d}",
        amount=Decimal(amount),
        currency="EUR",
        issued_on=date(2026, 10, 9),
        applied=Decimal(applied),
        open=Decimal(open),
        unallocated=Decimal(left),
    )


def spent(note: int, invoice: int, amount: str, *, open: str, left: str) -> CreditAllocated:
    return CreditAllocated(
        credit_note_id=f"cn-{note}",
        invoice_id=f"inv-{invoice}",
        account_id=ACCOUNT,
        amount=Decimal(amount),
        currency="EUR",
        open=Decimal(open),
        unallocated=Decimal(left),
    )


def payer(spec: Specification) -> Payer:
    found = spec.get(Payer, ACCOUNT)
    assert found is not None
    return found


def test_a_credit_note_lowers_what_is_open_of_its_invoice_R47() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when_event(credit_note(1, "15.00"))
    spec.then(taken(1, "15.00", applied="15.00", open="25.00", left="0.00"))
    assert [invoice.open for invoice in payer(spec).owed] == [Decimal("25.00")] and not payer(spec).credits


def test_what_was_paid_of_a_credited_invoice_is_credit_of_the_account_R47() -> None:
    spec = payments().given(OPENED, owed(1, "40.00"), paid("30.00"), allocated(1, "30.00", open="10.00", left="0.00"))
    spec.when_event(credit_note(1, "25.00"))
    spec.then(taken(1, "25.00", applied="10.00", open="0.00", left="15.00"))
    assert not payer(spec).owed and [credit.left for credit in payer(spec).credits] == [Decimal("15.00")]


def test_credit_of_a_credit_note_pays_other_invoices_at_once_and_those_that_come() -> None:
    spec = payments().given(
        OPENED, owed(1, "40.00"), paid("40.00"), allocated(1, "40.00", open="0.00", left="0.00"), owed(2, "10.00")
    )
    spec.when_event(credit_note(1, "25.00"))
    spec.then(
        taken(1, "25.00", applied="0", open="0.00", left="25.00"), spent(1, 2, "10.00", open="0.00", left="15.00")
    )
    spec.when_event(issued(3, "20.00"), seq=2)
    assert spec.events[1:] == [spent(1, 3, "15.00", open="5.00", left="0.00")]
    assert [invoice.open for invoice in payer(spec).owed] == [Decimal("5.00")] and not payer(spec).credits


def test_a_credit_note_is_taken_once_however_often_it_is_heard_of() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when_event(credit_note(1, "15.00"))
    spec.when_event(credit_note(1, "15.00"), seq=2).then_nothing()


def test_a_payment_and_a_credit_note_of_one_id_are_two_credits() -> None:
    spec = payments().given(OPENED, paid("5.00", payment="cn-1"), owed(1, "0.00"))
    spec.when_event(credit_note(1, "3.00"))
    spec.when_event(issued(2, "6.00"), seq=2)
    assert [credit.left for credit in payer(spec).credits] == [Decimal("2.00")]
    assert [credit.credit_note for credit in payer(spec).credits] == [True]


def test_an_invoice_of_which_nothing_was_paid_is_withdrawn_and_invoicing_is_told() -> None:
    spec = payments().given(OPENED, owed(1, "40.00"), owed(2, "10.00")).when_event(VOID)
    [withdrawn] = spec.events
    assert isinstance(withdrawn, ReceivableWithdrawn) and withdrawn.amount == Decimal("40.00")
    assert spec.sends == [Send(CompleteVoid(invoice_id="inv-1", account_id=ACCOUNT), to="invoicing")]
    assert [invoice.invoice_id for invoice in payer(spec).owed] == ["inv-2"]
    spec.when(pay("15.00"), command_id="later")
    assert [credit.left for credit in payer(spec).credits] == [Decimal("5.00")]


def test_an_invoice_of_nothing_is_withdrawn_too() -> None:
    spec = payments().given(OPENED, owed(1, "0.00")).when_event(VOID)
    assert isinstance(spec.events[0], ReceivableWithdrawn)


def test_a_paid_invoice_is_not_withdrawn_and_what_was_paid_is_told() -> None:
    spec = payments().given(OPENED, owed(1, "40.00"), paid("30.00"), allocated(1, "30.00", open="10.00", left="0.00"))
    spec.when_event(VOID)
    assert spec.events == [
        WithdrawalRefused(invoice_id="inv-1", account_id=ACCOUNT, currency="EUR", paid=Decimal("30.00"))
    ]
    told = CompleteVoid(invoice_id="inv-1", account_id=ACCOUNT, paid=Decimal("30.00"))
    assert spec.sends == [Send(told, to="invoicing")]
    assert [invoice.open for invoice in payer(spec).owed] == [Decimal("10.00")]


def test_a_void_that_is_heard_of_twice_is_answered_twice_and_takes_nothing_more() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when_event(VOID).when_event(VOID, seq=2)
    assert [type(event) for event in spec.events] == [ReceivableWithdrawn] and not payer(spec).owed
