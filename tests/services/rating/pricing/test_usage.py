"""Pricing the usage of a period: modifiers, commitment (R17), free units (R18), what is already billed (R16)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rating.pricing import Line, Quote, parse_price, price_usage, usage_lines
from services.rating.pricing.engine.usage import commitment_share
from shared.kernel.calendar import Cycle, EveryDays
from shared.kernel.period import Period

JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))
MONTHLY = Cycle()
TIERS = [
    {"up_to": "10", "unit_price": "1.5", "flat_fee": "3"},
    {"up_to": "110", "unit_price": "1.0", "flat_fee": "2"},
    {"up_to": None, "unit_price": "0.5", "unit_size": "7"},
]


def per_unit(unit_price: str, **rest: Any) -> dict[str, Any]:
    return {"model": "per_unit", "unit_price": unit_price, **rest}


def lines(raw: dict[str, Any], quantity: str, billed: str | None = None, **rest: Any) -> list[Line]:
    return price_usage(
        parse_price(raw),
        currency=rest.pop("currency", "EUR"),
        period=rest.pop("period", JUNE),
        quantity=Decimal(quantity),
        already_billed=None if billed is None else Decimal(billed),
        **rest,
    )


def amounts(raw: dict[str, Any], quantity: str, billed: str | None = None, **rest: Any) -> str:
    return " ".join(str(line.amount) for line in lines(raw, quantity, billed, **rest))


@pytest.mark.parametrize(
    ("modifiers", "quantity", "expected"),
    [
        ({}, "30", "15.00"),
        ({"minimum": "20.00"}, "30", "20.00"),
        ({"minimum": "20.00"}, "0", "20.00"),
        ({"minimum": "20.00"}, "60", "30.00"),
        ({"maximum": "20.00"}, "60", "20.00"),
        ({"maximum": "20.00"}, "30", "15.00"),
        ({"discount": {"percent": "10"}}, "30", "13.50"),
        ({"discount": {"percent": "100"}}, "30", "0.00"),
        ({"discount": {"amount": "4.00"}}, "30", "11.00"),
        ({"discount": {"amount": "40.00"}}, "30", "0.00"),
        # `until` is excluded, like the end of a period
        ({"discount": {"percent": "10", "until": "2026-06-01"}}, "30", "15.00"),
        ({"discount": {"percent": "10", "until": "2026-06-02"}}, "30", "13.50"),
        ({"free_quantity": "10"}, "30", "10.00"),
        ({"free_quantity": "40"}, "30", "0.00"),
        # bounds hold what the customer pays after the discount
        ({"discount": {"percent": "50"}, "minimum": "10.00"}, "30", "10.00"),
        ({"discount": {"percent": "20"}, "maximum": "18.00", "free_quantity": "10"}, "60", "18.00"),
    ],
)
def test_modifiers_apply_in_their_order(modifiers: dict[str, Any], quantity: str, expected: str) -> None:
    assert amounts(per_unit("0.50", modifiers=modifiers), quantity) == expected


def test_free_units_come_before_tiers_r18() -> None:
    raw = {"model": "graduated", "tiers": TIERS, "modifiers": {"free_quantity": "5"}}
    assert amounts(raw, "15") == "18.00"  # 10 units in the first tier, not 5 and 5
    assert [step.tier for step in lines(raw, "15")[0].steps] == ["free", "1"]


@pytest.mark.parametrize(
    ("quantity", "period", "expected"),
    [
        ("300", JUNE, "30.00 20.00"),  # 30.00 used of 50.00 committed
        ("0", JUNE, "0.00 50.00"),
        ("500", JUNE, "50.00"),
        ("800", JUNE, "80.00"),
        # the last 15 of 30 days: 25.00 are committed
        ("300", Period(date(2026, 6, 16), date(2026, 7, 1)), "30.00"),
        ("100", Period(date(2026, 6, 16), date(2026, 7, 1)), "10.00 15.00"),
        # 10 of 30 days: 16.666666650 at a share of 9 decimals
        ("0", Period(date(2026, 6, 1), date(2026, 6, 11)), "0.00 16.67"),
    ],
)
def test_a_commitment_is_trued_up_and_prorated_by_days_r17(quantity: str, period: Period, expected: str) -> None:
    raw = per_unit("0.10", modifiers={"minimum_commitment": "50.00"})
    assert amounts(raw, quantity, period=period, cycle=MONTHLY) == expected


def test_a_commitment_without_a_cycle_is_due_whole() -> None:
    raw = per_unit("0.10", modifiers={"minimum_commitment": "50.00"})
    assert amounts(raw, "0", period=Period(date(2026, 6, 16), date(2026, 7, 1))) == "0.00 50.00"


def test_a_line_and_its_true_up_never_round_beyond_the_commitment() -> None:
    raw = per_unit("0.005", modifiers={"minimum_commitment": "50.00"})
    assert amounts(raw, "6667") == "33.34 16.66"  # 33.335 and 16.665 would be 33.34 and 16.67


def test_a_true_up_is_a_line_of_its_own_kind_r17() -> None:
    usage, true_up = lines(per_unit("0.10", modifiers={"minimum_commitment": "50"}), "300")
    assert (usage.kind, true_up.kind) == ("usage", "true_up")


@pytest.mark.parametrize(
    ("cycle", "start", "end", "share"),
    [
        (Cycle(), "2026-06-01", "2026-07-01", "1"),
        (Cycle(), "2026-06-16", "2026-07-01", "0.5"),
        (Cycle(anchor_day=31), "2026-02-28", "2026-03-14", "0.451612903"),  # 14 of 31: the clamped period (R10)
        (Cycle(anchor_day=31), "2026-02-14", "2026-02-28", "0.5"),
        (Cycle("quarter"), "2026-06-01", "2026-07-01", "0.326086957"),  # 30 of 92 days from June
        (Cycle(EveryDays(60)), "2026-06-01", "2026-07-01", "0.5"),
        (Cycle(), "2026-06-16", "2026-07-17", "1"),  # 15/30 + 16/31, capped
        (Cycle(), "2026-06-16", "2026-07-11", "0.822580645"),  # 15/30 + 10/31, each rounded before adding (R6)
        (Cycle(), "2026-06-01", "2026-12-01", "1"),
    ],
)
def test_the_share_of_a_commitment(cycle: Cycle, start: str, end: str, share: str) -> None:
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert commitment_share(cycle, period) == Decimal(share)


@pytest.mark.parametrize(
    ("billed", "new", "expected"),
    [
        (None, "0", "3.00"),  # nothing billed: the first tier's fee is due at quantity 0
        ("0", "0", "0.00"),  # zero billed: its fee has been charged
        ("0", "10", "15.00"),
        ("5", "20", "24.50"),  # 5 at 1.50, 15 at 1.00 and the second tier's fee
        ("111", "1", "0.00"),  # inside the block that has been paid for
        ("117", "1", "0.50"),  # a new block
    ],
)
def test_the_answer_is_the_price_of_all_less_that_of_what_is_billed_r16(
    billed: str | None, new: str, expected: str
) -> None:
    assert amounts({"model": "graduated", "tiers": TIERS}, new, billed) == expected


@pytest.mark.parametrize(
    ("modifiers", "billed", "new", "expected"),
    [
        ({"minimum": "20"}, "10", "5", "0.00"),  # 20 was charged for 5.00 of usage, and 7.50 is still below it
        ({"minimum": "20"}, "10", "40", "5.00"),
        ({"maximum": "20"}, "30", "40", "5.00"),
        ({"maximum": "20"}, "60", "40", "0.00"),
        ({"free_quantity": "20"}, "15", "10", "2.50"),
        ({"minimum_commitment": "50"}, "20", "30", "15.00 -15.00"),  # the true-up gives way to the usage
        ({"minimum_commitment": "50"}, "20", "100", "50.00 -40.00"),
    ],
)
def test_modifiers_are_part_of_the_whole_price_r16(
    modifiers: dict[str, Any], billed: str, new: str, expected: str
) -> None:
    assert amounts(per_unit("0.50", modifiers=modifiers), new, billed) == expected


@pytest.mark.parametrize(
    ("rounding", "currency", "expected"),
    [
        (None, "EUR", "365.13"),
        ("half_up", "EUR", "365.13"),
        ("half_even", "EUR", "365.12"),
        ("up", "EUR", "365.13"),
        ("down", "EUR", "365.12"),
        ({"mode": "down", "decimals": 1}, "EUR", "365.1"),
        ({"mode": "half_even"}, "KWD", "365.125"),
        (None, "JPY", "365"),
    ],
)
def test_each_line_is_rounded_as_its_price_says_r3_r4(rounding: Any, currency: str, expected: str) -> None:
    raw = per_unit("0.25") if rounding is None else per_unit("0.25", rounding=rounding)
    assert amounts(raw, "1460.5", currency=currency) == expected


def test_a_unit_price_may_have_more_decimals_than_money_r40() -> None:
    (line,) = lines(per_unit("0.00880"), "12345.678901")
    assert (str(line.amount), line.unrounded) == ("108.64", Decimal("108.6419743288"))


MODIFIERS = st.fixed_dictionaries(
    {},
    optional={
        "minimum": st.sampled_from(["0", "5", "19.99"]),
        "maximum": st.sampled_from(["20", "50.5"]),
        "minimum_commitment": st.sampled_from(["30", "75.333"]),
        "discount": st.sampled_from([{"percent": "12.5"}, {"amount": "7"}]),
        "free_quantity": st.sampled_from(["3", "12.5"]),
    },
)
SPLITS = st.lists(st.decimals(min_value=0, max_value=500, places=6), min_size=1, max_size=8)


@given(MODIFIERS, SPLITS)
def test_any_split_of_the_usage_gives_the_same_total_r16(modifiers: dict[str, Any], split: list[Decimal]) -> None:
    price = parse_price({"model": "graduated", "tiers": TIERS, "modifiers": modifiers})
    whole = Quote("EUR", tuple(price_usage(price, currency="EUR", period=JUNE, quantity=sum(split, Decimal(0)))))
    billed: Decimal | None = None
    parts: list[Line] = []
    for quantity in split:
        parts += price_usage(price, currency="EUR", period=JUNE, quantity=quantity, already_billed=billed)
        billed = (billed or Decimal(0)) + quantity
    assert Quote("EUR", tuple(parts)).unrounded == whole.unrounded


@given(MODIFIERS, SPLITS)
def test_the_steps_of_a_line_add_up_to_it(modifiers: dict[str, Any], split: list[Decimal]) -> None:
    price = parse_price({"model": "graduated", "tiers": TIERS, "modifiers": modifiers})
    for billed in (None, split[0]):
        for line in price_usage(price, currency="EUR", period=JUNE, quantity=split[-1], already_billed=billed):
            assert sum((step.amount for step in line.steps), Decimal(0)) == line.unrounded


@given(MODIFIERS, SPLITS)
def test_a_larger_total_never_costs_less(modifiers: dict[str, Any], split: list[Decimal]) -> None:
    price = parse_price({"model": "graduated", "tiers": TIERS, "modifiers": modifiers})
    costs = [
        Quote("EUR", tuple(price_usage(price, currency="EUR", period=JUNE, quantity=quantity))).unrounded
        for quantity in sorted(split)
    ]
    assert costs == sorted(costs)


def test_each_price_takes_the_quantity_of_its_meter() -> None:
    prices = [parse_price(per_unit("0.10", meter="a")), parse_price(per_unit("2", meter="b"))]
    quote = usage_lines(prices, currency="EUR", period=JUNE, quantity_by_meter={"a": Decimal(120)})
    assert [(line.meter, line.price_index, str(line.amount)) for line in quote.lines] == [
        ("a", 0, "12.00"),
        ("b", 1, "0.00"),
    ]


def test_time_is_not_priced_as_usage() -> None:
    with pytest.raises(ValueError, match="use recurring_lines"):
        lines({"model": "flat", "amount": "10"}, "1")
    with pytest.raises(ValueError, match="zero or more"):
        lines(per_unit("1"), "-1")
