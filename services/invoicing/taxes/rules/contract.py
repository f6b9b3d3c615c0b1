"""What a rule of taxation is: when it applies to a line, and what is then taken of it.

    RULE = TaxRule(name="reverse_charge", order=10, applies=applies, levies=levies, examples=EXAMPLES)

Rules are asked by their `order`; the first that applies taxes the line. `levies` raises `Rejection` where the tables,
or what is known of the customer, do not say enough: then nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.invoicing.tax_jurisdiction.messages import JurisdictionTerms
from services.invoicing.tax_rate.messages import RateTerms
from services.invoicing.taxes.engine.registry import Registry, Tables
from services.invoicing.taxes.engine.sums import Levy
from services.invoicing.taxes.engine.supply import TELECOM, BuyerFacts, Evidence, SellerFacts, Supply


@dataclass(frozen=True, kw_only=True)
class RuleExample:
    """A line, and what is taken of it: category, rate, tax; or the code of the refusal."""

    supply: Supply
    taken: tuple[tuple[str, str, str], ...] = ()
    refused: str | None = None


@dataclass(frozen=True, kw_only=True)
class TaxRule:
    """One rule. Both functions are pure."""

    name: str
    order: int
    applies: Callable[[Supply], bool]
    levies: Callable[[Supply, Registry], Sequence[Levy]]
    examples: tuple[RuleExample, ...]


def untaxed(supply: Supply, category: str, name: str, reason: str, *, rule: str) -> Levy:
    """No tax, and why."""
    return Levy(
        category=category, rate=Decimal(0), name=name, reason=reason, jurisdiction=supply.buyer.country, rule=rule
    )


SINCE: Final = date(2020, 1, 1)


def _rate(jurisdiction: str, percent: str, tax: str = "VAT") -> RateTerms:
    return RateTerms(jurisdiction_id=jurisdiction, tax=tax, rate=Decimal(percent), effective_from=SINCE)


EXAMPLE_TABLES: Final = Registry(
    Tables(
        jurisdictions={
            **{country: JurisdictionTerms(level="country", name=country) for country in ("DE", "FR", "US", "CH")},
            "US-IL": JurisdictionTerms(level="state", name="Illinois", parent_id="US", codes=("IL",)),
            "US-IL-CHI": JurisdictionTerms(level="city", name="Chicago", parent_id="US-IL", codes=("Chicago",)),
        },
        rates={
            "de-vat": _rate("DE", "19"),
            "fr-vat": _rate("FR", "20"),
            "ch-vat": _rate("CH", "8.1"),
            "us-excise": _rate("US", "3", "Federal excise"),
            "il-tel": _rate("US-IL", "7", "State telecom tax"),
            "chi-tel": _rate("US-IL-CHI", "7", "City telecom tax"),
        },
    )
)
"""What the examples of the rules are taxed by."""


def example_supply(
    seller: str,
    place: str,
    *evidence: Evidence,
    tax_country: str | None = None,
    product_tax_class: str = TELECOM,
    consumer_country: bool = True,
    registrations: tuple[str, ...] = (),
) -> Supply:
    """A line of October 2026."""
    buyer = BuyerFacts(country=place[:2], place=place, tax_country=tax_country, evidence=evidence)
    return Supply(
        product_tax_class=product_tax_class,
        on=date(2026, 10, 1),
        seller=SellerFacts(country=seller, consumer_country=consumer_country, registrations=registrations),
        buyer=buyer,
    )
