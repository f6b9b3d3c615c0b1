"""Quantity and price of a line, such that quantity × price, rounded, is its net (Peppol, R120).

    350 GB in tiers, 1115.50     ->  1 (C62) at 1115.50, and a note that says 350 GB
    3 blocks of 1 GB at 0.50     ->  3 (E34) at 0.50
    half a month at 29.90        ->  0.5 (C62) at 29.90
    a credit of 10.00            ->  -1 (C62) at 10.00, for a price is never negative (BR-27)

A line of several terms, or of one whose product is another amount, has no unit price to show.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from services.invoicing.documents.en16931.units import ONE, unit_code
from services.invoicing.invoice.messages import InvoiceLine, LineStep
from shared.kernel.currency import Currency
from shared.kernel.decimals import EXACT, exact
from shared.kernel.rounding import HALF_UP, round_amount

_DECIMALS_MAX: Final = 9


class Priced(NamedTuple):
    quantity: Decimal
    unit: str
    price: Decimal


def priced(line: InvoiceLine, currency: Currency) -> Priced:
    """What the line is written as; one lump where its terms are more than one product."""
    told = _of_step(line.steps[0], line.unit or "") if len(line.steps) == 1 else None
    if told is not None and _comes_to(told, line.net, currency):
        return told
    return Priced(Decimal(-1) if line.net < 0 else Decimal(1), ONE, abs(line.net))


def _of_step(step: LineStep, unit: str) -> Priced | None:
    if step.unit_price is None or step.quantity is None or step.flat_fee is not None:
        return None
    quantity, price = Decimal(step.quantity), Decimal(step.unit_price)
    if step.unit_size is None:
        return Priced(quantity, unit_code(unit, Decimal(1)) or ONE, price)
    size = Decimal(step.unit_size)
    code = unit_code(unit, size)
    if code is None or size <= 0:
        return None
    with exact():
        whole, rest = divmod(quantity, size)
        return Priced(whole + 1 if rest > 0 else whole, code, price)


def _comes_to(told: Priced, net: Decimal, currency: Currency) -> bool:
    exponent = told.quantity.as_tuple().exponent
    if told.price < 0 or not isinstance(exponent, int) or exponent < -_DECIMALS_MAX:
        return False
    return round_amount(EXACT.multiply(told.quantity, told.price), HALF_UP, currency) == net
