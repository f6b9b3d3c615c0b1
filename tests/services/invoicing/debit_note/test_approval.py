"""A debit note above the amount of the policy waits for an approval, and is locked as it was drafted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.invoicing.approval.messages import ApprovalAsked, ApproveInvoice, InvoiceApproved
from services.invoicing.bill_profile.messages import ChangeTaxProfile, TaxTerms
from services.invoicing.credit_note.messages import CreditInvoice
from services.invoicing.debit_note.messages import DebitNoteDrafted
from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceIssued, InvoiceLocked, Seller
from services.invoicing.invoice_policy.messages import ApprovalPolicy, InvoicePolicySet
from services.invoicing.void.messages import CompleteVoid, VoidInvoice
from tests.services.invoicing.credit_note.test_credit_note import issued
from tests.services.invoicing.debit_note.test_debit_note import LATER, ask, more
from tests.services.invoicing.story import ACCOUNT, INVOICE, Partitions

SELLER = Seller(name="Northwind Telecom")
ISSUE = FinaliseInvoice(invoice_id="dn-1", account_id=ACCOUNT, seller=SELLER)
APPROVE = ApproveInvoice(invoice_id="dn-1", account_id=ACCOUNT)


def under(approval: ApprovalPolicy) -> Partitions:
    """An invoice that was issued before the operator wanted approvals."""
    partitions = issued()
    for spec in partitions.specs:
        spec.given(InvoicePolicySet(approval=approval, version=1))
    return partitions


@pytest.mark.parametrize(
    ("limit", "waits"), [("47.99", True), ("48.00", False)], ids=["above the amount", "not above it"]
)
def test_a_debit_note_above_the_amount_waits(limit: str, waits: bool) -> None:
    """40.00 and 20 % of it."""
    found = under(ApprovalPolicy(above={"EUR": Decimal(limit)})).run(ask(seller=SELLER), now=LATER)
    assert isinstance(found[0], DebitNoteDrafted) and found[0].total == Decimal("48.00")
    assert isinstance(found[1], ApprovalAsked if waits else InvoiceLocked)
    assert bool([event for event in found if isinstance(event, InvoiceIssued)]) is not waits


def test_one_that_is_approved_is_issued_with_the_tax_that_it_was_drafted_with() -> None:
    partitions = under(ApprovalPolicy(every=True))
    _, asked = partitions.run(ask(note="by 30 September", seller=SELLER), now=LATER)
    assert isinstance(asked, ApprovalAsked) and (asked.total, asked.version) == (Decimal("48.00"), 2)
    partitions.of(ACCOUNT).when(ISSUE, command_id="early").then_refused("approval_required")
    [approved] = partitions.run(APPROVE, now=LATER)
    assert isinstance(approved, InvoiceApproved)
    rate = TaxTerms(kind="account_rate", parameters={"rate": "50"})
    partitions.run(ChangeTaxProfile(account_id=ACCOUNT, tax=rate))
    [note] = [event for event in partitions.run(ISSUE, now=LATER) if isinstance(event, InvoiceIssued)]
    assert (note.number, note.kind, note.total, note.seller) == ("DN-000001", "debit_note", Decimal("48.00"), SELLER)
    about = note.corrects
    assert (note.reason, note.note, about and about.id) == ("missing_charge", "by 30 September", INVOICE)


def test_one_whose_invoice_is_void_meanwhile_is_not_issued() -> None:
    partitions = under(ApprovalPolicy(every=True))
    partitions.run(ask(seller=SELLER), now=LATER)
    partitions.run(VoidInvoice(invoice_id=INVOICE, account_id=ACCOUNT, reason="duplicate"))
    partitions.run(CompleteVoid(invoice_id=INVOICE, account_id=ACCOUNT))
    partitions.of(ACCOUNT).when(APPROVE, command_id="late").then_refused("invoice_void")
    partitions.of(ACCOUNT).when(ISSUE, command_id="later").then_refused("invoice_void")


def test_a_debit_note_that_waits_claims_nothing_that_could_be_credited() -> None:
    partitions = under(ApprovalPolicy(every=True))
    partitions.run(ask(more("5.00"), seller=SELLER), now=LATER)
    credit = CreditInvoice(credit_note_id="cn-1", invoice_id="dn-1", account_id=ACCOUNT, reason="goodwill")
    partitions.of(ACCOUNT).when(credit, command_id="credit").then_refused("not_issued")
