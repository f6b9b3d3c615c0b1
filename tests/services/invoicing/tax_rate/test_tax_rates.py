"""Rates: defined once, changed by version, each tax and class with one beginning a day; imports as a whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.invoicing.tax_rate.messages import (
    ChangeTaxRate,
    DefineTaxRate,
    DeleteTaxRate,
    ImportTaxRates,
    RateEntry,
    RateTerms,
    TaxRateChanged,
    TaxRateDefined,
    TaxRateDeleted,
)
from services.invoicing.tax_rate.state import RatesOfJurisdiction
from tests.services.invoicing.tax_world import SINCE, place, rate, world

FR, VAT = place("FR"), rate("fr-vat", "FR", "20")


def terms(**other: Any) -> RateTerms:
    said: dict[str, Any] = {"jurisdiction_id": "FR", "tax": "VAT", "rate": Decimal(20), "effective_from": SINCE}
    return RateTerms(**said | other)


def test_a_rate_is_in_force_from_a_day_until_before_another() -> None:
    found = terms(effective_to=date(2027, 1, 1))
    days = (date(2019, 12, 31), SINCE, date(2026, 12, 31), date(2027, 1, 1))
    assert [found.in_force(day) for day in days] == [False, True, True, False]


def test_a_rate_is_changed_by_version_and_gone_when_deleted() -> None:
    ended = terms(effective_to=date(2027, 1, 1))
    story = world(FR, VAT).when(ChangeTaxRate(rate_id="fr-vat", terms=ended))
    story.then(TaxRateChanged(rate_id="fr-vat", version=2, terms=ended))
    story.when(ChangeTaxRate(rate_id="fr-vat", terms=ended)).then_nothing()
    story.when(DeleteTaxRate(rate_id="fr-vat")).then(TaxRateDeleted(rate_id="fr-vat", jurisdiction_id="FR"))
    rates = story.get(RatesOfJurisdiction, "FR")
    assert rates is not None and rates.rates == ()
    story.when(DeleteTaxRate(rate_id="fr-vat")).then_refused("tax_rate_not_found")
    story.when(DefineTaxRate(rate_id="fr-vat", terms=ended)).then(TaxRateDefined(rate_id="fr-vat", terms=ended))


@pytest.mark.parametrize(
    ("rate_id", "said", "code", "pointer"),
    [
        ("fr-vat", terms(), "tax_rate_exists", "/id"),
        ("x", terms(jurisdiction_id="DE"), "tax_jurisdiction_not_found", "/jurisdiction_id"),
        ("x", terms(), "tax_rate_overlaps", "/effective_from"),
        ("x", terms(tax="x", effective_to=SINCE), "invalid", "/effective_to"),
        ("x", terms(tax="x", rate=Decimal(0)), "invalid", "/rate"),
        ("x", terms(tax="x", category="AE"), "invalid", "/rate"),
        ("x", terms(tax="x", share=Decimal(0)), "out_of_bounds", "/share"),
        ("x", terms(tax="x", kind="tax_on_tax"), "invalid", "/includes"),
        ("x", terms(tax="x", includes=("fr-vat",)), "invalid", "/includes"),
        ("x", terms(tax="x", kind="tax_on_tax", includes=("x",)), "invalid", "/includes"),
    ],
)
def test_a_rate_that_makes_no_sense_is_refused(rate_id: str, said: RateTerms, code: str, pointer: str) -> None:
    world(FR, VAT).when(DefineTaxRate(rate_id=rate_id, terms=said)).then_refused(code, pointer=pointer)


def test_a_rate_keeps_its_jurisdiction() -> None:
    story = world(FR, place("DE"), VAT).when(ChangeTaxRate(rate_id="fr-vat", terms=terms(jurisdiction_id="DE")))
    story.then_refused("invalid", pointer="/jurisdiction_id")


def test_an_import_does_what_differs_and_all_or_nothing() -> None:
    later = terms(rate=Decimal(21), effective_from=date(2027, 1, 1))
    rows = [RateEntry(rate_id="fr-vat", terms=VAT.terms), RateEntry(rate_id="fr-vat-27", terms=later)]
    story = world(FR, VAT).when(ImportTaxRates(import_id="i-1", entries=rows))
    story.then(TaxRateDefined(rate_id="fr-vat-27", terms=later))
    story.when(ImportTaxRates(import_id="i-2", entries=rows)).then_nothing()
    twice = [
        RateEntry(rate_id=rate_id, terms=msgspec.structs.replace(later, tax="Levy")) for rate_id in ("levy", "levy-2")
    ]
    story.when(ImportTaxRates(import_id="i-3", entries=twice))
    story.then_refused("tax_rate_overlaps", pointer="/entries/1/effective_from")
