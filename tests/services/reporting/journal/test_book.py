"""What documents book, worked out by hand over three months; and what must hold whatever happens (R59)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import msgspec
import pytest

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.draft_credit.messages import DraftCredited
from services.invoicing.invoice.messages import (
    Allowance,
    DocumentReference,
    DraftCarriedForward,
    DraftLineAdded,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLine,
    TaxGroup,
)
from services.invoicing.void.messages import InvoiceVoided
from services.payments.chargeback.messages import ChargebackReversed
from services.payments.ledger.postings import Money
from services.payments.ledger.postings import postings as ledger_postings
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from services.reporting.journal.book import Book, Known
from services.reporting.journal.payments import Days, Moves, postings
from services.reporting.journal.postings import Posting
from shared.kernel.message import Event
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.services.payments.ledger.lives import Life

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
QUARTER = Period(date(2026, 11, 1), date(2027, 2, 1))


def line(n: int, net: str, period: Period, *, kind: str = "recurring", gross: str | None = None) -> InvoiceLine:
    return InvoiceLine(
        n=n,
        charge_id=f"ch-{n}",
        kind=kind,
        description="Line",
        subscription_id="line-1",
        plan_id="home",
        plan_version=1,
        period=period,
        net=Decimal(net),
        unrounded=Decimal(net),
        tax_class="internet",
        gross=None if gross is None else Decimal(gross),
    )


def drafted(invoice: str, lines: Sequence[InvoiceLine], period: Period = OCTOBER, **said: Any) -> list[Event]:
    added: list[Event] = [
        DraftLineAdded(invoice_id=invoice, account_id="acc-1", currency="EUR", billing_period=period, line=each)
        for each in lines
    ]
    net = sum((each.net for each in lines), Decimal(0))
    draft = InvoiceDrafted(
        invoice_id=invoice, account_id="acc-1", currency="EUR", period=period, lines=len(lines), net=net, **said
    )
    return [*added, draft]


def issued(
    invoice: str, lines: Sequence[InvoiceLine], on: str, *, rate: str = "20", allowances: Sequence[Allowance] = ()
) -> InvoiceIssued:
    net = sum((each.net for each in lines), Decimal(0)) - sum((each.amount for each in allowances), Decimal(0))
    tax = (net * Decimal(rate) / 100).quantize(Decimal("0.01"))
    return InvoiceIssued(
        invoice_id=invoice,
        account_id="acc-1",
        number="INV-000001",
        currency="EUR",
        issued_on=date.fromisoformat(on),
        due_on=date.fromisoformat(on),
        period=OCTOBER,
        lines=list(lines),
        tax_groups=[TaxGroup(category="S", rate=Decimal(rate), base=net, tax=tax)],
        net=net,
        tax=tax,
        total=net + tax,
        cycle_id="monthly",
        name=Sealed("sealed"),
        allowances=list(allowances),
    )


def credited(invoice: InvoiceIssued, lines: Sequence[InvoiceLine], on: str) -> CreditNoteIssued:
    net = sum((each.net for each in lines), Decimal(0))
    tax = (net / 5).quantize(Decimal("0.01"))
    return CreditNoteIssued(
        credit_note_id="cn-1",
        invoice_id=invoice.invoice_id,
        account_id="acc-1",
        number="CN-000001",
        currency="EUR",
        issued_on=date.fromisoformat(on),
        period=OCTOBER,
        lines=list(lines),
        tax_groups=[TaxGroup(category="S", rate=Decimal("20"), base=net, tax=tax)],
        net=net,
        tax=tax,
        total=net + tax,
        cycle_id="monthly",
        name=Sealed("sealed"),
        corrects=DocumentReference(id=invoice.invoice_id, number="INV-000001", issued_on=invoice.issued_on),
        reason="service_outage",
        series_id="CN",
        series_n=1,
    )


def booked(*events: Event, book: Book | None = None) -> list[Posting]:
    book = book or Book(Known())
    return [posting for event in events for posting in book.postings(event, date(2026, 12, 24))]


def balances(postings: Iterable[Posting], on: str) -> dict[str, str]:
    """Debits less credits by account at the end of a day; what is zero is left out."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for posting in postings:
        if posting.booked_on <= date.fromisoformat(on):
            found[posting.debit] += posting.amount
            found[posting.credit] -= posting.amount
    assert sum(found.values()) == 0
    return {name: str(amount) for name, amount in sorted(found.items()) if amount}


USAGE = line(2, "12.40", OCTOBER, kind="usage")
ADVANCE = line(1, "92.00", QUARTER)


def test_usage_is_unbilled_until_it_is_invoiced_and_what_is_in_advance_is_deferred_and_released_by_days_r59() -> None:
    lines = [ADVANCE, USAGE]
    story = booked(*drafted("inv-1", lines), issued("inv-1", lines, "2026-11-01"))
    # October: only the usage is earned, and nobody was billed.
    assert balances(story, "2026-10-31") == {"revenue": "-12.40", "unbilled_revenue": "12.40"}
    # Issued: 104.40 net, 20.88 tax. 92 days from November to January, 1.00 a day.
    assert balances(story, "2026-11-01") == {
        **{"receivables": "125.28", "tax": "-20.88", "deferred_revenue": "-92.00", "revenue": "-12.40"},
    }
    assert balances(story, "2026-11-30")["deferred_revenue"] == "-62.00"
    assert balances(story, "2026-12-31")["deferred_revenue"] == "-31.00"
    assert balances(story, "2027-01-31") == {"receivables": "125.28", "revenue": "-104.40", "tax": "-20.88"}


