"""Lock, number, issue: tax is fixed once, numbers have no gaps, dates never go back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.billing_run.messages import StartBillingRun
from services.invoicing.invoice.decide import IssueOutOfTurn
from services.invoicing.invoice.messages import (
    AmountDueStated,
    CompleteIssue,
    FinaliseInvoice,
    InvoiceIssued,
    InvoiceLocked,
    Seller,
    StateAmountDue,
    TaxGroup,
)
from services.invoicing.invoice.state import Invoice, Issued
from services.invoicing.numbering_series.messages import (
    AssignNumber,
    Document,
    NumberAssigned,
    NumberingSeriesOpened,
)
from shared.kernel.decider import Send
from tests.services.invoicing.story import (
    ACCOUNT,
    BILLING_DAY,
    INVOICE,
    SEPTEMBER,
    Partitions,
    charge,
    closed,
    invoicing,
    opened,
    september_drafted,
    tell,
)

FINALISE = FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT)
ASK = AssignNumber(
    series_id="INV",
    document=Document(kind="invoice", id=INVOICE),
    account_id=ACCOUNT,
    issue_date_asked=date(2026, 10, 1),
)
OTHER = msgspec.structs.replace(ASK, document=Document(kind="invoice", id="inv-2"), account_id="acc-2")
GROUP = TaxGroup(category="S", rate=Decimal("20"), base=Decimal("30.03"), tax=Decimal("6.01"), name="Standard rate")


def test_finalising_locks_the_draft_and_taxes_the_whole_once_R39() -> None:
    spec = tell(invoicing(), opened(), charge(1, "10.00"), charge(2, "20.01"), charge(3, "0.02"), closed(3, "30.03"))
    [event] = spec.when(FINALISE).events
    assert isinstance(event, InvoiceLocked) and event.hashes is not None
    assert event == InvoiceLocked(
        invoice_id=INVOICE,
        account_id=ACCOUNT,
        currency="EUR",
        net=Decimal("30.03"),
        tax=Decimal("6.01"),
        total=Decimal("36.04"),
        tax_groups=[GROUP],
        series_id="INV",
        issue_date_asked=date(2026, 10, 1),
        terms_days=14,
        hashes=event.hashes,
    )
    assert spec.sends == [Send(msgspec.structs.replace(ASK, hashes=event.hashes), to="invoicing")]
    account = spec.get(BillProfile, ACCOUNT)
    assert account is not None and account.pending == ()


@pytest.mark.parametrize(
    ("net", "rate", "category", "tax", "total"),
    [
        ("1460.50", "25", "S", "365.13", "1825.63"),  # the tie of R3: half up
        ("0.02", "20", "S", "0.00", "0.02"),
        ("0.03", "20", "S", "0.01", "0.04"),
        ("99.99", "0", "Z", "0.00", "99.99"),
        ("99.99", "5.5", "S", "5.50", "105.49"),
    ],
)
def test_tax_is_base_times_rate_rounded_half_up_R3_R39(
    net: str, rate: str, category: str, tax: str, total: str
) -> None:
    spec = tell(invoicing(), opened(tax_rate=rate), charge(1, net), closed(1, net)).when(FINALISE)
    [locked] = spec.events
    assert isinstance(locked, InvoiceLocked)
    assert (locked.tax, locked.total, locked.tax_groups[0].category) == (Decimal(tax), Decimal(total), category)


def test_a_currency_without_minor_unit_is_taxed_in_whole_units_R4() -> None:
    spec = tell(invoicing(), opened(currency="JPY", tax_rate="10"), charge(1, "1005", currency="JPY"))
    tell(spec, closed(1, "1005")).when(FINALISE)
    [locked] = spec.events
    assert isinstance(locked, InvoiceLocked) and (locked.tax, locked.total) == (Decimal("101"), Decimal("1106"))


def test_the_issue_date_is_today_where_the_account_is() -> None:
    late = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)  # 00:30 on 1 October in Paris
    spec = september_drafted(invoicing()).when(FINALISE, now=late)
    [locked] = spec.events
    assert isinstance(locked, InvoiceLocked) and locked.issue_date_asked == date(2026, 10, 1)


def test_a_finalised_invoice_is_numbered_and_issued_due_after_its_terms_R46() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    locked, series, assigned, issued = partitions.finalise(ACCOUNT)
    assert isinstance(locked, InvoiceLocked)
    assert series == NumberingSeriesOpened(series_id="INV", pattern="INV-{n:06}", kind="invoice")
    assert isinstance(issued, InvoiceIssued) and issued.proof is not None
    assert assigned == NumberAssigned(
        series_id="INV",
        n=1,
        number="INV-000001",
        issued_on=date(2026, 10, 1),
        document=Document(kind="invoice", id=INVOICE),
        account_id=ACCOUNT,
        proof=issued.proof,
    )
    assert (issued.number, issued.issued_on, issued.due_on) == ("INV-000001", date(2026, 10, 1), date(2026, 10, 15))
    assert (issued.net, issued.tax, issued.total) == (Decimal("30.03"), Decimal("6.01"), Decimal("36.04"))
    assert (issued.series_id, issued.series_n) == ("INV", 1)
    assert (issued.period, [line.net for line in issued.lines]) == (SEPTEMBER, [Decimal("30.03")])


def test_who_issues_it_is_on_the_invoice_as_it_was_when_it_was_asked_for() -> None:
    seller = Seller(name="Northwind Telecom", tax_id="VAT BE 0123.456.749")
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    *_, issued = partitions.run(msgspec.structs.replace(FINALISE, seller=seller))
    assert isinstance(issued, InvoiceIssued) and issued.seller == seller
    partitions.draft("acc-2")
    run = StartBillingRun(run_id="run-1", target_date=date(2026, 10, 1), cycle_id="monthly", seller=seller)
    found = [event for event in partitions.run(run) if isinstance(event, InvoiceIssued)]
    assert [(invoice.account_id, invoice.seller) for invoice in found] == [("acc-2", seller)]


def test_numbers_have_no_gaps_and_are_used_once_R46() -> None:
    partitions = Partitions()
    accounts = [f"acc-{n}" for n in range(1, 41)]
    for account in accounts:
        partitions.draft(account)
    issued = [
        event for account in accounts for event in partitions.finalise(account) if isinstance(event, InvoiceIssued)
    ]
    assert [invoice.number for invoice in issued] == [f"INV-{n:06d}" for n in range(1, 41)]


def test_completing_twice_under_the_same_number_changes_nothing() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    partitions.finalise(ACCOUNT)
    spec = partitions.of(ACCOUNT)
    again = CompleteIssue(invoice_id=INVOICE, account_id=ACCOUNT, number="INV-000001", issued_on=date(2026, 10, 1))
    spec.when(again, command_id="again").then_nothing()
    invoice = spec.get(Invoice, INVOICE)
    assert invoice is not None and invoice.lines == ()
    assert isinstance(invoice.stage, Issued)
    assert (invoice.stage.number, invoice.stage.issued_on) == ("INV-000001", date(2026, 10, 1))


def test_a_second_number_for_a_document_is_a_fault_not_a_refusal() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    partitions.finalise(ACCOUNT)
    wrong = CompleteIssue(invoice_id=INVOICE, account_id=ACCOUNT, number="INV-000002", issued_on=date(2026, 10, 1))
    with pytest.raises(IssueOutOfTurn):
        partitions.of(ACCOUNT).when(wrong, command_id="wrong")


def test_a_draft_whose_period_is_open_can_not_be_finalised() -> None:
    tell(invoicing(), opened(), charge(1, "10.00")).when(FINALISE).then_refused("draft_incomplete")


def test_a_draft_that_disagrees_can_not_be_finalised() -> None:
    tell(invoicing(), opened(), charge(1, "10.00"), closed(2, "11.00")).when(FINALISE).then_refused("draft_disagrees")


def test_a_locked_invoice_refuses_to_be_finalised_again() -> None:
    september_drafted(invoicing()).when(FINALISE).when(FINALISE).then_refused("invoice_locked")


def test_an_issued_invoice_refuses_to_be_finalised_again() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    partitions.finalise(ACCOUNT)
    partitions.of(ACCOUNT).when(FINALISE, command_id="again").then_refused("invoice_issued")


def test_a_negative_total_is_refused_since_it_would_be_a_credit_note() -> None:
    tell(invoicing(), opened(), charge(1, "-0.01"), closed(1, "-0.01")).when(FINALISE).then_refused("negative_total")


def test_an_invoice_of_nothing_is_issued() -> None:
    spec = tell(invoicing(), opened(), charge(1, "0.00"), closed(1, "0.00")).when(FINALISE)
    [locked] = spec.events
    assert isinstance(locked, InvoiceLocked) and locked.total == Decimal("0.00")


def test_an_unknown_invoice_and_that_of_another_account_are_not_found() -> None:
    spec = september_drafted(invoicing())
    spec.when(FinaliseInvoice(invoice_id="inv-9", account_id=ACCOUNT)).then_refused("invoice_not_found")
    spec.when(FinaliseInvoice(invoice_id=INVOICE, account_id="acc-2")).then_refused("invoice_not_found")


def test_finalising_a_version_that_is_no_longer_current_is_refused() -> None:
    spec = september_drafted(invoicing())
    spec.when(FINALISE, expected_version=1).then_refused("version_mismatch")
    spec.when(FINALISE, now=BILLING_DAY, expected_version=2)
    assert isinstance(spec.events[0], InvoiceLocked)


def test_the_amount_due_is_stated_once_and_changes_no_version() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    partitions.finalise(ACCOUNT)
    due = StateAmountDue(
        invoice_id=INVOICE, account_id=ACCOUNT, credit_applied=Decimal("6.04"), amount_due=Decimal("30.00")
    )
    spec = partitions.of(ACCOUNT)
    stated = AmountDueStated(
        invoice_id=INVOICE, account_id=ACCOUNT, credit_applied=Decimal("6.04"), amount_due=Decimal("30.00")
    )
    before = spec.get(Invoice, INVOICE)
    after = spec.when(due, command_id="due").then(stated).get(Invoice, INVOICE)
    assert before is not None and after is not None and after.version == before.version
    spec.when(due, command_id="again").then_nothing()
