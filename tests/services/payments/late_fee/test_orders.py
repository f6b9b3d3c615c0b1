"""Whatever the order of payments and timers, and however late a timer fires, the same is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.invoicing.late_fee_policy.messages import PolicyInForce
from services.payments.late_fee.state import LateFeeWatches
from services.payments.late_fee.upcoming import upcoming
from shared.kernel.decider import Due
from tests.services.payments.late_fee.stories import Account, flat, interest, percent, policy
from tests.services.payments.story import ACCOUNT

DUE = date(2026, 10, 15)


@st.composite
def policies(draw: st.DrawFn) -> PolicyInForce:
    days = sorted(draw(st.sets(st.integers(1, 90), min_size=1, max_size=4)))
    kinds = st.sampled_from(["flat", "percent", "greater", "interest", "actual"])
    steps = []
    for day in days:
        kind, number = draw(kinds), f"{draw(st.integers(1, 40))}"
        made: dict[str, Any] = {
            "flat": flat(day, f"{number}.00"),
            "percent": percent(day, number),
            "greater": percent(day, number, at_least="5.00"),
            "interest": interest(day, number),
            "actual": interest(day, number, "actual"),
        }
        steps.append(made[kind])
    cap = draw(st.none() | st.integers(1, 60).map(Decimal))
    least = draw(st.none() | st.integers(1, 120).map(Decimal))
    return policy(*steps, grace_days=draw(st.integers(0, 10)), cap=cap, minimum_overdue=least)


@given(policies(), st.integers(1, 20_000))
def test_what_is_shown_before_is_what_is_asked_for_if_nothing_is_paid(under: PolicyInForce, cents: int) -> None:
    account = Account().owes(f"{Decimal(cents).scaleb(-2)}", under)
    shown = [one.fee for one in upcoming(ACCOUNT, account.spec.state)]
    account.until("2029-12-31")
    assert account.asked[: len(shown)] == shown
    if not any(step.fee.kind == "daily_interest" for step in under.terms.steps):
        assert account.asked == shown


@given(st.lists(st.tuples(st.integers(1, 120), st.integers(1, 5_000)), max_size=5), st.integers(0, 20))
def test_interest_does_not_depend_on_when_its_timer_fires(paid: list[tuple[int, int]], grace: int) -> None:
    """Days and cents. Punctual timers between the payments, or all of them only after the last one."""
    under = policy(interest(1, "9", "actual"), grace_days=grace)
    totals = []
    for late in (False, True):
        account = Account().owes("200.00", under)
        for day, cents in sorted(paid):
            on = (DUE + timedelta(days=day)).isoformat()
            if not late:
                account.until(on)
            account.pays(f"{Decimal(cents).scaleb(-2)}", on)
        account.until("2027-06-15", late=late)
        totals.append([(fee.charged_on, fee.amount, fee.spans) for fee in account.asked])
    assert totals[0] == totals[1]


@given(policies(), st.lists(st.tuples(st.integers(1, 60), st.integers(1, 5_000)), max_size=4))
def test_folded_again_the_events_give_the_same_watches_and_timers(
    under: PolicyInForce, paid: list[tuple[int, int]]
) -> None:
    account = Account()
    account.owes("200.00", under)
    for day, cents in sorted(paid):
        on = (DUE + timedelta(days=day)).isoformat()
        account.until(on).pays(f"{Decimal(cents).scaleb(-2)}", on)
    again = Account().spec
    for event, envelope in account.heard:
        batch = again._batch()
        batch.replay(event, envelope)
        again._keep(batch)
    for kind in (LateFeeWatches, Due):
        assert sorted(again.state.all(kind), key=lambda one: one.key) == sorted(
            account.spec.state.all(kind), key=lambda one: one.key
        )
