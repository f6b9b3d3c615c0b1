"""What a late fee is for, in sentences that the customer understands.

Late fee on invoice INV-000042, due on 15 October 2026: 5.00 EUR or 2% of 40.00 EUR unpaid, whichever is more
Verzugszinsen zur Rechnung INV-000042, fällig am 15. Oktober 2026: 9 % im Jahr auf 200,00 EUR offenen Betrag, …
We waive this fee: late fee on invoice ...
"""

from __future__ import annotations

from decimal import Decimal

from services.invoicing.documents.paper.numbers import Figures
from services.invoicing.invoice.messages import InvoiceLine, LateFeeReason
from shared.kernel.period import Period


def sentences(line: InvoiceLine, figures: Figures) -> list[str] | None:
    """The first says what the line is, the others its further days of interest; `None` where it is no late fee."""
    reasons = [step.late_fee for step in line.steps if step.late_fee is not None]
    if not reasons:
        return None
    first = reasons[0]
    what = "late_fee" if first.annual_rate is None else "late_interest"
    number = figures.language.quote(first.invoice_number)
    said = figures.language.say(what, number=number, date=figures.day(first.due_on), why=_why(first, figures))
    if first.waived:
        return [figures.language.say("late_waived", fee=said)]
    more = [_why(reason, figures) for reason in reasons[1:]]
    return [said, *more, *([figures.language.say("late_capped")] if first.capped else [])]


def _why(reason: LateFeeReason, figures: Figures) -> str:
    say, base = figures.language.say, _money(reason.base, figures)
    if reason.annual_rate is not None:
        rate = figures.percent(Decimal(reason.annual_rate))
        if reason.start is None or reason.end is None:
            return say("late_percent", percent=rate, base=base)
        return say("late_days", rate=rate, base=base, period=figures.period(Period(reason.start, reason.end)))
    flat = "" if reason.flat is None else _money(reason.flat, figures)
    if reason.percent is None:
        return say("late_flat", flat=flat)
    percent = figures.percent(Decimal(reason.percent))
    return say("late_greater" if flat else "late_percent", percent=percent, base=base, flat=flat)


def _money(amount: str, figures: Figures) -> str:
    return f"{figures.amount(Decimal(amount))} {figures.currency}"
