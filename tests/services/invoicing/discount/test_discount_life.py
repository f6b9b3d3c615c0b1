"""Discounts of an account through drafts, invoices, voids, credit notes and reissues (R41, R46)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.invoicing.billing_run.messages import BillingRunPageWalked, WalkAccounts
from services.invoicing.coupon.messages import DefineCoupon, DiscountTerms, RedeemCoupon
from services.invoicing.credit_note.messages import CreditInvoice, CreditNoteIssued, LineToCredit
from services.invoicing.discount.messages import DiscountEnded, DiscountGranted, EndDiscount, GrantDiscount
from services.invoicing.discount.state import AccountDiscounts
from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceDrafted, InvoiceIssued, InvoiceLocked
from services.invoicing.invoice.state import IssuedLines, invoice_id_of
from services.invoicing.on_demand.messages import InvoiceAccount
from services.invoicing.void.messages import CompleteVoid, InvoiceVoided, VoidInvoice
from services.rating.period.messages import PeriodClosed
from shared.kernel.money import Money
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.invoicing.story import (
    ACCOUNT,
    INVOICE,
    OCTOBER,
    SEPTEMBER,
    Partitions,
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
NEXT = dict(pairwise(MONTHS))
LATER = datetime(2026, 10, 9, 12, tzinfo=UTC)


def grant(discount_id: str = "d-1", **terms: Any) -> GrantDiscount:
    said: dict[str, Any] = {"name": "Loyalty discount"} | {
        name: Decimal(value) if name in ("percent", "amount") else value for name, value in terms.items()
    }
    if "amount" in said:
        said["currency"] = "EUR"
    starts_on = date(2026, 9, 1)
    return GrantDiscount(
        discount_id=discount_id, account_id=ACCOUNT, terms=DiscountTerms(**said), code="retention", starts_on=starts_on
    )


def account(*grants: GrantDiscount) -> Specification:
    spec = tell(invoicing(), opened(), subscribed())
    for one in grants:
        spec.when(one)
    return spec


def month(spec: Specification, period: Period, *nets: str) -> InvoiceDrafted:
    """The charges of a month are in, and it is closed."""
    total = sum(map(Decimal, nets), Decimal(0))
    tell(spec, *(charge(n, net, period=period) for n, net in enumerate(nets, 1)))
    tell(spec, closed(len(nets), str(total), period=period, after=NEXT[period]))
    return next(event for event in spec.events if isinstance(event, InvoiceDrafted))


def locked(spec: Specification, period: Period) -> InvoiceLocked:
    spec.when(FinaliseInvoice(invoice_id=invoice_id_of(ACCOUNT, period), account_id=ACCOUNT))
    return next(event for event in spec.events if isinstance(event, InvoiceLocked))


def off(event: InvoiceDrafted | InvoiceLocked | InvoiceIssued) -> list[str]:
    return [str(one.amount) for one in event.allowances]


def sums(event: Any) -> tuple[str, str, str]:
    return str(event.net), str(event.tax), str(event.total)


def test_a_draft_forecasts_what_its_lock_fixes_before_tax_R41() -> None:
    """100.00 + 50.00, less 10 % is 135.00; 20 % of it 27.00."""
    spec = account(grant(percent="10"))
    drafted = month(spec, SEPTEMBER, "100.00", "50.00")
    assert (off(drafted), sums(drafted)) == (["15.00"], ("135.00", "27.00", "162.00"))
    fixed = locked(spec, SEPTEMBER)
    assert (off(fixed), sums(fixed)) == (["15.00"], ("135.00", "27.00", "162.00"))
    (allowance,) = fixed.allowances
    assert (allowance.reason, allowance.code, allowance.discount_id) == ("Loyalty discount", "retention", "d-1")
    assert [(one.category, str(one.rate), str(one.amount)) for one in allowance.shares] == [("S", "20", "15.00")]


def test_a_discount_that_comes_after_the_draft_is_on_the_invoice() -> None:
    spec = account()
    assert off(month(spec, SEPTEMBER, "100.00")) == []
    spec.when(grant(percent="10"))
    assert sums(locked(spec, SEPTEMBER)) == ("90.00", "18.00", "108.00")


def test_an_amount_above_the_invoice_takes_all_and_its_rest_is_lost() -> None:
    spec = account(grant(amount="50.00", periods=1))
    month(spec, SEPTEMBER, "30.00")
    fixed = locked(spec, SEPTEMBER)
    assert (off(fixed), sums(fixed)) == (["30.00"], ("0.00", "0.00", "0.00"))
    month(spec, OCTOBER, "30.00")
    assert off(locked(spec, OCTOBER)) == []


def test_so_many_periods_that_were_invoiced() -> None:
    spec = account(grant(percent="10", periods=2))
    taken = []
    for period in (SEPTEMBER, OCTOBER, NOVEMBER):
        month(spec, period, "100.00")
        taken.append(off(locked(spec, period)))
    assert taken == [["10.00"], ["10.00"], []]


@pytest.mark.parametrize("how", ["run", "on demand"])
def test_drafts_that_are_locked_at_once_use_once_up_together(how: str) -> None:
    spec = account(grant(percent="10", periods=1))
    for period in (SEPTEMBER, OCTOBER):
        month(spec, period, "100.00")
    if how == "run":
        spec.when(WalkAccounts(run_id="r-1", target_date=date(2026, 11, 1), account_ids=[ACCOUNT], dry_run=False))
        assert any(isinstance(event, BillingRunPageWalked) for event in spec.events)
    else:
        spec.when(InvoiceAccount(account_id=ACCOUNT, demand_id="x"))
    assert [off(event) for event in spec.events if isinstance(event, InvoiceLocked)] == [["10.00"], []]


def test_a_discount_ends_with_the_periods_that_begin_later() -> None:
    spec = account(grant(percent="10"))
    month(spec, SEPTEMBER, "100.00")
    locked(spec, SEPTEMBER)
    spec.when(EndDiscount(discount_id="d-1", account_id=ACCOUNT, on=date(2026, 10, 1)))
    assert DiscountEnded(discount_id="d-1", account_id=ACCOUNT, on=date(2026, 10, 1), version=2) in spec.events
    assert off(month(spec, OCTOBER, "100.00")) == []
    spec.when(EndDiscount(discount_id="d-1", account_id=ACCOUNT)).then_nothing()


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        pytest.param(EndDiscount(discount_id="d-9", account_id=ACCOUNT), "discount_not_found", None, id="unknown"),
        pytest.param(
            EndDiscount(discount_id="d-1", account_id=ACCOUNT, on=date(2026, 8, 31)), "invalid", "/on", id="too early"
        ),
        pytest.param(
            GrantDiscount(
                discount_id="d-2",
                account_id=ACCOUNT,
                code="other",
                terms=DiscountTerms(name="x", amount=Decimal(1), currency="USD"),
            ),
            "currency_mismatch",
            "/discount/amount/currency",
            id="currency",
        ),
        pytest.param(
            GrantDiscount(discount_id="d-2", account_id="acc-9", code="other", terms=DiscountTerms(name="x")),
            "account_not_found",
            None,
            id="account",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(command: Any, code: str, pointer: str | None) -> None:
    account(grant(percent="10")).when(command).then_refused(code, pointer=pointer)


def test_what_is_below_zero_takes_no_discount_and_the_next_invoice_takes_it_of_the_rest() -> None:
    """-35.00 is carried to 135.00: 10 % of the 100.00 that are left."""
    spec = account(grant(percent="10", periods=1))
    assert off(month(spec, SEPTEMBER, "-35.00")) == []
    drafted = month(spec, OCTOBER, "135.00")
    assert (off(drafted), sums(drafted)) == (["10.00"], ("90.00", "18.00", "108.00"))


def test_who_pays_takes_its_own_discounts_of_what_it_pays_for_others() -> None:
    partitions = Partitions()
    branch = next(f"branch-{n}" for n in range(50) if partitions.of(f"branch-{n}") is not partitions.of(ACCOUNT))
    tell(partitions.of(ACCOUNT), opened())
    tell(partitions.of(branch), opened(branch), subscribed(branch))
    partitions.run(grant(percent="10"))
    partitions.run(
        GrantDiscount(
            discount_id="d-b", account_id=branch, code="other", terms=DiscountTerms(name="x", percent=Decimal(50))
        )
    )
    spec = partitions.of(branch)
    tell(spec, charge(1, "100.00", account=branch))
    told = PeriodClosed(
        account_id=branch,
        period=SEPTEMBER,
        lines=1,
        sum=Decimal("100.00"),
        currency="EUR",
        next_period=OCTOBER,
        billed_by=ACCOUNT,
    )
    spec.when_event(told, service="rating")
    (send,) = spec.sends
    drafted = next(event for event in partitions.run(send.message) if isinstance(event, InvoiceDrafted))
    assert (off(drafted), sums(drafted)) == (["10.00"], ("90.00", "18.00", "108.00"))


def issued(*nets: str, grants: tuple[GrantDiscount, ...] = ()) -> Partitions:
    partitions = Partitions()
    spec = tell(partitions.of(ACCOUNT), opened(), subscribed())
    for one in grants:
        spec.when(one)
    month(spec, SEPTEMBER, *nets)
    partitions.finalise(ACCOUNT)
    return partitions


def credit(partitions: Partitions, n: int = 1, **what: Any) -> CreditNoteIssued:
    command = CreditInvoice(
        credit_note_id=f"cn-{n}", invoice_id=INVOICE, account_id=ACCOUNT, reason="service_outage", **what
    )
    return next(event for event in partitions.run(command, now=LATER) if isinstance(event, CreditNoteIssued))


def test_a_credited_line_returns_what_was_paid_for_it_R46() -> None:
    """60.00 and 40.00 less 10 %: the line of 40.00 was 36.00 + 7.20."""
    partitions = issued("60.00", "40.00", grants=(grant(percent="10"),))
    note = credit(partitions, lines=[LineToCredit(n=2)])
    assert (sums(note), str(note.lines[0].net)) == (("36.00", "7.20", "43.20"), "36.00")
    rest = credit(partitions, 2)
    assert (sums(rest), [str(line.net) for line in rest.lines]) == (("54.00", "10.80", "64.80"), ["54.00"])


def test_no_more_of_a_line_is_credited_than_was_paid_for_it() -> None:
    partitions = issued("60.00", "40.00", grants=(grant(percent="10"),))
    command = CreditInvoice(
        credit_note_id="cn-1",
        invoice_id=INVOICE,
        account_id=ACCOUNT,
        reason="other",
        lines=[LineToCredit(n=2, net=Decimal("36.01"))],
    )
    partitions.run(command, now=LATER)
    partitions.of(ACCOUNT).then_refused("over_credited", pointer="/lines/0/net")


def test_a_void_invoice_gives_its_period_back_and_a_reissue_keeps_it() -> None:
    partitions = issued("100.00", grants=(grant(percent="10", periods=1),))
    partitions.run(VoidInvoice(invoice_id=INVOICE, account_id=ACCOUNT, reason="duplicate"))
    events = partitions.run(CompleteVoid(invoice_id=INVOICE, account_id=ACCOUNT))
    assert any(isinstance(event, InvoiceVoided) for event in events)
    assert off(month(partitions.of(ACCOUNT), OCTOBER, "100.00")) == ["10.00"]

    partitions = issued("100.00", grants=(grant(amount="10.00", periods=1),))
    note = credit(partitions, reissue=True)
    assert note.reissued_as is not None and sums(note) == ("90.00", "18.00", "108.00")
    drafted = next(event for event in partitions.events if isinstance(event, InvoiceDrafted))
    assert (off(drafted), sums(drafted)) == (["10.00"], ("90.00", "18.00", "108.00"))
    spec = partitions.of(ACCOUNT)
    assert off(month(spec, OCTOBER, "100.00")) == []
    spec.when(FinaliseInvoice(invoice_id=note.reissued_as, account_id=ACCOUNT))
    assert [off(event) for event in spec.events if isinstance(event, InvoiceLocked)] == [["10.00"]]
    held = spec.get(AccountDiscounts, ACCOUNT)
    assert held is not None and [use.invoice_id for use in held.discounts[0].uses] == [note.reissued_as]


def test_a_coupon_reaches_its_account_once() -> None:
    partitions = Partitions()
    tell(partitions.of(ACCOUNT), opened())
    partitions.run(DefineCoupon(coupon_id="TEN", terms=DiscountTerms(name="Ten", percent=Decimal(10))))
    redeem = RedeemCoupon(
        coupon_id="TEN", account_id=ACCOUNT, discount_id="d-1", currency="EUR", time_zone="Europe/Paris"
    )
    events = [*partitions.run(redeem), *partitions.run(redeem)]
    assert [event.coupon_id for event in events if isinstance(event, DiscountGranted)] == ["TEN"]


nets = st.lists(st.integers(1, 9_999), min_size=1, max_size=5)


@settings(max_examples=30, deadline=None)
@given(nets, st.integers(1, 9_900), st.integers(1, 5_000), st.data())
def test_credit_notes_of_a_discounted_invoice_come_to_it_and_never_above_it_R39(
    drawn: list[int], hundredths: int, cents: int, data: st.DataObject
) -> None:
    grants = (grant(percent=str(Decimal(hundredths) / 100)), grant("d-2", amount=str(Decimal(cents) / 100)))
    partitions = issued(*(f"{Decimal(n) / 100:.2f}" for n in drawn), grants=grants)
    spec = partitions.of(ACCOUNT)
    stored = spec.get(IssuedLines, INVOICE)
    assert stored is not None
    fixed = next(event for event in partitions.events if isinstance(event, InvoiceIssued))
    assert fixed.net == sum(line.net for line in fixed.lines) - sum(one.amount for one in fixed.allowances)
    notes: list[CreditNoteIssued] = []
    for n, line in enumerate(data.draw(st.permutations(stored.lines)), 1):
        command = CreditInvoice(
            credit_note_id=f"cn-{n}",
            invoice_id=INVOICE,
            account_id=ACCOUNT,
            reason="other",
            lines=[LineToCredit(n=line.n)],
        )
        notes += [event for event in partitions.run(command, now=LATER) if isinstance(event, CreditNoteIssued)]
    credited = [sum((getattr(note, name) for note in notes), Decimal(0)) for name in ("net", "tax", "total")]
    assert credited == [fixed.net, fixed.tax, fixed.total]


def test_an_amount_of_a_discounted_invoice_is_credited_with_its_tax() -> None:
    partitions = issued("60.00", "40.00", grants=(grant(percent="10"),))
    note = credit(partitions, amount=Money(Decimal("10.80"), "EUR"))
    assert sums(note) == ("9.00", "1.80", "10.80")
    assert sums(credit(partitions, 2)) == ("81.00", "16.20", "97.20")
