"""What several causes ask for together: the strictest of it. Pure.

    subscription: open, plan's rates 100/20    fair_use: throttled 2/1    cap: blocked  ->  blocked, because of the cap

Among throttles the slowest one downwards counts, among open ones the rates that the subscription's own cause says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from services.usage.access.messages import AccessState, AccessStep, Rates

SUBSCRIPTION: Final = "subscription"
"""The cause that says what its plan gives an open line."""

_RANK: Final[Mapping[AccessState, int]] = {"open": 0, "throttled": 1, "blocked": 2}
_NO_RATE: Final = 10**12

Causes = Mapping[str, Sequence[AccessStep]]


class Together(NamedTuple):
    """What a line is to have, and the causes that ask for it."""

    state: AccessState = "open"
    rates: Rates | None = None
    why: tuple[str, ...] = ()


def strictest(causes: Causes, at: datetime) -> Together:
    asked = {cause: step for cause in sorted(causes) if (step := _in_force(causes[cause], at)) is not None}
    state: AccessState = "open"
    for step in asked.values():
        state = max(state, step.state, key=_RANK.__getitem__)
    of_state = {cause: step for cause, step in asked.items() if step.state == state}
    why = tuple(cause for cause in of_state if state != "open")
    match state:
        case "blocked":
            return Together(state, None, why)
        case "throttled":
            return Together(state, min((s.rates for s in of_state.values()), key=_speed), why)
        case _:
            ordered = sorted(of_state, key=lambda cause: (cause != SUBSCRIPTION, cause))
            return Together(state, next((of_state[c].rates for c in ordered if of_state[c].rates), None))


def next_change(causes: Causes, now: Together, after: datetime) -> datetime | None:
    """When steps that begin later first ask for something else than now; `None` if they never do."""
    instants = sorted({step.at for steps in causes.values() for step in steps if step.at > after})
    return next((at for at in instants if strictest(causes, at)[:2] != now[:2]), None)


def with_rates(steps: Sequence[AccessStep], rates: Rates, at: datetime) -> tuple[AccessStep, ...]:
    """The steps with those rates wherever they name that profile, in force or later; what is over stays as it was."""
    in_force = _in_force(steps, at)
    return tuple(
        replace(step, rates=rates)
        if step.rates and step.rates.profile == rates.profile and (in_force is None or step.at >= in_force.at)
        else step
        for step in steps
    )


def _in_force(steps: Sequence[AccessStep], at: datetime) -> AccessStep | None:
    begun = [step for step in steps if step.at <= at]
    return max(begun, key=lambda step: step.at) if begun else None


def _speed(rates: Rates | None) -> tuple[int, str]:
    if rates is None:
        return _NO_RATE, ""
    return (_NO_RATE if rates.down_kbps is None else rates.down_kbps), rates.profile
