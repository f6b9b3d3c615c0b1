"""When an account's invoices fall due: by terms of its own, or else by those that the operator has for all."""

from __future__ import annotations

from datetime import date

from services.invoicing.bill_profile.messages import ChangeTerms, TermsChanged
from services.invoicing.invoice.messages import CompleteIssue, FinaliseInvoice, InvoiceIssued, InvoiceLocked
from shared.kernel.outcome import CommandRejected
from tests.services.invoicing.story import ACCOUNT, INVOICE, charge, closed, invoicing, opened, tell


def terms(days: int | None, account: str = ACCOUNT) -> ChangeTerms:
    return ChangeTerms(account_id=account, terms_days=days)


def changed(days: int, version: int, *, own: bool = True) -> TermsChanged:
    return TermsChanged(account_id=ACCOUNT, terms_days=days, own=own, version=version)


def test_terms_are_the_accounts_own_until_they_are_given_back() -> None:
    story = tell(invoicing(), opened())
    story.when(terms(None)).then_nothing()
    story.when(terms(30)).then(changed(30, 2))
    story.when(terms(30)).then_nothing()
    story.when(terms(14)).then(changed(14, 3))
    story.when(terms(None)).then(changed(14, 4, own=False))
    story.when(terms(0)).then(changed(0, 5))


def test_terms_are_changed_by_version() -> None:
    story = tell(invoicing(), opened()).when(terms(30))
    story.when(terms(60), expected_version=1)
    refusal = story.events[0]
    assert isinstance(refusal, CommandRejected) and refusal.status == 412
    invoicing().when(terms(30)).then_refused("account_not_found")


def test_what_is_locked_before_the_terms_change_keeps_those_it_was_locked_with() -> None:
    story = tell(invoicing(), opened()).when(terms(30))
    tell(story, charge(1, "10.00"), closed(1, "10.00"))
    story.when(FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT))
    [locked] = [event for event in story.events if isinstance(event, InvoiceLocked)]
    assert locked.terms_days == 30
    story.when(terms(60))
    issue = CompleteIssue(invoice_id=INVOICE, account_id=ACCOUNT, number="INV-000001", issued_on=date(2026, 10, 1))
    [issued] = [event for event in story.when(issue).events if isinstance(event, InvoiceIssued)]
    assert issued.due_on == date(2026, 10, 31)
