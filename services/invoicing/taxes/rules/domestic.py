"""`domestic`: seller and buyer in one country, where every authority at the buyer's place takes its own (R44).

In France that is one VAT; in Chicago city, state and federal taxes stack up.
"""

from __future__ import annotations

from typing import Final

from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.stacking import taxes_at
from services.invoicing.taxes.engine.sums import Levy
from services.invoicing.taxes.engine.supply import Supply
from services.invoicing.taxes.rules.contract import RuleExample, TaxRule, example_supply


def applies(supply: Supply) -> bool:
    return supply.seller.country == supply.buyer.country


def levies(supply: Supply, registry: Registry) -> list[Levy]:
    return taxes_at(supply.buyer.place, supply, registry, rule=RULE.name)


EXAMPLES: Final = (
    RuleExample(supply=example_supply("FR", "FR"), taken=(("S", "20", "VAT"),)),
    RuleExample(supply=example_supply("FR", "FR", tax_country="FR"), taken=(("S", "20", "VAT"),)),
    RuleExample(
        supply=example_supply("US", "US-IL-CHI"),
        taken=(
            ("S", "3", "Federal excise"),
            ("S", "7", "State telecom tax"),
            ("S", "7", "City telecom tax"),
        ),
    ),
    RuleExample(supply=example_supply("US", "US-OR"), refused="tax_place_unknown"),
)

RULE: Final = TaxRule(name="domestic", order=30, applies=applies, levies=levies, examples=EXAMPLES)