def test_a_credit_note_takes_back_by_the_same_days_what_is_earned_and_what_is_deferred_r59() -> None:
    invoice = issued("inv-1", [ADVANCE], "2026-11-01")
    half = credited(invoice, [line(1, "46.00", QUARTER)], "2026-12-10")
    story = booked(invoice, half)
    # On 10 December November is over, 15.00 of 46.00; 31.00 were not earned yet.
    assert balances(story, "2026-12-10") == {
        **{"deferred_revenue": "-31.00", "receivables": "55.20", "revenue": "-15.00", "tax": "-9.20"},
    }
    assert balances(story, "2026-12-31")["deferred_revenue"] == "-15.50"
    assert balances(story, "2027-01-31") == {"receivables": "55.20", "revenue": "-46.00", "tax": "-9.20"}


def test_a_void_takes_back_all_that_an_invoice_books_also_what_was_to_come() -> None:
    lines = [ADVANCE, USAGE]
    void = InvoiceVoided(
        invoice_id="inv-1",
        account_id="acc-1",
        number="INV-000001",
        currency="EUR",
        total=Decimal("125.28"),
        reason="duplicate",
        voided_on=date(2026, 12, 10),
    )
    story = booked(*drafted("inv-1", lines), issued("inv-1", lines, "2026-11-01"), void)
    for day in ("2026-12-10", "2026-12-31", "2027-01-31"):
        assert balances(story, day) == {}
    assert balances(story, "2026-12-09") != {}


def test_postings_are_in_the_books_of_who_has_issued_and_are_taken_back_there() -> None:
    """The account was the operator's when its draft was complete, and is another's now."""
    lines, book = [ADVANCE, USAGE], Book(Known())
    invoice = msgspec.structs.replace(issued("inv-1", lines, "2026-11-01"), legal_entity="nl")
    void = InvoiceVoided(
        invoice_id="inv-1",
        account_id="acc-1",
        number="INV-000001",
        currency="EUR",
        total=Decimal("125.28"),
        reason="duplicate",
        voided_on=date(2026, 12, 10),
    )
    day = date(2026, 12, 24)
    early = [posting for event in drafted("inv-1", lines) for posting in book.postings(event, day, "")]
    later = [posting for event in (invoice, void) for posting in book.postings(event, day, "be")]
    assert {posting.about.legal_entity for posting in early} == {""}
    assert {posting.about.legal_entity for posting in later} == {"nl"}
    assert balances([*early, *later], "2027-01-31") == {}


def test_what_is_issued_behind_its_days_is_earned_at_once() -> None:
    story = booked(issued("inv-1", [line(1, "30.00", NOVEMBER)], "2026-12-05"))
    assert balances(story, "2026-12-05") == {"receivables": "36.00", "revenue": "-30.00", "tax": "-6.00"}
    assert {posting.kind for posting in story} == {"invoice"}


def test_a_discount_lowers_what_is_earned_of_each_line_in_proportion() -> None:
    off = Allowance(
        discount_id="d", reason="Summer", code="c", amount=Decimal("10.44"), base=Decimal("104.40"), period=OCTOBER
    )
    lines = [ADVANCE, USAGE]
    story = booked(*drafted("inv-1", lines, allowances=[off]), issued("inv-1", lines, "2026-11-01", allowances=[off]))
    assert balances(story, "2026-10-31") == {"revenue": "-11.16", "unbilled_revenue": "11.16"}
    assert balances(story, "2026-11-01")["deferred_revenue"] == "-82.80"
    assert "unbilled_revenue" not in balances(story, "2026-11-01")
    assert balances(story, "2027-01-31")["revenue"] == "-93.96"


def test_a_line_that_includes_tax_is_earned_net() -> None:
    gross = line(1, "12.00", OCTOBER, kind="usage", gross="12.00")
    net = msgspec.structs.replace(gross, net=Decimal("10.00"))
    story = booked(*drafted("inv-1", [gross], nets={1: Decimal("10.00")}), issued("inv-1", [net], "2026-11-01"))
    assert balances(story, "2026-10-31") == {"revenue": "-10.00", "unbilled_revenue": "10.00"}
    assert balances(story, "2026-11-01") == {"receivables": "12.00", "revenue": "-10.00", "tax": "-2.00"}


def test_a_line_whose_net_is_not_known_yet_is_not_accrued() -> None:
    assert booked(*drafted("inv-1", [line(1, "12.00", OCTOBER, gross="12.00")])) == []


