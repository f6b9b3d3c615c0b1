"""A draft that the operator's policy stops is locked when it is approved as it is, by somebody else if so wanted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.invoicing.approval.messages import (
    ApprovalAsked,
    ApproveInvoice,
    InvoiceApproved,
    InvoiceRejected,
    RejectInvoice,
)
from services.invoicing.bill_profile.messages import ApprovalChanged, ChangeApproval, ChangeTaxProfile, TaxTerms
from services.invoicing.billing_run.messages import BillingRunPageWalked, StartBillingRun
from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceIssued, InvoiceLocked, TakeCharges
from services.invoicing.invoice.state import Invoice
from services.invoicing.invoice_policy.messages import ApprovalPolicy, InvoicePolicySet
from services.invoicing.on_demand.messages import InvoiceAccount
from tests.kit.decider import Specification
from tests.services.invoicing.billing_run.test_billing_run import run
from tests.services.invoicing.credit_note.test_crediting import line
from tests.services.invoicing.story import ACCOUNT, INVOICE, SEPTEMBER, Partitions

ISSUE = FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT)
APPROVE = ApproveInvoice(invoice_id=INVOICE, account_id=ACCOUNT)
REJECT = RejectInvoice(invoice_id=INVOICE, account_id=ACCOUNT, reason="the discount is missing")
ABOVE = ApprovalPolicy(above={"EUR": Decimal("36.03")})
FOUR_EYES = ApprovalPolicy(every=True, four_eyes=True)


def with_policy(approval: ApprovalPolicy = ABOVE, *accounts: str) -> Partitions:
    """Drafts of 36.04, and what is demanded of them, as every partition knows it."""
    partitions = Partitions()
    for spec in partitions.specs:
        spec.given(InvoicePolicySet(approval=approval, version=1))
    for account in accounts or (ACCOUNT,):
        partitions.draft(account)
    return partitions


def drafted(approval: ApprovalPolicy = ABOVE) -> Specification:
    return with_policy(approval).of(ACCOUNT)


def said(spec: Specification, command: Any, name: str, actor: str = "ann", **meta: Any) -> list[Any]:
    return spec.when(command, command_id=name, actor=actor, **meta).events


@pytest.mark.parametrize(
    ("policy", "waits"),
    [
        (ApprovalPolicy(),                                 False),
        (ApprovalPolicy(every=True),                       True),
        (ApprovalPolicy(above={"EUR": Decimal("36.03")}),  True),
        (ApprovalPolicy(above={"EUR": Decimal("36.04")}),  False),
        (ApprovalPolicy(above={"CHF": Decimal("0.00")}),   False),
    ],
    ids=["none", "every", "above", "not above", "other currency"],
)  # fmt: skip
def test_an_invoice_above_the_amount_waits(policy: ApprovalPolicy, waits: bool) -> None:
    found = said(drafted(policy), ISSUE, "issue")
    assert [type(event) for event in found] == [ApprovalAsked if waits else InvoiceLocked]


def test_an_account_that_wants_it_has_each_invoice_approved_r46() -> None:
    spec = drafted(ApprovalPolicy())
    [changed] = said(spec, ChangeApproval(account_id=ACCOUNT, always=True), "always")
    assert changed == ApprovalChanged(account_id=ACCOUNT, always=True, version=2)
    again = said(spec, ChangeApproval(account_id=ACCOUNT, always=True), "again")
    assert not any(isinstance(event, ApprovalChanged) for event in again)
    [asked] = said(spec, ISSUE, "issue")
    assert isinstance(asked, ApprovalAsked)
    [approved] = said(spec, APPROVE, "approve", "bob")
    assert isinstance(approved, InvoiceApproved)
    assert [type(event) for event in said(spec, ISSUE, "issue-2")] == [InvoiceLocked]


def test_an_account_that_leaves_it_to_the_policy_again_waits_no_longer_r46() -> None:
    spec = drafted(ApprovalPolicy())
    said(spec, ChangeApproval(account_id=ACCOUNT, always=True), "always")
    [changed] = said(spec, ChangeApproval(account_id=ACCOUNT, always=False), "policy")
    assert changed == ApprovalChanged(account_id=ACCOUNT, always=False, version=3)
    assert [type(event) for event in said(spec, ISSUE, "issue")] == [InvoiceLocked]
    spec.when(ChangeApproval(account_id="nobody", always=True), command_id="no").then_refused("account_not_found")


def test_a_run_asks_for_what_an_account_wants_approved_r46() -> None:
    partitions = with_policy(ApprovalPolicy())
    partitions.run(ChangeApproval(account_id=ACCOUNT, always=True))
    events = partitions.run(run())
    assert [event.account_id for event in events if isinstance(event, ApprovalAsked)] == [ACCOUNT]
    assert not [event for event in events if isinstance(event, InvoiceLocked)]


def test_it_is_asked_once_approved_and_then_locked() -> None:
    spec = drafted()
    [asked] = said(spec, ISSUE, "issue")
    assert isinstance(asked, ApprovalAsked)
    assert (asked.total, asked.asked_by, asked.version) == (Decimal("36.04"), "ann", 3)
    spec.when(ISSUE, command_id="again").then_refused("approval_required")
    [approved] = said(spec, APPROVE, "approve", "bob")
    assert isinstance(approved, InvoiceApproved) and (approved.approved_by, approved.version) == ("bob", 4)
    assert [type(event) for event in said(spec, ISSUE, "now")] == [InvoiceLocked]


def test_of_two_approvals_at_one_moment_one_is_told_that_it_is_late() -> None:
    spec = drafted()
    said(spec, ISSUE, "issue")
    said(spec, APPROVE, "one", "bob", expected_version=3)
    spec.when(APPROVE, command_id="two", expected_version=3).then_refused("version_mismatch")
    spec.when(APPROVE, command_id="three").then_refused("already_approved")


def test_one_that_was_rejected_waits_until_it_is_approved_after_all() -> None:
    spec = drafted()
    said(spec, ISSUE, "issue")
    [rejected] = said(spec, REJECT, "reject", "bob")
    assert isinstance(rejected, InvoiceRejected) and rejected.reason == "the discount is missing"
    spec.when(REJECT, command_id="again").then_refused("already_rejected")
    spec.when(ISSUE, command_id="issue-2").then_refused("approval_rejected")
    said(spec, APPROVE, "approve", "bob")
    assert [type(event) for event in said(spec, ISSUE, "now")] == [InvoiceLocked]


def test_what_has_changed_since_is_asked_for_anew() -> None:
    """More charges come to the approved draft; and one whose tax is another comes to another total."""
    spec = drafted()
    said(spec, ISSUE, "issue")
    said(spec, APPROVE, "approve", "bob")

    taken = TakeCharges(
        account_id=ACCOUNT,
        from_account="acc-9",
        from_invoice="inv-9",
        currency="EUR",
        period=SEPTEMBER,
        lines=[msgspec.structs.replace(line(1, "5.00"), account_id="acc-9")],
    )
    spec.when(taken, command_id="take")
    spec.when(APPROVE, command_id="early").then_refused("approval_not_asked")
    [asked] = said(spec, ISSUE, "issue-2")
    assert isinstance(asked, ApprovalAsked) and asked.total == Decimal("42.04")
    said(spec, APPROVE, "approve-2", "bob")
    half = ChangeTaxProfile(account_id=ACCOUNT, tax=TaxTerms(kind="account_rate", parameters={"rate": "10"}))
    spec.when(half, command_id="tax")
    [again] = said(spec, ISSUE, "issue-3")
    assert isinstance(again, ApprovalAsked) and again.total == Decimal("38.53")


def test_four_eyes_neither_approve_what_they_asked_for_nor_issue_what_they_approved() -> None:
    spec = drafted(FOUR_EYES)
    said(spec, ISSUE, "issue", "ann")
    spec.when(APPROVE, command_id="own", actor="ann").then_refused("own_approval")
    said(spec, APPROVE, "approve", "bob")
    spec.when(ISSUE, command_id="own-2", actor="bob").then_refused("own_approval")
    assert [type(event) for event in said(spec, ISSUE, "now", "ann")] == [InvoiceLocked]


def test_without_four_eyes_one_person_does_both() -> None:
    spec = drafted()
    for name, command in (("ask", ISSUE), ("approve", APPROVE), ("issue", ISSUE)):
        said(spec, command, name, "ann")
    assert isinstance(spec.events[0], InvoiceLocked)


def test_only_what_was_asked_for_is_approved() -> None:
    spec = drafted()
    spec.when(APPROVE, command_id="early").then_refused("approval_not_asked")
    other = ApproveInvoice(invoice_id="inv-9", account_id=ACCOUNT)
    spec.when(other, command_id="other").then_refused("invoice_not_found")
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    partitions.finalise(ACCOUNT)
    partitions.of(ACCOUNT).when(APPROVE, command_id="late").then_refused("invoice_issued")


def pages(events: list[Any]) -> tuple[int, int]:
    found = [event for event in events if isinstance(event, BillingRunPageWalked)]
    return sum(page.invoices for page in found), sum(page.waiting_approval for page in found)


def asked(events: list[Any]) -> list[ApprovalAsked]:
    return [event for event in events if isinstance(event, ApprovalAsked)]


def test_a_run_leaves_what_waits_and_a_later_one_takes_what_is_approved() -> None:
    partitions = with_policy(ABOVE, ACCOUNT, "acc-2")
    first = partitions.run(run("run-1"))
    assert pages(first) == (0, 2) and [event.run_id for event in asked(first)] == ["run-1", "run-1"]
    outcomes = [o for e in first if isinstance(e, BillingRunPageWalked) for o in e.outcomes]
    assert [(o.outcome, o.reason, o.total) for o in outcomes] == [
        ("waiting_approval", "approval_required", Decimal("36.04"))
    ] * 2
    partitions.run(APPROVE)
    second = partitions.run(run("run-2"))
    assert pages(second) == (1, 1) and not asked(second)
    assert [event.invoice_id for event in second if isinstance(event, InvoiceIssued)] == [INVOICE]


def test_a_dry_run_counts_what_would_wait_and_asks_nobody() -> None:
    partitions = with_policy()
    events = partitions.run(StartBillingRun(run_id="dry", target_date=SEPTEMBER.end, cycle_id="monthly", dry_run=True))
    assert pages(events) == (0, 1) and not asked(events)


def test_on_demand_asks_too_and_issues_what_may_be() -> None:
    partitions = with_policy()
    demand = InvoiceAccount(account_id=ACCOUNT, demand_id="d-1")
    assert [type(event) for event in partitions.run(demand)] == [ApprovalAsked]
    partitions.of(ACCOUNT).when(demand, command_id="again").then_refused("approval_required")
    partitions.run(APPROVE)
    assert [event.invoice_id for event in partitions.run(demand) if isinstance(event, InvoiceIssued)] == [INVOICE]


def test_the_version_of_the_invoice_counts_what_was_said() -> None:
    spec = drafted()
    said(spec, ISSUE, "issue")
    said(spec, APPROVE, "approve", "bob")
    invoice = spec.get(Invoice, INVOICE)
    assert invoice is not None and invoice.approval is not None
    assert (invoice.version, invoice.approval.version, invoice.approval.asked_by) == (4, 4, "ann")
