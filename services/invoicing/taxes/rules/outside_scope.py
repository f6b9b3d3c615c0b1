"""`outside_scope`: a buyer where the seller is not registered; nothing is due, and category O says so.

A German seller and a customer in Switzerland: the place of supply is not in the European Union (Directive 2006/112/EC,
Articles 44, 58 and 59).
"""

from __future__ import annotations

from typing import Final

from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.sums import Levy
from services.invoicing.taxes.engine.supply import Supply
from services.invoicing.taxes.rules.contract import RuleExample, TaxRule, example_supply, untaxed


def applies(supply: Supply) -> bool:
    return supply.buyer.country != supply.seller.country


def levies(supply: Supply, registry: Registry) -> list[Levy]:
    reason = f"Not subject to tax of {supply.seller.country}: supplied in {supply.buyer.country}"
    return [untaxed(supply, "O", "Not subject to tax", reason, rule=RULE.name)]


EXAMPLES: Final = (RuleExample(supply=example_supply("DE", "CH"), taken=(("O", "0", "Not subject to tax"),)),)

RULE: Final = TaxRule(name="outside_scope", order=90, applies=applies, levies=levies, examples=EXAMPLES)
