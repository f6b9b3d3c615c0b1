"""Which rule taxes a line, what the authorities at a place take, who is exempt, and what is never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from services.invoicing.tax_exemption.messages import ExemptionTerms
from services.invoicing.tax_exemption.state import Exemption
from services.invoicing.taxes import rules as folder
from services.invoicing.taxes.engine.registry import Address, Registry, Tables
from services.invoicing.taxes.engine.sums import Levy, Line, total
from services.invoicing.taxes.engine.supply import BuyerFacts, SellerFacts, Supply
from services.invoicing.taxes.engine.tax_ids import country_of_tax_id
from services.invoicing.taxes.rules import levies_of, rules
from services.invoicing.taxes.rules.contract import EXAMPLE_TABLES, RuleExample, TaxRule
from shared.kernel.decimals import format_decimal
from shared.kernel.errors import Rejection
from tests.kit.plugins import plugged_in
from tests.services.invoicing.tax_world import AMERICA, EUROPE, TODAY, place, rate


def tables(*events: Any) -> Registry:
    placed = {event.jurisdiction_id: event.terms for event in events if not hasattr(event, "rate_id")}
    return Registry(Tables(placed, {event.rate_id: event.terms for event in events if hasattr(event, "rate_id")}))


def supply(seller: str, at: str, tax_class: str = "voice", *, on: date = TODAY, **seller_too: Any) -> Supply:
    return Supply(
        product_tax_class=tax_class,
        on=on,
        seller=SellerFacts(country=seller, **seller_too),
        buyer=BuyerFacts(country=at[:2], place=at),
    )


def taken(levies: Sequence[Levy]) -> list[tuple[str, str, str]]:
    return [(levy.category, format_decimal(levy.rate), levy.name) for levy in levies]


def refused(asked: Supply, registry: Registry) -> str:
    with pytest.raises(Rejection) as caught:
        levies_of(asked, registry)
    return caught.value.code


EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.name}-{n}") for rule in rules() for n, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_takes_what_its_examples_say_R43_R44(rule: TaxRule, example: RuleExample) -> None:
    if example.refused is not None:
        assert refused(example.supply, EXAMPLE_TABLES) == example.refused
        return
    levies = levies_of(example.supply, EXAMPLE_TABLES)
    assert taken(levies) == list(example.taken)
    assert {levy.rule for levy in levies} == {rule.name}


def test_every_rule_has_examples_and_a_place_of_its_own_in_the_order() -> None:
    assert all(rule.examples for rule in rules())
    orders = [rule.order for rule in rules()]
    assert orders == sorted(set(orders))


def test_a_file_more_is_a_rule_more(tmp_path: Path) -> None:
    source = (Path(folder.__file__).parent / "registered.py").read_text()
    source = source.replace('name="registered", order=50', 'name="first", order=5')
    with plugged_in(folder, tmp_path, "first", source, rules):
        assert rules()[0].name == "first"
    assert rules()[0].name == "reverse_charge"


def test_city_state_and_country_stack_and_a_tax_on_a_surcharge_takes_of_it_R44() -> None:
    levies = levies_of(supply("US", "US-IL-CHI"), tables(*AMERICA))
    assert taken(levies) == [
        ("S", "3", "Federal excise"),
        ("S", "30", "FUSF"),
        ("S", "7", "City telecom tax"),
        ("S", "7", "State telecom tax"),
    ]
    document = total([Line(id="1", net=Decimal("100.00"), levies=tuple(levies))], currency="USD")
    found = {group.levy.name: (str(group.base), str(group.tax)) for group in document.groups}
    assert found == {
        "Federal excise": ("100.00", "3.00"),
        "FUSF": ("25.00", "7.50"),
        "City telecom tax": ("100.00", "7.00"),
        "State telecom tax": ("107.50", "7.53"),
    }
    assert document.tax == Decimal("25.03")


def test_a_jurisdiction_rounds_as_it_says_or_as_the_one_it_lies_in_R39() -> None:
    levies = levies_of(supply("US", "US-IL-CHI"), tables(*AMERICA))
    assert {levy.round_by for levy in levies} == {"line"}
    lines = [Line(id=str(n), net=Decimal("0.20"), levies=(levies[0],)) for n in range(3)]
    assert total(lines, currency="USD").tax == Decimal("0.03")
    own = msgspec.structs.replace(levies[0], round_by="group")
    grouped = [msgspec.structs.replace(line, levies=(own,)) for line in lines]
    assert total(grouped, currency="USD").tax == Decimal("0.02")


def test_several_taxes_that_a_price_includes_come_to_that_price_R42_R44() -> None:
    levies = tuple(levies_of(supply("US", "US-IL-CHI"), tables(*AMERICA)))
    document = total([Line(id="1", gross=Decimal("125.03"), levies=levies)], currency="USD")
    assert (str(document.net), str(document.total)) == ("100.00", "125.03")


def test_the_rate_of_the_products_own_class_wins_then_the_latest_in_force() -> None:
    later = rate("fr-vat-27", "FR", "21", effective_from=date(2027, 1, 1))
    registry = tables(*EUROPE, later)
    new_year = date(2027, 1, 1)
    assert taken(levies_of(supply("FR", "FR"), registry)) == [("S", "20", "VAT")]
    assert taken(levies_of(supply("FR", "FR", on=new_year), registry)) == [("S", "21", "VAT")]
    assert taken(levies_of(supply("FR", "FR", "broadcasting", on=new_year), registry)) == [("S", "10", "VAT")]


def test_one_rate_may_replace_another_and_one_be_taken_only_between_states() -> None:
    india = (
        place("IN"),
        place("IN-MH", "state", "IN", codes=("MH",)),
        place("IN-KA", "state", "IN", codes=("KA",)),
        rate("in-igst", "IN", "18", tax="IGST", where="inter_state"),
        rate("in-cgst", "IN", "9", tax="CGST", where="intra_state"),
        rate("mh-sgst", "IN-MH", "9", tax="SGST", where="intra_state"),
        rate("ka-sgst", "IN-KA", "9", tax="SGST", where="intra_state"),
        rate("ka-all", "IN-KA", "1", tax="All", product_tax_class="data", replaces=("in-igst",)),
    )
    registry = tables(*india)
    within = levies_of(supply("IN", "IN-MH", place="IN-MH"), registry)
    assert taken(within) == [("S", "9", "CGST"), ("S", "9", "SGST")]
    assert taken(levies_of(supply("IN", "IN-KA", place="IN-MH"), registry)) == [("S", "18", "IGST")]
    assert taken(levies_of(supply("IN", "IN-KA", "data", place="IN-MH"), registry)) == [("S", "1", "All")]


def exemption(jurisdiction: str, **other: Any) -> Exemption:
    said: dict[str, Any] = {"jurisdiction_id": jurisdiction, "certificate": "C-1", "valid_from": date(2026, 1, 1)}
    return Exemption(exemption_id="ex-1", terms=ExemptionTerms(**said | other))


@pytest.mark.parametrize(
    ("certificate", "exempt"),
    [
        (exemption("US"), ["City telecom tax", "FUSF", "Federal excise", "State telecom tax"]),
        (exemption("US-IL"), ["City telecom tax", "State telecom tax"]),
        (exemption("US-IL", tax="State telecom tax"), ["State telecom tax"]),
        (exemption("US-IL", product_tax_class="data"), []),
        (exemption("US-OR"), []),
        (exemption("US", valid_to=TODAY), []),
        (exemption("US", valid_from=date(2026, 10, 2)), []),
    ],
)
def test_a_certificate_frees_from_what_its_jurisdiction_and_those_in_it_take_R45(
    certificate: Exemption, exempt: list[str]
) -> None:
    asked = msgspec.structs.replace(supply("US", "US-IL-CHI"), exemptions=(certificate,))
    levies = levies_of(asked, tables(*AMERICA))
    assert sorted(levy.name for levy in levies if levy.category == "E") == exempt
    assert all(str(levy.rate) == "0" and "C-1" in (levy.reason or "") for levy in levies if levy.category == "E")


def test_nothing_is_untaxed_in_silence_where_tables_say_nothing() -> None:
    assert refused(supply("FR", "ES"), tables(*EUROPE)) == "tax_place_unknown"
    assert refused(supply("GB", "GB"), tables(*EUROPE)) == "tax_rate_missing"
    assert refused(supply("FR", "FR", on=date(2019, 1, 1)), tables(*EUROPE)) == "tax_rate_missing"
    assert taken(levies_of(supply("US", "US-OR", "data"), tables(*AMERICA))) == [("Z", "0", "Sales tax")]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"country": "US", "region": "IL", "county": "cook", "city": "Chicago"}, "US-IL-CHI"),
        ({"country": "US", "region": "il", "county": "Cook", "postal_code": "60601"}, "US-IL-CHI"),
        ({"country": "US", "region": "IL", "county": "Cook"}, "US-IL-COOK"),
        ({"country": "US", "region": "IL", "city": "Chicago"}, "US-IL"),
        ({"country": "FR", "region": "IDF"}, "FR"),
    ],
)
def test_an_address_goes_down_the_tree_as_far_as_it_fits_R44(address: dict[str, str], expected: str) -> None:
    assert tables(*AMERICA, *EUROPE).locate(Address(**address)) == expected


@pytest.mark.parametrize("address", [{"country": "US"}, {"country": "US", "region": "TX"}, {"country": "XX"}])
def test_an_address_in_no_known_place_is_refused_R44(address: dict[str, str]) -> None:
    with pytest.raises(Rejection) as caught:
        tables(*AMERICA).locate(Address(**address))
    assert caught.value.code == "tax_place_unknown"


def test_a_state_of_all_others_takes_the_addresses_that_fit_no_other() -> None:
    registry = tables(
        place("ES"), place("ES-CN", "state", "ES", codes=("CN",)), place("ES-X", "state", "ES", codes=("*",))
    )
    assert registry.locate(Address(country="ES", region="CN")) == "ES-CN"
    assert registry.locate(Address(country="ES", region="MD")) == "ES-X"


@pytest.mark.parametrize(
    ("tax_id", "country"),
    [("FR 40 303 265 045", "FR"), ("BE 0428.759.497", "BE"), ("EL094259216", "GR"), ("DE136695976", "DE")],
)
def test_a_tax_id_is_of_its_country(tax_id: str, country: str) -> None:
    assert country_of_tax_id(tax_id) == country


@pytest.mark.parametrize("tax_id", ["FR 40 303 265 046", "DE136695977", "123456789", "XX123", "", "1"])
def test_a_tax_id_that_no_authority_can_have_given_is_refused_R43(tax_id: str) -> None:
    with pytest.raises(Rejection) as caught:
        country_of_tax_id(tax_id, pointer="/tax_id")
    assert (caught.value.code, caught.value.pointer) == ("invalid_tax_id", "/tax_id")
