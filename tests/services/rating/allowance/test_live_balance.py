"""The balance shown is what the close bills (R18), in whatever order usage came and however it was split (R16)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.rating.account.state import Account
from services.rating.allowance.messages import Allowance, AllowancesSettled
from services.rating.allowance.state import AllowanceBalance
from services.rating.buckets.settling import Settled, settle
from services.rating.period.lines import lines_of
from services.rating.period.messages import ChargeFixed
from shared.kernel.message import Event
from tests.kit.decider import Specification
from tests.services.rating.allowance.story import Guide, allowance, charges, customer, fates, plan_with, settled, top_up
from tests.services.rating.world import account, at, close, cycle, rating, subscription

LINES = ("sub-1", "sub-2", "sub-3")

allowances = st.lists(
    st.builds(
        allowance,
        st.sampled_from(["10", "25.5", "60"]),
        st.sampled_from(["a", "b", "c"]),
        priority=st.integers(0, 1),
        shared=st.sampled_from([False, True, "family"]),
        rollover=st.sampled_from([None, 1, (2, "30")]),
        validity=st.sampled_from([None, {"days": 40}, {"periods": 2}]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one.id,
)
records = st.lists(
    st.tuples(st.sampled_from(["1", "7.25", "30", "44"]), st.integers(1, 28), st.sampled_from(LINES)),
    max_size=12,
)


def live(story: Specification) -> Settled:
    """As the page of live counters has it."""
    known = story.get(Account, "acc-1")
    assert known is not None and known.open_period is not None
    return settle(known, lines_of(known, None, story.state), known.open_period)


def told(allowances: list[Allowance], usage: list[tuple[str, int, str]], month: str) -> Specification:
    story = customer(*allowances, subscriptions=LINES)
    send(story, usage, month, Guide(story))
    return story


def send(story: Specification, usage: list[tuple[str, int, str]], month: str, guide: Guide) -> None:
    for quantity, day, subscription_id in usage:
        guide.use(quantity, f"{month}-{day:02}", subscription_id)


def shown(story: Specification) -> list[tuple[str, str, list[object]]]:
    return [(charge.subscription_id, str(charge.amount), list(charge.steps)) for charge in charges(story)]


@settings(max_examples=25, deadline=None)
@for_all(allowances, records, records)
def test_r18_the_live_balance_of_the_last_moment_is_what_the_close_bills(
    allowances: list[Allowance], september: list[tuple[str, int, str]], october: list[tuple[str, int, str]]
) -> None:
    story = customer(*allowances, subscriptions=LINES)
    guide = Guide(story)
    for month, usage in (("2026-09", september), ("2026-10", october)):
        send(story, usage, month, guide)
        last = live(story)
        close(story)
        assert {event.subscription_id: event for event in last.events} == settled(story)
        for found in last.used:
            used, over, expired = fates(settled(story)[found.subscription_id])[found.bucket.bucket_id]
            assert Decimal(used) == found.used
            still = [
                b.left for b in settled(story)[found.subscription_id].held if b.bucket_id == found.bucket.bucket_id
            ]
            assert found.left == Decimal(over) + Decimal(expired) + sum(still, Decimal(0))


@settings(max_examples=25, deadline=None)
@for_all(allowances, records, st.randoms(use_true_random=False))
def test_r16_the_order_of_arrival_changes_nothing_that_buckets_pay_for(
    allowances: list[Allowance], usage: list[tuple[str, int, str]], chance: object
) -> None:
    shuffled = list(usage)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = told(allowances, usage, "2026-09"), told(allowances, shuffled, "2026-09")
    close(one), close(other)
    assert shown(one) == shown(other)
    assert settled(one) == settled(other)


@settings(max_examples=25, deadline=None)
@for_all(allowances, records, st.integers(0, 12))
def test_r34_late_usage_of_one_line_costs_in_all_what_it_had_cost_in_time(
    allowances: list[Allowance], usage: list[tuple[str, int, str]], cut: int
) -> None:
    """Where nothing rolls over and nothing stays for later, nobody took what the late usage would have had."""
    plain = [allowance(f"{one.quantity}", one.id, priority=one.priority) for one in allowances]
    usage = [(quantity, day, "sub-1") for quantity, day, _ in usage]
    whole, split = told(plain, usage, "2026-09"), told(plain, usage[:cut], "2026-09")
    close(whole)
    close(split)
    guide = Guide(split)
    guide.n = len(usage[:cut])
    amounts = [charge.amount for charge in charges(split)]
    send(split, usage[cut:], "2026-09", guide)
    close(split)
    amounts += [charge.amount for charge in charges(split)]
    assert sum(amounts, Decimal(0)) == sum((charge.amount for charge in charges(whole)), Decimal(0))


@settings(max_examples=25, deadline=None)
@for_all(allowances, records, records, st.integers(0, 12))
def test_r34_every_unit_is_included_or_priced_once_however_late_it_comes(
    allowances: list[Allowance], september: list[tuple[str, int, str]], october: list[tuple[str, int, str]], cut: int
) -> None:
    story = customer(*allowances, subscriptions=LINES)
    guide = Guide(story)
    send(story, september[:cut], "2026-09", guide)
    close(story)
    fixed = charges(story)
    send(story, september[cut:], "2026-09", guide)
    send(story, october, "2026-10", guide)
    close(story)
    fixed += charges(story)
    used = sum((Decimal(quantity) for quantity, _, _ in (*september, *october)), Decimal(0))
    assert used == sum((charge.quantity or Decimal(0) for charge in fixed), Decimal(0))
    assert used == sum((Decimal(step.quantity) for charge in fixed for step in charge.steps), Decimal(0))
    assert all(charge.amount >= 0 for charge in fixed)


def test_usage_is_included_or_priced_and_never_both() -> None:
    story = told(
        [allowance("100", shared=True)], [("70", 3, "sub-1"), ("150", 4, "sub-2"), ("99.5", 5, "sub-3")], "2026-09"
    )
    close(story)
    lines = [event for event in story.events if isinstance(event, ChargeFixed)]
    included = sum((Decimal(s.quantity) for line in lines for s in line.steps if s.tier == "included"), Decimal(0))
    priced = sum((Decimal(s.quantity) for line in lines for s in line.steps if s.tier == "1"), Decimal(0))
    assert (included, priced) == (Decimal(300), Decimal("19.5"))
    events = [event for event in story.events if isinstance(event, AllowancesSettled)]
    assert [event.subscription_id for event in events] == list(LINES)


def test_a_close_without_allowances_says_nothing_of_them() -> None:
    story = customer()
    Guide(story).use(5, "2026-09-05")
    close(story)
    assert settled(story) == {}


def test_balances_are_rebuilt_from_events_alone() -> None:
    given = [*plan_with(allowance("100", rollover=(2, "120"), shared="family"))]
    started = [subscription(subscription_id=name) for name in LINES]
    log: list[Event] = [cycle(), *given, account(), *started]
    story = rating(*log)
    guide = Guide(story)
    for month in ("2026-09", "2026-10"):
        for quantity, day, line in (("70", 3, "sub-1"), ("30", 4, "sub-2")):
            guide.use(quantity, f"{month}-{day:02}", line)
            log += story.events
        log += story.when(top_up("50", f"more-{month}"), now=at(f"{month}-20 12:00")).events
        guide.use(15, "2026-09-28", "sub-3")
        log += story.events
        log += close(story).events
    again = rating(*log)
    balances = [sorted(one.state.all(AllowanceBalance), key=lambda held: held.key) for one in (story, again)]
    assert balances[0] == balances[1] and len(balances[0]) == len(LINES)
