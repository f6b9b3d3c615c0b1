"""An account that another pays for: its charges are lines of the payer's invoice, once, taxed as the payer is."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.billing_run.messages import BillingRunPageWalked, WalkAccounts
from services.invoicing.invoice.messages import (
    ChargesTaken,
    DraftCarriedForward,
    DraftDisagreed,
    DraftLineAdded,
    DraftPassedOn,
    DraftTaken,
    FinaliseInvoice,
    InvoiceDrafted,
    InvoiceLocked,
    NoteTaken,
    TakeCharges,
)
from services.invoicing.invoice.state import Drafted, Invoice, PassedOn, invoice_id_of
from services.rating.period.messages import PeriodClosed
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.invoicing.story import OCTOBER, SEPTEMBER, charge, closed, invoicing, opened, subscribed

MAIN = invoice_id_of("head", SEPTEMBER)
LATER = invoice_id_of("head", SEPTEMBER, "branch")
BRANCH = invoice_id_of("branch", SEPTEMBER)


def paid_by(event: PeriodClosed, payer: str = "head") -> PeriodClosed:
    return msgspec.structs.replace(event, billed_by=payer)


def passed(*amounts: str, account: str = "branch", period: Period = SEPTEMBER) -> TakeCharges:
    """What reaches the payer when the period of a branch with these charges closes."""
    story = invoicing().when_event(opened(account)).when_event(subscribed(account))
    for n, amount in enumerate(amounts, start=1):
        story.when_event(charge(n, amount, account=account, period=period))
    total = str(sum(Decimal(amount) for amount in amounts))
    story.when_event(paid_by(closed(len(amounts), total, account=account, period=period)))
    (take,) = [send.message for send in story.sends if isinstance(send.message, TakeCharges)]
    return take


def head(*, own: bool = False, tax_rate: str = "20") -> Specification:
    story = invoicing().when_event(opened("head", tax_rate=tax_rate))
    return story.when_event(subscribed("head")) if own else story


def drafted(story: Specification) -> list[InvoiceDrafted]:
    return [event for event in story.events if isinstance(event, InvoiceDrafted)]


def test_what_another_pays_is_passed_on_and_no_invoice_of_its_own() -> None:
    story = invoicing().when_event(opened("branch")).when_event(subscribed("branch"))
    story.when_event(charge(1, "20.00", account="branch"))
    story.when_event(paid_by(closed(1, "20.00", account="branch")))
    passed_on = story.events[0]
    assert isinstance(passed_on, DraftPassedOn) and (passed_on.payer_id, passed_on.net) == ("head", Decimal("20.00"))
    assert [line.account_id for line in passed_on.lines] == ["branch"]
    assert not drafted(story)
    (send,) = story.sends
    assert send.to == "invoicing" and send.message.key == "head"
    story.when(FinaliseInvoice(invoice_id=BRANCH, account_id="branch")).then_refused("invoice_passed_on")
    profile = story.get(BillProfile, "branch")
    assert profile is not None and profile.pending == () and profile.expected == OCTOBER


def test_the_branch_leads_to_the_invoice_of_its_payer() -> None:
    story = head().when(passed("20.00"))
    (note,) = [send.message for send in story.sends]
    assert note == NoteTaken(account_id="branch", invoice_id=BRANCH, into=MAIN)
    branch = invoicing().when_event(opened("branch")).when_event(charge(1, "20.00", account="branch"))
    branch.when_event(paid_by(closed(1, "20.00", account="branch")))
    branch.when(note).then(DraftTaken(invoice_id=BRANCH, account_id="branch", into=MAIN))
    known = branch.get(Invoice, BRANCH)
    assert known is not None and known.stage == PassedOn(payer_id="head", into=MAIN)
    branch.when(note).then_nothing()


def test_a_payer_without_a_period_of_its_own_has_a_complete_draft_at_once_and_again_with_each_branch() -> None:
    story = head(tax_rate="21").when(passed("20.00", "1.00"))
    (first,) = drafted(story)
    assert (first.invoice_id, first.lines, first.net, first.tax) == (MAIN, 2, Decimal("21.00"), Decimal("4.41"))
    story.when(passed("9.00", account="other"))
    (again,) = drafted(story)
    assert (again.invoice_id, again.lines, again.net, again.version) == (MAIN, 3, Decimal("30.00"), 5)
    known = story.get(Invoice, MAIN)
    assert known is not None and isinstance(known.stage, Drafted) and known.version == again.version
    assert [(line.n, line.account_id) for line in known.lines] == [(1, "branch"), (2, "branch"), (3, "other")]
    profile = story.get(BillProfile, "head")
    assert profile is not None and [draft.invoice_id for draft in profile.pending] == [MAIN]


def test_a_payer_with_a_period_of_its_own_has_one_invoice_of_both() -> None:
    story = head(own=True).when(passed("20.00"))
    assert not drafted(story)
    story.when_event(charge(1, "50.00", account="head")).when_event(closed(1, "50.00", account="head"))
    (draft,) = drafted(story)
    assert (draft.invoice_id, draft.net) == (MAIN, Decimal("70.00"))
    story.when(passed("9.00", account="other"))
    assert [(draft.invoice_id, draft.net) for draft in drafted(story)] == [(MAIN, Decimal("79.00"))]


def test_the_lines_of_others_are_none_that_rating_announced_for_the_payer() -> None:
    story = head(own=True).when(passed("20.00")).when_event(closed(0, "0.00", account="head"))
    assert [draft.net for draft in drafted(story)] == [Decimal("20.00")]
    story = head(own=True).when(passed("20.00")).when_event(closed(1, "20.00", account="head"))
    assert any(isinstance(event, DraftDisagreed) for event in story.events)


def test_what_comes_when_the_payers_invoice_is_locked_is_on_an_invoice_of_its_own() -> None:
    story = head().when(passed("9.00", account="other")).when(FinaliseInvoice(invoice_id=MAIN, account_id="head"))
    story.when(passed("20.00"))
    (late,) = drafted(story)
    assert (late.invoice_id, late.period, late.net) == (LATER, SEPTEMBER, Decimal("20.00"))
    story.when(FinaliseInvoice(invoice_id=LATER, account_id="head"))
    assert isinstance(story.events[0], InvoiceLocked)


def test_charges_of_the_payer_itself_after_its_invoice_for_others_are_on_one_of_their_own() -> None:
    """It has subscribed, from a day in the past, when its invoice for others was complete."""
    story = head().when(passed("20.00")).when_event(subscribed("head"))
    story.when_event(charge(1, "50.00", account="head")).when_event(closed(1, "50.00", account="head"))
    assert [(draft.invoice_id, draft.net) for draft in drafted(story)] == [
        (invoice_id_of("head", SEPTEMBER, "head"), Decimal("50.00"))
    ]


def test_charges_are_taken_once() -> None:
    take = passed("20.00")
    story = head().when(take)
    assert [type(event) for event in story.events] == [DraftLineAdded, ChargesTaken, InvoiceDrafted]
    story.when(take).then_nothing()


def test_what_the_branch_had_below_zero_goes_along() -> None:
    story = invoicing().when_event(opened("branch")).when_event(subscribed("branch"))
    story.when_event(charge(1, "-5.00", account="branch")).when_event(closed(1, "-5.00", account="branch"))
    november = Period(OCTOBER.end, OCTOBER.end.replace(month=12))
    story.when_event(charge(1, "20.00", account="branch", period=OCTOBER))
    story.when_event(paid_by(closed(1, "20.00", account="branch", period=OCTOBER, after=november)))
    carried, passed_on, *_ = story.events
    assert isinstance(carried, DraftCarriedForward) and isinstance(passed_on, DraftPassedOn)
    assert passed_on.net == Decimal("15.00") and [line.account_id for line in passed_on.lines] == ["branch", "branch"]


def test_a_draft_of_the_payer_below_zero_is_carried_to_the_next_of_what_it_pays() -> None:
    story = head().when(passed("-5.00"))
    story.when(passed("20.00", period=OCTOBER))
    carried = [event for event in story.events if isinstance(event, DraftCarriedForward)]
    assert [(event.invoice_id, event.line.net) for event in carried] == [(MAIN, Decimal("-5.00"))]
    assert [draft.net for draft in drafted(story)] == [Decimal("15.00")]


def test_a_charge_that_was_lost_on_the_way_stops_the_draft_of_the_branch() -> None:
    story = invoicing().when_event(opened("branch")).when_event(subscribed("branch"))
    story.when_event(charge(1, "20.00", account="branch"))
    story.when_event(paid_by(closed(2, "40.00", account="branch")))
    assert any(isinstance(event, DraftDisagreed) for event in story.events) and not story.sends


def test_a_run_invoices_the_payer_and_finds_nothing_at_the_branch() -> None:
    story = head().when(passed("20.00"))
    story.when_event(opened("branch")).when_event(subscribed("branch"))
    story.when_event(charge(1, "20.00", account="branch"))
    story.when_event(paid_by(closed(1, "20.00", account="branch")))
    walk = WalkAccounts(run_id="run-1", target_date=OCTOBER.start, dry_run=False, cycle_id="monthly")
    story.when(walk)
    walked = story.events[-1]
    assert isinstance(walked, BillingRunPageWalked)
    assert [(one.account_id, one.outcome, one.net) for one in walked.outcomes] == [
        ("head", "invoiced", Decimal("20.00"))
    ]
