"""Invoices that are credited, issued anew or void, as the page shows them and as the reports count them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from services.invoicing.invoice.messages import Allowance
from services.payments.granted_credit.messages import CreditGranted, CreditReversed
from tests.services.reporting.corrections import (
    approvals,
    credit_spent,
    credit_taken,
    credited,
    debited,
    voided,
    withdrawn,
)
from tests.services.reporting.invoice.test_invoices import with_account, with_invoice
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import SEPTEMBER, allocated, drafted, issued, paid, receivable

pytestmark = pytest.mark.servers

PAID_LATER: dict[str, Any] = {"issued_on": date(2026, 10, 2)}


def amounts(found: dict[str, Any]) -> tuple[str, ...]:
    return tuple(found[name]["amount"] for name in ("total", "paid", "credited", "due"))


async def test_a_credit_note_lowers_what_is_due_and_stands_on_the_page_R47(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    await stage.tell("invoicing.events", *credited(anew=None))
    await stage.tell("payments.events", credit_taken(applied="14.88"))
    found = await stage.read("/v1/invoices/inv-1")
    assert amounts(found) == ("14.88", "0.00", "14.88", "0.00")
    [note] = found["credit_notes"]
    assert (note["number"], note["total"]["amount"], note["applied"]["amount"]) == ("CN-000001", "14.88", "14.88")
    assert [action["allowed"] for action in found["allowed_actions"] if action["action"] == "void"] == [False]


async def test_what_was_paid_of_a_credited_invoice_is_unapplied_and_pays_others(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    await stage.tell("payments.events", paid(amount="14.88"), allocated(amount="14.88", open_="0.00"))
    await stage.tell("invoicing.events", *credited(anew=None))
    await stage.tell("payments.events", credit_taken())
    assert amounts(await stage.read("/v1/invoices/inv-1")) == ("14.88", "14.88", "0.00", "0.00")
    [aging] = (await stage.read("/v1/reports/ar-aging"))["items"]
    assert (aging["open"], aging["unapplied"]) == ("0.00", "14.88")
    await with_invoice(stage, "inv-2", **PAID_LATER)
    await stage.tell("payments.events", credit_spent())
    found = await stage.read("/v1/invoices/inv-2")
    assert amounts(found) == ("14.88", "4.88", "0.00", "10.00")
    assert [(credit["number"], credit["amount"]["amount"]) for credit in found["credits"]] == [("CN-000001", "4.88")]


async def test_an_invoice_issued_anew_and_its_original_name_each_other(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    await stage.tell("invoicing.events", *credited())
    _, draft = drafted("inv-1b")
    await stage.tell("invoicing.events", draft)
    first, second = await stage.read("/v1/invoices/inv-1"), await stage.read("/v1/invoices/inv-1b")
    assert (first["replaced_by"], second["replaces"]) == ("inv-1b", "inv-1")
    assert (second["status"], second["total"]["amount"], len(second["lines"])) == ("draft", "14.88", 1)


async def test_a_void_invoice_keeps_its_number_and_owes_nothing_R46_R47(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage, "inv-2")
    await stage.tell("invoicing.events", *voided())
    await stage.tell("payments.events", withdrawn())
    found = await stage.read("/v1/invoices/inv-2")
    assert (found["status"], found["number"], found["void_reason"]) == ("void", "INV-INV-2", "duplicate")
    assert amounts(found) == ("14.88", "0.00", "0.00", "0.00")
    assert (await stage.read("/v1/reports/ar-aging"))["items"] == []
    [totals] = (await stage.read("/v1/invoices"))["totals"]
    assert (totals["total"], totals["net"], totals["due"]) == ("0.00", "0.00", "0.00")
    kpis = (await stage.read("/v1/reports/kpis", currency="EUR"))["items"]
    values = {item["name"]: item["value"] for item in kpis if item["currency"]}
    assert (values["invoiced_month"], values["outstanding"]) == ("0.00", "0.00")


async def test_revenue_counts_a_credit_note_below_zero_and_no_void(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    await stage.tell("invoicing.events", *drafted("inv-2"), issued("inv-2", number="INV-000002"), *voided())
    question = {"from": "2026-10-01", "to": "2026-10-31"}
    [before] = (await stage.read("/v1/reports/revenue", **question))["items"]
    await stage.tell("invoicing.events", *credited(anew=None))
    [after] = (await stage.read("/v1/reports/revenue", **question))["items"]
    assert (before["net"], before["lines"], after["net"], after["lines"]) == ("12.40", 1, "0.00", 2)


async def test_what_discounts_took_off_stands_on_the_page_and_is_no_revenue_R41(stage: Stage) -> None:
    """12.40 less 10 % is 11.16; with 2.23 of tax 13.39."""
    await with_account(stage)
    allowance = Allowance(
        discount_id="d-1",
        reason="Welcome",
        code="coupon",
        coupon_id="WELCOME",
        percent=Decimal(10),
        amount=Decimal("1.24"),
        base=Decimal("12.40"),
        period=SEPTEMBER,
    )
    fixed = replace(issued(net="11.16", tax="2.23", total="13.39"), allowances=[allowance])
    await stage.tell("invoicing.events", *drafted(), fixed)
    found = await stage.read("/v1/invoices/inv-1")
    assert (found["net"]["amount"], found["lines"][0]["net"]["amount"]) == ("11.16", "12.40")
    assert found["allowances"] == [
        {
            "discount_id": "d-1",
            "coupon_id": "WELCOME",
            "reason": "Welcome",
            "code": "coupon",
            "percent": "10",
            "base": {"amount": "12.40", "currency": "EUR"},
            "amount": {"amount": "1.24", "currency": "EUR"},
        }
    ]
    question = {"from": "2026-10-01", "to": "2026-10-31"}
    [revenue] = (await stage.read("/v1/reports/revenue", **question))["items"]
    assert (revenue["net"], revenue["other"], revenue["lines"]) == ("11.16", "-1.24", 1)


async def test_a_debit_note_is_an_invoice_that_its_own_names_and_is_owed_R47(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    await stage.tell("invoicing.events", *debited())
    await stage.tell("payments.events", receivable("dn-1", number="DN-000001", issued_on=date(2026, 10, 9)))
    found = await stage.read("/v1/invoices/dn-1")
    assert (found["kind"], found["corrects"], found["reason"], found["status"]) == (
        *("debit_note", "inv-1"),
        *("missing_charge", "issued"),
    )
    assert found["clearance"]["status"] == "cleared" and found["clearance"]["reference"] == "IT-4711"
    assert [one["allowed"] for one in found["allowed_actions"] if one["action"] == "report_clearance"] == [False]
    assert found["version"] == 6
    assert amounts(found) == ("14.88", "0.00", "0.00", "14.88")
    [note] = (await stage.read("/v1/invoices/inv-1"))["debit_notes"]
    assert (note["id"], note["number"], note["due"]["amount"]) == ("dn-1", "DN-000001", "14.88")
    assert [one["id"] for one in (await stage.read("/v1/invoices?kind=debit_note"))["items"]] == ["dn-1"]
    assert (await stage.read("/v1/invoices?clearance=cleared"))["total"] == 1
    revenue = (await stage.read("/v1/reports/revenue?from=2026-10-01&to=2026-10-31"))["items"]
    assert sum(Decimal(row["net"]) for row in revenue) == Decimal("24.80")


async def test_what_waits_for_an_approval_is_a_list_and_lapses_with_the_draft(stage: Stage) -> None:
    await with_account(stage)
    await stage.tell("invoicing.events", *drafted("inv-2"), approvals()[0])
    [waiting] = (await stage.read("/v1/invoices?approval=waiting"))["items"]
    assert waiting["approval"] == {"status": "waiting", "asked_by": "ann", "by": None, "reason": None}
    offered = {action["action"] for action in waiting["allowed_actions"] if action["allowed"]}
    assert offered == {"approve", "reject"}
    await stage.tell("invoicing.events", *approvals()[1:])
    found = await stage.read("/v1/invoices/inv-2")
    assert found["approval"] == {"status": "approved", "asked_by": "ann", "by": "bob", "reason": None}
    assert found["version"] == 5
    await stage.tell("invoicing.events", replace(drafted("inv-2")[-1], version=7))
    again = await stage.read("/v1/invoices/inv-2")
    assert (again["approval"], again["version"]) == (None, 7)


async def test_granted_credit_is_unapplied_until_it_pays_an_invoice_which_names_it(stage: Stage) -> None:
    await with_account(stage)
    given = CreditGranted(
        credit_id="cr-1",
        account_id="acc-1",
        amount=Decimal("10.00"),
        currency="EUR",
        reason="goodwill",
        granted_on=date(2026, 10, 1),
        time_zone="UTC",
    )
    await stage.tell("payments.events", given)
    [aging] = (await stage.read("/v1/reports/ar-aging"))["items"]
    assert (aging["open"], aging["unapplied"]) == ("0.00", "10.00")
    await with_invoice(stage, "inv-2", **PAID_LATER)
    spent = replace(credit_spent("cr-1", amount="4.88"), granted=True, unallocated=Decimal("5.12"))
    await stage.tell("payments.events", spent)
    found = await stage.read("/v1/invoices/inv-2")
    assert amounts(found) == ("14.88", "4.88", "0.00", "10.00")
    assert [(one["credit_note_id"], one["number"], one["granted"]) for one in found["credits"]] == [
        ("cr-1", None, True)
    ]
    back = CreditReversed(
        credit_id="cr-1",
        account_id="acc-1",
        amount=Decimal("5.12"),
        currency="EUR",
        reason="given twice",
        reversed_on=date(2026, 10, 3),
    )
    await stage.tell("payments.events", back)
    [aging] = (await stage.read("/v1/reports/ar-aging"))["items"]
    assert (aging["open"], aging["unapplied"]) == ("10.00", "0.00")
