"""Worked examples of prices that look at single records, or at what they say."""

from __future__ import annotations

from typing import Any, Final

from tests.services.rating.quote.worked import Worked, events, recorded, used

CARD: Final = {"model": "percentage", "rate": "1.2", "fixed": "0.30"}
LAGO_CARD: Final = {"model": "percentage", "rate": "1.2", "fixed": "0.10", "free_events": "3", "free_amount": "500"}
LAGO_TIERS: Final = {
    "model": "graduated_percentage",
    "tiers": [
        {"up_to": "1000", "rate": "1", "flat_fee": "200"},
        {"up_to": "10000", "rate": "2", "flat_fee": "300"},
        {"up_to": None, "rate": "3", "flat_fee": "400"},
    ],
}
TWO_RATES: Final = {
    "model": "graduated_percentage",
    "tiers": [{"up_to": "1000", "rate": "3"}, {"up_to": None, "rate": "2"}],
}
DYNAMIC: Final = {"model": "dynamic"}
REGIONS: Final = {
    "model": "matrix",
    "dimensions": ["region", "class"],
    "cells": [
        {"match": {"region": "eu", "class": "gold"}, "unit_price": "0.05"},
        {"match": {"region": "eu"}, "unit_price": "0.10"},
    ],
    "default": "0.20",
}


def card(**rest: Any) -> dict[str, Any]:
    return {**CARD, **rest}


def said(quantity: str, **attributes: str) -> dict[str, Any]:
    return {"quantity": quantity, "attributes": attributes}


def at(minute: int, quantity: str, **rest: str) -> dict[str, Any]:
    return {"quantity": quantity, "started_at": f"2026-06-02T10:{minute:02}:00Z", **rest}


THREE_REGIONS: Final = [
    said("100", region="eu", **{"class": "gold"}),
    said("50", region="eu", **{"class": "silver"}),
    said("10", region="us"),
]

EXAMPLES: Final[tuple[Worked, ...]] = (
    # percentage
    recorded(CARD, events("100"), "1.50", "contract: 1.2 % of 100 and 0.30"),
    recorded(CARD, events("100", "50"), "2.40", "by hand: 1.20 + 0.30 + 0.60 + 0.30"),
    recorded(CARD, [], "0.00", "by hand: no events, no fees"),
    recorded(CARD, events("0"), "0.30", "by hand: an event of nothing pays the fixed fee"),
    recorded(card(free_events="2"), events("100", "50", "20"), "0.54", "contract: two are free; 0.24 + 0.30"),
    recorded(
        card(free_amount="150"),
        events("100", "80"),
        "0.66",
        "contract: 1.2 % of the excess of 30, and 0.30",
    ),
    recorded(card(free_amount="100"), events("100", "80"), "1.26", "by hand: used up exactly; 0.96 + 0.30"),
    recorded(
        card(free_events="1", free_amount="150"),
        events("100", "10"),
        "0.42",
        "contract, whichever is first: the events; 0.12 + 0.30",
    ),
    recorded(
        card(free_events="3", free_amount="150"),
        events("100", "80", "10"),
        "1.08",
        "contract, whichever is first: the amount; 0.36 + 0.30, then 0.12 + 0.30",
    ),
    recorded(
        LAGO_CARD, events("100", "100", "100", "100"), "1.30", "getlago.com, percentage: 3 events free; 1.20 + 0.10"
    ),
    recorded(LAGO_CARD, events("300", "300"), "1.30", "getlago.com, percentage: $500 free; 1.2 % of 100 + 0.10"),
    recorded(card(per_event_min="1"), events("10"), "1.00", "by hand: 0.12 + 0.30 is lifted to 1.00"),
    recorded(
        card(per_event_min="1", per_event_max="2"),
        events("10", "100", "1000"),
        "4.50",
        "by hand: 0.42 lifted to 1.00, 1.50, 12.30 lowered to 2.00",
    ),
    recorded(card(free_events="1", per_event_min="1"), events("10"), "0.00", "by hand: a free event has no minimum"),
    recorded(
        card(free_events="1"),
        [at(9, "100"), at(5, "50")],
        "1.50",
        "R16: the order is that of started_at: 50 is free, whatever its place",
    ),
    recorded(
        card(free_events="1"),
        [at(5, "100", source="olt", id="b"), at(5, "50", source="olt", id="a")],
        "1.50",
        "R16: at one instant the order is that of source and id: 50 is free",
    ),
    recorded(card(modifiers={"maximum": "2"}), events("100", "50"), "2.00", "by hand: 2.40, and the line at most 2"),
    # graduated_percentage
    recorded(LAGO_TIERS, events("500"), "205.00", "getlago.com, graduated percentage: 500 × 1 % + $200"),
    recorded(
        LAGO_TIERS, events("500", "550", "4000"), "591.00", "getlago.com, graduated percentage: $205 + $306 + $80"
    ),
    used(
        LAGO_TIERS,
        "550",
        "306.00",
        "getlago.com, the second: $306",
        already_billed_quantity="500",
    ),
    used(LAGO_TIERS, "4000", "80.00", "getlago.com, the third: 4,000 × 2 %", already_billed_quantity="1050"),
    recorded(TWO_RATES, events("600", "900"), "40.00", "R13: 1,000 × 3 % + 500 × 2 %"),
    used(TWO_RATES, "1000", "30.00", "R13: the bound is inclusive"),
    used(LAGO_TIERS, "0", "200.00", "R15: the first tier is entered at 0"),
    # dynamic
    recorded(
        DYNAMIC,
        [said("7", amount="0.70"), said("5", amount="0.55"), said("10", amount="2.20")],
        "3.45",
        "getlago.com, dynamic: 0.70 + 0.55 + 2.20",
    ),
    recorded(DYNAMIC, [said("1", amount="0.004"), said("1", amount="0.003")], "0.01", "R2: 0.007 is rounded once"),
    recorded(DYNAMIC, [], "0.00", "by hand: nothing was used"),
    recorded(DYNAMIC, [said("9", amount="0")], "0.00", "by hand: the record says that it costs nothing"),
    # matrix
    recorded(REGIONS, THREE_REGIONS, "12.00", "by hand: 100 × 0.05 + 50 × 0.10 + 10 × 0.20"),
    recorded(REGIONS, [said("10", region="us")], "2.00", "by hand: no cell matches, the default does; 10 × 0.20"),
    recorded(REGIONS, [said("1.5", region="eu")], "0.15", "by hand: a cell that names the region alone; 1.5 × 0.10"),
    recorded(REGIONS, [{"quantity": "3"}], "0.60", "by hand: a record that says nothing has the default; 3 × 0.20"),
    recorded(
        REGIONS | {"modifiers": {"discount": {"percent": "10"}}}, THREE_REGIONS, "10.80", "by hand: 12.00 less 10 %"
    ),
)
