"""Where the rule of an account stands after each event. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import msgspec

from services.payments.automatic_top_up.messages import (
    AutomaticTopUpDone,
    AutomaticTopUpDropped,
    AutomaticTopUpFired,
    AutomaticTopUpHeld,
    AutomaticTopUpPostponed,
    AutomaticTopUpSet,
    AutomaticTopUpSwitchedOff,
    RetryAutomaticTopUp,
)
from services.payments.automatic_top_up.state import AutomaticTopUp, becomes_low, is_low
from services.payments.exposure.messages import ExposureMoved
from shared.kernel.decider import Due, Gone, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.message import encode, type_name
from shared.kernel.same_fields import same_fields

Ended = (
    AutomaticTopUpFired
    | AutomaticTopUpHeld
    | AutomaticTopUpDone
    | AutomaticTopUpPostponed
    | AutomaticTopUpDropped
    | AutomaticTopUpSwitchedOff
)

ANSWER_WITHIN: Final = timedelta(days=3)
"""A customer who has to say yes, or a gateway whose answer was lost, is waited for so long."""


def evolve_rule(event: AutomaticTopUpSet, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    """What was declined before is forgiven: somebody has looked at it. What is under way is still waited for."""
    known = view.get(AutomaticTopUp, event.account_id)
    fresh = same_fields(AutomaticTopUp, event)
    if known is not None:
        kept = {name: getattr(known, name) for name in ("running", "asked", "month", "n", "month_amount")}
        fresh = msgspec.structs.replace(fresh, **kept, retry_at=known.retry_at if known.running else None)
    yield msgspec.structs.replace(fresh, low=is_low(event.account_id, event.terms.threshold, view))
    if fresh.retry_at is None:
        yield Gone(Due, timer_name(event.account_id))


def evolve_step(event: Ended, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    rule = view.get(AutomaticTopUp, event.account_id)
    if rule is None:
        raise NeverBegan(f"account {event.account_id} has no rule of automatic top-up")
    after = _after(event, rule, envelope.recorded_at)
    yield after
    yield (
        Gone(Due, timer_name(event.account_id)) if after.retry_at is None else _timer(event.account_id, after.retry_at)
    )


def evolve_moved(event: ExposureMoved, envelope: Envelope, view: View) -> Iterator[State]:
    """What is available has become low for the rule, or is low no longer."""
    rule = view.get(AutomaticTopUp, event.account_id)
    if rule is None:
        return
    low = becomes_low(rule.account_id, rule.terms.threshold, event.available, view)
    fell = low and not rule.low
    if (low, fell) != (rule.low, rule.fell):
        yield msgspec.structs.replace(rule, low=low, fell=fell)


def timer_name(account_id: str) -> str:
    return f"automatic-top-up/{account_id}"


def _after(event: Ended, rule: AutomaticTopUp, now: datetime) -> AutomaticTopUp:
    match event:
        case AutomaticTopUpFired():
            counted: dict[str, Any] = {"month": event.month, "n": event.n, "month_amount": event.month_amount}
            counted["retry_at"] = now + ANSWER_WITHIN
            return msgspec.structs.replace(rule, running=event.top_up_id, asked=event.amount, **counted)
        case AutomaticTopUpPostponed():
            back = _given_back(rule)
            return msgspec.structs.replace(back, running=None, failures=event.failures, retry_at=event.retry_at)
        case AutomaticTopUpHeld():
            return msgspec.structs.replace(rule, failures=0, retry_at=event.retry_at)
        case AutomaticTopUpDone():
            return msgspec.structs.replace(rule, running=None, failures=0, retry_at=None)
        case AutomaticTopUpSwitchedOff():
            back = rule if event.top_up_id is None else _given_back(rule)
            off = {"enabled": False, "off_by_itself": True, "running": None, "failures": 0, "retry_at": None}
            return msgspec.structs.replace(back, version=event.version, **off)
        case _:
            return msgspec.structs.replace(rule, failures=0, retry_at=None)


def _given_back(rule: AutomaticTopUp) -> AutomaticTopUp:
    """A charge that failed counts to no limit."""
    less = EXACT.subtract(rule.month_amount, rule.asked)
    return msgspec.structs.replace(rule, n=max(0, rule.n - 1), month_amount=max(Decimal(0), less))


def _timer(account_id: str, due_at: datetime) -> Due:
    return Due(
        name=timer_name(account_id),
        due_at=due_at,
        command_type=type_name("payments", RetryAutomaticTopUp),
        command=msgspec.Raw(encode(RetryAutomaticTopUp(account_id=account_id))),
    )
