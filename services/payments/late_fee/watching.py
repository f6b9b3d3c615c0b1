"""On which days an invoice is looked at, and what comes of it: the same for timers and for what is shown as upcoming.

    due 15 Oct, grace 3, steps after 1 day (5.00) and after 10 days (9 % a year)
    19 Oct   5.00                          28 Oct   interest begins
     1 Nov   interest of 28 to 31 Oct       1 Dec   interest of November
    12 Dec   paid: interest of 1 to 11 Dec, which is asked for at once

A day is one of the account. Interest is asked for on the first of each month, and when the invoice is paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, assert_never

import msgspec

from services.invoicing.late_fee.messages import LateFeeAsked
from services.invoicing.late_fee_policy.messages import Fee, LateFeeTerms, PolicyInForce
from services.payments.late_fee.calculating import (
    cap_is_reached,
    explained,
    interest,
    once,
    overdue_on,
    room,
    rounded,
    spans,
)
from services.payments.late_fee.messages import (
    InterestBegan,
    InterestPutOff,
    LateFeeDropped,
    LateFeeRequested,
    LateFeeStepPassed,
    RunningInterest,
    WhyPassed,
)
from services.payments.late_fee.state import Watch
from shared.kernel.decimals import EXACT
from shared.kernel.ids import derive

Happened = LateFeeRequested | LateFeeStepPassed | InterestBegan | InterestPutOff

INTEREST: Final = "daily_interest"


def step_day(due_on: date, terms: LateFeeTerms, place: int) -> date:
    """The first day of a step; the calendar's last where it lies beyond it."""
    days = terms.grace_days + terms.steps[place].after_days
    return due_on + timedelta(days=days) if days <= (date.max - due_on).days else date.max


def next_day(watch: Watch) -> date | None:
    """When the invoice is looked at next; `None`: not before something else happens."""
    days = [month_after(watch.interest.looked_on)] if watch.interest and not cap_is_reached(watch) else []
    if watch.passed < len(watch.policy.terms.steps):
        days.append(step_day(watch.due_on, watch.policy.terms, watch.passed))
    return min(days, default=None)


def month_after(day: date) -> date:
    """The first of the next month."""
    if (day.year, day.month) == (date.max.year, 12):
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def on_day(watch: Watch, account_id: str, open: Decimal, day: date) -> list[Happened]:
    """What comes of the day that `next_day` says, where `open` of the invoice may be charged for."""
    place, terms, happened = watch.passed, watch.policy.terms, list[Happened]()
    begins = place < len(terms.steps) and step_day(watch.due_on, terms, place) == day
    fee = terms.steps[place].fee if begins else None
    if watch.interest and (month_after(watch.interest.looked_on) == day or (fee and fee.kind == INTEREST)):
        happened.append(accrued(watch, account_id, open, day) or _put_off(watch, account_id, day))
        watch = after(watch, happened[0])
    if fee is not None:
        happened.append(_step(watch, account_id, open, fee, day))
    return happened


def days_until(watch: Watch, account_id: str, open: Decimal, today: date) -> Iterator[Happened]:
    """All that has come due by today, day by day, though nobody looked in between."""
    while (day := next_day(watch)) is not None and day <= today:
        for happened in on_day(watch, account_id, open, day):
            yield happened
            watch = after(watch, happened)
        if day == date.max:
            return


def accrued(watch: Watch, account_id: str, open: Decimal, until: date) -> LateFeeRequested | None:
    """The interest that was not asked for, up to before a day; `None` where it comes to nothing, rounded or capped."""
    running = watch.interest
    found = spans(watch, open, until)
    if running is None or not found:
        return None
    rate, year = running.annual_rate, running.days_in_year
    amount = rounded(interest(found, annual_rate=rate, days_in_year=year), watch.currency)
    capped, left = _capped(watch, amount)
    if not left:
        return None
    fee = _asked(watch, running.step, left, until, capped=capped, base=found[-1].base, since=running.since)
    told = tuple(explained(found, annual_rate=rate, days_in_year=year))
    fee = msgspec.structs.replace(fee, kind=INTEREST, spans=told, annual_rate=rate, days_in_year=year)
    return LateFeeRequested(account_id=account_id, fee=fee)


