"""Where the rule of an account stands after each event. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

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


def evolve_rule(event: AutomaticTopUpSet, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    """What was declined before is forgiven: somebody has looked at it."""
    known = view.get(AutomaticTopUp, event.account_id)
    fresh = same_fields(AutomaticTopUp, event)
    if known is not None:
        kept = {name: getattr(known, name) for name in ("running", "asked", "month", "n", "month_amount")}
        fresh = msgspec.structs.replace(fresh, **kept)
    yield msgspec.structs.replace(fresh, low=is_low(event.account_id, event.terms.threshold, view))
    yield Gone(Due, timer_name(event.account_id))


def evolve_step(event: Ended, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    rule = view.get(AutomaticTopUp, event.account_id)
    if rule is None:
        raise NeverBegan(f"account {event.account_id} has no rule of automatic top-up")
    if isinstance(event, AutomaticTopUpPostponed):
        yield msgspec.structs.replace(_given_back(rule), running=None, failures=event.failures, retry_at=event.retry_at)
        yield _timer(event)
        return
    if isinstance(event, AutomaticTopUpHeld):
        yield msgspec.structs.replace(rule, failures=0, retry_at=event.retry_at)
        yield _timer(event)
        return
    yield _after(event, rule)
    yield Gone(Due, timer_name(event.account_id))


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


def _after(event: Ended, rule: AutomaticTopUp) -> AutomaticTopUp:
    match event:
        case AutomaticTopUpFired():
            counted = {"month": event.month, "n": event.n, "month_amount": event.month_amount}
            return msgspec.structs.replace(rule, running=event.top_up_id, asked=event.amount, retry_at=None, **counted)
        case AutomaticTopUpDone():
            return msgspec.structs.replace(rule, running=None, failures=0, retry_at=None)
        case AutomaticTopUpSwitchedOff():
            back = rule if event.top_up_id is None else _given_back(rule)
            off = {"enabled": False, "running": None, "failures": 0, "retry_at": None}
            return msgspec.structs.replace(back, version=event.version, **off)
        case _:
            return msgspec.structs.replace(rule, failures=0, retry_at=None)


def _given_back(rule: AutomaticTopUp) -> AutomaticTopUp:
    """A charge that failed counts to no limit."""
    less = EXACT.subtract(rule.month_amount, rule.asked)
    return msgspec.structs.replace(rule, n=max(0, rule.n - 1), month_amount=max(Decimal(0), less))


def _timer(event: AutomaticTopUpPostponed | AutomaticTopUpHeld) -> Due:
    return Due(
        name=timer_name(event.account_id),
        due_at=event.retry_at,
        command_type=type_name("payments", RetryAutomaticTopUp),
        command=msgspec.Raw(encode(RetryAutomaticTopUp(account_id=event.account_id))),
    )
