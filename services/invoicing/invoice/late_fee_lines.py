"""A late fee as a line: what it is for, and what it is made of, so that nobody has to ask.

Late fee on INV-000042, due 2026-10-15    5.00     flat 5.00 or 2 % of 40.00, whichever is more
Late interest on INV-000042, due 2026-10-15  0.49  9 % a year on 200.00 for 10 of 365 days
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from services.invoicing.invoice.messages import InvoiceLine, LateFeeReason, LineStep
from services.invoicing.late_fee.messages import LateFeeAsked
from services.invoicing.late_fee_policy.messages import LATE_FEE
from shared.kernel.decimals import format_decimal
from shared.kernel.period import Period
from shared.kernel.same_fields import same_fields


def line_of(fee: LateFeeAsked, n: int) -> InvoiceLine:
    what = "Late interest" if fee.kind == "daily_interest" else "Late fee"
    return InvoiceLine(
        n=n,
        charge_id="",
        kind=LATE_FEE,
        description=f"{what} on {fee.number}, due {fee.due_on}",
        subscription_id="",
        plan_id="",
        plan_version=0,
        period=_period(fee),
        net=fee.amount,
        unrounded=fee.amount,
        steps=list(_steps(fee)),
        tax_class=fee.tax_class,
    )


def waiver_of(line: InvoiceLine, n: int) -> InvoiceLine:
    """The line that takes a fee back which a draft has already."""
    net = line.net.copy_negate()
    reason = reason_of(line)
    waived = None if reason is None else msgspec.structs.replace(reason, waived=True)
    return msgspec.structs.replace(
        line,
        n=n,
        description=f"Waived: {line.description}",
        net=net,
        unrounded=net,
        steps=[LineStep(tier=LATE_FEE, amount=f"{net:f}", late_fee=waived)],
    )


def reason_of(line: InvoiceLine) -> LateFeeReason | None:
    """What a line is a late fee for; `None` for any other line."""
    return next((step.late_fee for step in line.steps if step.late_fee is not None), None)


def is_of(line: InvoiceLine, fee_id: str) -> bool:
    """Whether a line is of that fee."""
    reason = reason_of(line)
    return reason is not None and reason.fee_id == fee_id


def _steps(fee: LateFeeAsked) -> Iterator[LineStep]:
    """One for each span of interest; what the whole comes to is said by the first."""
    numbers = {name: _text(fee, name) for name in ("flat", "percent", "annual_rate")}
    reason = same_fields(LateFeeReason, fee, invoice_number=fee.number, base=format_decimal(fee.base), **numbers)
    if not fee.spans:
        yield LineStep(tier=LATE_FEE, amount=f"{fee.amount:f}", late_fee=reason)
    for n, span in enumerate(fee.spans):
        days = str((span.end - span.start).days)
        of_span = msgspec.structs.replace(reason, base=format_decimal(span.base), start=span.start, end=span.end)
        amount = None if n else f"{fee.amount:f}"
        yield LineStep(tier=LATE_FEE, quantity=days, amount=amount, late_fee=of_span)


def _text(fee: LateFeeAsked, name: str) -> str | None:
    number = getattr(fee, name)
    return None if number is None else format_decimal(number)


def _period(fee: LateFeeAsked) -> Period:
    """The days of interest, or the day of the fee."""
    if fee.spans:
        return Period(fee.spans[0].start, fee.spans[-1].end)
    last = date.max if fee.charged_on == date.max else fee.charged_on + timedelta(days=1)
    return Period(fee.charged_on, last)
