"""The sample tables of docs/tax-samples/: each file is read, fits its jurisdictions, and taxes a line as it should."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from services.invoicing.tax_import import read_entries
from services.invoicing.tax_jurisdiction.api import TaxJurisdictionBody
from services.invoicing.tax_jurisdiction.messages import (
    ImportTaxJurisdictions,
    JurisdictionEntry,
)
from services.invoicing.tax_quote.quote import quote
from services.invoicing.tax_rate.api import TaxRateBody
from services.invoicing.tax_rate.messages import ImportTaxRates, RateEntry
from shared.kernel.outcome import CommandRejected
from tests.kit.decider import Specification
from tests.services.invoicing.tax_world import world

SAMPLES: Final = Path(__file__).parents[3] / "docs/tax-samples"
COUNTRIES: Final = ("br", "ca", "de", "fr", "gb", "in", "us")


def jurisdictions(country: str) -> list[JurisdictionEntry]:
    body = (SAMPLES / f"{country}-jurisdictions.csv").read_bytes()
    found = read_entries(body, "text/csv", TaxJurisdictionBody, several=("codes", "postal_codes"))
    return [JurisdictionEntry(jurisdiction_id=one.id, terms=one.terms()) for one in found.rows]


def rates(country: str) -> list[RateEntry]:
    body = (SAMPLES / f"{country}-rates.csv").read_bytes()
    found = read_entries(body, "text/csv", TaxRateBody, several=("includes", "replaces"))
    return [RateEntry(rate_id=one.id or "", terms=one.terms()) for one in found.rows]


@pytest.fixture(scope="module")
def imported() -> Specification:
    story = world()
    for country in COUNTRIES:
        for command in (
            ImportTaxJurisdictions(import_id=f"{country}-j", entries=jurisdictions(country)),
            ImportTaxRates(import_id=f"{country}-r", entries=rates(country)),
        ):
            story.when(command)
            assert not any(isinstance(event, CommandRejected) for event in story.events), story.events
    return story


def test_every_file_says_that_it_is_a_sample() -> None:
    files = sorted(SAMPLES.glob("*.csv"))
    assert [file.name for file in files] == sorted(
        f"{country}-{table}.csv" for country in COUNTRIES for table in ("jurisdictions", "rates")
    )
    assert all(file.read_text().startswith("# SAMPLE ") for file in files)


def sale(tax_class: str, on: str = "2026-10-01", seller: Any = None, **ship_to: str) -> dict[str, Any]:
    return {
        "currency": "USD",
        "date": on,
        "seller": seller or {"country": ship_to["country"]},
        "ship_to": ship_to,
        "lines": [{"net": "100.00", "product_tax_class": tax_class}],
    }


MUMBAI: Final = {"country": "IN", "place": "IN-MH"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (sale("telecom", country="DE"), {"USt": "19.00"}),
        (sale("telecom", "2020-12-31", country="DE"), {"USt": "16.00"}),
        (sale("print", country="DE"), {"USt": "7.00"}),
        (sale("telecom", country="FR"), {"TVA": "20.00"}),
        (sale("broadcasting", country="FR"), {"TVA": "10.00"}),
        (sale("telecom", country="GB"), {"VAT": "20.00"}),
        (
            sale("voice", country="US", region="IL", postal_code="60601"),
            {
                "Federal excise tax": "3.00",
                "Federal universal service fee": "9.00",
                "Telecommunications excise tax": "7.63",
                "Simplified municipal telecommunications tax": "7.00",
            },
        ),
        (sale("telecom", country="US", region="IL", postal_code="60601"), {"Internet access": "0.00"}),
        (
            sale("equipment", country="US", region="NY", postal_code="10001"),
            {"Sales tax": "4.00", "City sales tax": "4.50", "Commuter district tax": "0.38"},
        ),
        (sale("telecom", seller=MUMBAI, country="IN", region="MH"), {"CGST": "9.00", "SGST": "9.00"}),
        (sale("telecom", seller=MUMBAI, country="IN", region="KA"), {"IGST": "18.00"}),
        (sale("telecom", country="CA", region="AB"), {"GST": "5.00"}),
        (sale("telecom", country="CA", region="ON"), {"HST": "13.00"}),
        (sale("telecom", country="CA", region="QC"), {"GST": "5.00", "QST": "9.98"}),
        (sale("telecom", "2012-06-01", country="CA", region="QC"), {"GST": "5.00", "QST": "9.98"}),
        (
            sale("telecom", country="BR", region="SP"),
            {"PIS": "0.65", "COFINS": "3.00", "FUST": "1.00", "FUNTTEL": "0.50", "ICMS": "21.95"},
        ),
    ],
)
def test_a_sample_taxes_a_line_of_100_as_it_should_R44(
    imported: Specification, body: dict[str, Any], expected: dict[str, str]
) -> None:
    answer = quote(body, imported.state)
    assert {group["name"]: group["tax"] for group in answer["groups"]} == expected


def test_the_tax_of_quebec_had_the_federal_one_in_its_base_R44(imported: Specification) -> None:
    answer = quote(sale("telecom", "2012-06-01", country="CA", region="QC"), imported.state)
    [qst] = [group for group in answer["groups"] if group["name"] == "QST"]
    assert (qst["rate"], qst["base"], qst["kind"]) == ("9.5", "105.00", "tax_on_tax")
