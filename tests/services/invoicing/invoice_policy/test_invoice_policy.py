"""The operator's policy is set as a whole, by version, and is nothing until it is set."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceLocked
from services.invoicing.invoice.state import invoice_id_of
from services.invoicing.invoice_policy.api import ApprovalBody, approval_policy
from services.invoicing.invoice_policy.messages import ApprovalPolicy, InvoicePolicySet, Numbering, SetInvoicePolicy
from services.invoicing.invoice_policy.state import InvoicePolicy
from shared.kernel.errors import Rejection
from tests.services.invoicing.story import SEPTEMBER, invoicing, opened, september_drafted, tell

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


@pytest.mark.parametrize(
    ("numbering", "series"),
    [
        (None, "INV"),
        (Numbering(), "INV"),
        (Numbering(series={"credit_note": "CN-NL"}), "INV"),
        (Numbering(series={"invoice": "INV-NL"}), "INV-NL"),
        (Numbering(per_customer=True), "C-acc-1"),
    ],
    ids=["never set", "nothing said", "of another kind", "chosen", "per customer"],
)
def test_an_invoice_is_numbered_where_the_policy_says_when_it_is_locked_r46(
    numbering: Numbering | None, series: str
) -> None:
    spec = tell(invoicing(), opened("acc-1"))
    september_drafted(spec, "acc-1")
    if numbering is not None:
        spec.given(InvoicePolicySet(approval=ApprovalPolicy(), version=1, numbering=numbering))
    spec.when(FinaliseInvoice(invoice_id=invoice_id_of("acc-1", SEPTEMBER), account_id="acc-1"))
    (locked,) = [event for event in spec.events if isinstance(event, InvoiceLocked)]
    assert locked.series_id == series


def test_series_are_part_of_the_whole_that_is_set() -> None:
    spec = invoicing()
    chosen = Numbering(series={"invoice": "INV-NL"})
    spec.when(SetInvoicePolicy(approval=POLICY, numbering=chosen))
    spec.when(SetInvoicePolicy(approval=POLICY, numbering=chosen)).then_nothing()
    spec.when(SetInvoicePolicy(approval=POLICY)).then(InvoicePolicySet(approval=POLICY, version=2))
