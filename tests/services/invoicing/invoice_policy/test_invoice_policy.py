"""The operator's policy is set as a whole, by version, and is nothing until it is set."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.invoicing.invoice_policy.api import ApprovalBody, approval_policy
from services.invoicing.invoice_policy.messages import ApprovalPolicy, InvoicePolicySet, SetInvoicePolicy
from services.invoicing.invoice_policy.state import InvoicePolicy
from shared.kernel.errors import Rejection
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


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        ("-0.01", "EUR", "out_of_bounds"),
        ("1000.005", "EUR", "too_many_decimals"),
        ("1000.5", "JPY", "too_many_decimals"),
        ("1000.0005", "KWD", "too_many_decimals"),
    ],
)
def test_a_limit_is_an_amount_that_an_invoice_may_have(amount: str, currency: str, code: str) -> None:
    body = ApprovalBody.model_validate({"above": [{"amount": amount, "currency": currency}]})
    with pytest.raises(Rejection) as refused:
        approval_policy(body)
    assert (refused.value.code, refused.value.pointer) == (code, "/approval/above/0/amount")


@pytest.mark.parametrize(("amount", "currency"), [("0", "EUR"), ("1000.00", "EUR"), ("1000", "JPY"), ("0.001", "KWD")])
def test_a_limit_is_kept_as_it_is_said(amount: str, currency: str) -> None:
    body = ApprovalBody.model_validate({"above": [{"amount": amount, "currency": currency}]})
    assert approval_policy(body).above == {currency: Decimal(amount)}
