"""Quotes of lines that say what they are: parties and places in, taxes with what explains them out."""

from __future__ import annotations

from typing import Any, Final

import pytest

from services.invoicing.tax_quote.quote import quote
from services.invoicing.taxes.engine.registry import Tables
from shared.kernel.errors import Rejection
from tests.kit.asked_state import AskedState
from tests.services.invoicing.tax_world import AMERICA, EUROPE

_WORLD: Final = (*AMERICA, *EUROPE)
TABLES: Final = Tables(
    {event.jurisdiction_id: event.terms for event in _WORLD if not hasattr(event, "rate_id")},
    {event.rate_id: event.terms for event in _WORLD if hasattr(event, "rate_id")},
)
CHICAGO: Final = {"country": "US", "region": "IL", "county": "Cook", "city": "Chicago"}
BUSINESS: Final = {"tax_id": "FR 40 303 265 045"}


def asked(*, seller: Any = "DE", line: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    first = {"id": "1", "net": "100.00", "product_tax_class": "telecom"} | (line or {})
    return {
        "currency": "EUR",
        "date": "2026-10-01",
        "seller": seller if isinstance(seller, dict) or seller is None else {"country": seller},
        "lines": [first],
    } | rest


def taken(body: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    groups = quote(body, TABLES)["groups"]
    return [(group["rule"], group["category"], group["rate"], group["tax"]) for group in groups]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (asked(buyer={"country": "DE"}), ("domestic", "S", "19", "19.00")),
        (asked(buyer={"country": "FR"}), ("eu_telecom", "S", "20", "20.00")),
        (asked(ship_to={"country": "FR", "city": "Paris"}), ("eu_telecom", "S", "20", "20.00")),
        (asked(ship_to={"jurisdiction_id": "FR"}), ("eu_telecom", "S", "20", "20.00")),
        (asked(buyer=BUSINESS), ("reverse_charge", "AE", "0", "0.00")),
        (asked(buyer={"country": "FR", **BUSINESS}), ("reverse_charge", "AE", "0", "0.00")),
        (asked(buyer={"country": "CH"}), ("outside_scope", "O", "0", "0.00")),
        (asked(buyer={"country": "US"}, ship_to=CHICAGO), ("outside_scope", "O", "0", "0.00")),
        (
            asked(buyer={"country": "FR"}, line={"product_tax_class": "equipment"}),
            ("eu_services", "S", "19", "19.00"),
        ),
        (
            asked(buyer={"country": "FR"}, seller={"country": "DE", "consumer_country": False}),
            ("eu_telecom", "S", "19", "19.00"),
        ),
        (asked(line={"seller": {"country": "FR"}, "buyer": {"country": "FR"}}), ("domestic", "S", "20", "20.00")),
    ],
)
def test_a_line_is_taxed_by_who_sells_who_buys_and_where_R43(body: Any, expected: tuple[str, str, str, str]) -> None:
    assert taken(body) == [expected]


@pytest.mark.parametrize(
    ("evidence", "needed", "enough"),
    [
        ([("billing_address", "FR"), ("bank", "FR")], 2, True),
        ([("billing_address", "FR"), ("bank", "DE")], 2, False),
        ([("billing_address", "FR")], 2, False),
        ([("billing_address", "FR")], 1, True),
        ([("sim", "FR")], 2, True),
        ([], 1, False),
    ],
)
def test_a_consumer_abroad_needs_evidence_R43(evidence: list[tuple[str, str]], needed: int, enough: bool) -> None:
    pieces = [{"kind": kind, "country": country} for kind, country in evidence]
    seller = {"country": "DE", "evidence_needed": needed}
    body = asked(seller=seller, buyer={"country": "FR", "evidence": pieces})
    if enough:
        assert taken(body) == [("eu_telecom", "S", "20", "20.00")]
    else:
        assert refused(body) == ("location_evidence_missing", "/lines/0/product_tax_class")


