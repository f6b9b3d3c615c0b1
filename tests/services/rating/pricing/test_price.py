"""Reading a price: every bad field is refused with its pointer, later models are `unsupported`."""

from __future__ import annotations

from typing import Any

import pytest

from services.rating.pricing import Price, parse_price
from services.rating.pricing.engine.price import UnknownModel
from shared.kernel.errors import Rejection


def refused(raw: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(Rejection) as refusal:
        parse_price(raw)
    assert refusal.value.status == 422
    return [(one.code, one.pointer) for one in refusal.value.all]


def per_unit(**rest: Any) -> dict[str, Any]:
    return {"model": "per_unit", "unit_price": "0.10", **rest}


def graduated(*tiers: Any) -> dict[str, Any]:
    return {"model": "graduated", "tiers": list(tiers)}


FIRST = {"up_to": "10", "unit_price": "1"}
LAST = {"up_to": None, "unit_price": "1"}


@pytest.mark.parametrize(
    ("raw", "code", "pointer"),
    [
        (None, "invalid", "/price"),
        ([], "invalid", "/price"),
        ("flat", "invalid", "/price"),
        ({}, "required", "/price/model"),
        ({"model": None}, "invalid", "/price/model"),
        ({"model": 1}, "invalid", "/price/model"),
        ({"model": ["flat"]}, "invalid", "/price/model"),
        ({"model": "tiered"}, "invalid", "/price/model"),
        ({"model": "engine"}, "invalid", "/price/model"),
        ({"model": "per_unit"}, "required", "/price/unit_price"),
        (per_unit(unit_price=0.1), "invalid_decimal", "/price/unit_price"),
        (per_unit(unit_price=1), "invalid_decimal", "/price/unit_price"),
        (per_unit(unit_price="-0.1"), "invalid_decimal", "/price/unit_price"),
        (per_unit(unit_price="1e-1"), "invalid_decimal", "/price/unit_price"),
        (per_unit(unit_price=None), "invalid_decimal", "/price/unit_price"),
        (per_unit(unit_size="0"), "invalid", "/price/unit_size"),
        (per_unit(unit_size=60), "invalid_decimal", "/price/unit_size"),
        (per_unit(per_unit="1"), "unknown_field", "/price/per_unit"),
        (per_unit(meter=""), "invalid", "/price/meter"),
        (per_unit(meter="a b"), "invalid", "/price/meter"),
        (per_unit(rounding="nearest"), "invalid", "/price/rounding"),
        (per_unit(rounding={"mode": "up", "decimals": "2"}), "invalid", "/price/rounding"),
        (per_unit(rounding={"mode": "up", "decimals": True}), "invalid", "/price/rounding"),
        (per_unit(rounding={"mode": "up", "digits": 2}), "invalid", "/price/rounding"),
        (per_unit(modifiers={"minimum": 5}), "invalid_decimal", "/price/modifiers/minimum"),
        (per_unit(modifiers={"floor": "5"}), "unknown_field", "/price/modifiers/floor"),
        (per_unit(modifiers={"minimum": "5", "maximum": "4"}), "invalid", "/price/modifiers/minimum"),
        (per_unit(modifiers={"discount": {}}), "invalid", "/price/modifiers/discount"),
        (per_unit(modifiers={"discount": {"percent": "101"}}), "invalid", "/price/modifiers/discount/percent"),
        (per_unit(modifiers={"discount": {"percent": "1", "amount": "1"}}), "invalid", "/price/modifiers/discount"),
        (
            per_unit(modifiers={"discount": {"percent": "1", "until": "soon"}}),
            "invalid",
            "/price/modifiers/discount/until",
        ),
        (per_unit(modifiers={"free_quantity": "-1"}), "invalid_decimal", "/price/modifiers/free_quantity"),
        (graduated(), "out_of_bounds", "/price/tiers"),
        ({"model": "graduated", "tiers": {}}, "wrong_type", "/price/tiers"),
        ({"model": "graduated"}, "required", "/price/tiers"),
        (graduated(FIRST), "invalid", "/price/tiers/0/up_to"),
        (graduated(LAST, LAST), "invalid", "/price/tiers/0/up_to"),
        (graduated(FIRST, FIRST, LAST), "invalid", "/price/tiers/1/up_to"),
        (graduated({"up_to": "0", "unit_price": "1"}, LAST), "invalid", "/price/tiers/0/up_to"),
        (graduated({"up_to": 10, "unit_price": "1"}, LAST), "invalid_decimal", "/price/tiers/0/up_to"),
        (graduated(FIRST, {"unit_price": "1"}), "required", "/price/tiers/1/up_to"),
        (graduated(FIRST, {**LAST, "unit_size": "0"}), "invalid", "/price/tiers/1/unit_size"),
        (graduated(FIRST, {**LAST, "price": "0"}), "unknown_field", "/price/tiers/1/price"),
        ({"model": "flat"}, "required", "/price/amount"),
        ({"model": "flat", "amount": 10}, "invalid_decimal", "/price/amount"),
        ({"model": "flat", "amount": "10", "interval": "week"}, "invalid", "/price/interval"),
        ({"model": "flat", "amount": "10", "interval": {"days": "30"}}, "invalid", "/price/interval"),
        ({"model": "flat", "amount": "10", "interval": {"days": 0}}, "invalid", "/price/interval"),
        ({"model": "flat", "amount": "10", "bill": "later"}, "not_allowed", "/price/bill"),
        ({"model": "flat", "amount": "10", "proration": "daily"}, "not_allowed", "/price/proration"),
        (
            {"model": "flat", "amount": "10", "interval": {"days": 30}, "proration": "fixed_30"},
            "invalid",
            "/price/proration",
        ),
        (
            {"model": "flat", "amount": "10", "modifiers": {"free_quantity": "1"}},
            "invalid",
            "/price/modifiers/free_quantity",
        ),
    ],
)
def test_a_bad_field_is_refused_with_its_pointer(raw: Any, code: str, pointer: str) -> None:
    assert refused(raw) == [(code, pointer)]


def test_all_bad_fields_are_told_together() -> None:
    assert refused(per_unit(unit_price=1, meter="", more="x")) == [
        ("invalid", "/price/meter"),
        ("invalid_decimal", "/price/unit_price"),
        ("unknown_field", "/price/more"),
    ]


def test_optional_fields_may_be_null() -> None:
    raw = per_unit(meter=None, modifiers=None, rounding=None, unit_size=None, included=None)
    assert parse_price(raw).meter is None


def test_a_price_written_back_is_the_same_price() -> None:
    raw = per_unit(meter="a", rounding={"mode": "up", "decimals": 4}, modifiers={"discount": {"percent": "10"}})
    price = parse_price(raw)
    assert parse_price(price.terms.model_dump(mode="json")) == price
    assert price.to_wire() == raw


@pytest.mark.parametrize(
    "given",
    [
        {"model": "never_heard_of", "meter": "data.octets", "tariff": ["x"]},
        {"model": "flat", "amount": "20.00", "added_later": True},
    ],
)
def test_a_price_of_another_version_is_passed_on_as_it_stands_and_prices_nothing(given: dict[str, Any]) -> None:
    price = Price.from_wire(given)
    assert (price.name, price.meter, price.to_wire()) == (given["model"], given.get("meter"), given)
    with pytest.raises(UnknownModel, match="add the model"):
        _ = price.recurring


@pytest.mark.parametrize("given", [None, [], "flat", {}, {"model": 3}])
def test_what_is_no_price_is_never_read_as_one(given: Any) -> None:
    with pytest.raises(ValueError):
        Price.from_wire(given)


def test_a_price_that_counts_nothing_and_gives_some_of_it_free_is_refused_for_both_r18() -> None:
    raw = {"model": "capacity", "tiers": [{"limits": {}, "amount": "1"}], "modifiers": {"free_quantity": "1"}}
    assert refused(raw) == [("invalid", "/price/tiers/0/limits"), ("invalid", "/price/modifiers/free_quantity")]
