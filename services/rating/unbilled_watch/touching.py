"""When a watched account is looked at: as soon as anything may have moved what it would be charged, once a second.

    UsageRated of acc-1, last looked at a minute ago       the timer is due now
    UsageRated of acc-1, looked at half a second ago       it is due in half a second, with all that comes until then
    nothing for a day                                      it is due at midnight of the account (decide.py)

A look costs what closing its periods would, so a large account is looked at less often. The timer is folded from the
very event that moves the amount: no event says that one is set. While a test clock stands still nothing waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec

from services.rating.account.messages import AccountCycleChanged, AccountPayerChanged, AccountReopened
from services.rating.account.state import Account
from services.rating.allowance.messages import TopUpAdded, TopUpCancelled
from services.rating.correction.messages import CorrectionAdded
from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from services.rating.period.messages import PeriodClosed
from services.rating.rated_usage.messages import UsageMoved, UsageRated, UsageTakenBack
from services.rating.subscription.messages import ChangeCancelled, SubscriptionChanged, SubscriptionStarted
from services.rating.unbilled_watch.messages import LookAtUnbilled
from services.rating.unbilled_watch.state import ALL, UnbilledWatch, UnbilledWatching
from services.rating.usage_retraction.messages import RetractionRated
from shared.kernel.decider import Due, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import encode, type_name

PAUSE: Final = timedelta(seconds=1)
PAUSE_MAX: Final = timedelta(seconds=60)
LINES_A_SECOND: Final = 100
"""For each so many subscriptions of an account a second more passes between two looks."""

Touching = (
    UsageRated
    | RetractionRated
    | UsageMoved
    | UsageTakenBack
    | SubscriptionStarted
    | SubscriptionChanged
    | ChangeCancelled
    | OneTimeChargeAdded
    | OneTimeChargeCancelled
    | TopUpAdded
    | TopUpCancelled
    | CorrectionAdded
    | PeriodClosed
    | AccountCycleChanged
    | AccountPayerChanged
    | AccountReopened
)
"""What may move what an account would be charged: whatever else does is a name more here. A day does, too, and what is
missed is seen then."""


def touched(event: Touching, envelope: Envelope, view: View) -> Iterable[State]:
    """The watched accounts of the event, each with its timer where that is due too late."""
    if view.get(UnbilledWatching, ALL) is None:
        return ()
    if isinstance(event, UsageRated):
        accounts = view.get_many(Account, event.sums.accounts)
    elif isinstance(event, RetractionRated):
        accounts = view.get_many(Account, {added.account for added in event.sums})
    else:
        accounts = view.get_many(Account, (event.account_id,))
    lines = {account_id: len(held.subscriptions) for account_id, held in accounts.items() if held.unbilled_watched}
    return [*_sooner(lines, envelope.recorded_at, view)] if lines else ()


def timer(watch: UnbilledWatch) -> Due:
    """An account has one."""
    command = LookAtUnbilled(account_id=watch.account_id, due_at=watch.due_at)
    return Due(
        name=timer_name(watch.account_id),
        due_at=watch.due_at,
        command_type=type_name("rating", LookAtUnbilled),
        command=msgspec.Raw(encode(command)),
    )


def timer_name(account_id: str) -> str:
    return f"unbilled/{account_id}"


def sooner(watch: UnbilledWatch, lines: int, now: datetime) -> Iterator[State]:
    """The watch and its timer, where it is to be looked at before that is due."""
    due_at = _due_at(watch, lines, now)
    if due_at < watch.due_at:
        watch = msgspec.structs.replace(watch, due_at=due_at)
        yield watch
        yield timer(watch)


def _sooner(lines: dict[str, int], now: datetime, view: View) -> Iterator[State]:
    for account_id, watch in sorted(view.get_many(UnbilledWatch, lines.keys()).items()):
        yield from sooner(watch, lines[account_id], now)


def _due_at(watch: UnbilledWatch, lines: int, now: datetime) -> datetime:
    if watch.looked_at is None or now <= watch.looked_at:
        return now
    pause = min(PAUSE + timedelta(seconds=lines // LINES_A_SECOND), PAUSE_MAX)
    return max(now, watch.looked_at + pause)
