"""The operator's policy is set as a whole, by version, and is nothing until it is set."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceLocked
from services.invoicing.invoice.state import invoice_id_of
from services.invoicing.invoice_policy.messages import ApprovalPolicy, InvoicePolicySet, Numbering, SetInvoicePolicy
from services.invoicing.invoice_policy.state import InvoicePolicy
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
