"""How much of an invoice is late fees, with their tax: that part is not charged for again.

Fibre 100.00, late fee 5.00, both at 20 %      6.00 of 126.00
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from services.invoicing.invoice.messages import InvoiceLine, TaxGroup
from services.invoicing.late_fee_policy.messages import LATE_FEE
from shared.kernel.decimals import exact
from shared.kernel.rounding import HALF_UP, round_amount


def late_fees_in(lines: Sequence[InvoiceLine], groups: Sequence[TaxGroup], currency: str) -> Decimal:
    """The fees' net and what each group of tax takes of it, rounded group by group; 0 where there is none."""
    fees = {line.n: line.net for line in lines if line.kind == LATE_FEE}
    if not fees:
        return Decimal(0)
    with exact():
        taxes = (_tax(group, fees, currency) for group in groups)
        return sum(fees.values(), Decimal(0)) + sum(taxes, Decimal(0))


def _tax(group: TaxGroup, fees: dict[int, Decimal], currency: str) -> Decimal:
    """A group that names no lines is that of all of them."""
    of = [net for n, net in fees.items() if not group.lines or n in group.lines]
    share = Decimal(100) if group.share is None else group.share
    return round_amount(sum(of, Decimal(0)) * group.rate * share / 10_000, HALF_UP, currency)
