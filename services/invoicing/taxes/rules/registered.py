"""`registered`: a buyer in another country where the seller is registered for tax pays what is taken there.

A German seller that is registered in Switzerland adds Swiss VAT.
"""

from __future__ import annotations

from typing import Final

from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.stacking import taxes_at
from services.invoicing.taxes.engine.sums import Levy
from services.invoicing.taxes.engine.supply import Supply
from services.invoicing.taxes.rules.contract import RuleExample, TaxRule, example_supply


def applies(supply: Supply) -> bool:
    return supply.buyer.country in supply.seller.registrations


def levies(supply: Supply, registry: Registry) -> list[Levy]:
    return taxes_at(supply.buyer.place, supply, registry, rule=RULE.name)


EXAMPLES: Final = (RuleExample(supply=example_supply("DE", "CH", registrations=("CH",)), taken=(("S", "8.1", "VAT"),)),)

RULE: Final = TaxRule(name="registered", order=50, applies=applies, levies=levies, examples=EXAMPLES)
