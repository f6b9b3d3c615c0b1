"""`reverse_charge`: a business in another member state owes the tax itself, 0 % here (R43).

DE sells to a business with a valid French VAT number: category AE, and the document says why (Directive 2006/112/EC,
Articles 44 and 196). A consumer, or a business at home, is taxed by other rules.
"""

from __future__ import annotations

from typing import Final

from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.sums import Levy
from services.invoicing.taxes.engine.supply import EU, Supply
from services.invoicing.taxes.rules.contract import RuleExample, TaxRule, example_supply, untaxed

REASON: Final = "Reverse charge: the customer owes the VAT (Directive 2006/112/EC, Articles 44 and 196)"


def applies(supply: Supply) -> bool:
    return supply.seller.country in EU and supply.buyer.tax_country in EU - {supply.seller.country}


def levies(supply: Supply, registry: Registry) -> list[Levy]:
    return [untaxed(supply, "AE", "Reverse charge", REASON, rule=RULE.name)]


EXAMPLES: Final = (
    RuleExample(supply=example_supply("DE", "FR", tax_country="FR"), taken=(("AE", "0", "Reverse charge"),)),
)

RULE: Final = TaxRule(name="reverse_charge", order=10, applies=applies, levies=levies, examples=EXAMPLES)
