"""A late fee as a line: what it is for, and what it is made of, so that nobody has to ask.

Late fee on INV-000042, due 2026-10-15    5.00     flat 5.00 or 2 % of 40.00, whichever is more
Late interest on INV-000042, due 2026-10-15  0.49  9 % a year on 200.00 for 10 of 365 days
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from services.invoicing.invoice.messages import InvoiceLine, LateFeeReason, LineStep
from services.invoicing.late_fee.messages import LateFeeAsked
from services.invoicing.late_fee_policy.messages import LATE_FEE
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.period import Period
from shared.kernel.same_fields import same_fields

CAP: Final = "late_fee_cap"
"""The step of what is above the cap of all fees of an invoice."""


def line_of(fee: LateFeeAsked, n: int) -> InvoiceLine:
    what = "Late interest" if fee.kind == "daily_interest" else "Late fee"
    steps = list(_steps(fee))
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
        unrounded=_sum(step.amount for step in steps),
        steps=steps,
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
    """What it comes to before rounding, one for each span of interest; and what the cap takes off that."""
    numbers = {name: _text(fee, name) for name in ("flat", "percent", "annual_rate")}
    reason = same_fields(LateFeeReason, fee, invoice_number=fee.number, base=format_decimal(fee.base), **numbers)
    amounts = [span.amount for span in fee.spans] or [_exactly(fee)]
    if not fee.spans:
        yield LineStep(tier=LATE_FEE, amount=format_decimal(amounts[0]), late_fee=reason)
    for span in fee.spans:
        of_span = msgspec.structs.replace(reason, base=format_decimal(span.base), start=span.start, end=span.end)
        days = str((span.end - span.start).days)
        yield LineStep(tier=LATE_FEE, quantity=days, amount=format_decimal(span.amount), late_fee=of_span)
    if fee.capped:
        with exact():
            above = fee.amount - sum(amounts, Decimal(0))
        yield LineStep(tier=CAP, amount=format_decimal(above))


def _exactly(fee: LateFeeAsked) -> Decimal:
    """A fee that comes at once, before it is rounded."""
    with exact():
        return max(fee.flat or Decimal(0), fee.base * (fee.percent or Decimal(0)) / 100)


def _sum(amounts: Iterable[str | None]) -> Decimal:
    with exact():
        return sum((Decimal(amount) for amount in amounts if amount is not None), Decimal(0))


def _text(fee: LateFeeAsked, name: str) -> str | None:
    number = getattr(fee, name)
    return None if number is None else format_decimal(number)


def _period(fee: LateFeeAsked) -> Period:
    """The days of interest, or the day of the fee."""
    if fee.spans:
        return Period(fee.spans[0].start, fee.spans[-1].end)
    last = date.max if fee.charged_on == date.max else fee.charged_on + timedelta(days=1)
    return Period(fee.charged_on, last)
