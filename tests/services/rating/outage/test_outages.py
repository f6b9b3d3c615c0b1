"""An outage gives back the share of what was charged for its time, each moment once (R5, R6, R9)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.rating.account.state import Account
from services.rating.outage.crediting import duration
from services.rating.outage.messages import (
    ConfirmOutage,
    CreditAccounts,
    Credited,
    OutagePageWalked,
    OutagePolicy,
    OutageTerms,
    RecordOutage,
)
from services.rating.outage.state import AccountTime, TimeLine, TimePage, TimeQuestion
from services.rating.period.messages import ChargeFixed
from services.rating.subscription.messages import SubscriptionTerminated, TerminateSubscription
from tests.services.rating.subscription.story import on
from tests.services.rating.world import FLAT, account, at, close, cycle, plan, rating, subscription

THIRTY = {**FLAT, "amount": "30.00"}


class Story:
    """One subscription of 30.00 a month, and the outages of its line."""

    def __init__(self, start: str = "2026-09-01", price: dict[str, Any] = THIRTY, **options: Any) -> None:
        self.story = rating(cycle(), *plan(price), account(**options), subscription(start))
        self.charges: list[ChargeFixed] = []
        self.outages = 0

    def close(self, times: int = 1) -> list[ChargeFixed]:
        fixed: list[ChargeFixed] = []
        for _ in range(times):
            close(self.story)
            fixed = [event for event in self.story.events if isinstance(event, ChargeFixed)]
            self.charges += fixed
        return fixed

    def outage(
        self, start: str, end: str, *, confirm: bool = True, affected: list[str] | None = None, **policy: Any
    ) -> list[Credited]:
        """Record an outage and confirm it; what it found last. `affected`: who had the equipment that failed."""
        self.outages += 1
        of: dict[str, Any] = {"plan_id": "fiber"} if affected is None else {"resources": ["olt-3"]}
        terms = OutageTerms(start=at(start), end=at(end), policy=OutagePolicy(**policy), **of)
        name = f"out-{self.outages}"
        self.story.when(RecordOutage(outage_id=name, terms=terms, reason="a cut cable"))
        found = self._walk(affected)
        if confirm:
            self.story.when(ConfirmOutage(outage_id=name))
            found = self._walk(affected)
        return found

    def credits(self, *args: Any, **options: Any) -> list[str | None]:
        return [None if one.credit is None else str(one.credit) for one in self.outage(*args, **options)]

    def _walk(self, affected: list[str] | None = None) -> list[Credited]:
        walk = next(send.message for send in self.story.sends if isinstance(send.message, CreditAccounts))
        held = self.story.get(Account, "acc-1")
        assert held is not None
        assert held.open_period is not None
        facts = AccountTime(
            account_id="acc-1",
            open_start=held.open_period.start,
            lines=[_line(charge) for charge in self.charges],
            affected=affected,
        )
        question = TimeQuestion.of(walk.terms, walk.after).key
        self.story.state.keep({TimePage: {question: TimePage(question=question, accounts=[facts], last=True)}})
        self.story.when(walk)
        (walked,) = [event for event in self.story.events if isinstance(event, OutagePageWalked)]
        return walked.found


def _line(charge: ChargeFixed) -> TimeLine:
    return TimeLine(
        charge_id=charge.charge_id,
        subscription_id=charge.subscription_id,
        plan_id=charge.plan_id,
        plan_version=charge.plan_version,
        price_index=charge.price_index,
        kind=charge.kind,
        period=charge.settles or charge.period,
        amount=charge.amount,
        corrects=charge.corrects,
        evidence=charge.evidence,
    )


def september(**options: Any) -> Story:
    """September and October are charged, both 30.00; the story is in November."""
    story = Story(**options)
    story.close(2)
    return story


def test_r5_three_days_of_thirty_give_back_a_tenth() -> None:
    story = september()
    assert story.credits("2026-09-10 00:00", "2026-09-13 00:00") == ["3.00"]
    (credit,) = [charge for charge in story.close() if charge.kind == "outage"]
    assert (str(credit.amount), credit.description) == ("-3.00", "Outage 3 days on 10 Sep: credit")
    assert (str(credit.period), str(credit.settles)) == ("[2026-09-10, 2026-09-13)", "[2026-09-01, 2026-10-01)")
    assert credit.evidence is not None
    assert (credit.evidence.start, credit.evidence.end) == (at("2026-09-10 00:00"), at("2026-09-13 00:00"))
    assert credit.evidence.seconds == 3 * 86_400
    assert (credit.cause, credit.corrects) == ("out-1", [story.charges[0].charge_id])
    (step,) = credit.steps
    assert (step.tier, step.quantity, step.amount) == ("outage", "0.1", "-3.00")
    assert step.label == "259200 ÷ 2592000 s of 30"


def test_r5_an_outage_of_some_hours_counts_by_the_second() -> None:
    """3 h 20 min are 12,000 of 2,592,000 seconds: 0.004629630 × 30.00 = 0.14."""
    story = september()
    (found,) = story.outage("2026-09-12 10:00", "2026-09-12 13:20")
    assert (str(found.credit), found.seconds) == ("0.14", 12_000)
    (credit,) = [charge for charge in story.close() if charge.kind == "outage"]
    assert credit.description == "Outage 3 h 20 min on 12 Sep: credit"


def test_an_outage_over_the_end_of_a_month_credits_both() -> None:
    """A day of September's 30 is 1.00, two of October's 31 are 1.94 (0.064516129 × 30.00)."""
    assert september().credits("2026-09-30 00:00", "2026-10-03 00:00") == ["1.00", "1.94"]


def test_an_outage_of_equipment_credits_the_subscriptions_that_had_it() -> None:
    assert september().credits("2026-09-10 00:00", "2026-09-13 00:00", affected=["sub-1"]) == ["3.00"]
    assert september().credits("2026-09-10 00:00", "2026-09-13 00:00", affected=["sub-9"]) == []


def test_a_preview_puts_nothing_on_the_account() -> None:
    story = september()
    assert story.credits("2026-09-10 00:00", "2026-09-13 00:00", confirm=False) == ["3.00"]
    assert [charge for charge in story.close() if charge.kind == "outage"] == []


def test_r12_no_moment_is_credited_twice_before_a_close_and_after_it() -> None:
    """10 to 13 September, then 12 to 15: two days more; then all of it again: nothing."""
    story = september()
    assert story.credits("2026-09-10 00:00", "2026-09-13 00:00") == ["3.00"]
    assert story.credits("2026-09-12 00:00", "2026-09-15 00:00") == ["2.00"]
    story.close()
    (again,) = story.outage("2026-09-10 00:00", "2026-09-15 00:00")
    assert (again.outcome, again.reason, again.credit) == ("not_credited", "credited_before", None)


def test_r9_never_more_comes_back_than_was_charged() -> None:
    story = september()
    assert story.credits("2026-09-01 00:00", "2026-09-16 00:00", share="percent", percent=Decimal(80)) == ["24.00"]
    assert story.credits("2026-09-16 00:00", "2026-10-01 00:00") == ["6.00"]
    credits = [charge for charge in story.close() if charge.kind == "outage"]
    assert [(step.tier, step.amount) for step in credits[1].steps] == [("outage", "-15.00"), ("maximum", "9.00")]
    assert sum(charge.amount for charge in credits) == Decimal("-30.00")


@pytest.mark.parametrize("bounds", [{}, {"modifiers": {"minimum": "0.01"}}], ids=["by days", "by line"])
def test_r9_days_behind_an_end_in_a_closed_period_give_back_no_more_than_an_outage_left(bounds: dict[str, Any]) -> None:
    """Of 30.00 for September 15.00 are credited for the 16th to the 30th. The end on the 10th is 21 days: 21.00."""
    story = Story(price={**THIRTY, **bounds})
    story.close()
    assert story.credits("2026-09-16 00:00", "2026-10-01 00:00") == ["15.00"]
    story.story.when(on(TerminateSubscription, "2026-09-10"))
    story.close()
    september_days = [charge for charge in story.charges if charge.period.start.month == 9 or charge.settles]
    assert [(charge.kind, str(charge.amount)) for charge in september_days] == [
        ("recurring", "30.00"),
        ("credit", "-15.00"),
        ("outage", "-15.00"),
    ]


def test_r9_days_that_no_outage_was_on_come_back_whole() -> None:
    """3.00 for the first three days, 15.00 for the 15 behind an end on the 16th."""
    story = Story()
    story.close()
    assert story.credits("2026-09-01 00:00", "2026-09-04 00:00") == ["3.00"]
    story.story.when(on(TerminateSubscription, "2026-09-16"))
    found = {(charge.kind, charge.period.start.month): str(charge.amount) for charge in story.close()}
    assert found == {("outage", 9): "-3.00", ("credit", 9): "-15.00", ("credit", 10): "-30.00"}


def test_a_percentage_is_of_each_charge_that_is_touched() -> None:
    story = september()
    assert story.credits("2026-09-10 00:00", "2026-09-10 04:00", share="percent", percent=Decimal("5")) == ["1.50"]


def test_what_lasted_less_than_the_policy_asks_is_not_credited() -> None:
    (found,) = september().outage("2026-09-10 00:00", "2026-09-10 00:59", minimum_minutes=60)
    assert (found.outcome, found.reason, found.seconds) == ("not_credited", "too_short", 3_540)


def test_days_before_the_service_are_not_credited() -> None:
    """15.00 for 15 days; the outage of 14 to 19 September takes 3 of them."""
    story = Story("2026-09-16")
    story.close(2)
    assert story.credits("2026-09-14 00:00", "2026-09-19 00:00") == ["3.00"]


def test_days_that_a_change_gave_back_are_not_credited() -> None:
    """October was paid and ends on the 11th: 21 of 31 days came back, 20.32; two of the ten left: 9.68 ÷ 5."""
    story = Story()
    story.close()
    ended = SubscriptionTerminated(
        subscription_id="sub-1", account_id="acc-1", change_id="ch-1", effective_on=at("2026-10-11 00:00").date()
    )
    story.story.given(ended)
    story.close()
    assert story.credits("2026-10-09 00:00", "2026-10-14 00:00") == ["1.94"]


def test_days_are_those_of_the_account() -> None:
    """In Paris 10 September begins at 22:00 UTC of the 9th."""
    story = september(time_zone="Europe/Paris")
    story.outage("2026-09-09 22:00", "2026-09-10 22:00")
    (credit,) = [charge for charge in story.close() if charge.kind == "outage"]
    assert (str(credit.period), str(credit.amount)) == ("[2026-09-10, 2026-09-11)", "-1.00")


def test_an_outage_that_is_not_over_is_refused() -> None:
    terms = OutageTerms(
        start=at("2026-09-01 00:00"), end=at("2026-09-02 00:00"), policy=OutagePolicy(), plan_id="fiber"
    )
    story = rating(*plan(THIRTY), now=at("2026-09-01 12:00"))
    story.when(RecordOutage(outage_id="out-1", terms=terms, reason="a cut cable"))
    story.then_refused("outage_not_over", pointer="/to")


def test_an_outage_is_confirmed_once() -> None:
    story = september()
    story.outage("2026-09-10 00:00", "2026-09-13 00:00")
    story.story.when(ConfirmOutage(outage_id="out-1")).then_refused("outage_confirmed")


@pytest.mark.parametrize(("seconds", "told"), [(45, "45 s"), (86_400, "1 day"), (90_060, "1 day 1 h 1 min")])
def test_a_duration_reads_as_a_customer_says_it(seconds: int, told: str) -> None:
    assert duration(seconds) == told


HOURS = st.tuples(st.integers(0, 29 * 24), st.integers(1, 120)).map(lambda pair: (pair[0], min(720, sum(pair))))


@settings(max_examples=30, deadline=None)
@for_all(outages=st.lists(HOURS, min_size=1, max_size=4))
def test_r9_overlapping_outages_in_any_order_give_back_the_hours_that_any_of_them_has(
    outages: list[tuple[int, int]],
) -> None:
    """30.00 for 720 hours: an hour is 30 ÷ 720; each credit rounds to the cent, half a cent off at most."""
    story = september()
    for start, end in outages:
        story.outage(_hour(start), _hour(end))
    given_back = -sum((c.amount for c in story.close() if c.kind == "outage"), Decimal(0))
    hours = len({hour for start, end in outages for hour in range(start, end)})
    assert abs(given_back - Decimal(30) * hours / 720) <= Decimal("0.005") * len(outages) + Decimal("0.0001")


def _hour(hour: int) -> str:
    day, hour = divmod(hour, 24)
    return f"2026-{'09' if day < 30 else '10'}-{day % 30 + 1:02} {hour:02}:00"
