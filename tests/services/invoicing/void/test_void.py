"""An invoice is void when payments says that nothing was paid of it, and keeps its number (R46)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.invoicing.credit_note.messages import CreditInvoice
from services.invoicing.invoice.messages import FinaliseInvoice, StateAmountDue
from services.invoicing.invoice.state import Invoice, Issued, Void
from services.invoicing.void.messages import (
    CompleteVoid,
    InvoiceVoidAsked,
    InvoiceVoided,
    InvoiceVoidRefused,
    VoidInvoice,
)
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.invoicing.story import ACCOUNT, INVOICE, Partitions

VOID = VoidInvoice(invoice_id=INVOICE, account_id=ACCOUNT, reason="duplicate", note="billed twice")
FREE = CompleteVoid(invoice_id=INVOICE, account_id=ACCOUNT)
PAID = CompleteVoid(invoice_id=INVOICE, account_id=ACCOUNT, paid=Decimal("10.00"))


def issued() -> Specification:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    partitions.finalise(ACCOUNT)
    return partitions.of(ACCOUNT)


def stage(spec: Specification) -> Any:
    invoice = spec.get(Invoice, INVOICE)
    assert invoice is not None
    return invoice.stage


def test_an_invoice_of_which_nothing_was_paid_is_void_and_keeps_its_number_R46() -> None:
    spec = issued()
    asked = InvoiceVoidAsked(
        invoice_id=INVOICE, account_id=ACCOUNT, number="INV-000001", reason="duplicate", note="billed twice"
    )
    spec.when(VOID, command_id="void").then(asked)
    spec.when(FREE, command_id="free").then(
        InvoiceVoided(
            invoice_id=INVOICE,
            account_id=ACCOUNT,
            number="INV-000001",
            currency="EUR",
            total=Decimal("36.04"),
            reason="duplicate",
            voided_on=date(2026, 10, 1),
            note="billed twice",
        )
    )
    assert stage(spec) == Void(number="INV-000001", issued_on=date(2026, 10, 1))


def test_one_that_is_paid_stands_as_it_was_issued() -> None:
    spec = issued()
    before = stage(spec)
    spec.when(VOID, command_id="void")
    spec.when(PAID, command_id="paid")
    [refused] = spec.events
    assert isinstance(refused, InvoiceVoidRefused) and refused.paid == Decimal("10.00")
    assert stage(spec) == before


def test_what_payments_says_again_changes_nothing() -> None:
    spec = issued()
    spec.when(FREE, command_id="early").then_nothing()
    spec.when(VOID, command_id="void").when(FREE, command_id="free")
    spec.when(FREE, command_id="again").then_nothing()
    spec.when(PAID, command_id="late").then_nothing()
    due = StateAmountDue(invoice_id=INVOICE, account_id=ACCOUNT, credit_applied=Decimal(0), amount_due=Decimal(1))
    spec.when(due, command_id="due").then_nothing()


def test_while_it_is_asked_nothing_else_happens_to_it() -> None:
    spec = issued().when(VOID, command_id="void")
    spec.when(VOID, command_id="twice").then_refused("void_pending")
    credit = CreditInvoice(credit_note_id="cn-1", invoice_id=INVOICE, account_id=ACCOUNT, reason="other")
    spec.when(credit, command_id="credit").then_refused("void_pending")


def test_what_is_void_is_neither_void_again_nor_credited_nor_finalised() -> None:
    spec = issued().when(VOID, command_id="void").when(FREE, command_id="free")
    spec.when(VOID, command_id="twice").then_refused("invoice_void")
    credit = CreditInvoice(credit_note_id="cn-1", invoice_id=INVOICE, account_id=ACCOUNT, reason="other")
    spec.when(credit, command_id="credit").then_refused("invoice_void")
    spec.when(FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT), command_id="issue").then_refused("invoice_void")


def test_a_credited_invoice_is_not_void() -> None:
    spec = issued()
    credit = CreditInvoice(
        credit_note_id="cn-1",
        invoice_id=INVOICE,
        account_id=ACCOUNT,
        reason="other",
        amount=Money(Decimal("1.00"), "EUR"),
    )
    spec.when(credit, command_id="credit")
    spec.when(VOID, command_id="void").then_refused("invoice_credited")


def test_a_draft_and_an_unknown_invoice_can_not_be_void() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    spec = partitions.of(ACCOUNT)
    spec.when(VOID, command_id="void").then_refused("not_issued")
    other = VoidInvoice(invoice_id="inv-9", account_id=ACCOUNT, reason="other")
    spec.when(other, command_id="other").then_refused("invoice_not_found")


def test_a_version_that_is_no_longer_current_is_not_void() -> None:
    spec = issued().when(VOID, command_id="void", expected_version=1).then_refused("version_mismatch")
    assert isinstance(stage(spec), Issued)
