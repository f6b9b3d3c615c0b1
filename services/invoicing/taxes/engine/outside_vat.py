"""Late fees that no tax class says otherwise of: outside the scope of VAT, whatever kind of tax the account has.

    Fibre 100.00, late fee 5.00, at 20 %   ->   S 20 % on 100.00, and E 0 % on 5.00 with the reason

They make good a damage and pay for no supply (Court of Justice of the European Union, C-222/81, BAZ Bausystem). The
category that says so, O, has no company on a document (EN 16931, BR-O-11), so beside taxed lines they are E with the
reason in words; beside lines that are all O, O.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

import msgspec

from services.invoicing.invoice.messages import InvoiceLine, TaxGroup
from services.invoicing.late_fee_policy.messages import LATE_FEE

REASON: Final = "Compensation for late payment, outside the scope of VAT"
_NAMES: Final = {"E": "Exempt from tax", "O": "Not subject to tax"}


def split(lines: Iterable[InvoiceLine]) -> tuple[list[InvoiceLine], list[InvoiceLine]]:
    """The lines that the kind of tax sees, and the fees that it does not."""
    inside: list[InvoiceLine] = []
    fees: list[InvoiceLine] = []
    for line in lines:
        (fees if line.kind == LATE_FEE and line.tax_class is None else inside).append(line)
    return inside, fees


def with_fees(
    groups: Sequence[TaxGroup], *, inside: Sequence[InvoiceLine], fees: Sequence[InvoiceLine], base: Decimal
) -> list[TaxGroup]:
    """The groups with that of the fees. Beside it, one that was about the whole document names its lines."""
    category = "O" if groups and all(group.category == "O" for group in groups) else "E"
    own = TaxGroup(
        category=category,
        rate=Decimal(0),
        base=base,
        tax=base - base,
        name=_NAMES[category],
        reason=REASON,
        lines=[line.n for line in fees],
    )
    all_inside = [line.n for line in inside]
    return [*(group if group.lines else msgspec.structs.replace(group, lines=all_inside) for group in groups), own]
