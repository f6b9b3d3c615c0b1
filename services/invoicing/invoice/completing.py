"""A draft is complete: its lines with the discounts and the tax that locking it today would fix.

lines of 10.00, 20.01 and 0.02 at 20 %  ->  InvoiceDrafted(net=30.03, tax=6.01, total=36.04, lines=3, ...)

One that can't be taxed yet is complete all the same: what is missing stops its issue, not the account's period.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.discounting import Taken, discounted
from services.invoicing.invoice.messages import InvoiceDrafted, InvoiceLine
from services.invoicing.locking import taxed
from services.invoicing.taxes.contract import Totals, net_of
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection
from shared.kernel.period import Period
from shared.kernel.same_fields import same_fields


def complete(
    invoice_id: str,
    period: Period,
    lines: Sequence[InvoiceLine],
    profile: BillProfile,
    context: Context,
    view: View,
    *,
    version: int,
) -> InvoiceDrafted:
    """The draft with all its lines; `version` is the invoice's with this event."""
    taken = discounted(lines, profile, view, invoice_id=invoice_id, period=period)
    sums, missing = _taxed(taken, profile, context, view)
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
        tax_missing=missing,
    )


def _taxed(taken: Taken, profile: BillProfile, context: Context, view: View) -> tuple[Totals, str | None]:
    """The sums; where tables or profile do not say enough to tax, those without tax, and the code that says so."""
    try:
        return taxed(taken, profile, view, on=local_date(context.now, profile.time_zone)), None
    except Rejection as refusal:
        net = net_of(taken.lines, profile.currency)
        untaxed = Totals(net=net, tax=net_of((), profile.currency), total=net, groups=[], allowances=taken.shared(()))
        return untaxed, refusal.code
