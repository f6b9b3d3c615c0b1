"""The tree of jurisdictions: where each may stand, what it knows of those below, when it goes."""

from __future__ import annotations

from typing import Any

import pytest

from services.invoicing.tax_jurisdiction.messages import (
    ChangeTaxJurisdiction,
    DefineTaxJurisdiction,
    DeleteTaxJurisdiction,
    ImportTaxJurisdictions,
    JurisdictionEntry,
    JurisdictionTerms,
    TaxJurisdictionChanged,
    TaxJurisdictionDefined,
    TaxJurisdictionDeleted,
)
from services.invoicing.tax_jurisdiction.state import Child, TaxJurisdiction
from shared.kernel.outcome import CommandRejected
from tests.services.invoicing.tax_world import place, rate, world

US, IL = place("US"), place("US-IL", "state", "US", codes=("IL",))


def define(jurisdiction_id: str, level: Any, parent: str | None = None) -> DefineTaxJurisdiction:
    terms = JurisdictionTerms(level=level, name=jurisdiction_id, parent_id=parent)
    return DefineTaxJurisdiction(jurisdiction_id=jurisdiction_id, terms=terms)


def entry(defined: Any, **other: Any) -> JurisdictionEntry:
    said = {name: getattr(defined.terms, name) for name in JurisdictionTerms.__struct_fields__} | other
    return JurisdictionEntry(jurisdiction_id=defined.jurisdiction_id, terms=JurisdictionTerms(**said))


def test_a_jurisdiction_knows_what_lies_in_it() -> None:
    story = world(US, IL)
    country = story.get(TaxJurisdiction, "US")
    assert country is not None and country.children == (Child("US-IL", "state", ("IL",), ()),)
    story.when(DeleteTaxJurisdiction(jurisdiction_id="US-IL")).then(TaxJurisdictionDeleted(jurisdiction_id="US-IL"))
    country = story.get(TaxJurisdiction, "US")
    assert country is not None and country.children == ()


def test_what_is_said_of_a_child_later_is_known_above() -> None:
    terms = JurisdictionTerms(level="state", name="Illinois", parent_id="US", codes=("IL", "ILLINOIS"))
    story = world(US, IL).when(ChangeTaxJurisdiction(jurisdiction_id="US-IL", terms=terms))
    story.then(TaxJurisdictionChanged(jurisdiction_id="US-IL", version=2, terms=terms))
    country = story.get(TaxJurisdiction, "US")
    assert country is not None and country.children[0].codes == ("IL", "ILLINOIS")
    story.when(ChangeTaxJurisdiction(jurisdiction_id="US-IL", terms=terms)).then_nothing()
    story.when(ChangeTaxJurisdiction(jurisdiction_id="US-IL", terms=terms), expected_version=1)
    refusal = story.events[0]
    assert isinstance(refusal, CommandRejected) and refusal.status == 412


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (define("US", "country"), "tax_jurisdiction_exists", "/id"),
        (define("Utopia", "country"), "invalid", "/id"),
        (define("FR", "country", "US"), "invalid", "/parent_id"),
        (define("x", "city"), "required", "/parent_id"),
        (define("x", "city", "nowhere"), "tax_jurisdiction_not_found", "/parent_id"),
        (define("x", "state", "US-IL"), "invalid", "/parent_id"),
        (define("x", "country", "US-IL"), "invalid", "/parent_id"),
    ],
)
def test_each_stands_where_its_level_lets_it(command: DefineTaxJurisdiction, code: str, pointer: str) -> None:
    world(US, IL).when(command).then_refused(code, pointer=pointer)


def test_its_place_in_the_tree_stays_and_what_hangs_on_it_keeps_it() -> None:
    story = world(US, IL, rate("il", "US-IL", "7"))
    moved = JurisdictionTerms(level="county", name="Illinois", parent_id="US")
    story.when(ChangeTaxJurisdiction(jurisdiction_id="US-IL", terms=moved)).then_refused("invalid", pointer="/level")
    story.when(DeleteTaxJurisdiction(jurisdiction_id="US")).then_refused("tax_jurisdiction_in_use")
    story.when(DeleteTaxJurisdiction(jurisdiction_id="US-IL")).then_refused("tax_jurisdiction_in_use")
    story.when(DeleteTaxJurisdiction(jurisdiction_id="FR")).then_refused("tax_jurisdiction_not_found")


def test_an_import_does_what_differs_and_all_or_nothing() -> None:
    city = place("US-IL-CHI", "city", "US-IL", postal_codes=("606",))
    rows = [entry(US), entry(IL, name="Illinois"), entry(city)]
    story = world(US, IL).when(ImportTaxJurisdictions(import_id="i-1", entries=rows))
    assert [type(event) for event in story.events] == [TaxJurisdictionChanged, TaxJurisdictionDefined]
    story.when(ImportTaxJurisdictions(import_id="i-2", entries=rows)).then_nothing()
    wrong = [entry(place("CA")), entry(place("CA-QC", "state", "nowhere"))]
    story.when(ImportTaxJurisdictions(import_id="i-3", entries=wrong))
    story.then_refused("tax_jurisdiction_not_found", pointer="/entries/1/parent_id")
    assert story.get(TaxJurisdiction, "CA") is None


def test_an_import_brings_a_tree_at_once() -> None:
    rows = [entry(US), entry(IL), entry(place("US-IL-CHI", "city", "US-IL"))]
    story = world().when(ImportTaxJurisdictions(import_id="i-1", entries=rows))
    assert [event.key for event in story.events] == ["US", "US-IL", "US-IL-CHI"]
