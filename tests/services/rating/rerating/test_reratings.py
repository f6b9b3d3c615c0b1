"""A closed period is made good by the difference to all that was charged for it, on the next close (R16, R34)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.rating.correction.messages import CorrectionAdded
from services.rating.correction.state import PendingCorrections
from services.rating.rerating.messages import (
    ConfirmRerating,
    RerateAccounts,
    ReratingPageWalked,
    ReratingStarted,
    ReratingTerms,
    StartRerating,
)
from services.rating.rerating.react import react_rerating
from services.rating.subscription.messages import TerminateSubscription
from shared.kernel.decider import Send
from shared.kernel.message import Event
from shared.kernel.partition import partition_of
from tests.kit.any_event import Nothing, envelope_of
from tests.services.rating.allowance.story import UNITS, allowance, plan_with
from tests.services.rating.rerating.book import Book
from tests.services.rating.subscription.story import on
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    OCTOBER,
    SEPTEMBER,
    TIERED,
    account,
    plan,
    priced,
    rating,
    subscription,
    used,
)

WRONG = {**OCTETS, "unit_price": "0.10"}
RIGHT = {**OCTETS, "unit_price": "0.08"}


def book(*prices: dict[str, Any], **options: Any) -> Book:
    return Book(*plan(*prices, **options), account(), subscription())


def two_months(*prices: dict[str, Any], **options: Any) -> Book:
    """1,000 units in September and as many in October, both closed."""
    story = book(*prices, **options).use(used(1000, "2026-09-05 10:00"))
    story.close()
    story.use(used(1000, "2026-10-05 10:00"))
    story.close()
    return story


def test_a_price_error_over_two_months_comes_back_for_each_of_them() -> None:
    """1,000 units at 0.10 are 100.00, at 0.08 they are 80.00: 20.00 less, twice."""
    story = two_months(WRONG)
    assert story.differences(RIGHT) == [("2026-09-01", "-20.00"), ("2026-10-01", "-20.00")]
    september, october, *_ = story.close()
    assert [(charge.kind, str(charge.amount)) for charge in (september, october)] == [("rerating", "-20.00")] * 2
    assert (september.period, september.settles) == (SEPTEMBER, SEPTEMBER)
    assert september.corrects == [charge.charge_id for charge in story.charges if charge.billing_period == SEPTEMBER]
    assert september.cause == "rr-1"
    assert september.description == "Fiber: Data volume, price correction"


def test_a_correction_says_what_it_costs_now_and_what_was_charged_before() -> None:
    story = two_months(WRONG)
    story.rerate(RIGHT, end="2026-10-01")
    (correction,) = story.close()
    assert [(step.tier, str(step.quantity), str(step.amount), step.label) for step in correction.steps] == [
        ("1", "1000", "80.00", None),
        ("charged", "1", "-100.00", "charged before, in 1 charge"),
    ]
    assert correction.unrounded == Decimal("-20")


def test_a_dry_run_changes_nothing_until_it_is_confirmed() -> None:
    story = two_months(WRONG)
    assert [str(one.difference) for one in story.rerate(RIGHT, dry_run=True)] == ["-20.00", "-20.00"]
    assert story.story.get(PendingCorrections, "acc-1") is None
    found = story.confirm()
    assert [(str(one.charged), str(one.corrected), str(one.difference)) for one in found] == [
        ("100.00", "80.00", "-20.00")
    ] * 2
    waits = story.story.get(PendingCorrections, "acc-1")
    assert waits is not None
    assert [one.charge_id for one in waits.corrections] == [one.charge_id for one in found]


def test_r12_the_same_rerating_twice_adds_nothing_before_a_close_and_after_it() -> None:
    story = two_months(WRONG)
    story.rerate(RIGHT)
    assert story.rerate(RIGHT) == []
    story.close()
    assert story.rerate(RIGHT) == []
    assert story.close() == []


def test_reratings_compose_the_last_corrected_price_is_the_truth() -> None:
    """100.00, then 80.00 (-20.00), then 90.00 (+10.00), then the price it had (+10.00)."""
    story = two_months(WRONG)
    one_month = {"end": "2026-10-01"}
    assert story.differences(RIGHT, **one_month) == [("2026-09-01", "-20.00")]
    assert story.differences({**WRONG, "unit_price": "0.09"}, **one_month) == [("2026-09-01", "10.00")]
    story.close()
    assert story.in_all("2026-09-01") == Decimal("90.00")
    assert story.differences(WRONG, **one_month) == [("2026-09-01", "10.00")]


def test_r34_late_usage_that_is_billed_is_rerated_with_its_period() -> None:
    """1,000 in time and 500 late at 0.10 are 150.00; at 0.08 they are 120.00."""
    story = book(WRONG).use(used(1000, "2026-09-05 10:00"))
    story.close()
    story.use(used(500, "2026-09-06 10:00"))
    story.close()
    assert story.differences(RIGHT) == [("2026-09-01", "-30.00")]
    story.close()
    assert story.in_all("2026-09-01") == Decimal("120.00")


def test_r15_tiers_are_corrected_by_the_total_of_the_period() -> None:
    """150 units: 10 × 1.50, 90 × 1.00, 50 × 0.50 = 130.00; with 0.90 in the second tier 121.00."""
    story = book(TIERED).use(used(150, "2026-09-05 10:00"))
    assert [str(charge.amount) for charge in story.close()] == ["130.00"]
    tiers: Any = TIERED["tiers"]
    first, second, third = tiers
    assert story.differences({**TIERED, "tiers": [first, {**second, "unit_price": "0.90"}, third]}) == [
        ("2026-09-01", "-9.00")
    ]


def test_another_model_of_the_same_meter_may_take_the_place() -> None:
    """1,000 units graduated: 10 × 1.50, 90 × 1.00, 900 × 0.50 = 555.00 instead of 100.00."""
    story = two_months(WRONG)
    assert story.differences(TIERED, end="2026-10-01") == [("2026-09-01", "455.00")]


def test_r17_a_true_up_is_part_of_what_was_charged() -> None:
    """300 units at 0.10 are 30.00 with a true-up of 20.00; at 0.20 they are 60.00 and there is none."""
    committed = {**WRONG, "modifiers": {"minimum_commitment": "50.00"}}
    story = book(committed).use(used(300, "2026-09-05 10:00"))
    story.close()
    assert story.differences({**committed, "unit_price": "0.20"}) == [("2026-09-01", "10.00")]


def test_r5_a_flat_price_costs_the_same_share_of_its_corrected_amount() -> None:
    """From 16 September: 15 of 30 days of 20.00 are 10.00, of 24.00 they are 12.00; October is 4.00 more."""
    story = Book(*plan(FLAT), account(), subscription("2026-09-16"))
    story.close()
    story.close()
    story.close()
    found = story.differences({**FLAT, "amount": "24.00"}, end="2026-11-01")
    assert found == [("2026-09-16", "2.00"), ("2026-10-01", "4.00")]


def test_a_flat_price_of_days_that_are_not_over_is_corrected_as_far_as_it_is_charged() -> None:
    """October is charged in advance at the close of September, and still runs; November is not charged yet."""
    story = book(FLAT)
    story.close()
    assert story.differences({**FLAT, "amount": "24.00"}) == [("2026-09-01", "4.00"), ("2026-10-01", "4.00")]
    assert sorted(str(charge.amount) for charge in story.close()) == ["20.00", "4.00", "4.00"]
    assert story.differences({**FLAT, "amount": "24.00"}, end="2026-11-01") == []


@pytest.mark.parametrize(
    ("amount", "end", "left"),
    [
        ("16.00", "2026-10-16", "7.74"),   # 15 of 31 days of 16.00
        ("30.00", "2026-10-16", "14.52"),  # 15 of 31 days of 30.00
        ("30.00", "2026-10-01", "0.00"),
        ("16.00", "2026-10-01", "0.00"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("rerated_first", [True, False], ids=["rerated_first", "changed_first"])
def test_r9_what_an_end_gives_back_of_a_rerated_line_costs_the_corrected_price(
    amount: str, end: str, left: str, rerated_first: bool
) -> None:
    story = book(FLAT)
    story.close()
    ending = on(TerminateSubscription, end)
    if not rerated_first:
        story.story.when(ending)
    story.rerate({**FLAT, "amount": amount}, start="2026-10-01")
    if rerated_first:
        story.story.when(ending)
    story.close()
    assert str(sum((c.amount for c in story.charges if c.period.start >= OCTOBER.start), Decimal(0))) == left
    assert story.differences({**FLAT, "amount": amount}, start="2026-10-01") == []


def test_r9_an_end_in_a_closed_period_gives_back_what_a_rerating_made_of_its_line() -> None:
    """September was charged 20.00 and rerated to 16.00: 9 of 30 days of that are 4.80."""
    story = book(FLAT)
    story.close()
    story.rerate({**FLAT, "amount": "16.00"}, end="2026-10-01")
    story.story.when(on(TerminateSubscription, "2026-09-10"))
    story.close()
    assert str(sum((c.amount for c in story.charges), Decimal(0))) == "4.80"


def test_a_version_that_was_in_force_for_a_part_of_the_period_is_corrected_for_its_part() -> None:
    story = Book(
        *plan(WRONG),
        *plan({**OCTETS, "unit_price": "0.02"}, version=2, effective_from="2026-09-10"),
        account(),
        subscription(),
    )
    story.use(used(100, "2026-09-09 10:00"))
    story.close()
    assert story.differences(RIGHT) == [("2026-09-01", "-2.00")]
    (correction,) = story.close()
    assert (str(correction.period), correction.settles) == ("[2026-09-01, 2026-09-10)", SEPTEMBER)


def test_what_is_measured_beyond_sums_is_rerated_while_usage_may_come_late_and_named_after() -> None:
    """The largest of the month, 7, at 2.00 instead of 3.00: 14.00 for 21.00."""
    most = {**OCTETS, "unit_price": "3.00", "meter": "ports"}
    story = book(most, aggregations={"ports": "max"})
    story.use(used(7, "2026-09-05 10:00", meter="ports"), used(4, "2026-09-06 10:00", meter="ports", index=1))
    assert [str(charge.amount) for charge in story.close()] == ["21.00"]
    fixed = {**most, "unit_price": "2.00"}
    assert story.differences(fixed, dry_run=True) == [("2026-09-01", "-7.00")]
    for _ in range(3):
        story.close()
    (gone,) = story.rerate(fixed, end="2026-10-01")
    assert (gone.outcome, gone.reason, gone.charged, gone.difference) == (
        "not_computable",
        "beyond_sums",
        Decimal("21.00"),
        None,
    )


def test_an_account_whose_period_closes_in_the_same_moment_is_left_for_another_rerating() -> None:
    story = two_months(WRONG)
    facts = story._facts

    def of_before(terms: ReratingTerms) -> Any:
        return msgspec.structs.replace(facts(terms), open_start=OCTOBER.start)

    story._facts = of_before  # type: ignore[method-assign]
    (left,) = story.rerate(RIGHT)
    assert (left.outcome, left.reason, left.subscription_id) == ("not_computable", "period_closing", "")


@pytest.mark.parametrize(
    ("version", "prices", "code", "pointer"),
    [
        (1, [RIGHT, FLAT], "prices_differ", "/prices"),
        (1, [FLAT], "prices_differ", "/prices/0/model"),
        (1, [{**RIGHT, "meter": "sms"}], "prices_differ", "/prices/0/meter"),
        (2, [RIGHT], "version_not_published", "/version"),
        (3, [RIGHT], "plan_version_not_found", "/version"),
        (1, [{"model": "percentile", "percentile": "95", "unit_price": "1", "meter": "data.octets"}], None, None),
    ],
)
def test_what_cannot_take_the_place_of_a_price_is_refused_by_its_pointer(
    version: int, prices: list[Any], code: str | None, pointer: str | None
) -> None:
    drafted, published = plan(WRONG)
    second, _ = plan(WRONG, version=2)
    terms = ReratingTerms(
        plan_id="fiber", version=version, prices=priced(*prices), start=SEPTEMBER.start, end=SEPTEMBER.end
    )
    story = rating(drafted, published, second)
    story.when(StartRerating(rerating_id="rr-1", terms=terms, reason="a price error"))
    if code is None:
        assert [event.code for event in story.events if hasattr(event, "code")]
    else:
        story.then_refused(code, pointer=pointer)


def test_a_flat_price_keeps_its_interval() -> None:
    terms = ReratingTerms(
        plan_id="fiber",
        version=1,
        prices=priced({**FLAT, "interval": "year"}),
        start=SEPTEMBER.start,
        end=SEPTEMBER.end,
    )
    story = rating(*plan(FLAT)).when(StartRerating(rerating_id="rr-1", terms=terms, reason="a price error"))
    story.then_refused("prices_differ", pointer="/prices/0/interval")


def test_a_rerating_is_confirmed_once() -> None:
    story = two_months(WRONG)
    story.rerate(RIGHT, dry_run=True)
    story.confirm()
    story.story.when(ConfirmRerating(rerating_id="rr-1")).then_refused("rerating_confirmed")


def test_r18_what_buckets_paid_for_stays_paid_for_by_them() -> None:
    """150 units of which 100 are allowed: 50 at 1.00 are 50.00, 20 more come late; at 0.80 all 70 are 56.00."""
    story = Book(*plan_with(allowance("100")), account(), subscription()).use(used(150, "2026-09-05 10:00"))
    assert [str(charge.amount) for charge in story.close()] == ["50.00"]
    story.use(used(20, "2026-09-06 10:00"))
    story.close()
    assert story.in_all("2026-09-01") == Decimal("70.00")
    assert story.differences({**UNITS, "unit_price": "0.80"}) == [("2026-09-01", "-14.00")]


def follow(event: Event) -> list[Send]:
    return list(react_rerating(event, envelope_of("rating", event), Nothing()))  # type: ignore[arg-type]


def test_a_page_that_is_not_the_last_is_followed_by_the_next_in_its_partition() -> None:
    terms = ReratingTerms(plan_id="fiber", version=1, prices=priced(RIGHT), start=SEPTEMBER.start, end=SEPTEMBER.end)
    walked = ReratingPageWalked(
        rerating_id="rr-1",
        partition=3,
        page=4,
        through="acc-77",
        last=False,
        accounts=50,
        unchanged=0,
        dry_run=True,
        terms=terms,
        account_ids=["acc-9"],
    )
    (sent,) = follow(walked)
    assert sent.partition == 3
    assert isinstance(sent.message, RerateAccounts)
    assert (sent.message.page, sent.message.after, sent.message.account_ids) == (5, "acc-77", ["acc-9"])
    assert follow(msgspec.structs.replace(walked, last=True)) == []


def test_named_accounts_are_rerated_where_they_live() -> None:
    terms = ReratingTerms(plan_id="fiber", version=1, prices=priced(RIGHT), start=SEPTEMBER.start, end=SEPTEMBER.end)
    names = [f"acc-{n}" for n in range(40)]
    started = ReratingStarted(
        rerating_id="rr-1", terms=terms, reason="a price error", dry_run=True, partitions=4, account_ids=names
    )
    sent = {send.partition: send.message for send in follow(started)}
    assert set(sent) == {0, 1, 2, 3}
    for partition, walk in sent.items():
        assert isinstance(walk, RerateAccounts)
        assert walk.account_ids == [name for name in names if partition_of(name, 4) == partition]


CENTS = st.integers(0, 400).map(lambda cents: f"{Decimal(cents) / 1000:f}")
TIERS = st.builds(
    lambda bound, one, two, fee: {
        "model": "graduated",
        "meter": "data.octets",
        "tiers": [
            {"up_to": str(bound), "unit_price": one, "flat_fee": fee},
            {"up_to": None, "unit_price": two},
        ],
    },
    st.integers(1, 60),
    CENTS,
    CENTS,
    CENTS,
)
PRICES = TIERS | st.builds(
    lambda price, minimum: {**OCTETS, "unit_price": price, "modifiers": {"minimum_commitment": minimum}}, CENTS, CENTS
)


@settings(max_examples=60, deadline=None)
@for_all(
    published=PRICES,
    corrected=st.lists(PRICES, min_size=1, max_size=3),
    batches=st.lists(st.lists(st.integers(1, 40), max_size=3), min_size=1, max_size=3),
)
def test_r16_charged_and_reratings_are_what_a_close_at_the_corrected_price_charges(
    published: dict[str, Any], corrected: list[dict[str, Any]], batches: list[list[int]]
) -> None:
    """However often usage comes late and prices are corrected in between."""
    story = book(published)
    for n, batch in enumerate(batches):
        for index, quantity in enumerate(batch):
            story.use(used(quantity, f"2026-09-{n + 1:02} 1{index}:00"))
        story.close()
        if n < len(corrected) - 1:
            story.rerate(corrected[n], end="2026-10-01")
    story.rerate(corrected[-1], end="2026-10-01")
    waits = [event for event in story.story.events if isinstance(event, CorrectionAdded)]
    assert len(waits) <= 1
    story.close()

    at_once = book(corrected[-1])
    for n, batch in enumerate(batches):
        for index, quantity in enumerate(batch):
            at_once.use(used(quantity, f"2026-09-{n + 1:02} 1{index}:00"))
    at_once.close()
    assert story.in_all("2026-09-01") == at_once.in_all("2026-09-01")
    assert story.rerate(corrected[-1], end="2026-10-01") == []
