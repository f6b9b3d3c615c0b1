"""A customer's closed periods as rating's tables keep them, taken from the events of a story instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from services.rating.account.state import Account
from services.rating.period.messages import ChargeFixed, PeriodClosed
from services.rating.plan.state import Plan, PlanVersion
from services.rating.rated_usage.messages import UsageRated
from services.rating.rated_usage.state import Tally
from services.rating.subscription.state import Subscription
from services.rating.what_if.comparing import Billed, Compared, compare, period_of
from shared.kernel.message import Event
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.rating.world import close, priced, rating


class Story:
    """What has happened to `acc-1` with `sub-1` on the plan."""

    def __init__(self, *given: Event) -> None:
        self.rating: Specification = rating(*given)
        self._events: list[Event] = []

    def used(self, event: Event) -> Story:
        self.rating.when_event(event)
        self._events += self.rating.events
        return self

    def closed(self, times: int = 1) -> Story:
        for _ in range(times):
            close(self.rating)
            self._events += self.rating.events
        return self

    def billed(self, *periods: Period) -> Billed:
        """All closed periods, or some."""
        closed = [event.period for event in self._events if isinstance(event, PeriodClosed)]
        account, subscription = self.rating.get(Account, "acc-1"), self.rating.get(Subscription, "sub-1")
        assert account is not None and subscription is not None
        return Billed(
            account=account,
            subscription=subscription,
            periods=list(periods or closed),
            usage=self._usage(),
            charged=self._charged(periods or closed),
        )

    def compared(self, candidate: PlanVersion, *periods: Period) -> list[Compared]:
        plan = self.rating.get(Plan, "fiber")
        assert plan is not None
        return compare(self.billed(*periods), plan, candidate, self.rating.state)

    def current(self) -> PlanVersion:
        plan = self.rating.get(Plan, "fiber")
        assert plan is not None
        return plan.versions[-1]

    def _usage(self) -> dict[date, dict[str, Tally]]:
        found: dict[date, dict[str, Tally]] = {}
        for event in self._events:
            for added in event.sums if isinstance(event, UsageRated) else ():
                by_meter = found.setdefault(added.period_start, {})
                held = by_meter.get(added.meter, Tally(0, 0))
                by_meter[added.meter] = held.plus(added.quantity, len(added.indexes))
        return found

    def _charged(self, periods: Sequence[Period]) -> dict[date, Decimal]:
        amounts: dict[date, Decimal] = {}
        for event in self._events:
            period = period_of(periods, event.period.start) if isinstance(event, ChargeFixed) else None
            if isinstance(event, ChargeFixed) and event.plan_id == "fiber" and period is not None:
                amounts[period.start] = amounts.get(period.start, Decimal(0)) + event.amount
        return amounts


def candidate(*prices: object, aggregations: dict[str, str] | None = None) -> PlanVersion:
    """A version to be."""
    found = priced(*prices)
    meters = tuple(sorted({price.meter for price in found if price.meter is not None}))
    return PlanVersion(version=1, prices=tuple(found), meters=meters, aggregations=aggregations or {})


def seen(compared: Sequence[Compared]) -> list[tuple[str, str, str | None]]:
    """Period, what was charged, what the candidate costs."""
    return [
        (one.period.start.isoformat(), str(one.charged), None if one.candidate is None else str(one.candidate))
        for one in compared
    ]
