"""Service that rests: suspended by the operator or paused by the customer, for some days or until it is resumed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from services.rating.subscription.changing import Changing
from services.rating.subscription.messages import (
    PauseSubscription,
    ResumeSubscription,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionSuspended,
    SuspendSubscription,
)
from services.rating.subscription.timeline import change_of, with_change
from shared.kernel.errors import Rejection
from shared.kernel.message import Event


def rest(changing: Changing, command: SuspendSubscription | PauseSubscription) -> Iterator[Event]:
    """The suspension or pause, and its end where that is known."""
    day = changing.day(command)
    term = changing.term(day)
    if term.status != "active":
        detail = f"it is {term.status} on {day}, since {term.start}; resume it first"
        raise Rejection("not_active", detail, pointer="/effective_on", status=409)
    _check_fee(command)
    told: dict[str, Any] = {"fee": command.fee, "reason": command.reason}
    if isinstance(command, SuspendSubscription):
        if (command.access == "throttled") != (command.profile is not None):
            raise Rejection("invalid", "a profile goes with access throttled", pointer="/profile")
        told |= {"access": command.access, "profile": command.profile}
        yield SubscriptionSuspended(**changing.identity(day), billing=command.billing, **told)
    else:
        yield SubscriptionPaused(**changing.identity(day), billing=command.billing, **told)
    if command.until is not None:
        _check_until(changing, command.until, day)
        yield SubscriptionResumed(**changing.identity(command.until, "until"))


def resume(changing: Changing, command: ResumeSubscription) -> Iterator[Event]:
    """Another resumption that was scheduled for later is not needed any more."""
    day = changing.day(command)
    if changing.term(day).status == "active":
        raise Rejection("not_suspended", f"it is active on {day}", pointer="/effective_on", status=409)
    resumed = SubscriptionResumed(**changing.identity(day), reason=command.reason)
    yield resumed
    yield from changing.without_moot(with_change(changing.subscription.changes, change_of(resumed)))


def _check_fee(command: SuspendSubscription | PauseSubscription) -> None:
    if (command.billing == "fee") != (command.fee is not None):
        raise Rejection("invalid", "a fee goes with billing fee, and with no other", pointer="/fee")
    if command.fee is not None and command.fee < 0:
        raise Rejection("invalid", f"a fee is zero or more, not {command.fee}", pointer="/fee")


def _check_until(changing: Changing, until: date, day: date) -> None:
    end = changing.subscription.end
    if not day < until <= changing.latest:
        detail = f"the end {until} is not after the beginning {day}, or is after {changing.latest}"
        raise Rejection("invalid_period", detail, pointer="/until")
    if end is not None and until >= end:
        detail = f"the subscription ends on {end}; leave until out"
        raise Rejection("subscription_ended", detail, pointer="/until", status=409)
