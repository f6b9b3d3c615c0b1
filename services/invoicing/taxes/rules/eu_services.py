"""`eu_services`: other services to a consumer in another member state are taxed where the seller is.

Hosting of a French consumer's router in Germany, of no class that follows its consumer: German VAT (Directive
2006/112/EC, Article 45).
"""

from __future__ import annotations

from typing import Final

from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.stacking import taxes_at
from services.invoicing.taxes.engine.sums import Levy
from services.invoicing.taxes.engine.supply import EU, Supply
from services.invoicing.taxes.rules.contract import RuleExample, TaxRule, example_supply


def applies(supply: Supply) -> bool:
    return {supply.seller.country, supply.buyer.country} <= EU


def levies(supply: Supply, registry: Registry) -> list[Levy]:
    return taxes_at(supply.seller.place or supply.seller.country, supply, registry, rule=RULE.name)


EXAMPLES: Final = (
    RuleExample(supply=example_supply("DE", "FR", product_tax_class="equipment"), taken=(("S", "19", "VAT"),)),
)

RULE: Final = TaxRule(name="eu_services", order=40, applies=applies, levies=levies, examples=EXAMPLES)
