"""Jurisdictions and rates that the tests of taxes share: a small world, given as events."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.invoicing.tax_jurisdiction.messages import JurisdictionTerms, TaxJurisdictionDefined
from services.invoicing.tax_rate.messages import RateTerms, TaxRateDefined
from tests.kit.decider import Specification
from tests.services.invoicing.story import invoicing

SINCE: Final = date(2020, 1, 1)
TODAY: Final = date(2026, 10, 1)


def place(jurisdiction_id: str, level: Any = "country", parent: str | None = None, **terms: Any) -> Any:
    said = {"name": jurisdiction_id, "level": level, "parent_id": parent} | terms
    return TaxJurisdictionDefined(jurisdiction_id=jurisdiction_id, terms=JurisdictionTerms(**said))


def rate(rate_id: str, jurisdiction: str, percent: str, **terms: Any) -> Any:
    said: dict[str, Any] = {"tax": "VAT", "effective_from": SINCE} | terms
    return TaxRateDefined(rate_id=rate_id, terms=RateTerms(jurisdiction_id=jurisdiction, rate=Decimal(percent), **said))


EUROPE: Final = (
    *(place(country) for country in ("DE", "FR", "GB")),
    rate("de-vat", "DE", "19"),
    rate("fr-vat", "FR", "20"),
    rate("fr-vat-tv", "FR", "10", product_tax_class="broadcasting"),
)
AMERICA: Final = (
    place("US", round_by="line"),
    place("US-IL", "state", "US", codes=("IL",)),
    place("US-IL-COOK", "county", "US-IL", codes=("Cook",)),
    place("US-IL-CHI", "city", "US-IL-COOK", codes=("Chicago",), postal_codes=("606",)),
    place("US-OR", "state", "US", codes=("OR",)),
    rate("us-excise", "US", "3", tax="Federal excise", product_tax_class="voice"),
    rate("us-fusf", "US", "30", tax="FUSF", kind="surcharge", share=Decimal(25), product_tax_class="voice"),
    rate("il-tel", "US-IL", "7", tax="State telecom tax", kind="tax_on_tax", includes=("us-fusf",)),
    rate("chi-tel", "US-IL-CHI", "7", tax="City telecom tax"),
    rate("or-none", "US-OR", "0", tax="Sales tax", category="Z"),
)


def world(*events: Any) -> Specification:
    """Partition 0, with these events."""
    return invoicing().given(*events)
