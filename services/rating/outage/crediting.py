"""What an outage gives back of each charge for time that it touches. Pure.

    30.00 for September, no service for 3 of its 30 days        3 ÷ 30 × 30.00 = 3.00
    the same with 5 percent                                     5 % of 30.00 = 1.50

Shares count seconds (R5, to 9 decimals, R6), of the days that are charged and still are: what a change gave back, and
days on which service rested, are not credited. A moment is credited once, whichever outage names it first; a charge
never gives back more than is left of it (R9).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from services.rating.account.state import Account
from services.rating.correction.state import PendingCorrection
from services.rating.outage.messages import OutageTerms
from services.rating.outage.state import AccountTime, TimeLine
from services.rating.period.messages import ChargeStep, OutageEvidence
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing import step_body
from services.rating.pricing.engine.contract import ZERO, Step
from services.rating.pricing.engine.lines import CREDIT, OUTAGE, RECURRING
from services.rating.subscription.state import Subscription
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import View
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.period import Period
from shared.kernel.rounding import Rounding, round_amount, round_share

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HUNDRED: Final = Decimal(100)

Span = tuple[datetime, datetime]
"""From an instant to another (excluded)."""


class NotCredited(msgspec.Struct, frozen=True, kw_only=True):
    """A charge that the outage touches and that gives nothing back; without a subscription the whole account."""

    reason: str
    subscription_id: str = ""
    corrects: str | None = None
    period: Period | None = None
    seconds: int = 0
    charged: Decimal | None = None


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """`credit` (above zero) of the charge `line`, for `seconds` of its days; the steps add up to `-unrounded`."""

    line: TimeLine
    served: Period
    seconds: int
    charged: Decimal
    credit: Decimal
    unrounded: Decimal
    description: str
    evidence: OutageEvidence
    steps: list[ChargeStep]
    tax_class: str | None
    includes_tax: bool


def credits_of(
    account: Account, facts: AccountTime, pending: Iterable[PendingCorrection], terms: OutageTerms, view: View
) -> list[Credit | NotCredited]:
    """What each charge of the account that the outage touches gives back, in the order of the charges."""
    lines = [*facts.lines, *(_waiting(one) for one in pending)]
    found: list[Credit | NotCredited] = []
    with exact():
        for line in facts.lines:
            if line.kind != RECURRING or not _is_meant(line, facts, terms):
                continue
            one = _Crediting(account, line, lines, terms, view).credit()
            if one is not None:
                found.append(one)
    return found


def _is_meant(line: TimeLine, facts: AccountTime, terms: OutageTerms) -> bool:
    if terms.resources is not None:
        return line.subscription_id in (facts.affected or ())
    if terms.subscription_ids is not None:
        return line.subscription_id in terms.subscription_ids
    return terms.plan_id in (None, line.plan_id)


def _waiting(pending: PendingCorrection) -> TimeLine:
    """A correction that waits for its close, as one that is billed."""
    return TimeLine(
        charge_id=pending.charge_id,
        subscription_id=pending.subscription_id,
        plan_id=pending.plan_id,
        plan_version=pending.plan_version,
        price_index=pending.price_index,
        kind=pending.kind,
        period=pending.settles,
        amount=pending.amount,
        corrects=pending.corrects,
        evidence=pending.evidence,
    )


class _Crediting:
    """One charge: its time that was served, lost and not credited yet, and what is left of its amount."""

    def __init__(
        self, account: Account, line: TimeLine, lines: Sequence[TimeLine], terms: OutageTerms, view: View
    ) -> None:
        self._account = account
        self._line = line
        self._terms = terms
        self._zone = account.terms.time_zone
        own = [other for other in lines if line.charge_id in other.corrects]
        self._outages = [other for other in own if other.kind == OUTAGE]
        given_back = [other for other in lines if other.kind == CREDIT and _same_price(other, line)]
        self._charged = [self._span(line.period)]
        for other in given_back:
            self._charged = _without(self._charged, self._span(other.period))
        others = [other.amount for other in own if other.kind != OUTAGE]
        self._amount = line.amount + sum((*others, *(other.amount for other in given_back)), ZERO)
        self._view = view

    def credit(self) -> Credit | NotCredited | None:
        """`None` where the outage does not touch the charge."""
        if not self._charged or self._amount <= 0:
            return None
        lost = [part for span in self._in_service() if (part := _both(span, (self._terms.start, self._terms.end)))]
        if not lost:
            return None
        left = lost
        for other in self._outages:
            if other.evidence is not None:
                left = _without(left, (other.evidence.start, other.evidence.end))
        seconds = _seconds(left)
        if _seconds(lost) < 60 * self._terms.policy.minimum_minutes:
            return self._nothing("too_short", _seconds(lost))
        if not seconds:
            return self._nothing("credited_before", 0)
        return self._credit(lost, seconds)

    def _credit(self, lost: list[Span], seconds: int) -> Credit | NotCredited:
        policy, currency = self._terms.policy, self._account.currency
        if policy.percent is not None:
            share = policy.percent / _HUNDRED * round_share(seconds, _seconds(lost))
            formula = f"{format_decimal(policy.percent)} % of {format_decimal(self._amount)}"
        else:
            whole = _seconds(self._charged)
            share = round_share(seconds, whole)
            formula = f"{seconds} ÷ {whole} s of {format_decimal(self._amount)}"
        steps = [Step("outage", share, -self._amount, -self._amount * share, label=formula)]
        left = self._amount + sum((other.amount for other in self._outages), ZERO)
        if self._amount * share > left:
            steps.append(Step.adjustment("maximum", self._amount * share - left, label="no more than was charged"))
        unrounded = -sum((step.amount for step in steps), ZERO)
        amount = round_amount(unrounded, Rounding(), currency)
        if amount <= 0:
            return self._nothing("nothing_left", seconds)
        start, end = lost[0][0], lost[-1][1]
        version = self._version()
        return Credit(
            line=self._line,
            served=self._days(start, end),
            seconds=seconds,
            charged=self._amount,
            credit=amount,
            unrounded=unrounded,
            description=f"Outage {duration(seconds)} on {self._told(start)}: credit",
            evidence=OutageEvidence(start=start, end=end, seconds=seconds),
            steps=[ChargeStep(**step_body(step, currency)) for step in steps],
            tax_class=version.tax_class_of(self._line.price_index) if version else None,
            includes_tax=version is not None and version.prices_include_tax,
        )

    def _version(self) -> PlanVersion | None:
        """What says how the charge was taxed."""
        plan = self._view.get(Plan, self._line.plan_id)
        return plan.versions[self._line.plan_version - 1] if plan else None

    def _nothing(self, reason: str, seconds: int) -> NotCredited:
        line = self._line
        return NotCredited(
            reason=reason,
            subscription_id=line.subscription_id,
            corrects=line.charge_id,
            period=line.period,
            seconds=seconds,
            charged=self._amount,
        )

    def _in_service(self) -> list[Span]:
        """The time that is charged, without days on which service rested."""
        subscription = self._view.get(Subscription, self._line.subscription_id)
        spans: list[Span] = []
        for term, start, end in subscription.spans() if subscription else ():
            if term.status != "active":
                continue
            until = midnight(end, self._zone) if end else max(span[1] for span in self._charged)
            active = (midnight(start, self._zone), until)
            spans += [part for span in self._charged if (part := _both(span, active))]
        return spans

    def _span(self, days: Period) -> Span:
        return midnight(days.start, self._zone), midnight(days.end, self._zone)

    def _days(self, start: datetime, end: datetime) -> Period:
        """The days of the account that the time touches."""
        last = local_date(end - timedelta(microseconds=1), self._zone)
        return Period(local_date(start, self._zone), last + timedelta(days=1))

    def _told(self, start: datetime) -> str:
        day = local_date(start, self._zone)
        return f"{day.day} {_MONTHS[day.month - 1]}"


def _same_price(one: TimeLine, other: TimeLine) -> bool:
    """Whether a credit is of the same price, and of days of the charge."""
    return (
        (one.subscription_id, one.plan_id, one.plan_version, one.price_index)
        == (other.subscription_id, other.plan_id, other.plan_version, other.price_index)
    ) and one.period.overlap(other.period) is not None


def _both(one: Span, other: Span) -> Span | None:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None


def _without(spans: Iterable[Span], taken: Span) -> list[Span]:
    left: list[Span] = []
    for start, end in spans:
        before, after = (start, min(end, taken[0])), (max(start, taken[1]), end)
        left += [part for part in (before, after) if part[0] < part[1]]
    return left


def _seconds(spans: Iterable[Span]) -> int:
    return sum(((end - start) // timedelta(seconds=1) for start, end in spans), 0)


def duration(seconds: int) -> str:
    """As a customer reads it: "3 days", "3 h 20 min", "45 s"."""
    minutes, rest = divmod(seconds, 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        f"{days} day{'' if days == 1 else 's'}" if days else "",
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
    ]
    return " ".join(part for part in parts if part) or f"{rest} s"
