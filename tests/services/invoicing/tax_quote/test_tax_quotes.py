"""Tax quotes by category and rate: the published examples of EN 16931, rounding, inclusive prices, what is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from services.invoicing.tax_quote.quote import quote
from shared.kernel.errors import Rejection

EXAMPLES: Final = json.loads((Path(__file__).parent / "en16931.json").read_text())["examples"]


def asked(*lines: dict[str, Any], **rest: Any) -> dict[str, Any]:
    numbered = [{"id": str(n), "category": "S", "rate": "20"} | line for n, line in enumerate(lines, 1)]
    return {"currency": "EUR", "date": "2026-10-01", "lines": numbered} | rest


def groups(answer: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return sorted((g["category"], g["rate"], g["base"], g["tax"]) for g in answer["groups"])


def refused(body: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(Rejection) as caught:
        quote(body)
    return [(one.code, one.pointer) for one in caught.value.all]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["name"] for example in EXAMPLES])
def test_a_published_example_of_en_16931_comes_out_exactly_R39_R40(example: dict[str, Any]) -> None:
    answer, expected = quote(example["body"]), example["answer"]
    assert [line["net"] for line in answer["lines"]] == expected["nets"]
    assert groups(answer) == sorted((g["category"], g["rate"], g["base"], g["tax"]) for g in expected["groups"])
    assert {name: answer[name] for name in ("net", "tax", "total", "payable")} == {
        name: expected[name] for name in ("net", "tax", "total", "payable")
    }


def test_there_are_more_than_twenty_published_examples() -> None:
    assert len(EXAMPLES) >= 20


@pytest.mark.parametrize(("tax_round", "tax"), [("group", "190.87"), ("line", "190.88")])
def test_a_group_is_rounded_once_or_line_by_line_R39(tax_round: str, tax: str) -> None:
    [example] = [example for example in EXAMPLES if example["name"] == "ubl-tc434-example8"]
    answer = quote(example["body"] | {"tax_round": tax_round})
    assert answer["tax"] == tax
    assert sum(Decimal(line["tax"]) for line in answer["lines"]) == Decimal(tax)


@pytest.mark.parametrize(
    ("line", "net", "tax"),
    [
        ({"gross": "121.00", "rate": "21"}, "100.00", "21.00"),
        ({"gross": "9.99"}, "8.33", "1.66"),
        ({"gross": "-9.99"}, "-8.33", "-1.66"),
        ({"quantity": "3", "unit_price": "3.33"}, "8.33", "1.66"),
        ({"gross": "50.00", "category": "E", "rate": "0"}, "50.00", "0.00"),
    ],
)
def test_a_price_that_includes_tax_is_divided_and_the_rest_is_tax_R42(line: dict[str, Any], net: str, tax: str) -> None:
    answer = quote(asked(line, prices_include_tax=True))
    assert (answer["net"], answer["tax"]) == (net, tax)


def test_lines_that_include_tax_sum_to_what_their_customer_was_told_R42() -> None:
    answer = quote(asked(*[{"gross": "9.99"}] * 3, prices_include_tax=True))
    assert (answer["net"], answer["tax"], answer["total"]) == ("24.98", "4.99", "29.97")
    assert groups(answer) == [("S", "20", "24.98", "4.99")]
    by_line = quote(asked(*[{"gross": "9.99"}] * 3, prices_include_tax=True, tax_round="line"))
    assert groups(by_line) == [("S", "20", "24.99", "4.98")]


def test_lines_with_tax_and_without_it_are_one_group_and_each_costs_what_was_told_R39_R42() -> None:
    lines = [{"gross": "9.99"}, {"net": "0.02"}, {"net": "0.02"}, {"gross": "9.99"}]
    answer = quote(asked(*lines, prices_include_tax=True))
    assert groups(answer) == [("S", "20", "16.69", "3.34")]
    assert answer["total"] == "20.03"  # 19.98, and 0.04 + 0.01


def test_an_allowance_without_category_is_spread_by_net_and_the_last_line_takes_the_residue_R41() -> None:
    lines = [{"net": "10.00"}, {"net": "10.00", "rate": "10"}, {"net": "10.00", "category": "Z", "rate": "0"}]
    answer = quote(asked(*lines, allowances=[{"amount": "10.00", "reason": "Loyal customer"}]))
    assert [line["allowance"] for line in answer["lines"]] == ["3.33", "3.33", "3.34"]
    assert [line["net"] for line in answer["lines"]] == ["10.00", "10.00", "10.00"]
    assert groups(answer) == [("S", "10", "6.67", "0.67"), ("S", "20", "6.67", "1.33"), ("Z", "0", "6.66", "0.00")]
    assert (answer["net"], answer["tax"], answer["total"]) == ("20.00", "2.00", "22.00")


def test_allowances_and_charges_on_the_document_are_taxed_in_their_category_R41() -> None:
    answer = quote(
        asked(
            {"net": "100.00"},
            allowances=[{"amount": "10.00", "category": "S", "rate": "20.00"}],
            charges=[{"amount": "5.00", "category": "S", "rate": "10"}],
            prepaid="50.00",
        )
    )
    assert groups(answer) == [("S", "10", "5.00", "0.50"), ("S", "20", "90.00", "18.00")]
    sums = [answer[name] for name in ("net", "allowances", "charges", "tax", "total", "prepaid", "payable")]
    assert sums == ["95.00", "10.00", "5.00", "18.50", "113.50", "50.00", "63.50"]


def test_what_the_document_takes_off_a_price_with_tax_is_taken_off_before_tax_R41_R42() -> None:
    answer = quote(asked({"gross": "120.00"}, prices_include_tax=True, allowances=[{"amount": "10.00"}]))
    assert groups(answer) == [("S", "20", "90.00", "18.00")]
    assert answer["total"] == "108.00"


def test_a_currency_without_minor_unit_is_taxed_in_whole_units_R4() -> None:
    answer = quote(asked({"net": "1005", "rate": "10"}, currency="JPY"))
    assert (answer["net"], answer["tax"], answer["total"]) == ("1005", "101", "1106")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [("required", "/currency"), ("required", "/lines")]),
        (asked(), [("out_of_bounds", "/lines")]),
        (asked({"net": 100}), [("invalid_decimal", "/lines/0/net")]),
        (asked({}), [("required", "/lines/0/net")]),
        (asked({"net": "1", "quantity": "1", "unit_price": "1"}), [("invalid", "/lines/0")]),
        (asked({"quantity": "1"}), [("required", "/lines/0/unit_price")]),
        (asked({"quantity": "1", "unit_price": "-1"}), [("invalid_decimal", "/lines/0/unit_price")]),
        (
            asked({"quantity": "1", "unit_price": "1", "base_quantity": "0"}),
            [("out_of_bounds", "/lines/0/base_quantity")],
        ),
        (asked({"gross": "1"}), [("invalid", "/lines/0/gross")]),
        (asked({"net": "1", "category": "X"}), [("not_allowed", "/lines/0/category")]),
        (asked({"net": "1", "category": None}), [("required", "/lines/0/category")]),
        (asked({"net": "1", "rate": None}), [("required", "/lines/0/rate")]),
        (asked({"net": "1", "rate": "0"}), [("invalid", "/lines/0/rate")]),
        (asked({"net": "1", "category": "AE"}), [("invalid", "/lines/0/rate")]),
        (asked({"net": "1", "rate": "1001"}), [("out_of_bounds", "/lines/0/rate")]),
        (asked({"net": "1"}, {"net": "1", "id": "1"}), [("invalid", "/lines/1/id")]),
        (asked({"net": "1"}, tax_round="once"), [("not_allowed", "/tax_round")]),
        (asked({"net": "1"}, date="2026-02-30"), [("invalid", "/date")]),
        (asked({"net": "1"}, currency="EURO"), [("invalid", "/currency")]),
        (asked({"net": "1"}, vat="20"), [("unknown_field", "/vat")]),
        (asked({"net": "1"}, charges=[{"amount": "1", "rate": "20"}]), [("required", "/charges/0/category")]),
        (asked({"net": "1"}, allowances=[{"amount": "-1"}]), [("invalid_decimal", "/allowances/0/amount")]),
        (asked({"net": "1"}, {"net": "-1"}, allowances=[{"amount": "1"}]), [("invalid", "/allowances/0/category")]),
        (
            asked({"net": "x"}, {"rate": "-1", "net": "1"}),
            [("invalid_decimal", "/lines/0/net"), ("invalid_decimal", "/lines/1/rate")],
        ),
    ],
)
def test_a_bad_question_is_told_what_is_wrong_with_it_and_where(body: Any, expected: list[tuple[str, str]]) -> None:
    assert refused(body) == expected
