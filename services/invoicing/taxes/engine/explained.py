"""A group of tax as a document has it, with what explains it: whose tax it is, by which rule and table, of which lines.

explained(group, lines, of=invoice_lines).jurisdiction      # "FR"
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from services.invoicing.invoice.messages import InvoiceLine, TaxGroup
from services.invoicing.taxes.engine.sums import Group, Line


def explained(group: Group, lines: Sequence[Line], of: Sequence[InvoiceLine]) -> TaxGroup:
    levy = group.levy
    taken = [
        line.n for line, taxed in zip(of, lines, strict=True) if any(one.group == levy.group for one in taxed.levies)
    ]
    return TaxGroup(
        category=levy.category,
        rate=levy.rate,
        base=group.base,
        tax=group.tax,
        name=levy.name,
        reason=levy.reason,
        kind=levy.kind,
        jurisdiction=levy.jurisdiction,
        rule=levy.rule,
        rate_id=levy.rate_id,
        rate_version=levy.rate_version,
        share=None if levy.share == Decimal(100) else levy.share,
        round_by=levy.round_by,
        lines=taken,
    )
