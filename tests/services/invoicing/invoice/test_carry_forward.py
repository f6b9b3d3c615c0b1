"""A draft below zero: not issued, and a line of the account's next draft, once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.billing_run.messages import BillingRunPageWalked, WalkAccounts
from services.invoicing.invoice.messages import (
    DraftCarriedForward,
    DraftDisagreed,
    FinaliseInvoice,
    InvoiceDrafted,
    InvoiceLine,
    InvoiceLocked,
)
from services.invoicing.invoice.state import CarriedForward, Invoice, invoice_id_of
from shared.kernel.message import Event
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.invoicing.story import (
    ACCOUNT,
    INVOICE,
    OCTOBER,
    SEPTEMBER,
    charge,
    closed,
    invoicing,
    opened,
    subscribed,
    tell,
)

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
DECEMBER = Period(date(2026, 12, 1), date(2027, 1, 1))
MONTHS = (SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER)


def months(*nets: str, told: list[Event] | None = None) -> Specification:
    """An account whose months come to these amounts, one charge each; "" is a month without charges."""
    spec = tell(invoicing(), opened(), subscribed())
    for period, following, net in zip(MONTHS, (*MONTHS[1:], MONTHS[-1]), nets, strict=False):
        facts = [charge(1, net, period=period)] if net else []
        for fact in (*facts, closed(len(facts), net or "0.00", period=period, after=following)):
            tell(spec, fact)
            if told is not None:
                told.extend(spec.events)
    return spec


def invoice_of(period: Period) -> str:
    return invoice_id_of(ACCOUNT, period)


def finalise(period: Period) -> FinaliseInvoice:
    return FinaliseInvoice(invoice_id=invoice_of(period), account_id=ACCOUNT)


def locked(spec: Specification, period: Period) -> InvoiceLocked:
    [event] = spec.when(finalise(period)).events
    assert isinstance(event, InvoiceLocked)
    return event


def test_what_a_month_is_below_zero_is_a_line_of_the_next_invoice() -> None:
    spec = months("-35.00", "40.00")
    line = InvoiceLine(
        n=2,
        charge_id="",
        kind="carried_forward",
        description="Carried forward from 2026-09-01 to 2026-09-30",
        subscription_id="",
        plan_id="",
        plan_version=0,
        period=SEPTEMBER,
        net=Decimal("-35.00"),
        unrounded=Decimal("-35.00"),
        carried_from=INVOICE,
    )
    carried, drafted, _ = spec.events
    assert carried == DraftCarriedForward(
        invoice_id=INVOICE, account_id=ACCOUNT, into=invoice_of(OCTOBER), currency="EUR", period=SEPTEMBER, line=line
    )
    assert isinstance(drafted, InvoiceDrafted)
    assert (drafted.lines, drafted.net) == (2, Decimal("5.00"))
    asked = locked(spec, OCTOBER)
    assert (asked.net, asked.tax, asked.total) == (Decimal("5.00"), Decimal("1.00"), Decimal("6.00"))
    source = spec.get(Invoice, INVOICE)
    assert source is not None and source.stage == CarriedForward(into=invoice_of(OCTOBER))


def test_a_draft_below_zero_is_not_issued_and_one_that_was_carried_says_where_it_is() -> None:
    spec = months("-35.00")
    spec.when(finalise(SEPTEMBER)).then_refused("negative_total")
    spec = months("-35.00", "40.00")
    spec.when(finalise(SEPTEMBER)).then_refused("invoice_carried_forward")


# the months' own nets -> what each invoice asks for net of tax, None where none can be issued
CHAINS = [
    (("-35.00", "40.00", "40.00"), (None, "5.00", "40.00")),
    (("-35.00", "10.00", "40.00"), (None, None, "15.00")),
    (("-35.00", "-10.00", "40.00"), (None, None, "-5.00")),
    (("-35.00", "-10.00", "40.00", "5.00"), (None, None, None, "0.00")),
    (("-35.00", "", "40.00"), (None, None, "5.00")),
    (("40.00", "-35.00", "40.00"), ("40.00", None, "5.00")),
    (("-35.00", "35.00", "1.00"), (None, "0.00", "1.00")),
]


@pytest.mark.parametrize(("nets", "asked"), CHAINS)
def test_it_is_carried_once_however_many_months_are_below_zero(
    nets: tuple[str, ...], asked: tuple[str | None, ...]
) -> None:
    told: list[Event] = []
    spec = months(*nets, told=told)
    for period, net in zip(MONTHS, asked, strict=False):
        if net is None or Decimal(net) < 0:
            assert not isinstance(spec.when(finalise(period)).events[0], InvoiceLocked)
        else:
            assert locked(spec, period).net == Decimal(net)
    account = spec.get(BillProfile, ACCOUNT)
    assert account is not None
    waiting = [spec.get(Invoice, draft.invoice_id) for draft in account.pending]
    left = [sum(line.net for line in draft.lines) for draft in waiting if draft is not None]
    assert left == [Decimal(asked[-1] or 0)] * len(left)
    carried = [event.invoice_id for event in told if isinstance(event, DraftCarriedForward)]
    assert len(carried) == len(set(carried))


def test_the_events_alone_lead_to_the_same_drafts() -> None:
    told: list[Event] = []
    spec = months("-35.00", "10.00", "40.00", told=told)
    again = tell(invoicing(), opened(), subscribed()).given(*told)
    assert again.state.states[Invoice] == spec.state.states[Invoice]
    assert again.get(BillProfile, ACCOUNT) == spec.get(BillProfile, ACCOUNT)


def test_a_draft_that_disagrees_takes_nothing_over_and_the_one_after_it_does() -> None:
    spec = months("-35.00")
    tell(spec, charge(1, "40.00", period=OCTOBER), closed(2, "50.00", period=OCTOBER, after=NOVEMBER))
    assert [type(event) for event in spec.events[:1]] == [DraftDisagreed]
    tell(spec, charge(1, "40.00", period=NOVEMBER), closed(1, "40.00", period=NOVEMBER, after=DECEMBER))
    assert [event.into for event in spec.events if isinstance(event, DraftCarriedForward)] == [invoice_of(NOVEMBER)]


def test_a_run_names_a_draft_below_zero_until_it_is_carried() -> None:
    walk = WalkAccounts(run_id="r", target_date=date(2027, 1, 1), dry_run=True, account_ids=[ACCOUNT], last=True)
    found = months("-35.00").when(walk, now=datetime(2027, 1, 2, tzinfo=UTC)).events[-1]
    assert isinstance(found, BillingRunPageWalked)
    assert [(o.outcome, o.reason) for o in found.outcomes][:1] == [("failed", "negative_total")]
    found = months("-35.00", "40.00").when(walk, now=datetime(2027, 1, 2, tzinfo=UTC)).events[-1]
    assert isinstance(found, BillingRunPageWalked)
    assert [(o.outcome, o.net) for o in found.outcomes][:1] == [("invoiced", Decimal("5.00"))]
