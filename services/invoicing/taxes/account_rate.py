"""One rate per account: the whole invoice is one tax group, taxed once (EN 16931, BR-CO-10 to BR-CO-17; R39).

Lines of 10.00, 20.01 and 0.02 at 20 % have a base of 30.03 and a tax of 6.006, so 6.01; rounding line by line would
give 2.00 + 4.00 + 0.00 = 6.00.

>>> totals = totals_on(Decimal("30.03"), rate=Decimal("20"), currency="EUR")
>>> f"{totals.net} + {totals.tax} = {totals.total}"
'30.03 + 6.01 = 36.04'
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import msgspec

from services.invoicing.events import InvoiceLine, TaxGroup
from shared.kernel.decimals import exact
from shared.kernel.rounding import HALF_UP, round_amount

STANDARD: Final = "S"
ZERO_RATED: Final = "Z"  # BR-S-05 wants a rate above zero in category S


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Exact sums: `net` of the lines, `tax` of the groups, `total` of both."""

    net: Decimal
    tax: Decimal
    total: Decimal
    groups: list[TaxGroup]


def tax(lines: Iterable[InvoiceLine], *, rate: Decimal, currency: str) -> Totals:
    """Tax the lines, all at `rate` (percent, ≥ 0)."""
    return totals_on(net_of(lines, currency), rate=rate, currency=currency)


def totals_on(base: Decimal, *, rate: Decimal, currency: str) -> Totals:
    """Tax one base: base × rate, rounded half up once to the currency's minor unit."""
    with exact():
        amount = round_amount(base * rate / 100, HALF_UP, currency)
        total = base + amount
    group = TaxGroup(category=STANDARD if rate else ZERO_RATED, rate=rate, base=base, tax=amount)
    return Totals(net=base, tax=amount, total=total, groups=[group])


def net_of(lines: Iterable[InvoiceLine], currency: str) -> Decimal:
    """The sum of the lines' nets, which are rounded already: exact, written with the currency's decimals."""
    with exact():
        return round_amount(sum((line.net for line in lines), Decimal(0)), HALF_UP, currency)
