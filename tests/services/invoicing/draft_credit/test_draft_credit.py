"""A last draft below zero is given back by credit notes, so that nothing of an account is stuck (R39, R46)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import ANY

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.credit_note.messages import CreditInvoice, CreditNoteIssued, CreditNoteLocked
from services.invoicing.draft_credit.messages import CreditDraft, DraftCredited
from services.invoicing.invoice.messages import DraftCarriedForward, FinaliseInvoice
from services.invoicing.invoice.state import invoice_id_of
from services.payments.granted_credit.messages import GrantCredit
from services.payments.granted_credit.react import react
from shared.kernel.money import Money
from shared.kernel.outcome import CommandRejected
from shared.kernel.period import Period
from tests.services.invoicing.story import (
    ACCOUNT,
    INVOICE,
    OCTOBER,
    Partitions,
    charge,
    closed,
    opened,
    subscribed,
    tell,
)

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
LAST = invoice_id_of(ACCOUNT, OCTOBER)


def left_by(*, back: str, billed: str = "30.00", tax_rate: str = "20") -> Partitions:
    """An account that was billed for September and left: October is `back`, below zero."""
    partitions = Partitions()
    tell(partitions.of(ACCOUNT), opened(tax_rate=tax_rate), subscribed(), charge(1, billed), closed(1, billed))
    partitions.finalise(ACCOUNT)
    tell(partitions.of(ACCOUNT), charge(1, back, period=OCTOBER), closed(1, back, period=OCTOBER, after=OCTOBER))
    return partitions


def give_back(partitions: Partitions, *against: str, invoice_id: str = LAST) -> list[Any]:
    command = CreditDraft(invoice_id=invoice_id, account_id=ACCOUNT, reason="cancellation", against=against)
    return partitions.run(command)


def of(events: list[Any], kind: type[Any]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def test_what_the_last_draft_is_below_zero_is_a_credit_note_on_what_was_billed_r39_r46() -> None:
    events = give_back(left_by(back="-10.00"), INVOICE)
    (note,) = of(events, CreditNoteIssued)
    assert (note.number, note.corrects.id, note.net, note.tax, note.total) == (
        "CN-000001",
        INVOICE,
        Decimal("10.00"),
        Decimal("2.00"),
        Decimal("12.00"),
    )
    (credited,) = of(events, DraftCredited)
    assert (credited.total, credited.credit_notes, credited.left) == (
        Decimal("-12.00"),
        [note.credit_note_id],
        Decimal("0.00"),
    )


def test_the_draft_waits_no_longer_and_is_taken_over_by_none_after_it_r39() -> None:
    partitions = left_by(back="-10.00")
    give_back(partitions, INVOICE)
    spec = partitions.of(ACCOUNT)
    profile = spec.get(BillProfile, ACCOUNT)
    assert profile is not None and profile.pending == ()
    refused = partitions.run(FinaliseInvoice(invoice_id=LAST, account_id=ACCOUNT)) + give_back(partitions, INVOICE)
    assert [event.code for event in of(refused, CommandRejected)] == ["draft_credited"] * 2
    tell(spec, charge(1, "5.00", period=NOVEMBER), closed(1, "5.00", period=NOVEMBER, after=NOVEMBER))
    assert of(spec.events, DraftCarriedForward) == []


def test_what_no_invoice_has_left_is_left_for_payments_to_grant_r39() -> None:
    partitions = left_by(back="-40.00")
    events = give_back(partitions, INVOICE, "unknown", INVOICE)
    (note,) = of(events, CreditNoteIssued)
    (credited,) = of(events, DraftCredited)
    assert (note.total, credited.total, credited.left) == (Decimal("36.00"), Decimal("-48.00"), Decimal("12.00"))
    (done,) = react(credited, ANY, ANY)
    assert isinstance(done.command, GrantCredit)
    assert done.command.amount == Money(Decimal("12.00"), "EUR")


def test_what_was_credited_before_is_not_credited_again_r39_r46() -> None:
    partitions = left_by(back="-20.00")
    before = Money(Decimal("30.00"), "EUR")
    partitions.run(
        CreditInvoice(credit_note_id="cn-0", invoice_id=INVOICE, account_id=ACCOUNT, reason="goodwill", amount=before)
    )
    events = give_back(partitions, INVOICE)
    assert [note.total for note in of(events, CreditNoteLocked)] == [Decimal("6.00")]
    assert [one.left for one in of(events, DraftCredited)] == [Decimal("18.00")]


def test_a_draft_that_asks_for_something_is_issued_and_not_given_back_r39() -> None:
    (refused,) = give_back(left_by(back="10.00"), INVOICE)
    assert isinstance(refused, CommandRejected) and refused.code == "not_below_zero"


def test_invoices_of_others_and_drafts_are_not_credited_r46() -> None:
    partitions = left_by(back="-10.00")
    partitions.draft("acc-9", "50.00")
    events = give_back(partitions, invoice_id_of("acc-9", OCTOBER), LAST)
    assert of(events, CreditNoteLocked) == []
    assert [one.left for one in of(events, DraftCredited)] == [Decimal("12.00")]
