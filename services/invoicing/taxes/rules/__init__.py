"""Rules of taxation, one file each, found by listing this folder; contract.py says what a rule is.

levies_of(supply, registry)         # what is taken of a line, each with the rule that says so
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from services.invoicing.taxes.engine.registry import Registry
from services.invoicing.taxes.engine.sums import Levy
from services.invoicing.taxes.engine.supply import Supply
from services.invoicing.taxes.rules.contract import TaxRule
from shared.kernel.errors import Rejection
from shared.kernel.plugins import plugins


@cache
def rules() -> Sequence[TaxRule]:
    """Every rule, in the order in which they are asked."""
    return sorted(plugins(__name__, TaxRule).values(), key=lambda rule: (rule.order, rule.name))


def levies_of(supply: Supply, registry: Registry) -> Sequence[Levy]:
    """What is taken of a line. Raises `Rejection` where tables or facts do not say enough."""
    for rule in rules():
        if rule.applies(supply):
            return rule.levies(supply, registry)
    raise Rejection(
        "tax_rule_missing", f"no rule says how {supply.buyer.country} is taxed from {supply.seller.country}"
    )
