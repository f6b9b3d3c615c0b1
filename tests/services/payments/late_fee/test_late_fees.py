"""Late fees, each example by hand: when they are asked for, of what, how much (R54)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import cast

import msgspec
import pytest

from services.invoicing.bill_profile.messages import LateFeePolicyAssigned
from services.invoicing.invoice.messages import InvoiceLine, TaxGroup
from services.invoicing.late_fee.messages import AddLateFee, LateFeeRefused
from services.invoicing.late_fee_policy.messages import DaysInYear, LateFeeStep, PolicyInForce
from services.payments.late_fee.calculating import Overdue, rounded
from services.payments.late_fee.calculating import interest as interest_of
from services.payments.late_fee.messages import (
    ChargeLateFees,
    InterestPutOff,
    LateFeeDropped,
    LateFeesEnded,
    LateFeeStepPassed,
    LateFeesWatched,
)
from services.payments.late_fee.state import LateFeeWatches
from shared.kernel.period import Period
from tests.services.payments.credit_note.test_credit_note import VOID, credit_note
from tests.services.payments.late_fee.stories import Account, Fees, flat, interest, percent, policy
from tests.services.payments.story import ACCOUNT

FIVE = policy(flat(1, "5.00"), grace_days=3)


@pytest.mark.parametrize(
    ("zone", "due", "after", "at"),
    [
        # 15 October and 3 days of grace: the first day of the step is the 19th, where the account is.
        ("UTC", "2026-10-15", 1, "2026-10-19T00:00:00+00:00"),
        ("Europe/Paris", "2026-10-15", 1, "2026-10-18T22:00:00+00:00"),
        ("America/New_York", "2026-10-15", 1, "2026-10-19T04:00:00+00:00"),
        ("Pacific/Auckland", "2026-10-15", 1, "2026-10-18T11:00:00+00:00"),
        # Clocks in Paris go back on 25 October: that day has 25 hours, and counts once.
        ("Europe/Paris", "2026-10-21", 2, "2026-10-25T23:00:00+00:00"),
        # Cairo skips midnight on 30 April 2027 and begins the day at 01:00.
        ("Africa/Cairo", "2027-04-26", 1, "2027-04-29T22:00:00+00:00"),
        # 2028 has a 29 February, 2027 has none.
        ("UTC", "2028-02-25", 1, "2028-02-29T00:00:00+00:00"),
        ("UTC", "2027-02-25", 1, "2027-03-01T00:00:00+00:00"),
    ],
)
def test_a_step_begins_with_its_day_where_the_account_is(zone: str, due: str, after: int, at: str) -> None:
    account = Account(zone).owes("40.00", policy(flat(after, "5.00"), grace_days=3), due=due)
    [timer] = account.timers
    assert timer.due_at == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    ("steps", "fees"),
    [
        ((flat(1, "5.00"),), [("2026-10-16", "5.00")]),
        ((percent(1, "2"),), [("2026-10-16", "8.00")]),  # 2 % of 400.00
        ((percent(1, "2", at_least="5.00"),), [("2026-10-16", "8.00")]),
        ((percent(1, "1", at_least="5.00"),), [("2026-10-16", "5.00")]),  # 4.00 is less than 5.00
        ((percent(1, "0.125"),), [("2026-10-16", "0.50")]),
        ((flat(5, "5.00"), flat(10, "7.50")), [("2026-10-20", "5.00"), ("2026-10-25", "7.50")]),
        # 400.00 × 0.09 × 16 ÷ 365 = 1.578, from 16 to 31 October; × 30 ÷ 365 = 2.958 in November
        ((interest(1, "9"),), [("2026-11-01", "1.58"), ("2026-12-01", "2.96")]),
        # ÷ 360: 1.60 and 3.00
        ((interest(1, "9", "360"),), [("2026-11-01", "1.60"), ("2026-12-01", "3.00")]),
        # 4 % from 16 to 25 October: 400 × 0.04 × 10 ÷ 365 = 0.438; 9 % from 26 to 31: 0.591; November 2.958
        (
            (interest(1, "4"), interest(11, "9")),
            [("2026-10-26", "0.44"), ("2026-11-01", "0.59"), ("2026-12-01", "2.96")],
        ),
        # A fee and the beginning of interest do not count to each other.
        (
            (flat(1, "5.00"), interest(17, "9")),
            [("2026-10-16", "5.00"), ("2026-12-01", "2.96")],
        ),
    ],
)
def test_each_kind_of_fee_comes_to_what_is_calculated_by_hand_R54(steps: tuple[LateFeeStep, ...], fees: Fees) -> None:
    assert Account().owes("400.00", policy(*steps)).until("2026-12-05").fees == fees


@pytest.mark.parametrize(
    ("days", "start", "end", "amount"),
    [
        # 1000.00 at 9 %: 29 days of February 2028 are 90 × 29 ÷ 366 = 7.131, ÷ 365 = 7.151, ÷ 360 = 7.25
        ("actual", "2028-02-01", "2028-03-01", "7.13"),
        ("365", "2028-02-01", "2028-03-01", "7.15"),
        ("360", "2028-02-01", "2028-03-01", "7.25"),
        # Two days of 2027 and two of 2028: 90 × (2 ÷ 365 + 2 ÷ 366) = 0.98495
        ("actual", "2027-12-30", "2028-01-03", "0.98"),
        # 2100 is no leap year.
        ("actual", "2100-02-01", "2100-03-01", "6.90"),
        # A day of 0.2465…
        ("365", "2026-10-25", "2026-10-26", "0.25"),
    ],
)
def test_interest_of_leap_years_and_of_short_years_R54(days: str, start: str, end: str, amount: str) -> None:
    span = Overdue(date.fromisoformat(start), date.fromisoformat(end), Decimal("1000.00"))
    found = interest_of([span], annual_rate=Decimal(9), days_in_year=cast(DaysInYear, days))
    assert rounded(found, "EUR") == Decimal(amount)


def test_partial_payments_lower_the_base_from_the_day_they_came_in() -> None:
    # 200.00 on 25 to 27 October, 100.00 on 28 to 31: (3 × 200 + 4 × 100) × 0.09 ÷ 365 = 0.2466
    account = Account().owes("200.00", policy(interest(10, "9"))).until("2026-10-26")
    account.pays("100.00", "2026-10-28").until("2026-11-01")
    assert account.fees == [("2026-11-01", "0.25")]
    [fee] = account.asked
    assert [(f"{span.start}", f"{span.end}", f"{span.base}") for span in fee.spans] == [
        ("2026-10-25", "2026-10-28", "200.00"),
        ("2026-10-28", "2026-11-01", "100.00"),
    ]
    # 200 × 0.09 × 3 ÷ 365 and 100 × 0.09 × 4 ÷ 365
    assert [f"{span.amount}" for span in fee.spans] == ["0.147945205", "0.098630137"]
    # recorded on 3 November, received on 28 October: November is of 100.00, and what was asked for stays.
    later = Account().owes("200.00", policy(interest(10, "9"))).until("2026-11-01")
    later.pays("100.00", "2026-10-28", recorded="2026-11-03").until("2026-12-01")
    # 200 × 0.09 × 7 ÷ 365 = 0.345; 100 × 0.09 × 30 ÷ 365 = 0.7397
    assert later.fees == [("2026-11-01", "0.35"), ("2026-12-01", "0.74")]


def test_interest_is_asked_for_when_the_invoice_is_paid_and_a_percentage_is_of_what_is_left() -> None:
    account = Account().owes("200.00", policy(percent(1, "2"), interest(10, "9")))
    account.pays("150.00", "2026-10-12").until("2026-10-31")
    assert account.fees == [("2026-10-16", "1.00")]
    # 50.00 from 25 to 30 October: 50 × 0.09 × 6 ÷ 365 = 0.074
    account.pays("50.00", "2026-10-31")
    assert account.fees[1:] == [("2026-10-31", "0.07")]
    assert not account.timers and account.spec.get(LateFeeWatches, ACCOUNT) is None


def test_what_is_paid_in_time_costs_nothing_R54() -> None:
    account = Account().owes("40.00", FIVE).pays("40.00", "2026-10-15")
    assert not account.timers and account.until("2027-01-01").fees == []
    # Paid in the days of grace, and by credit that was there before.
    assert Account().owes("40.00", FIVE).pays("40.00", "2026-10-18").until("2027-01-01").fees == []
    early = Account().pays("50.00", "2026-09-20").owes("40.00", FIVE)
    assert not early.timers and early.fees == []


def test_a_timer_that_fires_twice_asks_once_and_the_command_goes_to_invoicing_R54() -> None:
    account = Account().owes("40.00", FIVE)
    [timer] = account.timers
    account.fire(timer, now=timer.due_at)
    [send] = account.spec.sends
    assert send.to == "invoicing" and send.message == AddLateFee(account_id=ACCOUNT, fee=account.asked[0])
    account.fire(timer, now=timer.due_at)
    account.spec.then_nothing()
    account.spec.when(msgspec.json.decode(timer.command, type=ChargeLateFees), command_id="another").then_nothing()
    assert account.fees == [("2026-10-19", "5.00")]


def test_two_invoices_at_one_moment_are_asked_for_each() -> None:
    account = Account().owes("40.00", FIVE, n=1).owes("60.00", FIVE, n=2).until("2026-10-19")
    assert account.fees == [("2026-10-19", "5.00")] * 2
    assert len({fee.fee_id for fee in account.asked}) == 2


def test_all_fees_of_an_invoice_are_at_most_its_cap() -> None:
    steps = (flat(1, "5.00"), flat(2, "5.00"), flat(3, "5.00"))
    account = Account().owes("40.00", policy(*steps, cap=Decimal("8.00"))).until("2026-10-18")
    assert account.fees == [("2026-10-16", "5.00"), ("2026-10-17", "3.00")]
    assert [fee.capped for fee in account.asked] == [False, True]
    [passed] = [event for event in account.spec.events if isinstance(event, LateFeeStepPassed)]
    assert passed.reason == "cap_reached"
    # 10 % of 70.00
    share = Account().owes("70.00", policy(*steps, cap_percent=Decimal(10))).until("2026-10-18")
    assert share.fees == [("2026-10-16", "5.00"), ("2026-10-17", "2.00")]
    # 400.00 at 9 % from 16 October: 1.58, and 0.42 of 2.96; then no timer waits.
    running = Account().owes("400.00", policy(interest(1, "9"), cap=Decimal("2.00"))).until("2027-03-01")
    assert running.fees == [("2026-11-01", "1.58"), ("2026-12-01", "0.42")] and not running.timers


def test_below_the_minimum_nothing_is_asked_for() -> None:
    few = policy(flat(1, "5.00"), interest(2, "9"), minimum_overdue=Decimal("10.00"))
    account = Account().owes("40.00", few).pays("30.01", "2026-10-02").until("2027-01-01")
    assert account.fees == []
    # 40.00 is enough on 17 to 20 October, 9.99 is not from the 21st on: 40 × 0.09 × 4 ÷ 365 = 0.039
    account = Account().owes("40.00", few).until("2026-10-17").pays("30.01", "2026-10-21").until("2026-11-02")
    assert account.fees == [("2026-10-16", "5.00"), ("2026-11-01", "0.04")]


def test_interest_that_rounds_to_nothing_is_asked_for_as_a_whole_later() -> None:
    # 1.00 at 5 %: 16 days of October are 0.0022, with 30 of November 0.0063
    account = Account().owes("1.00", policy(interest(1, "5"))).until("2026-11-01")
    assert account.fees == [] and isinstance(account.spec.events[0], InterestPutOff)
    assert account.until("2026-12-01").fees == [("2026-12-01", "0.01")]


def fee_line(n: int, net: str) -> InvoiceLine:
    return InvoiceLine(
        n=n,
        charge_id="",
        kind="late_fee",
        description="Late fee",
        subscription_id="",
        plan_id="",
        plan_version=0,
        period=Period(date(2026, 9, 20), date(2026, 9, 21)),
        net=Decimal(net),
        unrounded=Decimal(net),
    )


@pytest.mark.parametrize(("anyway", "rate", "fee"), [(False, "0", "2.00"), (True, "0", "2.10"), (False, "20", "1.98")])
def test_no_fee_is_asked_for_on_a_fee_unless_the_policy_says_so(anyway: bool, rate: str, fee: str) -> None:
    # Of 105.00, 5.00 is a fee; with 20 % tax 6.00: 2 % of 100.00, of 105.00, of 99.00.
    group = TaxGroup(category="S", rate=Decimal(rate), base=Decimal("5.00"), tax=Decimal(0), lines=[1])
    account = Account().owes(
        "105.00", policy(percent(1, "2"), fee_on_fees=anyway), lines=[fee_line(1, "5.00")], tax_groups=[group]
    )
    assert account.until("2026-10-16").fees == [("2026-10-16", fee)]


def test_an_invoice_of_fees_alone_costs_nothing_more() -> None:
    account = Account().owes("5.00", FIVE, lines=[fee_line(1, "5.00")])
    assert account.until("2026-10-19").fees == []
    [passed] = [event for event in account.spec.events if isinstance(event, LateFeeStepPassed)]
    assert passed.reason == "nothing_overdue"


def test_what_is_void_or_credited_is_asked_for_no_more_R54() -> None:
    void = Account().owes("40.00", FIVE)
    void.spec.when_event(VOID)
    assert not void.timers and void.until("2027-01-01").fees == []
    whole = Account().owes("40.00", FIVE)
    whole.spec.when_event(credit_note(1, "40.00"))
    assert not whole.timers
    # What a credit note takes off was never owed: interest is of the rest from the beginning.
    account = Account().owes("200.00", policy(interest(10, "9"))).until("2026-10-26")
    account.spec.when_event(credit_note(1, "100.00"), now=datetime(2026, 10, 28, 12, tzinfo=UTC))
    # 100 × 0.09 × 7 ÷ 365 = 0.1726
    assert account.until("2026-11-01").fees == [("2026-11-01", "0.17")]


def test_a_fee_that_invoicing_refuses_counts_to_no_cap() -> None:
    account = Account().owes("40.00", policy(flat(1, "5.00"), flat(2, "5.00"), cap=Decimal("8.00"))).until("2026-10-16")
    [fee] = account.asked
    refused = LateFeeRefused(
        account_id=ACCOUNT,
        fee_id=fee.fee_id,
        invoice_id=fee.invoice_id,
        amount=fee.amount,
        currency="EUR",
        reason="void_pending",
    )
    account.took(account.spec.when_event(refused))
    assert isinstance(account.spec.events[0], LateFeeDropped)
    assert account.until("2026-10-17").fees[1:] == [("2026-10-17", "5.00")]


def assigned(policy: PolicyInForce | None) -> LateFeePolicyAssigned:
    return LateFeePolicyAssigned(account_id=ACCOUNT, version=2, policy=policy)


def test_without_a_policy_nothing_more_is_asked_for() -> None:
    account = Account().owes("40.00", policy(flat(1, "5.00"), flat(30, "9.00"))).until("2026-10-16")
    account.spec.when_event(assigned(None))
    assert account.spec.events == [LateFeesEnded(account_id=ACCOUNT, invoice_id="inv-1")] and not account.timers


def test_a_policy_that_an_account_gets_is_that_of_its_open_invoices_from_the_next_day_on() -> None:
    old = Account().owes("400.00", policy(flat(100, "1.00")))
    new = policy(flat(1, "5.00"), flat(5, "6.00"), interest(10, "9"))
    old.spec.when_event(assigned(new), now=datetime(2026, 10, 16, 9, tzinfo=UTC))
    [watched] = old.spec.events
    assert isinstance(watched, LateFeesWatched) and watched.passed == 1
    # 5.00 was due on that day already; 400 × 0.09 × 7 ÷ 365 = 0.690
    assert old.until("2026-11-01").fees == [("2026-10-20", "6.00"), ("2026-11-01", "0.69")]


def test_another_policy_takes_over_interest_and_cap() -> None:
    account = Account().owes("400.00", policy(interest(1, "9"))).until("2026-10-20")
    capped = msgspec.structs.replace(policy(flat(10, "5.00"), cap=Decimal("2.00")), policy_id="gentle")
    account.took(account.spec.when_event(assigned(capped), now=datetime(2026, 10, 21, 9, tzinfo=UTC)))
    # 16 to 20 October: 400 × 0.09 × 5 ÷ 365 = 0.493; then 1.51 is left of 2.00
    assert account.until("2026-12-01").fees == [("2026-10-21", "0.49"), ("2026-10-25", "1.51")]
