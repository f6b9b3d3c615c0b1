"""An account's tax profile: by which terms its drafts are taxed, and what stops an invoice that can't be taxed yet."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import msgspec
import pytest

from services.invoicing.bill_profile.messages import ChangeTaxProfile, TaxProfileChanged, TaxTerms
from services.invoicing.bill_profile.tax_profile import TaxProfileBody, terms_of
from services.invoicing.billing_run.messages import BillingRunPageWalked, WalkAccounts
from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceDrafted, InvoiceLocked
from services.invoicing.tax_exemption.messages import ExemptionTerms, GrantTaxExemption
from services.invoicing.tax_rate.messages import DefineTaxRate
from services.invoicing.taxes.engine.registry import Registry
from services.rating.period.messages import ChargeFixed
from shared.kernel.errors import Rejection
from shared.kernel.outcome import CommandRejected
from tests.kit.decider import Specification
from tests.services.invoicing.story import ACCOUNT, INVOICE, charge, closed, opened, subscribed, tell
from tests.services.invoicing.tax_world import AMERICA, EUROPE, TODAY, place, rate, world

PARIS: Final = {"seller_country": "FR", "place": "FR"}
CHICAGO: Final = {"seller_country": "US", "place": "US-IL-CHI"}


def profile(parameters: Any) -> ChangeTaxProfile:
    return ChangeTaxProfile(account_id=ACCOUNT, tax=TaxTerms(kind="determined", parameters=parameters))


def of_class(found: ChargeFixed, tax_class: str) -> ChargeFixed:
    return msgspec.structs.replace(found, tax_class=tax_class)


def started(parameters: Any, *tables: Any) -> Specification:
    return tell(world(*tables), opened(), subscribed()).when(profile(parameters))


def drafted(story: Specification) -> InvoiceDrafted:
    [event] = [event for event in story.events if isinstance(event, InvoiceDrafted)]
    return event


def locked(story: Specification) -> InvoiceLocked:
    story.when(FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT))
    [event] = [event for event in story.events if isinstance(event, InvoiceLocked)]
    return event


def test_a_tax_profile_is_changed_by_version_and_nothing_where_nothing_changes() -> None:
    story = started(PARIS, *EUROPE)
    terms = TaxTerms(kind="determined", parameters=PARIS)  # type: ignore[arg-type]
    story.then(TaxProfileChanged(account_id=ACCOUNT, tax=terms, version=2))
    story.when(profile(PARIS)).then_nothing()
    story.when(profile(PARIS), expected_version=1)
    refusal = story.events[0]
    assert isinstance(refusal, CommandRejected) and refusal.status == 412
    story.when(profile({"place": "FR"})).then_refused("invalid", pointer="/tax")
    world().when(profile(PARIS)).then_refused("account_not_found")


def test_each_line_is_taxed_by_its_own_tax_class_and_the_group_says_why_R39_R44() -> None:
    story = started(PARIS, *EUROPE)
    lines = (of_class(charge(1, "10.00"), "broadcasting"), of_class(charge(2, "20.01"), "data"), charge(3, "0.02"))
    tell(story, *lines, closed(3, "30.03"))
    found = drafted(story)
    groups = [(str(g.rate), str(g.base), str(g.tax), g.rate_id, g.lines) for g in found.tax_groups]
    assert groups == [
        ("10", "10.00", "1.00", "fr-vat-tv", [1]),
        ("20", "20.03", "4.01", "fr-vat", [2, 3]),
    ]
    assert {(g.jurisdiction, g.rule, g.rate_version) for g in found.tax_groups} == {("FR", "domestic", 1)}
    assert (found.tax, found.total, found.tax_missing) == (Decimal("5.01"), Decimal("35.04"), None)
    assert locked(story).tax_groups == found.tax_groups


def test_city_state_and_federal_taxes_of_an_invoice_stack_R44() -> None:
    story = started(CHICAGO, *AMERICA)
    tell(story, of_class(charge(1, "100.00"), "voice"), closed(1, "100.00"))
    found = locked(story)
    assert sorted((g.name, str(g.tax)) for g in found.tax_groups) == [
        ("City telecom tax", "7.00"),
        ("FUSF", "7.50"),
        ("Federal excise", "3.00"),
        ("State telecom tax", "7.53"),
    ]
    assert (found.tax, found.total) == (Decimal("25.03"), Decimal("125.03"))


def test_an_exempt_account_is_not_taxed_and_the_certificate_is_named_R45() -> None:
    story = started(CHICAGO, *AMERICA)
    terms = ExemptionTerms(jurisdiction_id="US", certificate="C-1", valid_from=TODAY)
    story.when(GrantTaxExemption(exemption_id="ex-1", account_id=ACCOUNT, terms=terms))
    tell(story, of_class(charge(1, "100.00"), "voice"), closed(1, "100.00"))
    found = locked(story)
    assert found.tax == 0 and {(g.category, g.rule) for g in found.tax_groups} == {("E", "exemption")}
    assert all("C-1" in (g.reason or "") for g in found.tax_groups)


def test_missing_tax_data_stops_that_invoice_until_it_is_there() -> None:
    story = started({"seller_country": "GB", "place": "GB"}, *EUROPE)
    tell(story, charge(1, "30.03"), closed(1, "30.03"))
    found = drafted(story)
    assert (found.tax, found.total, found.tax_missing) == (Decimal("0.00"), Decimal("30.03"), "tax_rate_missing")
    story.when(FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT)).then_refused("tax_rate_missing")
    story.when(DefineTaxRate(rate_id="gb-vat", terms=rate("gb-vat", "GB", "20").terms))
    assert locked(story).tax == Decimal("6.01")


def test_missing_tax_data_of_one_account_does_not_stop_a_run() -> None:
    story = started({"seller_country": "GB", "place": "GB"}, *EUROPE)
    tell(story, charge(1, "30.03"), closed(1, "30.03"))
    other = "acc-2"
    tell(story, opened(other), subscribed(other), charge(1, "10.00", account=other), closed(1, "10.00", account=other))
    story.when(WalkAccounts(run_id="run-1", target_date=TODAY, dry_run=False))
    [walked] = [event for event in story.events if isinstance(event, BillingRunPageWalked)]
    outcomes = sorted((one.account_id, one.outcome, one.reason) for one in walked.outcomes)
    assert outcomes == [(ACCOUNT, "failed", "tax_rate_missing"), (other, "invoiced", None)]


def test_an_account_that_was_opened_with_one_rate_keeps_it() -> None:
    story = tell(world(), opened(), subscribed(), charge(1, "30.03"), closed(1, "30.03"))
    [group] = locked(story).tax_groups
    assert (group.rate, group.tax, group.rule, group.lines) == (Decimal(20), Decimal("6.01"), None, [])


TREE: Final = Registry(world(*AMERICA, *EUROPE, place("CH")).state)


def terms(**said: Any) -> TaxTerms:
    return terms_of(TaxProfileBody.model_validate({"kind": "determined"} | said), TREE, "/tax")


def test_of_an_address_the_jurisdiction_is_kept_and_of_a_tax_id_its_country() -> None:
    address = {"country": "US", "region": "IL", "county": "Cook", "city": "Chicago"}
    found = terms(seller={"country": "DE"}, place=address, tax_id="FR 40 303 265 045")
    kept = found.parameters
    assert (kept["seller_country"], kept["place"], kept["tax_country"]) == ("DE", "US-IL-CHI", "FR")
    assert "40 303" not in str(kept) and "Chicago" not in str(kept)
    one = terms(kind="account_rate", rate="19.0")
    assert one == TaxTerms(kind="account_rate", parameters={"rate": "19"})


@pytest.mark.parametrize(
    ("said", "code", "pointer"),
    [
        ({}, "required", "/tax/seller"),
        ({"seller": {"country": "DE"}}, "required", "/tax/place"),
        ({"seller": {}, "place": {"country": "FR"}}, "required", "/tax/seller/country"),
        ({"seller": {"country": "DE"}, "place": {"country": "ES"}}, "tax_place_unknown", "/tax/place/country"),
        ({"seller": {"country": "DE"}, "place": {"country": "FR"}, "rate": "1"}, "invalid", "/tax/rate"),
        ({"seller": {"country": "DE"}, "place": {"country": "FR"}, "tax_id": "FR1"}, "invalid_tax_id", "/tax/tax_id"),
        (
            {"seller": {"country": "FR", "place": "nowhere"}, "place": {"country": "FR"}},
            "tax_place_unknown",
            "/tax/seller/place",
        ),
        ({"kind": "account_rate"}, "required", "/tax/rate"),
        ({"kind": "account_rate", "rate": "1", "place": {"country": "FR"}}, "invalid", "/tax/place"),
    ],
)
def test_a_tax_profile_that_says_too_little_or_too_much_is_refused(said: Any, code: str, pointer: str) -> None:
    with pytest.raises(Rejection) as caught:
        terms(**said)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
