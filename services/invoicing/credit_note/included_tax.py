"""The tax that is credited with lines of which some have a price that includes it (R42). Pure.

    two lines of 9.99 at 19 %     16.79 + 3.19     8.39 + 1.60 and 8.40 + 1.59
    line 1 is credited             8.39 + 1.60     9.99, as its customer was told

A line that includes tax has its own: what it is priced at less its net. The others of the group share what is left of
its tax by their nets. Of both it is what all that is credited of the line comes to, less what was credited before.
Where amounts of no line were credited too, it is no more than is left of the group, and with the last of the base all
of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from services.invoicing.credit_note.proportion import share
from services.invoicing.invoice.messages import InvoiceLine
from shared.kernel.currency import Currency
from shared.kernel.decimals import EXACT, exact

_ZERO: Final = Decimal(0)


class CreditedNet(NamedTuple):
    """What of a line's net was credited before, and is now."""

    before: Decimal
    now: Decimal


def included_tax(
    tax: Decimal,
    left: tuple[Decimal, Decimal],
    base: Decimal,
    lines: Sequence[InvoiceLine],
    credited: Mapping[int, CreditedNet],
    currency: Currency,
) -> Decimal:
    """Of a group's `tax`, of which so much base and tax is `left`, what goes with `base`: that of the credited lines.

    `lines` are all that the group taxes, as they were to be paid; `credited` is told of each.
    """
    left_of_base, left_of_tax = left
    if base == left_of_base:
        return left_of_tax
    own = {line.n: EXACT.subtract(line.gross, line.net) for line in lines if line.gross is not None}
    with exact():
        found = sum(
            (_more(own[line.n], line.net, credited[line.n], currency) for line in lines if line.n in own), _ZERO
        )
        others = [line for line in lines if line.n not in own]
        nets = [credited[line.n] for line in others]
        together = CreditedNet(sum((one.before for one in nets), _ZERO), sum((one.now for one in nets), _ZERO))
        whole = sum((line.net for line in others), _ZERO)
        found += _more(tax - sum(own.values(), _ZERO), whole, together, currency)
    return min(found, left_of_tax) if left_of_tax >= 0 else max(found, left_of_tax)


def _more(tax: Decimal, net: Decimal, credited: CreditedNet, currency: Currency) -> Decimal:
    """Of the tax on a net what is credited with more of it."""
    if not credited.now:
        return _ZERO
    after = share(tax, credited.before + credited.now, net, currency)
    return after - share(tax, credited.before, net, currency)
