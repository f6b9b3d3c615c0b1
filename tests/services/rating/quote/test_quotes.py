"""`POST /v1/pricing/quotes` as a client sees it: bodies, answers, refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rating.quote.bodies import RECORDS_MAX, quote_schema
from services.rating.quote.quote import quote
from shared.kernel.errors import Rejection

JUNE = {"start": "2026-06-01", "end": "2026-07-01"}
PER_UNIT = {"model": "per_unit", "unit_price": "0.10"}
FLAT = {"model": "flat", "amount": "20.00", "interval": "month", "bill": "advance"}
USAGE = {"price": PER_UNIT, "currency": "EUR", "period": JUNE, "quantity": "187.5"}
RECURRING = {"price": FLAT, "currency": "EUR", "start": "2026-06-01", "end": None, "target_date": "2026-06-01"}


def refused(body: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(Rejection) as refusal:
        quote(body)
    return [(one.code, one.pointer) for one in refusal.value.all]


def without(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


def test_a_usage_quote_answers_in_the_shape_of_the_contract() -> None:
    assert quote(USAGE) == {
        "amount": {"amount": "18.75", "currency": "EUR"},
        "unrounded": "18.750000000",
        "lines": [
            {
                "period": JUNE,
                "kind": "usage",
                "fraction": "1",
                "amount": "18.75",
                "unrounded": "18.750000000",
                "price_index": "0",
                "quantity": "187.5",
                "steps": [{"tier": "1", "quantity": "187.5", "unit_price": "0.1", "amount": "18.75"}],
            }
        ],
    }


def test_a_recurring_quote_answers_in_the_shape_of_the_contract() -> None:
    cycle = {"frequency": "month", "anchor_day": 1, "time_zone": "Europe/Paris"}
    change = {"on": "2026-06-16", "price": {**FLAT, "amount": "30.00"}}
    body = RECURRING | {
        "cycle": cycle,
        "changes": [change],
        "billed_through": "2026-07-01",
        "target_date": "2026-06-16",
    }
    answer = quote(body)
    assert answer["amount"] == {"amount": "5.00", "currency": "EUR"}
    assert answer["unrounded"] == "5.000000000"
    assert [(line["kind"], line["fraction"], line["amount"]) for line in answer["lines"]] == [
        ("credit", "0.500000000", "-10.00"),
        ("recurring", "0.500000000", "15.00"),
    ]


def test_no_number_of_an_answer_is_a_json_number() -> None:
    def no_number(text: str) -> None:
        raise AssertionError(text)

    for body in (USAGE, RECURRING):
        json.loads(json.dumps(quote(body)), parse_int=no_number, parse_float=no_number)


@pytest.mark.parametrize(
    ("price", "currency", "amount"),
    [
        (PER_UNIT, "JPY", "19"),
        (PER_UNIT, "EUR", "18.75"),
        (PER_UNIT, "KWD", "18.750"),
        ({**PER_UNIT, "rounding": {"mode": "up", "decimals": 4}}, "EUR", "18.7500"),
        ({**PER_UNIT, "rounding": {"mode": "up", "decimals": 0}}, "EUR", "19.00"),
    ],
)
def test_an_amount_has_the_currencys_decimals_or_those_asked_for_r4(price: Any, currency: str, amount: str) -> None:
    answer = quote(USAGE | {"price": price, "currency": currency})
    assert answer["amount"] == {"amount": amount, "currency": currency}
    assert answer["lines"][0]["amount"] == amount


def test_records_are_summed() -> None:
    records = [{"quantity": "100.25", "started_at": "2026-06-02T00:00:00Z"}, {"quantity": "87.25"}]
    assert quote(without(USAGE, "quantity") | {"records": records})["amount"]["amount"] == "18.75"
    assert quote(without(USAGE, "quantity") | {"records": []})["amount"]["amount"] == "0.00"


def test_each_of_several_prices_takes_the_records_of_its_meter() -> None:
    prices = [{**PER_UNIT, "meter": "a"}, {**PER_UNIT, "unit_price": "2", "meter": "b"}]
    records = [{"quantity": "10", "meter": "a"}, {"quantity": "1", "meter": "b"}, {"quantity": "5", "meter": "c"}]
    answer = quote(without(USAGE, "price", "quantity") | {"prices": prices, "records": records})
    assert [(line["meter"], line["amount"]) for line in answer["lines"]] == [("a", "1.00"), ("b", "2.00")]
    assert answer["amount"]["amount"] == "3.00"


def test_a_single_price_takes_its_meters_records_and_those_that_name_none() -> None:
    records = [{"quantity": "10", "meter": "a"}, {"quantity": "20"}, {"quantity": "40", "meter": "b"}]
    body = without(USAGE, "quantity") | {"records": records}
    assert quote(body | {"price": {**PER_UNIT, "meter": "a"}})["amount"]["amount"] == "3.00"
    assert quote(body)["amount"]["amount"] == "7.00"


def test_the_length_of_a_period_comes_from_the_price_or_the_cycle() -> None:
    for price, cycle in (
        ({**FLAT, "interval": "quarter"}, {"anchor_day": 1}),
        (without(FLAT, "interval"), {"frequency": "quarter"}),
        ({**FLAT, "interval": "quarter"}, {"frequency": "quarter"}),
    ):
        (line,) = quote(RECURRING | {"price": price, "cycle": cycle})["lines"]
        assert line["period"] == {"start": "2026-06-01", "end": "2026-09-01"}
    (line,) = quote(without(RECURRING, "cycle"))["lines"]
    assert line["period"] == JUNE


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, [("invalid", "")]),
        ([], [("invalid", "")]),
        ({}, [("required", "/price"), ("required", "/currency"), ("required", "/period")]),
        (without(USAGE, "price"), [("required", "/price")]),
        (without(USAGE, "period"), [("required", "/period")]),
        (without(USAGE, "quantity"), [("invalid", "/quantity")]),
        (USAGE | {"records": []}, [("invalid", "/quantity")]),
        (USAGE | {"prices": [PER_UNIT]}, [("invalid", "/price")]),
        (without(USAGE, "price") | {"prices": []}, [("out_of_bounds", "/prices")]),
        (USAGE | {"quantity": 187.5}, [("invalid_decimal", "/quantity")]),
        (USAGE | {"quantity": "-1"}, [("invalid_decimal", "/quantity")]),
        (USAGE | {"quantity": "1.0000001"}, [("invalid_decimal", "/quantity")]),
        (USAGE | {"already_billed_quantity": 1}, [("invalid_decimal", "/already_billed_quantity")]),
        (USAGE | {"currency": "EURO"}, [("invalid", "/currency")]),
        (USAGE | {"currency": None}, [("wrong_type", "/currency")]),
        (USAGE | {"period": {"start": "2026-06-01"}}, [("required", "/period/end")]),
        (USAGE | {"period": {"start": "2026-06-01", "end": "2026-06-01"}}, [("invalid", "/period")]),
        (USAGE | {"discount": "1"}, [("unknown_field", "/discount")]),
        (USAGE | {"start": "2026-06-01"}, [("unknown_field", "/start")]),
        (USAGE | {"price": FLAT}, [("invalid", "/price/model")]),
        (
            USAGE | {"price": {**PER_UNIT, "unit_price": 1}, "quantity": 5},
            [("invalid_decimal", "/price/unit_price"), ("invalid_decimal", "/quantity")],
        ),
        (without(USAGE, "quantity") | {"records": [{"quantity": 1}]}, [("invalid_decimal", "/records/0/quantity")]),
        (
            without(USAGE, "quantity") | {"records": [{"quantity": "1", "kind": "x"}]},
            [("unknown_field", "/records/0/kind")],
        ),
        (
            without(USAGE, "quantity")
            | {
                "records": [{"quantity": "1", "started_at": "2026-06-02T00:00:00Z", "ended_at": "2026-06-01T00:00:00Z"}]
            },
            [("invalid", "/records/0/ended_at")],
        ),
        (
            without(USAGE, "price") | {"prices": [{**PER_UNIT, "meter": "a"}, {**PER_UNIT, "meter": "b"}]},
            [("invalid", "/quantity")],
        ),
        (
            without(USAGE, "price", "quantity")
            | {"prices": [{**PER_UNIT, "meter": "a"}, {**PER_UNIT, "meter": "b"}], "records": [{"quantity": "1"}]},
            [("required", "/records/0/meter")],
        ),
        (RECURRING | {"price": PER_UNIT}, [("invalid", "/price/model")]),
        (RECURRING | {"price": None, "changes": [{"on": "2026-06-16", "price": FLAT}]}, [("required", "/price")]),
        (RECURRING | {"cycle": {"frequency": "year"}}, [("invalid", "/price/interval")]),
        (RECURRING | {"cycle": {"anchor_day": "1"}}, [("wrong_type", "/cycle/anchor_day")]),
        (RECURRING | {"cycle": {"time_zone": "Mars"}}, [("invalid", "/cycle/time_zone")]),
        (RECURRING | {"target_date": "2026-05-31"}, [("invalid", "/target_date")]),
        (RECURRING | {"end": "2026-05-31"}, [("invalid", "/end")]),
        (RECURRING | {"start": 20260601}, [("invalid", "/start")]),
        (without(RECURRING, "target_date"), [("required", "/target_date")]),
        (without(RECURRING, "start", "target_date", "end"), [("required", "/start"), ("required", "/target_date")]),
        (RECURRING | {"changes": [{"on": "2026-06-16"}]}, [("required", "/changes/0/price")]),
        (
            RECURRING | {"changes": [{"on": "2026-06-16", "price": {**FLAT, "amount": 3}}]},
            [("invalid_decimal", "/changes/0/price/amount")],
        ),
    ],
)
def test_a_bad_body_is_refused_field_by_field(body: Any, expected: list[tuple[str, str]]) -> None:
    assert refused(body) == expected


def test_too_many_records_are_over_the_limit() -> None:
    with pytest.raises(Rejection) as refusal:
        quote(without(USAGE, "quantity") | {"records": [{"quantity": "1"}] * (RECORDS_MAX + 1)})
    assert (refusal.value.code, refusal.value.status) == ("too_many_records", 413)


def test_the_schema_names_every_definition_it_refers_to() -> None:
    schema = quote_schema()
    text = json.dumps(schema)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names == set(schema["$defs"])
    assert {"FlatPrice", "PerUnitPrice", "GraduatedPrice"} <= names


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["1", "flat", "2026-06-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PLACES = st.sampled_from(
    ["price", "prices", "currency", "period", "cycle", "records", "quantity", "changes", "start", "end", "target_date",
     "billed_through", "already_billed_quantity"]
)  # fmt: skip


@given(st.sampled_from([USAGE, RECURRING]), st.dictionaries(PLACES, JSON, min_size=1, max_size=3))
def test_whatever_a_client_sends_is_answered_or_refused(body: dict[str, Any], noise: dict[str, Any]) -> None:
    try:
        json.dumps(quote(body | noise)).encode()
    except Rejection as refusal:
        for one in refusal.all:
            json.dumps([one.code, one.detail, one.pointer], ensure_ascii=False).encode()


@given(
    st.dictionaries(
        st.sampled_from(["amount", "interval", "bill", "proration", "modifiers", "rounding", "meter", "tiers"]), JSON
    )
)
def test_whatever_a_price_says_is_answered_or_refused(noise: dict[str, Any]) -> None:
    try:
        quote(RECURRING | {"price": FLAT | noise})
    except Rejection as refusal:
        assert all(one.pointer is not None and one.pointer.startswith("/") for one in refusal.all)