def after(watch: Watch, event: Happened | LateFeeDropped) -> Watch:
    """The watch as it is after the event."""
    match event:
        case LateFeeRequested(fee=fee) if fee.kind == INTEREST:
            since = fee.charged_on
            later = tuple(paid for paid in watch.paid if paid.day > since)
            running = watch.interest and msgspec.structs.replace(watch.interest, since=since, looked_on=since)
            charged = EXACT.add(watch.charged, fee.amount)
            return msgspec.structs.replace(watch, interest=running, charged=charged, paid=later)
        case LateFeeRequested(fee=fee):
            return msgspec.structs.replace(watch, passed=fee.step, charged=EXACT.add(watch.charged, fee.amount))
        case LateFeeStepPassed():
            return msgspec.structs.replace(watch, passed=event.step)
        case InterestBegan():
            return msgspec.structs.replace(watch, passed=event.interest.step, interest=event.interest)
        case InterestPutOff():
            running = watch.interest and msgspec.structs.replace(watch.interest, looked_on=event.on)
            return msgspec.structs.replace(watch, interest=running)
        case LateFeeDropped():
            return msgspec.structs.replace(watch, charged=EXACT.subtract(watch.charged, event.amount))
        case _:
            assert_never(event)


def beginning(fee: Fee, step: int, day: date) -> RunningInterest:
    """Interest that begins on a day."""
    rate, days = fee.annual_rate or Decimal(0), fee.days_in_year or "365"
    return RunningInterest(step=step, annual_rate=rate, days_in_year=days, since=day, looked_on=day)


def _step(watch: Watch, account_id: str, open: Decimal, fee: Fee, day: date) -> Happened:
    step = watch.passed + 1
    if fee.kind == INTEREST:
        begun = beginning(fee, step, day)
        return InterestBegan(account_id=account_id, invoice_id=watch.invoice_id, interest=begun)
    base = overdue_on(msgspec.structs.replace(watch, paid=()), open, day)
    if not base:
        bare = msgspec.structs.replace(watch, policy=_without_minimum(watch), paid=())
        return _passed(watch, account_id, day, "below_minimum" if overdue_on(bare, open, day) else "nothing_overdue")
    capped, left = _capped(watch, once(fee, base, watch.currency))
    if not left:
        return _passed(watch, account_id, day, "cap_reached" if capped else "nothing_overdue")
    asked = _asked(watch, step, left, day, capped=capped, base=base)
    asked = msgspec.structs.replace(asked, kind=fee.kind, flat=fee.flat, percent=fee.percent)
    return LateFeeRequested(account_id=account_id, fee=asked)


def _asked(
    watch: Watch, step: int, amount: Decimal, day: date, *, capped: bool, base: Decimal, since: date | None = None
) -> LateFeeAsked:
    """The id says invoice, policy and step, and of interest its first day: so it is asked for once (R54)."""
    policy = watch.policy
    first = [] if since is None else [since.isoformat()]
    return LateFeeAsked(
        invoice_id=watch.invoice_id,
        number=watch.number,
        due_on=watch.due_on,
        currency=watch.currency,
        fee_id=derive("late-fee", watch.invoice_id, policy.policy_id, step, *first),
        step=step,
        kind="flat",
        amount=amount,
        base=base,
        charged_on=day,
        policy_id=policy.policy_id,
        policy_version=policy.version,
        tax_class=policy.terms.tax_class,
        capped=capped,
    )


def _capped(watch: Watch, amount: Decimal) -> tuple[bool, Decimal]:
    """Whether the cap takes something off, and what is left."""
    most = room(watch)
    return (False, amount) if most is None or amount <= most else (True, most)


def _put_off(watch: Watch, account_id: str, day: date) -> InterestPutOff:
    return InterestPutOff(account_id=account_id, invoice_id=watch.invoice_id, on=day)


def _passed(watch: Watch, account_id: str, day: date, why: WhyPassed) -> LateFeeStepPassed:
    return LateFeeStepPassed(
        account_id=account_id, invoice_id=watch.invoice_id, step=watch.passed + 1, on=day, reason=why
    )


def _without_minimum(watch: Watch) -> PolicyInForce:
    terms = msgspec.structs.replace(watch.policy.terms, minimum_overdue=None)
    return msgspec.structs.replace(watch.policy, terms=terms)
