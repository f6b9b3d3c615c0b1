"""Locking: tax and totals of a complete draft become final, and a number is asked for.

    lines of 10.00, 20.01 and 0.02 at 20 %  ->  InvoiceLocked(net=30.03, tax=6.01, total=36.04, series_id="INV", ...)

A billing run locks many in one decision, a person one at a time (decide.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.messages import InvoiceLine, InvoiceLocked, Seller
from services.invoicing.invoice.state import Invoice
from services.invoicing.taxes import totals
from services.invoicing.taxes.contract import Taxable, Totals
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context
from shared.kernel.errors import Rejection
from shared.kernel.same_fields import same_fields

SERIES: Final = "INV"
"""The series that invoices are numbered in."""


def lock(
    invoice: Invoice, profile: BillProfile, context: Context, *, seller: Seller | None, run_id: str | None = None
) -> InvoiceLocked:
    """Fix tax and totals of a complete draft; the issue date asked for is today's where the account is.

    Raises `Rejection("negative_total")`: the account's next draft takes it over (carry_forward.py).
    """
    today = local_date(context.now, profile.time_zone)
    sums = taxed(invoice.lines, profile, on=today, seller=seller)
    if sums.total < 0:
        raise Rejection(
            "negative_total",
            f"invoice {invoice.invoice_id} would come to {sums.total} {invoice.currency}: below zero none is issued, "
            "the amount is carried forward to the account's next invoice",
            status=409,
        )
    return same_fields(
        InvoiceLocked,
        sums,
        invoice_id=invoice.invoice_id,
        account_id=invoice.account_id,
        currency=invoice.currency,
        tax_groups=sums.groups,
        series_id=SERIES,
        issue_date_asked=today,
        terms_days=profile.terms_days,
        run_id=run_id,
        seller=seller,
    )


def taxed(lines: Sequence[InvoiceLine], profile: BillProfile, *, on: date, seller: Seller | None = None) -> Totals:
    """The lines of an account with the tax that its terms say, on that date."""
    taxable = Taxable(lines=lines, currency=profile.currency, on=on, buyer=profile.account_id, seller=seller)
    return totals(profile.tax, taxable)
