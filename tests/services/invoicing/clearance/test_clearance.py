"""An invoice that a tax authority clears: what may follow what, and that its document stays as it was issued."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from services.invoicing.clearance.messages import ClearanceAwaited, ClearanceReported, ReportClearance
from services.invoicing.clearance.status import FOLLOWS, ClearanceStatus, may_be_sent
from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceIssued, Seller
from services.invoicing.invoice.state import Clearance, Invoice
from services.invoicing.invoice_policy.messages import ApprovalPolicy, ClearanceRule, InvoicePolicySet
from services.invoicing.invoice_policy.state import InvoicePolicy
from services.invoicing.void.messages import InvoiceVoidAsked, VoidInvoice
from tests.kit.decider import Specification
from tests.services.invoicing.story import ACCOUNT, INVOICE, Partitions

ITALY = ClearanceRule(seller_country="IT", authority="SdI")
VOID = VoidInvoice(invoice_id=INVOICE, account_id=ACCOUNT, reason="other")
EIGHT = datetime(2026, 10, 1, 8, tzinfo=UTC)


def issued(*rules: ClearanceRule, seller: Seller | None = None) -> tuple[Partitions, list[Any]]:
    partitions = Partitions()
    for spec in partitions.specs:
        spec.given(InvoicePolicySet(approval=ApprovalPolicy(), version=1, clearance=list(rules)))
    partitions.draft(ACCOUNT)
    seller = seller or Seller(name="Vento", country="IT")
    return partitions, partitions.run(FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT, seller=seller))


def report(status: str, **said: Any) -> ReportClearance:
    return ReportClearance(invoice_id=INVOICE, account_id=ACCOUNT, status=status, authority="SdI", **said)


SUBMITTED = report("submitted")
CLEARED = report("cleared", reference="IT-4711", at=EIGHT)
REJECTED = report("rejected", reason="00404 duplicate")


def clearance(spec: Specification) -> Clearance | None:
    invoice = spec.get(Invoice, INVOICE)
    assert invoice is not None
    return invoice.clearance


@pytest.mark.parametrize(
    ("rules", "country", "awaited"),
    [
        ((),                                                                           "IT", None),
        ((ITALY,),                                                                     "IT", "SdI"),
        ((ITALY,),                                                                     "BE", None),
        # The account has one rate of tax, so that where it is is not known.
        ((ClearanceRule(seller_country="IT", authority="SdI", buyer_country="IT"),),   "IT", None),
    ],
    ids=["no rule", "the seller's country", "another", "the buyer's is unknown"],
)  # fmt: skip
def test_an_invoice_waits_from_its_issue_on_where_a_rule_says_so(rules: Any, country: str, awaited: str | None) -> None:
    _, events = issued(*rules, seller=Seller(name="Vento", country=country))
    found = [event.authority for event in events if isinstance(event, ClearanceAwaited)]
    assert found == ([] if awaited is None else [awaited])
    assert len([event for event in events if isinstance(event, InvoiceIssued)]) == 1


def test_the_buyers_country_chooses_among_rules() -> None:
    home = ClearanceRule(seller_country="IT", authority="SdI", buyer_country="IT")
    policy = InvoicePolicy(clearance=(home, ClearanceRule(seller_country="PL", authority="KSeF")))
    found = [policy.authority_for(*countries) for countries in (("IT", "IT"), ("IT", "FR"), ("PL", "FR"), ("PL", ""))]
    assert found == ["SdI", None, "KSeF", "KSeF"]


def test_it_is_submitted_and_cleared_under_the_authoritys_number() -> None:
    partitions, _ = issued(ITALY)
    spec = partitions.of(ACCOUNT)
    assert clearance(spec) == Clearance(status="waiting", authority="SdI")
    spec.when(SUBMITTED, command_id="one")
    spec.when(CLEARED, command_id="two").then(
        ClearanceReported(
            invoice_id=INVOICE,
            account_id=ACCOUNT,
            number="INV-000001",
            status="cleared",
            authority="SdI",
            at=EIGHT,
            reference="IT-4711",
        )
    )
    spec.when(CLEARED, command_id="again").then_nothing()
    assert clearance(spec) == Clearance(status="cleared", authority="SdI", reference="IT-4711")


@pytest.mark.parametrize("now", ["none", "waiting", "submitted", "cleared", "rejected"])
@pytest.mark.parametrize("told", [SUBMITTED, CLEARED, REJECTED], ids=lambda told: told.status)
def test_what_may_follow_what(now: str, told: ReportClearance) -> None:
    legal = {
        ("none", "submitted"), ("waiting", "submitted"), ("rejected", "submitted"),
        ("submitted", "cleared"), ("submitted", "rejected"),
    }  # fmt: skip
    partitions, _ = issued(*(() if now == "none" else (ITALY,)))
    spec = partitions.of(ACCOUNT)
    before = {"submitted": (SUBMITTED,), "cleared": (SUBMITTED, CLEARED), "rejected": (SUBMITTED, REJECTED)}
    for n, command in enumerate(before.get(now, ())):
        spec.when(command, command_id=f"b{n}")
    spec.when(told, command_id="told")
    if now == told.status:
        spec.then_nothing()
    elif (now, told.status) in legal:
        assert isinstance(spec.events[0], ClearanceReported)
    else:
        spec.then_refused("clearance_transition", pointer="/status")


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ((),                    None),
        ((SUBMITTED,),          "clearance_pending"),
        ((SUBMITTED, CLEARED),  "invoice_cleared"),
        ((SUBMITTED, REJECTED), None),
    ],
    ids=["waiting", "submitted", "cleared", "rejected"],
)  # fmt: skip
def test_one_that_is_with_the_authority_or_cleared_is_not_made_void(said: Any, refused: str | None) -> None:
    partitions, _ = issued(ITALY)
    spec = partitions.of(ACCOUNT)
    for n, command in enumerate(said):
        spec.when(command, command_id=f"s{n}")
    spec.when(VOID, command_id="void")
    if refused is None:
        assert isinstance(spec.events[0], InvoiceVoidAsked)
        spec.when(SUBMITTED, command_id="late").then_refused("void_pending")
    else:
        spec.then_refused(refused)


def test_only_what_was_issued_is_reported_of() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    spec = partitions.of(ACCOUNT)
    spec.when(SUBMITTED, command_id="draft").then_refused("not_issued")
    spec.when(SUBMITTED, command_id="old", expected_version=1).then_refused("version_mismatch")
    other = ReportClearance(invoice_id="inv-9", account_id=ACCOUNT, status="submitted", authority="SdI")
    spec.when(other, command_id="other").then_refused("invoice_not_found")


def test_it_may_be_sent_when_nobody_has_to_clear_it_or_somebody_has() -> None:
    assert {status: may_be_sent(status) for status in get_args(ClearanceStatus)} == {
        "none": True,
        "waiting": False,
        "submitted": False,
        "cleared": True,
        "rejected": False,
    }
    assert set(FOLLOWS) == set(get_args(ClearanceStatus))
