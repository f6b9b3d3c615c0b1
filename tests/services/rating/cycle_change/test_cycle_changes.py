"""An account goes over to another cycle: where, with which first period, and what flat prices cost meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rating.account.messages import (
    AccountCycleChanged,
    ChangeAccountCycle,
    CycleChangeScheduled,
)
from services.rating.account.state import Account
from services.rating.billing_cycle.messages import BillingCycleDefined, CycleTerms
from services.rating.period.messages import ChargeFixed, PeriodClosed
from services.rating.subscription.messages import SubscriptionStarted
from shared.kernel.calendar import EveryDays
from shared.kernel.outcome import CommandRejected
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.rating.account.test_accounts import open_account
from tests.services.rating.subscription.test_subscriptions import start
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    PARIS,
    account,
    at,
    bill,
    close,
    cycle,
    guided,
    plan,
    rating,
    subscription,
    terms,
    timer_of,
    used,
)

MID_MONTH: dict[str, Any] = {"anchor_day": 15, "cycle_id": "mid-month"}
WEEKLY: dict[str, Any] = {"frequency": EveryDays(7), "counts_from": date(2026, 9, 7), "cycle_id": "weekly"}


def to_mid_month(**options: Any) -> ChangeAccountCycle:
    return ChangeAccountCycle(account_id="acc-1", cycle_id="mid-month", **options)


def customer(*prices: dict[str, Any], **other: Any) -> Specification:
    """On the first of the month since September, with another cycle to go over to."""
    return rating(cycle(), cycle(**(other or MID_MONTH)), *plan(*(prices or (FLAT,))), account(), subscription())


def periods(story: Specification, count: int) -> list[str]:
    known = story.get(Account, "acc-1")
    assert known is not None
    found = zip(known.open_periods(), range(count), strict=False)
    return [f"{period.start} {period.end}" for period, _ in found]


def test_a_change_takes_effect_at_the_end_of_the_open_period() -> None:
    story = customer().when(to_mid_month(), now=at("2026-09-10 12:00"))
    story.then(
        CycleChangeScheduled(
            account_id="acc-1",
            version=2,
            cycle=terms(**MID_MONTH),
            effective_on=date(2026, 10, 1),
            transition=Period(date(2026, 10, 1), date(2026, 10, 15)),
        )
    )
    assert periods(story, 3) == ["2026-09-01 2026-10-01", "2026-10-01 2026-10-15", "2026-10-15 2026-11-15"]
    close(story)
    closed, changed = story.events[-2:]
    assert isinstance(changed, AccountCycleChanged) and isinstance(closed, PeriodClosed)
    assert changed.cycle == terms(**MID_MONTH) and changed.effective_on == date(2026, 10, 1)
    assert closed.next_period == changed.transition == Period(date(2026, 10, 1), date(2026, 10, 15))


def test_r10_a_short_period_costs_its_share_of_the_full_cycle_that_contains_it() -> None:
    """[1 Oct, 15 Oct) is 14 of the 30 days of [15 Sep, 15 Oct): 20.00 × 14 ÷ 30 = 9.33."""
    story = customer().when(to_mid_month(), now=at("2026-09-10 12:00"))
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-10-01", None, "20.00"),
        ("recurring", "2026-10-01", "2026-10-15", None, "9.33"),
    ]
    assert bill(close(story)) == [("recurring", "2026-10-15", "2026-11-15", None, "20.00")]


def test_r10_a_long_period_reaches_to_the_boundary_after() -> None:
    story = customer().when(to_mid_month(transition="long"), now=at("2026-09-10 12:00"))
    assert periods(story, 3) == ["2026-09-01 2026-10-01", "2026-10-01 2026-11-15", "2026-11-15 2026-12-15"]
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-10-01", None, "20.00"),
        ("recurring", "2026-10-01", "2026-10-15", None, "9.33"),
    ]
    assert bill(close(story)) == [
        ("recurring", "2026-10-15", "2026-11-15", None, "20.00"),
        ("recurring", "2026-11-15", "2026-12-15", None, "20.00"),
    ]


def test_a_price_in_arrears_is_cut_where_the_calendar_changes() -> None:
    """[1 Oct, 15 Oct) is 14 of 30 days of [15 Sep, 15 Oct)."""
    story = customer({**FLAT, "bill": "arrears"}).when(to_mid_month(), now=at("2026-09-10 12:00"))
    assert bill(close(story)) == [("recurring", "2026-09-01", "2026-10-01", None, "20.00")]
    assert bill(close(story)) == [("recurring", "2026-10-01", "2026-10-15", None, "9.33")]
    assert bill(close(story)) == [("recurring", "2026-10-15", "2026-11-15", None, "20.00")]


def test_a_year_in_arrears_is_charged_to_the_change_and_goes_on_from_there() -> None:
    """Years from 1 September: 30 days of 365 of 365.00. Then years from 15 September: 350 of 365."""
    yearly = {"model": "flat", "amount": "365.00", "interval": "year", "bill": "arrears"}
    story = customer(yearly).when(to_mid_month(), now=at("2026-09-10 12:00"))
    assert bill(close(story)) == [("recurring", "2026-09-01", "2026-10-01", None, "30.00")]
    charged: list[Any] = []
    for _ in range(13):
        charged += bill(close(story))
    assert charged == [("recurring", "2026-10-01", "2027-09-15", None, "349.00")]


def test_what_a_year_in_advance_has_paid_stays_paid_and_is_then_aligned() -> None:
    """Paid to 1 September 2027, then 14 of the 365 days of [15 Sep 2026, 15 Sep 2027): 14.00."""
    yearly = {"model": "flat", "amount": "365.00", "interval": "year"}
    story = customer(yearly).when(to_mid_month(), now=at("2026-09-10 12:00"))
    assert bill(close(story)) == [("recurring", "2026-09-01", "2027-09-01", None, "365.00")]
    charged: list[Any] = []
    for _ in range(13):
        charged += bill(close(story))
    assert charged == [
        ("recurring", "2027-09-01", "2027-09-15", None, "14.00"),
        ("recurring", "2027-09-15", "2028-09-15", None, "365.00"),
    ]


@pytest.mark.parametrize(("proration", "amount"), [("none", None), ("full", "20.00"), ("fixed_30", "9.33")])
def test_r7_the_price_says_what_a_part_period_costs(proration: str, amount: str | None) -> None:
    """30/360: from the 1st to the 15th are 14 days of 30."""
    story = customer({**FLAT, "proration": proration}).when(to_mid_month(), now=at("2026-09-10 12:00"))
    lines = bill(close(story))
    assert [line[4] for line in lines] == ["20.00", *([amount] if amount else [])]


def test_usage_of_the_odd_period_is_billed_with_it_and_the_commitment_is_prorated_r17() -> None:
    """14 of 30 days of 30.00 are 14.00; 500 units at 0.01 are 5.00, so 9.00 are missing."""
    committed = {**OCTETS, "modifiers": {"minimum_commitment": "30.00"}}
    story = customer(committed).when(to_mid_month(), now=at("2026-09-10 12:00"))
    story.when_event(guided(used(500, "2026-10-03 12:00")), now=at("2026-10-01 00:30"))
    close(story)
    assert bill(close(story)) == [
        ("true_up", "2026-10-01", "2026-10-15", None, "9.00"),
        ("usage", "2026-10-01", "2026-10-15", "500", "5.00"),
    ]


def test_from_months_to_weeks_and_usage_lies_in_its_week() -> None:
    """[1 Oct, 5 Oct) is 4 of 7 days: 20.00 × 4 ÷ 7 = 11.43; 5 October 2026 is a Monday."""
    story = customer(FLAT, OCTETS, **WEEKLY)
    story.when(ChangeAccountCycle(account_id="acc-1", cycle_id="weekly"), now=at("2026-09-10 12:00"))
    assert periods(story, 4)[1:] == ["2026-10-01 2026-10-05", "2026-10-05 2026-10-12", "2026-10-12 2026-10-19"]
    story.when_event(guided(used(100, "2026-10-04 23:59"), used(300, "2026-10-05 00:00", index=1)))
    assert bill(close(story))[-1] == ("recurring", "2026-10-01", "2026-10-05", None, "11.43")
    assert bill(close(story)) == [
        ("recurring", "2026-10-05", "2026-10-12", None, "20.00"),
        ("usage", "2026-10-01", "2026-10-05", "100", "1.00"),
    ]
    assert bill(close(story)) == [
        ("recurring", "2026-10-12", "2026-10-19", None, "20.00"),
        ("usage", "2026-10-05", "2026-10-12", "300", "3.00"),
    ]


def test_a_later_day_moves_it_to_the_end_of_the_period_that_contains_it() -> None:
    story = customer().when(to_mid_month(effective_on=date(2026, 11, 20)), now=at("2026-09-10 12:00"))
    (scheduled,) = story.events
    assert isinstance(scheduled, CycleChangeScheduled) and scheduled.effective_on == date(2026, 12, 1)


@pytest.mark.parametrize("day", ["2026-09-20", "2037-01-01"])
def test_a_day_that_cannot_be_is_refused(day: str) -> None:
    story = customer().when(to_mid_month(effective_on=date.fromisoformat(day)), now=at("2026-09-10 12:00"))
    story.then_refused("out_of_bounds", pointer="/effective_on")


def test_a_period_that_has_begun_keeps_its_length_while_an_earlier_one_is_still_open() -> None:
    """September is not closed on 20 October: what October has used is summed for the whole of October."""
    story = customer().when(to_mid_month(), now=at("2026-10-20 12:00"))
    assert periods(story, 3)[1:] == ["2026-10-01 2026-11-01", "2026-11-01 2026-11-15"]


def test_a_change_is_taken_back_and_replaced_until_it_begins() -> None:
    story = customer().when(to_mid_month(), now=at("2026-09-10 12:00"))
    story.when(ChangeAccountCycle(account_id="acc-1", cycle_id="monthly"))
    story.then(CycleChangeScheduled(account_id="acc-1", version=3))
    assert periods(story, 2)[1] == "2026-10-01 2026-11-01"
    story.when(ChangeAccountCycle(account_id="acc-1", cycle_id="monthly")).then_refused("cycle_unchanged")
    story.when(to_mid_month()).when(to_mid_month(transition="long"))
    assert periods(story, 2)[1] == "2026-10-01 2026-11-15"
    story.when(to_mid_month(), now=at("2026-10-01 00:10")).then_refused("cycle_change_begun")


def test_an_account_without_a_period_changes_at_once() -> None:
    story = rating(cycle(), cycle(**MID_MONTH), *plan(FLAT), account("2026-09-20")).when(to_mid_month())
    story.then(AccountCycleChanged(account_id="acc-1", cycle=terms(**MID_MONTH), version=2))
    story.when(start("2026-09-25"))
    assert periods(story, 1) == ["2026-09-15 2026-10-15"]


def test_the_account_keeps_its_time_zone() -> None:
    story = rating(cycle(), cycle(**MID_MONTH, time_zone=PARIS), *plan(FLAT), account()).when(to_mid_month())
    (changed,) = story.events
    assert isinstance(changed, AccountCycleChanged) and changed.cycle.time_zone == "UTC"


def test_an_account_has_its_own_time_zone_where_it_is_opened_with_one() -> None:
    story = rating(cycle(time_zone=PARIS)).when(open_account(time_zone="Asia/Tokyo"), now=at("2026-08-31 16:00"))
    opened = story.events[0]
    assert opened.cycle.time_zone == "Asia/Tokyo"  # type: ignore[attr-defined]
    assert opened.opened_on == date(2026, 9, 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("command",                                                            "code",             "pointer"),
    [
        (ChangeAccountCycle(account_id="acc-1", cycle_id="weekly"),        "cycle_not_found",  "/cycle_id"),
        (ChangeAccountCycle(account_id="acc-1", cycle_id="monthly"),       "cycle_unchanged",  "/cycle_id"),
        (ChangeAccountCycle(account_id="acc-2", cycle_id="monthly"),       "account_not_found", None),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused(command: ChangeAccountCycle, code: str, pointer: str | None) -> None:
    customer().when(command).then_refused(code, pointer=pointer)


def test_an_anniversary_cycle_has_the_days_of_the_first_subscription_r10() -> None:
    """Clamped and back as any anchor: 31 Aug, 30 Sep, 31 Oct."""
    anniversary = terms(anchor="subscription")
    story = rating(cycle(anchor="subscription"), *plan(FLAT), account("2026-08-31", anchor="subscription"))
    story.when(start("2026-08-31"), now=at("2026-08-31 12:00"))
    changed, started = story.events
    assert isinstance(changed, AccountCycleChanged) and isinstance(started, SubscriptionStarted)
    assert changed.cycle == anniversary.anchored_at(date(2026, 8, 31))
    assert started.period == Period(date(2026, 8, 31), date(2026, 9, 30))
    story.when(start("2026-09-10", subscription_id="sub-2"))
    assert [type(event) for event in story.events] == [SubscriptionStarted]
    assert periods(story, 3) == ["2026-08-31 2026-09-30", "2026-09-30 2026-10-31", "2026-10-31 2026-11-30"]


def test_going_over_to_an_anniversary_cycle_takes_the_first_subscriptions_day() -> None:
    story = rating(
        cycle(), cycle(cycle_id="own-day", anchor="subscription"), *plan(FLAT), account(), subscription("2026-09-10")
    ).when(ChangeAccountCycle(account_id="acc-1", cycle_id="own-day"), now=at("2026-09-12 12:00"))
    assert periods(story, 3)[1:] == ["2026-10-01 2026-10-10", "2026-10-10 2026-11-10"]


def test_r7_months_of_30_days_count_days_where_periods_are_of_n_days() -> None:
    """Not refused when the period closes, which could not be helped then: [1 Oct, 5 Oct) is 4 of 7 days."""
    story = customer({**FLAT, "proration": "fixed_30"}, **WEEKLY)
    story.when(ChangeAccountCycle(account_id="acc-1", cycle_id="weekly"), now=at("2026-09-10 12:00"))
    assert bill(close(story))[-1] == ("recurring", "2026-10-01", "2026-10-05", None, "11.43")


CALENDARS = st.one_of(
    st.builds(
        CycleTerms,
        cycle_id=st.just("any"),
        frequency=st.sampled_from(["month", "quarter", "year"]),
        anchor_day=st.integers(1, 31),
        anchor_month=st.integers(1, 12),
        time_zone=st.just("UTC"),
    ),
    st.builds(
        CycleTerms,
        cycle_id=st.just("any"),
        frequency=st.builds(EveryDays, st.integers(5, 45)),
        anchor_day=st.just(1),
        counts_from=st.dates(date(2026, 8, 1), date(2026, 9, 30)),
        time_zone=st.just("UTC"),
    ),
)
CHANGES = st.lists(st.tuples(CALENDARS, st.sampled_from(["short", "long"]), st.integers(0, 3)), min_size=1, max_size=3)
INTERVALS = st.sampled_from([None, "month", "quarter", "year", {"days": 10}])


class Closed:
    """A story that remembers what its closes have charged."""

    def __init__(self, story: Specification) -> None:
        self.story = story
        self.lines: list[ChargeFixed] = []
        self.periods: list[Period] = []

    def close(self) -> None:
        for event in close(self.story).events:
            if isinstance(event, ChargeFixed):
                self.lines.append(event)
            elif isinstance(event, PeriodClosed):
                self.periods.append(event.period)

    def change(self, n: int, calendar: CycleTerms, transition: Any) -> None:
        named = msgspec.structs.replace(calendar, cycle_id=f"cycle-{n}")
        self.story.given(BillingCycleDefined(name="Another", terms=named))
        self.story.when(ChangeAccountCycle(account_id="acc-1", cycle_id=named.cycle_id, transition=transition))
        (answer,) = self.story.events
        if isinstance(answer, CommandRejected):
            assert answer.code == "cycle_change_begun"


def touch(spans: Sequence[Period]) -> bool:
    return all(before.end == after.start for before, after in pairwise(spans))


@given(changes=CHANGES, billed=st.sampled_from(["advance", "arrears"]), interval=INTERVALS, late=st.integers(0, 40))
def test_over_any_changes_each_day_is_charged_exactly_once_r10(
    changes: list[tuple[CycleTerms, str, int]], billed: str, interval: Any, late: int
) -> None:
    price = {"model": "flat", "amount": "100.00", "bill": billed, **({"interval": interval} if interval else {})}
    begin = date(2026, 9, 1) + timedelta(days=late)
    told = Closed(rating(cycle(), *plan(price), account()).when(start(begin.isoformat())))
    for n, (calendar, transition, closes) in enumerate(changes):
        told.change(n, calendar, transition)
        for _ in range(closes + 1):
            told.close()
    for _ in range(3):
        told.close()

    charged = sorted(line.period for line in told.lines)
    assert touch(told.periods) and touch(charged)
    assert not charged or charged[0].start == begin
    through = charged[-1].end if charged else begin
    if billed == "advance":
        assert through > told.periods[-1].end
    elif interval is None:
        assert through == told.periods[-1].end


@settings(max_examples=25)
@given(changes=CHANGES, ahead=st.integers(0, 1))
def test_over_any_changes_each_record_is_billed_exactly_once(
    changes: list[tuple[CycleTerms, str, int]], ahead: int
) -> None:
    """A record a day, each reported on its day or the day before, while periods close when they are over."""
    told = Closed(rating(cycle(), *plan(OCTETS), account(), subscription()))
    plans = {10 + 40 * n: (n, *change) for n, change in enumerate(changes)}
    for day in range(150):
        today = date(2026, 9, 1) + timedelta(days=day)
        told.story.now = at(f"{today} 12:00")
        used_on = today + timedelta(days=ahead)
        told.story.when_event(guided(used(1, f"{used_on} 00:00"), n=day + 1))
        if day in plans:
            n, calendar, transition, _ = plans[day]
            told.change(n, calendar, transition)
        while timer_of(told.story).due_at <= told.story.now:
            told.close()
    through = told.periods[-1].end if told.periods else date(2026, 9, 1)
    days = (through - date(2026, 9, 1)).days - ahead
    assert sum(line.records for line in told.lines) == max(days, 0)
    assert all(line.billing_period == line.period for line in told.lines)
