"""Any changes, billed as they come, come to what all of them known at first come to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.rating.subscription.messages import (
    ChangePlan,
    ChangeQuantity,
    PauseSubscription,
    ResumeSubscription,
    SuspendSubscription,
)
from tests.kit.decider import Specification
from tests.services.rating.subscription.story import on, other_plan
from tests.services.rating.world import (
    FLAT,
    account,
    at,
    bill,
    close,
    cycle,
    plan,
    rating,
    subscription,
)

# -- whatever happens ------------------------------------------------------------------------------------------------

_STEPS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=119),
        st.sampled_from(["office", "fiber", "seats", "suspend", "resume", "pause"]),
    ),
    max_size=8,
)


_TERMS: list[dict[str, Any]] = [
    {},
    {"proration": "fixed_30"},
    {"proration": "full"},
    {"proration": "none"},
    {"modifiers": {"minimum": "12.00"}},
    {"modifiers": {"discount": {"amount": "3.00", "until": "2026-10-20"}}},
    {"interval": "quarter"},
]


def _command(kind: str, day: date) -> Any:
    match kind:
        case "office" | "fiber":
            return on(ChangePlan, day.isoformat(), plan_id=kind)
        case "seats":
            return on(ChangeQuantity, day.isoformat(), quantity=day.day % 4 + 1)
        case "suspend":
            return on(SuspendSubscription, day.isoformat())
        case "pause":
            return on(PauseSubscription, day.isoformat(), billing="fee", fee=Decimal("4.00"))
        case _:
            return on(ResumeSubscription, day.isoformat())


def _noon(day: date) -> datetime:
    return at(f"{day} 12:00")


@settings(max_examples=60, deadline=None)
@for_all(_STEPS, st.sampled_from(["advance", "arrears"]), st.sampled_from(_TERMS))
def test_r8_r12_any_changes_billed_as_they_come_equal_all_of_them_known_at_first(
    steps: list[tuple[int, str]], bill_when: str, terms: dict[str, Any]
) -> None:
    """Four months. Each of the lines is rounded, and its share to 9 decimals: that is how far the two may be apart."""
    first = date(2026, 9, 1)
    changes = [(first + timedelta(days=offset), kind) for offset, kind in sorted(steps)]
    prices = {**FLAT, "bill": bill_when, **terms}

    def story() -> Specification:
        return rating(cycle(), *plan(prices), *other_plan({**prices, "amount": "30.00"}), account(), subscription())

    def closes(specification: Specification, until: date) -> list[tuple[Any, ...]]:
        lines: list[tuple[Any, ...]] = []
        while (period_end := _open(specification)) <= until:
            specification.now = max(specification.now, _noon(period_end))
            lines += bill(close(specification))
        return lines

    live, told = story(), []
    for day, kind in changes:
        told += closes(live, day)
        live.when(_command(kind, day), now=_noon(day))
    told += closes(live, date(2027, 1, 1))

    known = story()
    for day, kind in changes:
        known.when(_command(kind, day))
    at_once = closes(known, date(2027, 1, 1))

    def total(lines: list[tuple[Any, ...]]) -> Decimal:
        return sum((Decimal(line[-1]) for line in lines), Decimal(0))

    assert abs(total(told) - total(at_once)) <= Decimal("0.006") * (len(told) + len(at_once))


def _open(specification: Specification) -> date:
    from services.rating.account.state import Account

    known = specification.get(Account, "acc-1")
    assert known is not None and known.open_period is not None
    return known.open_period.end
