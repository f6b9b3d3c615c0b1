"""A contract: until when the customer is bound, and what leaving before costs. Pure.

    twelve months from 1 September 2026, 50 % of what is left; fiber is 20.00 a month
    leaving on 1 July 2027     [July, August] 40.00 × 50 % = 20.00

A pause that extends the contract makes it longer by as many days; one that goes on counts to the day that is asked
about. What is left are the recurring prices in force on that day, to the end, by whole periods and shares of
them as they would be billed (R5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from services.rating.account.state import Account
from services.rating.plan.state import Plan
from services.rating.pricing import Price
from services.rating.pricing.engine.contract import ZERO
from services.rating.recurring.calendar import cycle_of_price
from services.rating.recurring.lines import recurring_lines
from services.rating.recurring.proration import countable
from services.rating.subscription.messages import ContractTerm
from services.rating.subscription.state import Subscription, Term
from services.rating.subscription.timeline import Contract
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.errors import Rejection
from shared.kernel.rounding import HALF_UP, round_amount

MONTHS_MAX: Final = 120
NOTICE_DAYS_MAX: Final = 366


class LeavingStep(NamedTuple):
    """What is left of one recurring price, before rounding, for all of its quantity."""

    plan_id: str
    price_index: int
    quantity: int
    remaining: Decimal


class Leaving(NamedTuple):
    """What leaving on a day costs, and how that comes about."""

    amount: Decimal
    formula: str
    steps: list[LeavingStep]


def resolved(term: ContractTerm, start: date) -> ContractTerm:
    """The term with its end as a date. Raises `Rejection` for one that makes no sense."""
    if (term.months is None) == (term.end is None):
        raise Rejection("invalid", "a term has either months or an end", pointer="/term")
    if term.months is not None and not 1 <= term.months <= MONTHS_MAX:
        raise Rejection("invalid", f"a term is 1 to {MONTHS_MAX} months", pointer="/term/months")
    end = term.end or _after(start, term.months or 0)
    if not start < end <= _after(start, MONTHS_MAX):
        detail = f"a term ends after {start} and within {MONTHS_MAX} months, not on {end}"
        raise Rejection("invalid_period", detail, pointer="/term/end")
    if term.percent is not None and term.amount is not None:
        raise Rejection("invalid", "a fee is a percentage or an amount", pointer="/term/early_termination")
    if not 0 <= (term.percent or 0) <= 100 or (term.amount or 0) < 0:
        detail = "a fee is 0 to 100 percent, or an amount of zero or more"
        raise Rejection("invalid", detail, pointer="/term/early_termination")
    if not 0 <= term.notice_days <= NOTICE_DAYS_MAX:
        raise Rejection("invalid", f"notice is 0 to {NOTICE_DAYS_MAX} days", pointer="/term/notice_days")
    return ContractTerm(
        months=term.months, end=end, notice_days=term.notice_days, percent=term.percent, amount=term.amount
    )


def contract_end(subscription: Subscription, contract: Contract, today: date) -> date:
    """Its end with the days of pauses that extend it; of one that goes on, those to today."""
    paused = 0
    for term, start, end in subscription.spans():
        if term.extends and start >= contract.start:
            paused += max(0, ((end or max(today, start)) - start).days)
    return contract.end + timedelta(days=paused)


def leaving(account: Account, subscription: Subscription, plans: Mapping[str, Plan], day: date) -> Leaving | None:
    """What it costs that `day` is the first without service; `None` without a contract on the day before it."""
    term = subscription.terms_on(max(day - timedelta(days=1), subscription.start))
    if term is None or term.contract is None:
        return None
    contract = term.contract
    end = contract_end(subscription, contract, day)
    if day >= end:
        return Leaving(ZERO, f"the contract ended on {end}", [])
    if contract.amount is not None:
        return Leaving(contract.amount, f"a fixed fee before {end}", [])
    if contract.percent is None:
        return Leaving(ZERO, "the contract asks no fee", [])
    steps = [*_remaining(account, subscription, term, plans[term.plan_id], day, end)]
    with exact():
        unrounded = sum((step.remaining for step in steps), ZERO) * contract.percent / 100
    formula = f"{format_decimal(contract.percent)} % of the recurring prices from {day} to {end}"
    return Leaving(round_amount(unrounded, HALF_UP, account.currency), formula, steps)


def _remaining(
    account: Account, subscription: Subscription, term: Term, plan: Plan, day: date, end: date
) -> Iterator[LeavingStep]:
    version = term.version_of(plan, day)
    for index, price in enumerate(version.prices if version else ()):
        if price.recurring and not price.once:
            remaining = _cost(account, subscription, price, day, end)
            with exact():
                yield LeavingStep(plan.plan_id, index, term.quantity, remaining * term.quantity)


def _cost(account: Account, subscription: Subscription, price: Price, day: date, end: date) -> Decimal:
    terms = price.recurring_terms
    cycle = cycle_of_price(account.terms_on(day), terms.interval, subscription.start)
    last = end - timedelta(days=1) if terms.proration == "inclusive" else end
    quote = recurring_lines(
        countable(price, cycle), currency=account.currency, cycle=cycle, start=day, end=last, target_date=end
    )
    return quote.unrounded


def _after(day: date, months: int) -> date:
    """So many months on, in a shorter month its last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))
