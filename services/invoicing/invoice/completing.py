"""A draft is complete: its lines with the tax that locking it today would fix.

lines of 10.00, 20.01 and 0.02 at 20 %  ->  InvoiceDrafted(net=30.03, tax=6.01, total=36.04, lines=3, ...)
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.messages import InvoiceDrafted, InvoiceLine
from services.invoicing.locking import taxed
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context
from shared.kernel.period import Period
from shared.kernel.same_fields import same_fields


def complete(
    invoice_id: str,
    period: Period,
    lines: Sequence[InvoiceLine],
    profile: BillProfile,
    context: Context,
    *,
    version: int,
) -> InvoiceDrafted:
    """The draft with all its lines; `version` is the invoice's with this event."""
    sums = taxed(lines, profile, on=local_date(context.now, profile.time_zone))
    return same_fields(
        InvoiceDrafted,
        sums,
        invoice_id=invoice_id,
        account_id=profile.account_id,
        currency=profile.currency,
        period=period,
        lines=len(lines),
        tax_groups=sums.groups,
        version=None if version == len(lines) + 1 else version,
    )