def test_what_was_carried_forward_is_unbilled_until_the_invoice_that_it_is_on() -> None:
    credit = line(1, "-35.00", OCTOBER, kind="credit")
    carried = line(2, "-35.00", OCTOBER, kind="carried_forward")
    later = line(1, "40.00", NOVEMBER, kind="usage")
    moved = DraftCarriedForward(
        invoice_id="inv-1", account_id="acc-1", into="inv-2", currency="EUR", period=OCTOBER, line=carried
    )
    *added, draft = drafted("inv-2", [later], NOVEMBER)
    story = booked(*drafted("inv-1", [credit]), *added, moved, draft, issued("inv-2", [later, carried], "2026-12-01"))
    assert balances(story, "2026-10-31") == {"revenue": "35.00", "unbilled_revenue": "-35.00"}
    assert balances(story, "2026-11-30") == {"revenue": "-5.00", "unbilled_revenue": "5.00"}
    assert balances(story, "2026-12-01") == {"receivables": "6.00", "revenue": "-5.00", "tax": "-1.00"}


def test_a_draft_that_credit_notes_give_back_is_accrued_no_longer() -> None:
    given_back = DraftCredited(
        invoice_id="inv-1",
        account_id="acc-1",
        currency="EUR",
        period=OCTOBER,
        net=Decimal("-35.00"),
        tax=Decimal("-7.00"),
        total=Decimal("-42.00"),
        credit_notes=["cn-1"],
        reason="cancellation",
        left=Decimal("0.00"),
    )
    story = booked(*drafted("inv-1", [line(1, "-35.00", OCTOBER, kind="credit")]), given_back)
    assert balances(story, "2026-12-24") == {}


def test_a_draft_that_is_complete_once_more_accrues_only_what_is_new() -> None:
    first, second = USAGE, line(3, "5.00", OCTOBER, kind="usage")
    story = booked(*drafted("inv-1", [first]), *drafted("inv-1", [second]))
    assert balances(story, "2026-10-31") == {"revenue": "-17.40", "unbilled_revenue": "17.40"}


def test_late_fees_are_earned_when_they_are_billed_and_late_usage_in_the_period_it_is_billed_with() -> None:
    fee = line(1, "5.00", OCTOBER, kind="late_fee")
    late = line(2, "3.00", Period(date(2026, 9, 1), date(2026, 10, 1)), kind="usage")
    story = booked(*drafted("inv-1", [fee, late]))
    assert balances(story, "2026-10-01") == {"revenue": "-3.00", "unbilled_revenue": "3.00"}
    story += booked(issued("inv-1", [fee], "2026-11-01"))
    assert balances(story, "2026-11-01")["late_fees"] == "-5.00"


@pytest.mark.parametrize("seed", range(40))
def test_customers_owe_in_the_journal_what_they_owe_in_the_ledger(seed: int) -> None:
    """Whatever becomes of payments: what differs is that documents book what invoices and voids of the ledger do."""
    moves = get_args(Moves)
    ours: dict[str, Decimal] = defaultdict(Decimal)
    theirs: dict[str, Decimal] = defaultdict(Decimal)
    for applied in Life(seed).applied:
        event: Any = applied.event
        if isinstance(event, get_args(Money)):
            for told in ledger_postings(event):
                theirs[told.debit] += told.amount
                theirs[told.credit] -= told.amount
        if type(event) in moves:
            for posting in postings(event, Days({}, {}), date(2026, 10, 9)):
                assert posting.amount > 0
                ours[posting.debit] += posting.amount
                ours[posting.credit] -= posting.amount
    assert sum(ours.values()) == 0
    # What documents book, invoicing's side of it: all that the ledger calls billed.
    assert ours["receivables"] - theirs["billed"] == theirs["receivables"]
    assert ours["customer_credit"] == theirs["unapplied"]
    for name in ("deposits_held", "credits_given", "adjustments", "write_offs"):
        assert ours[name] == theirs[name], name
    assert ours["rounding"] == theirs["rounding_differences"]
    assert ours["bank"] == sum((amount for name, amount in theirs.items() if name.startswith("clearing:")), Decimal(0))


def test_every_event_that_moves_money_in_the_ledger_is_booked() -> None:
    """Who lets the ledger of payments take another one says here what is booked of it."""
    by_documents = {ReceivableOpened, ReceivableWithdrawn}
    assert set(get_args(Money)) - by_documents == set(get_args(Moves))


def test_what_comes_back_of_a_chargebacks_fee_is_booked_back_where_it_was_taken_R50() -> None:
    def won(fee: str) -> list[tuple[str, str, str]]:
        event = ChargebackReversed(
            payment_id="pay-1",
            account_id="acc-1",
            chargeback_id="cb-1",
            amount=Decimal("40.00"),
            currency="EUR",
            method="card",
            reversed_on=date(2026, 11, 2),
            charged_back=Decimal(0),
            unallocated=Decimal("40.00"),
            status="succeeded",
            fee_returned=Decimal(fee),
        )
        found = postings(event, Days(money={}, claims={}), date(2026, 11, 2))
        return [(one.debit, one.credit, str(one.amount)) for one in found]

    assert won("0") == [("bank", "customer_credit", "40.00")]
    assert won("15.00") == [("bank", "customer_credit", "40.00"), ("bank", "chargeback_fees", "15.00")]
