"""`account_rate`: the whole invoice is one group at the account's rate, taxed once (EN 16931; R39).

Lines of 10.00, 20.01 and 0.02 at 20 % have a base of 30.03 and a tax of 6.006, so 6.01; rounding line by line would
give 2.00 + 4.00 + 0.00 = 6.00. A rate of 0 is category Z, for BR-S-05 wants a rate above zero in category S.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from pydantic import BaseModel, ConfigDict

from services.invoicing.invoice.messages import InvoiceLine, TaxGroup
from services.invoicing.taxes.contract import Example, Taxable, TaxKind
from services.invoicing.taxes.engine.sums import Group, Levy, Line
from shared.kernel.decimals import EXACT
from shared.kernel.money import PriceString
from shared.kernel.rounding import HALF_UP, round_amount

_PERCENT: Final = Decimal(100)


class AccountRate(BaseModel):
    """`rate` in percent, at least 0."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rate: PriceString


def tax(parameters: AccountRate, taxable: Taxable) -> tuple[TaxGroup, ...]:
    """One group: base × rate, rounded half up once to the currency's minor unit."""
    base = taxable.base
    exactly = EXACT.divide(EXACT.multiply(base, parameters.rate), _PERCENT)
    amount = round_amount(exactly, HALF_UP, taxable.currency)
    category, name = _category(parameters)
    return (TaxGroup(category=category, rate=parameters.rate, base=base, tax=amount, name=name),)


def levies(parameters: AccountRate, taxable: Taxable) -> list[tuple[Levy, ...]]:
    """The one rate, of every line."""
    category, name = _category(parameters)
    return [(Levy(category=category, rate=parameters.rate, name=name),)] * len(taxable.lines)


def _category(parameters: AccountRate) -> tuple[str, str]:
    return ("S", "Standard rate") if parameters.rate else ("Z", "Zero rated")


def _of_all(group: Group, lines: Sequence[Line], of: Sequence[InvoiceLine]) -> TaxGroup:
    """The one group, which names no lines."""
    levy = group.levy
    return TaxGroup(category=levy.category, rate=levy.rate, base=group.base, tax=group.tax, name=levy.name)


def _group(category: str, rate: str, base: str, amount: str, name: str) -> TaxGroup:
    return TaxGroup(category=category, rate=Decimal(rate), base=Decimal(base), tax=Decimal(amount), name=name)


EXAMPLES: Final = (
    Example(
        parameters={"rate": "20"},
        nets=("10.00", "20.01", "0.02"),
        groups=(_group("S", "20", "30.03", "6.01", "Standard rate"),),
    ),
    Example(
        parameters={"rate": "5.5"},
        nets=("99.99",),
        groups=(_group("S", "5.5", "99.99", "5.50", "Standard rate"),),
    ),
    Example(
        parameters={"rate": "0"},
        nets=("99.99",),
        groups=(_group("Z", "0", "99.99", "0.00", "Zero rated"),),
    ),
    Example(
        parameters={"rate": "10"},
        nets=("1005",),
        groups=(_group("S", "10", "1005", "101", "Standard rate"),),
        currency="JPY",
    ),
    Example(
        parameters={"rate": "20"},
        nets=("-35.00",),
        groups=(_group("S", "20", "-35.00", "-7.00", "Standard rate"),),
    ),
)

TAX: Final = TaxKind(
    name="account_rate", parameters=AccountRate, tax=tax, levies=levies, group=_of_all, examples=EXAMPLES
)
