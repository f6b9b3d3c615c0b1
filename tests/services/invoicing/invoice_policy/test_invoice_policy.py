"""The operator's policy is set as a whole, by version, and is nothing until it is set."""

from __future__ import annotations

from decimal import Decimal

from services.invoicing.invoice_policy.messages import ApprovalPolicy, InvoicePolicySet, SetInvoicePolicy
from services.invoicing.invoice_policy.state import InvoicePolicy
from tests.services.invoicing.story import invoicing

POLICY = ApprovalPolicy(above={"EUR": Decimal("1000.00")}, four_eyes=True)


def test_it_is_set_once_and_said_again_without_an_event() -> None:
    spec = invoicing()
    spec.when(SetInvoicePolicy(approval=POLICY)).then(InvoicePolicySet(approval=POLICY, version=1))
    spec.when(SetInvoicePolicy(approval=POLICY)).then_nothing()
    spec.when(SetInvoicePolicy(approval=ApprovalPolicy()), expected_version=1)
    assert spec.get(InvoicePolicy, "invoices") == InvoicePolicy(version=2)


def test_a_version_that_is_no_longer_current_is_refused() -> None:
    spec = invoicing()
    spec.when(SetInvoicePolicy(approval=POLICY), expected_version=0)
    spec.when(SetInvoicePolicy(approval=ApprovalPolicy()), expected_version=0).then_refused("version_mismatch")
