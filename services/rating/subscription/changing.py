"""A subscription that is asked to change, with the circumstances: what every change asks of its day and its timeline.

A change takes effect on `effective_on`, else today. No earlier than the subscription and the open period begin: what is
closed is billed. An end may lie in a closed period, as long as usage may come late for that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from services.rating.account.state import LATE_DAYS, Account, late_until
from services.rating.subscription.messages import ChangeCancelled, ChangeOfSubscription
from services.rating.subscription.state import Change, Subscription, Term
from services.rating.subscription.timeline import moot
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection

CHANGES_MAX: Final = 500
YEARS_AHEAD_MAX: Final = 10
QUANTITY_MAX: Final = 1_000_000


class Changing:
    """The subscription as it is before the change. `today` is the local day of its account."""

    def __init__(self, account: Account, subscription: Subscription, view: View, context: Context) -> None:
        self.account = account
        self.subscription = subscription
        self.view = view
        self.context = context
        self.today = local_date(context.now, account.terms.time_zone)

    @property
    def latest(self) -> date:
        """The last day that a change may have."""
        return self.today + timedelta(days=366 * YEARS_AHEAD_MAX)

    def day(self, command: ChangeOfSubscription, default: date | None = None) -> date:
        """The first day of the change. Refused outside the days of the subscription that are not closed."""
        day = command.effective_on or default or max(self.today, self.subscription.start)
        open_period = self.account.open_period
        if open_period is not None and self.subscription.start <= day < open_period.start:
            detail = f"{day} lies in a period that is closed; the earliest day is {open_period.start}. "
            detail += "What was charged before is corrected by POST /v1/reratings or a one-time charge"
            raise Rejection("period_closed", detail, pointer="/effective_on")
        return self._checked(day)

    def end_of(self, command: ChangeOfSubscription) -> date:
        """The first day without service: as `day`, but it may lie in a closed period that usage may come late for."""
        day = command.effective_on or max(self.today, self.subscription.start)
        earliest = max(self.subscription.start, self._earliest_end())
        if self.subscription.start <= day < earliest:
            detail = f"{day} lies in a period that was closed more than {LATE_DAYS} days ago; the earliest day is "
            detail += f"{earliest}. End it then, and make the days before good with a credit (POST /v1/charges)"
            raise Rejection("period_closed", detail, pointer="/effective_on")
        return self._checked(day)

    def _earliest_end(self) -> date:
        """The first day of the earliest period that is open to what comes late, by the clock of the account."""
        zone = self.account.terms.time_zone
        reachable = [p.start for p in self.account.closed if self.context.now < midnight(late_until(p), zone)]
        opened = self.account.open_period
        return min([*reachable, *([opened.start] if opened else [])], default=date.min)

    def _checked(self, day: date) -> date:
        held = self.subscription
        if day < held.start:
            detail = f"the subscription starts on {held.start}, which is the earliest day"
            raise Rejection("out_of_bounds", detail, pointer="/effective_on")
        if held.end is not None and day >= held.end:
            detail = f"the subscription ends on {held.end}; a change takes effect before that day"
            raise Rejection("subscription_ended", detail, pointer="/effective_on", status=409)
        if day > self.latest:
            raise Rejection("out_of_bounds", f"{day} is after {self.latest}, the latest day", pointer="/effective_on")
        if len(held.changes) >= CHANGES_MAX:
            detail = f"it has {CHANGES_MAX} changes, which is the most; terminate it and start another"
            raise Rejection("too_many_changes", detail, status=409)
        return day

    def term(self, day: date) -> Term:
        """What holds on the day, with what else is recorded for it. `day` has seen to it that there is something."""
        return self.subscription.terms_on(day) or self.subscription.first

    def identity(self, day: date, *parts: str) -> dict[str, Any]:
        """The fields that the event of every change has."""
        held = self.subscription
        return {
            "subscription_id": held.subscription_id,
            "account_id": held.account_id,
            "change_id": self.context.new_id("change", *parts),
            "effective_on": day,
        }

    def cancelled(self, change_id: str) -> ChangeCancelled:
        held = self.subscription
        return ChangeCancelled(subscription_id=held.subscription_id, account_id=held.account_id, change_id=change_id)

    def without_moot(self, changes: Sequence[Change]) -> Iterator[ChangeCancelled]:
        """The changes that have become pointless once the timeline is that."""
        for change in moot(self.subscription.first, changes):
            yield self.cancelled(change.change_id)


def checked_quantity(quantity: int) -> int:
    """The quantity. Raises `invalid` where nobody can have so many."""
    if not 1 <= quantity <= QUANTITY_MAX:
        detail = f"a quantity is 1 to {QUANTITY_MAX}; to end the subscription, terminate it"
        raise Rejection("invalid", detail, pointer="/quantity")
    return quantity