def test_each_tax_of_a_stack_is_explained_and_rounded_as_its_jurisdiction_says_R44() -> None:
    body = asked(seller="US", ship_to=CHICAGO, line={"product_tax_class": "voice"}, currency="USD")
    answer = quote(body, TABLES)
    found = {group["rate_id"]: group for group in answer["groups"]}
    assert sorted(found) == ["chi-tel", "il-tel", "us-excise", "us-fusf"]
    fusf = found["us-fusf"]
    assert (fusf["kind"], fusf["share"], fusf["base"], fusf["tax"]) == ("surcharge", "25", "25.00", "7.50")
    assert (found["il-tel"]["kind"], found["il-tel"]["base"]) == ("tax_on_tax", "107.50")
    assert {(group["tax_round"], group["rate_version"]) for group in answer["groups"]} == {("line", 1)}
    assert (answer["tax"], answer["total"], answer["lines"][0]["tax"]) == ("25.03", "125.03", "25.03")
    again = quote(body | {"tax_round": "group"}, TABLES)
    assert {group["tax_round"] for group in again["groups"]} == {"group"}


def refused(body: dict[str, Any]) -> tuple[str, str | None]:
    with pytest.raises(Rejection) as caught:
        quote(body, TABLES)
    return caught.value.code, caught.value.pointer


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (asked(buyer={"country": "ES"}), ("tax_place_unknown", "/buyer/country")),
        (asked(ship_to={"jurisdiction_id": "XX"}), ("tax_place_unknown", "/ship_to/jurisdiction_id")),
        (asked(ship_to={"city": "Paris"}), ("required", "/ship_to/country")),
        (asked(), ("required", "/ship_to")),
        (asked(seller="US", ship_to={"country": "US"}), ("tax_place_unknown", "/ship_to/country")),
        (asked(buyer={"country": "FR"}, date=None), ("required", "/date")),
        (asked(buyer={"country": "FR"}, seller=None), ("required", "/lines/0/seller")),
        (asked(buyer={"country": "FR"}, seller={}), ("required", "/seller/country")),
        (asked(buyer={"tax_id": "FR 1"}), ("invalid_tax_id", "/buyer/tax_id")),
        (asked(line={"buyer": {"tax_id": "FR 1"}}), ("invalid_tax_id", "/lines/0/buyer/tax_id")),
        (asked(seller="GB", buyer={"country": "GB"}), ("tax_rate_missing", "/lines/0/product_tax_class")),
        (asked(line={"category": "S", "rate": "20"}), ("invalid", "/lines/0/product_tax_class")),
        (asked(buyer={"country": "fr"}), ("invalid", "/buyer/country")),
    ],
)
def test_what_is_missing_to_tax_a_line_is_told_R43(body: Any, expected: tuple[str, str]) -> None:
    assert refused(body) == expected


def test_lines_at_many_places_are_asked_for_together() -> None:
    lines = [
        {"id": str(n), "net": "1.00", "product_tax_class": "telecom", "ship_to": {"country": f"{chr(65 + n)}A"}}
        for n in range(26)
    ]
    lines += [{"id": "us", "net": "1.00", "product_tax_class": "telecom", "ship_to": CHICAGO}]
    state = AskedState(TABLES)
    body = asked(seller="US") | {"lines": lines}
    assert state.run(lambda: quote(body, state)) == quote(body, TABLES)
    assert state.rounds <= 10


def test_all_lines_that_no_table_taxes_are_told_at_once() -> None:
    places: list[dict[str, str]] = [{"country": "FR"}, *({"jurisdiction_id": f"nowhere-{n}"} for n in range(2))]
    lines = [
        {"id": str(n), "net": "1.00", "product_tax_class": "telecom", "ship_to": place}
        for n, place in enumerate(places)
    ]
    with pytest.raises(Rejection) as caught:
        quote(asked() | {"lines": lines}, TABLES)
    assert [(one.code, one.pointer) for one in caught.value.all] == [
        ("tax_place_unknown", "/lines/1/ship_to/jurisdiction_id"),
        ("tax_place_unknown", "/lines/2/ship_to/jurisdiction_id"),
    ]
