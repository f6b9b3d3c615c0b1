"""A price in a sentence, and what differs between two versions, down to the field."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rating.plan.compare import Side, compare, differences
from services.rating.plan.messages import NO_TERMS, PlanTerms
from services.rating.plan.summary import summary
from services.rating.subscription.messages import ContractTerm
from tests.services.rating.world import FLAT, OCTETS, TIERED

RATES = {
    "model": "graduated_percentage",
    "meter": "sales",
    "tiers": [{"up_to": "1000", "rate": "2"}, {"up_to": None, "rate": "1"}],
}
PEAKS = {"model": "capacity", "tiers": [{"limits": {"hosts": "10"}, "amount": "50"}, {"limits": {}, "amount": "90"}]}
REGIONS = {"model": "matrix", "meter": "sms", "dimensions": ["region"], "cells": [{"match": {}, "unit_price": "1"}] * 3}

UNITS = {"data.octets": "octets", "voice.seconds": "seconds", "sms": "message"}
GIGABYTE = str(10**9)
OVER_200 = {**OCTETS, "unit_price": "0.10", "unit_size": GIGABYTE, "included": str(200 * 10**9)}
CALLS = {"model": "per_unit", "unit_price": "0.0190", "unit_size": "60", "meter": "voice.seconds"}
TEXTS = {"model": "per_unit", "unit_price": "0.05", "meter": "sms"}
STEPPED: dict[str, Any] = {
    "model": "graduated",
    "meter": "data.octets",
    "tiers": [
        {"up_to": str(100 * 10**9), "unit_price": "0.20", "unit_size": GIGABYTE},
        {"up_to": str(500 * 10**9), "unit_price": "0.10", "unit_size": GIGABYTE},
        {"up_to": None, "unit_price": "0.05", "unit_size": GIGABYTE},
    ],
}
FREE_AT_FIRST = {**STEPPED, "tiers": [{**STEPPED["tiers"][0], "unit_price": "0"}, *STEPPED["tiers"][1:]]}
FEE_AT_FIRST = {**STEPPED, "tiers": [{**FREE_AT_FIRST["tiers"][0], "flat_fee": "5"}, *STEPPED["tiers"][1:]]}
HALF_OFF = {"discount": {"percent": "50", "until": "2027-01-01"}, "minimum": "5"}
HALF_PRICE = {**FLAT, "interval": "year", "modifiers": HALF_OFF}
HALF = "50 % off until 2027-01-01"
BEYOND = "€0.05 per GB over 500 GB, 3 tiers"


@pytest.mark.parametrize(
    ("price", "currency", "sentence"),
    [
        ({**FLAT, "interval": "month"},                      "EUR", "€20.00 a month"),
        ({**FLAT, "interval": {"days": 28}},                 "EUR", "€20.00 every 28 days"),
        (FLAT,                                               "JPY", "¥20 a period"),
        (HALF_PRICE,                                         "EUR", f"€20.00 a year, {HALF}, at least €5.00"),
        (OVER_200,                                           "EUR", "€0.10 per GB over 200 GB"),
        (OCTETS,                                             "EUR", "€0.01 per B"),
        (CALLS,                                              "EUR", "€0.019 per min"),
        (TEXTS,                                              "GBP", "£0.05 per message"),
        ({**TEXTS, "unit_size": "100", "included": "0"},     "GBP", "£0.05 per 100 message"),
        ({**TEXTS, "meter": "new"},                          "GBP", "£0.05 per new"),
        (STEPPED,                                            "EUR", "€0.20 per GB up to 100 GB, " + BEYOND),
        (FREE_AT_FIRST,                                      "EUR", "free up to 100 GB, " + BEYOND),
        (FEE_AT_FIRST,                                       "EUR", "€5.00 up to 100 GB, " + BEYOND),
        ({"model": "one_time", "amount": "49"},              "EUR", "€49.00 once"),
        ({"model": "percentile", "unit_price": "2"},         "EUR", "€2.00 per units at the 95th percentile"),
        (RATES,                                              "EUR", "2 % up to €1000.00, 1 % over €1000.00"),
        (PEAKS,                                              "EUR", "€50.00 to €90.00 by the peak of hosts"),
        (REGIONS,                                            "EUR", "3 prices per message by region"),
        ({"model": "dynamic", "meter": "roaming"},           "EUR", "roaming at the amount that is reported"),
        ({"model": "astrology", "meter": "stars"},           "EUR", "astrology price of stars"),
    ],
)  # fmt: skip
def test_a_price_is_said_in_a_sentence(price: dict[str, Any], currency: str, sentence: str) -> None:
    assert summary(price, currency, UNITS) == sentence


def side(*prices: dict[str, Any], version: int = 1, name: str = "Fiber", terms: PlanTerms = NO_TERMS) -> Side:
    return Side(plan_id="fiber", version=version, name=name, currency="EUR", prices=prices, terms=terms)


def test_a_comparison_says_what_came_what_went_and_what_changed() -> None:
    dearer = {**FLAT, "interval": "month", "amount": "34.90"}
    old = side({**FLAT, "interval": "month"}, CALLS, OCTETS)
    new = side(dearer, OCTETS, TEXTS, version=2, name="Fiber Plus", terms=PlanTerms(term=ContractTerm(months=24)))
    found = compare(old, new, UNITS)
    assert found["same"] == 1
    assert [(price["change"], price["from"], price["to"], price["sentence"]) for price in found["prices"]] == [
        ("changed", "/prices/0", "/prices/0", "€20.00 a month becomes €34.90 a month"),
        ("added", None, "/prices/2", "new: €0.05 per message"),
        ("removed", "/prices/1", None, "no longer: €0.019 per min"),
    ]
    assert found["prices"][0]["fields"] == [{"pointer": "/amount", "change": "changed", "old": "20.00", "new": "34.90"}]
    assert [(field["pointer"], field["change"]) for field in found["fields"]] == [
        ("/name", "changed"),
        ("/term", "added"),
    ]


def test_another_model_for_the_same_meter_is_a_change_of_that_price() -> None:
    (price,) = compare(side(OCTETS), side(TIERED, version=2), UNITS)["prices"]
    assert price["change"] == "changed"
    assert [(field["pointer"], field["change"]) for field in price["fields"]] == [
        ("/model", "changed"),
        ("/unit_price", "removed"),
        ("/tiers", "added"),
    ]


def test_a_field_that_no_sentence_tells_is_named() -> None:
    (price,) = compare(side(OCTETS), side({**OCTETS, "tax_class": "reduced"}, version=2), UNITS)["prices"]
    assert price["sentence"] == "€0.01 per B: other tax_class"


def test_prices_in_another_order_are_the_same_prices() -> None:
    assert compare(side(FLAT, OCTETS, CALLS), side(CALLS, FLAT, OCTETS, version=2), UNITS)["prices"] == []


_SCALAR = st.one_of(st.text(max_size=3), st.integers(0, 3), st.booleans(), st.none())
_JSON = st.recursive(
    _SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("a/~0", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(_JSON, _JSON)
def test_the_pointers_of_a_comparison_are_exactly_what_changed(old: Any, new: Any) -> None:
    """Given two values, when what differs is put into the first, then it is the second; and each pointer counts."""
    found = [*differences(old, new)]
    assert patched(old, found) == patched(new, []) and not [*differences(patched(old, found), new)]
    assert len({difference["pointer"] for difference in found}) == len(found)
    for difference in found:
        without = [other for other in found if other is not difference]
        assert [*differences(patched(old, without), new)] != []


@given(_JSON)
def test_nothing_differs_from_itself(value: Any) -> None:
    assert [*differences(value, copy.deepcopy(value))] == []


def patched(value: Any, found: list[dict[str, Any]]) -> Any:
    """The value with the differences put in; what goes is taken from the back, so that indexes stay."""
    holder = {"": copy.deepcopy(value)}
    gone = [difference for difference in reversed(found) if difference["change"] == "removed"]
    for difference in (*(other for other in found if other["change"] != "removed"), *gone):
        *way, last = [part.replace("~1", "/").replace("~0", "~") for part in difference["pointer"].split("/")]
        place: Any = holder
        for part in way:
            place = place[int(part) if isinstance(place, list) else part]
        key = int(last) if isinstance(place, list) else last
        if difference["change"] == "removed":
            del place[key]
        elif isinstance(place, list) and key >= len(place):
            place.append(difference["new"])
        else:
            place[key] = difference["new"]
    return holder[""]
