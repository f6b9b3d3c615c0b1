"""Quotes of prices that look at more than a sum: what they refuse and where, and how their steps explain an amount."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rating.quote.quote import quote
from shared.kernel.errors import Rejection
from tests.services.rating.pricing.random_prices import PARAMETERS
from tests.services.rating.quote.test_quotes import JSON
from tests.services.rating.quote.worked import JUNE, events
from tests.services.rating.quote.worked_levels import BURST, LINE, SERVERS, USERS, held, peak, samples
from tests.services.rating.quote.worked_records import CARD, DYNAMIC, REGIONS, said
from tests.services.rating.quote.worked_time import SET_UP, flat

NO_DEFAULT = {name: value for name, value in REGIONS.items() if name != "default"}
APART = {"limits": {"a": "10"}, "amount": "1"}, {"limits": {"b": "5"}, "amount": "2"}


def body(price: dict[str, Any], records: list[dict[str, Any]] | None = None, **rest: Any) -> dict[str, Any]:
    asked = {"price": price, "currency": "EUR", "period": JUNE}
    return asked | ({} if records is None else {"records": records}) | rest


def refused(asked: dict[str, Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(Rejection) as refusal:
        quote(asked)
    assert all(one.status == 422 for one in refusal.value.all)
    return [(one.code, one.pointer) for one in refusal.value.all]


def steps(price: dict[str, Any], records: list[dict[str, Any]], **rest: Any) -> list[dict[str, str]]:
    (line,) = quote(body(price, records, **rest))["lines"]
    return [*line["steps"]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (body(CARD, quantity="100"), [("invalid", "/quantity")]),
        (body(DYNAMIC, quantity="100"), [("invalid", "/quantity")]),
        (body(REGIONS, quantity="100"), [("invalid", "/quantity")]),
        (body(BURST, quantity="100"), [("invalid", "/quantity")]),
        (body(SERVERS, quantity="100"), [("invalid", "/quantity")]),
        (body(LINE, quantity="100"), [("invalid", "/quantity")]),
        (body(USERS, quantity="5", already_billed_quantity="2"), [("invalid", "/already_billed_quantity")]),
        (body(CARD, events("100"), already_billed_quantity="1"), [("invalid", "/already_billed_quantity")]),
        (
            body(SERVERS, [{"quantity": "1"}]),
            [("required", "/records/0/started_at"), ("required", "/records/0/ended_at")],
        ),
        (body(BURST | {"direction": "sum"}, [{"quantity": "1"}]), [("required", "/records/0/started_at")]),
        (body(BURST, samples("1", direction="up")), [("no_price", "/records/0/attributes/direction")]),
        (body(DYNAMIC, [said("1", amount="1"), {"quantity": "1"}]), [("no_price", "/records/1/attributes/amount")]),
        (body(DYNAMIC, [said("1", amount="1e3")]), [("malformed", "/records/0/attributes/amount")]),
        (body(DYNAMIC, [said("1", amount="-1")]), [("malformed", "/records/0/attributes/amount")]),
        (body(DYNAMIC, [said("1", amount="0.0000000000001")]), [("malformed", "/records/0/attributes/amount")]),
        (body(NO_DEFAULT, [said("1", region="eu"), said("2", region="us")]), [("no_price", "/records/1/attributes")]),
        (body(LINE, [{"quantity": "1"}]), [("required", "/records/0/meter")]),
        (body(LINE, [peak("ports", "51")]), [("no_price", "/records/0/quantity")]),
        (
            {"price": SET_UP, "currency": "EUR", "start": "2026-06-02", "target_date": "2026-06-01"},
            [("invalid", "/target_date")],
        ),
        (
            {
                "price": SET_UP,
                "currency": "EUR",
                "start": "2026-06-02",
                "end": "2026-06-01",
                "target_date": "2026-06-03",
            },
            [("invalid", "/end")],
        ),
        (
            {
                "price": SET_UP,
                "currency": "EUR",
                "start": "2026-06-02",
                "target_date": "2026-06-03",
                "changes": [{"on": "2026-06-03", "price": SET_UP}],
            },
            [("invalid", "/changes")],
        ),
        (
            {
                "price": flat("1"),
                "currency": "EUR",
                "start": "2026-06-02",
                "target_date": "2026-06-03",
                "changes": [{"on": "2026-06-03", "price": SET_UP}],
            },
            [("invalid", "/changes/0/price/model")],
        ),
        (body(SET_UP, quantity="1"), [("invalid", "/price/model")]),
    ],
)
def test_what_makes_no_sense_is_refused_where_it_is_said_r20(
    asked: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert refused(asked) == expected


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ({"model": "volume", "tiers": []}, "/tiers"),
        ({"model": "volume", "tiers": [{"up_to": "1", "unit_price": "1"}]}, "/tiers/0/up_to"),
        ({"model": "package", "size": "0", "price": "1"}, "/size"),
        (CARD | {"free_events": "1.5"}, "/free_events"),
        (CARD | {"per_event_min": "2", "per_event_max": "1"}, "/per_event_min"),
        (CARD | {"rate": 1.2}, "/rate"),
        (
            {
                "model": "graduated_percentage",
                "tiers": [{"up_to": "5", "rate": "1"}, {"up_to": "5", "rate": "1"}, {"up_to": None, "rate": "1"}],
            },
            "/tiers/1/up_to",
        ),
        (REGIONS | {"dimensions": ["region", "region", "class"]}, "/dimensions"),
        (REGIONS | {"dimensions": ["region"]}, "/cells/0/match"),
        (REGIONS | {"cells": [*REGIONS["cells"][::-1]]}, "/cells/1/match"),  # the wider one hides the narrower
        ({"model": "capacity", "tiers": [{"limits": {}, "amount": "1"}]}, "/tiers/0/limits"),
        ({"model": "capacity", "tiers": [APART[0], APART[0]]}, "/tiers/1/limits"),
        ({"model": "capacity", "tiers": [*APART]}, "/tiers/1/limits"),  # 11 of a and 6 of b would fit neither
        (
            {"model": "capacity", "tiers": [{"limits": {"a": "9"}, "amount": "1"}, *APART[1:], APART[0]]},
            "/tiers/2/limits",
        ),
        (USERS | {"meter": "c"}, "/meter"),
        (BURST | {"percentile": "0"}, "/percentile"),
        (BURST | {"percentile": "100.1"}, "/percentile"),
        (BURST | {"sample_s": "0"}, "/sample_s"),
        (BURST | {"direction": "up"}, "/direction"),
        (SET_UP | {"modifiers": {"minimum_commitment": "5"}}, "/modifiers/minimum_commitment"),
        (SET_UP | {"interval": "month"}, "/interval"),
    ],
)
def test_a_price_that_contradicts_itself_is_refused_at_the_field(price: dict[str, Any], expected: str) -> None:
    assert [pointer for _, pointer in refused(body(price, []))] == [f"/price{expected}"]


def test_the_steps_of_a_percentage_tell_what_is_free_and_what_bounds_changed() -> None:
    price = CARD | {"free_amount": "150", "per_event_min": "1"}
    assert steps(price, events("100", "80", "1000")) == [
        {"tier": "free", "quantity": "150", "unit_price": "0", "amount": "0.00", "count": "1"},
        {"tier": "1", "quantity": "1030", "unit_price": "0.012", "amount": "12.36", "label": "1.2 %", "count": "2"},
        {"tier": "fixed", "quantity": "2", "unit_price": "0.3", "amount": "0.60", "label": "fixed fee for each event"},
        {
            "tier": "per_event_min",
            "quantity": "1",
            "unit_price": "0.34",
            "amount": "0.34",
            "label": "events are at least 1",
            "count": "1",
        },
    ]


def test_the_formula_and_the_missing_samples_of_a_percentile_are_shown_r36_r37() -> None:
    one_day = {"start": "2026-06-01", "end": "2026-06-02"}
    found = steps(BURST, samples(*range(10, 201, 10)), period=one_day)
    assert found == [
        {
            "tier": "samples",
            "quantity": "190",
            "unit_price": "0",
            "amount": "0.00",
            "label": "samples: rank ⌈95 × 20 ÷ 100⌉ = 19 of 20 samples",
            "count": "20",
        },
        {
            "tier": "missing samples",
            "quantity": "268",
            "unit_price": "0",
            "amount": "0.00",
            "label": "samples: missing samples, left out",
            "count": "268",
        },
        {"tier": "included", "quantity": "100", "unit_price": "0", "amount": "0.00", "label": "commit 100"},
        {"tier": "1", "quantity": "90", "unit_price": "2", "amount": "180.00"},
    ]
    zeros = steps(BURST | {"missing": "zero"}, samples(*range(10, 201, 10)), period=one_day)
    assert [step["label"] for step in zeros[:2]] == [
        "samples: rank ⌈95 × 288 ÷ 100⌉ = 274 of 288 samples",
        "samples: missing samples, counted as zero",
    ]


def test_missing_samples_are_counted_in_the_hours_that_a_day_has_r37() -> None:
    """The day the clocks go forward has 23 hours in Paris: 276 samples of five minutes."""
    day, cycle = {"start": "2026-03-29", "end": "2026-03-30"}, {"time_zone": "Europe/Paris"}
    (_, missing, *_) = steps(BURST, [{"quantity": "1"}], period=day, cycle=cycle)
    assert (missing["tier"], missing["count"]) == ("missing samples", "275")


def test_the_steps_of_a_level_show_the_integral_and_the_length_of_the_period() -> None:
    found = steps(SERVERS, [held("10", "2026-06-01T00", "2026-06-16T00")])
    assert [(step["tier"], step["quantity"]) for step in found] == [("unit_seconds", "12960000"), ("1", "5")]
    assert found[0]["label"] == "level over time, of 2592000 s in the period"


def test_the_steps_of_a_matrix_and_of_a_capacity_say_which_cell_and_tier_it_was() -> None:
    cells = steps(REGIONS, [said("100", region="eu", **{"class": "gold"}), said("10", region="us")])
    assert [(step["tier"], step["label"]) for step in cells] == [
        ("1", "region eu, class gold"),
        ("default", "no cell matches"),
    ]
    tier = steps(LINE, [peak("ports", "6"), peak("ports", "7"), peak("mbit", "90")])
    assert [(step["tier"], step["quantity"], step["amount"]) for step in tier] == [
        ("peak mbit", "90", "0.00"),
        ("peak ports", "7", "0.00"),
        ("1", "1", "50.00"),
    ]
    assert tier[-1]["label"] == "mbit up to 100, ports up to 10"


@pytest.mark.parametrize(
    ("price", "records", "quantity"),
    [
        (CARD, events("100", "50"), "150"),
        (BURST, samples(*range(10, 201, 10)), "190"),
        (SERVERS, [held("10", "2026-06-01T00", "2026-06-16T00")], "5"),
        (USERS, [{"quantity": "7"}, {"quantity": "9"}], "9"),
        (LINE, [peak("ports", "7")], None),
        (REGIONS, [said("1", region="eu"), said("2", region="us")], "3"),
    ],
)
def test_a_line_says_the_quantity_that_was_billed(
    price: dict[str, Any], records: list[dict[str, Any]], quantity: str | None
) -> None:
    (line,) = quote(body(price, records))["lines"]
    assert line.get("quantity") == quantity


def test_a_price_charged_once_has_one_line_on_the_day_it_starts() -> None:
    asked = {"price": SET_UP, "currency": "EUR", "start": "2026-06-16T22:30:00Z", "target_date": "2026-12-31"}
    (line,) = quote(asked | {"cycle": {"time_zone": "Europe/Paris"}})["lines"]
    assert (line["kind"], line["fraction"]) == ("one_time", "1")
    assert line["period"] == {"start": "2026-06-17", "end": "2026-06-18"}


@given(st.permutations(events("100", "50", "20", "20")), st.sampled_from(["0", "1", "2"]), st.booleans())
def test_records_of_one_instant_cost_the_same_in_every_order_r16(
    records: list[dict[str, Any]], free: str, one_instant: bool
) -> None:
    if one_instant:
        records = [record | {"started_at": "2026-06-02T10:00:00Z"} for record in records]
    price = CARD | {"free_events": free}
    whole = sorted(records, key=lambda record: (record["started_at"], float(record["quantity"])))
    assert quote(body(price, records)) == quote(body(price, whole))


def test_records_that_say_no_instant_are_in_the_order_given() -> None:
    price = CARD | {"free_events": "1"}
    amounts = [
        quote(body(price, [{"quantity": one}, {"quantity": other}]))["amount"]["amount"]
        for one, other in (("100", "50"), ("50", "100"))
    ]
    assert amounts == ["0.90", "1.50"]  # 1.2 % of what comes second, and 0.30


ODD = JSON | st.sampled_from(["0", "1", "999999999999999999.999999999999", "in", "a", "2026-06-01T00:00:00Z"])


@pytest.mark.parametrize("model", PARAMETERS)
@settings(max_examples=30)
@given(data=st.data())
def test_whatever_a_price_and_its_records_say_is_answered_or_refused(model: str, data: st.DataObject) -> None:
    price = {"model": model, **data.draw(PARAMETERS[model])}
    for name in data.draw(st.lists(st.sampled_from(sorted(price)), max_size=2)):
        price[name] = data.draw(ODD)
    fields = st.sampled_from(["quantity", "meter", "started_at", "ended_at", "attributes", "source", "id"])
    records = data.draw(st.lists(st.dictionaries(fields, ODD, max_size=4).map(lambda odd: {"quantity": "1", **odd})))
    try:
        json.dumps(quote(body(price, records))).encode()
    except Rejection as refusal:
        for one in refusal.all:
            assert one.pointer is not None
            json.dumps([one.code, one.detail, one.pointer], ensure_ascii=False).encode()
