"""The life of a subscription as the network has to see it. Pure.

    active | 10 September suspended, throttled to "slow" | 20 September active | 1 October ended
    ->  open, plan's rates | throttled, slow's | open, plan's rates | blocked

Days begin at midnight in the account's time zone. Days that are over, and those before the start, are left out. A line
has the rates of the version that prices the first day of its term.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.rating.bandwidth_profile.messages import BandwidthTerms
from services.rating.bandwidth_profile.state import BandwidthProfile
from services.rating.plan.state import Plan
from services.rating.subscription.state import Subscription, Term
from services.usage.access.messages import AccessStep, Rates
from shared.kernel.calendar import midnight
from shared.kernel.decider import View


def steps_of(subscription: Subscription, zone: str, today: date, view: View) -> list[AccessStep]:
    """What the line is to have from today on; a step that changes nothing is left out."""
    steps: list[AccessStep] = []
    for step in _steps(subscription, zone, today, view):
        if not steps or (steps[-1].state, steps[-1].rates) != (step.state, step.rates):
            steps.append(step)
    return steps


def rates_of(profile_id: str, view: View) -> Rates:
    """A bandwidth profile as it is now; only its name where nobody has defined it."""
    known = view.get(BandwidthProfile, profile_id)
    if known is None:
        return Rates(profile=profile_id)
    return rates_of_terms(profile_id, known.terms)


def rates_of_terms(profile_id: str, terms: BandwidthTerms) -> Rates:
    return Rates(
        profile=profile_id,
        down_kbps=terms.down_kbps,
        up_kbps=terms.up_kbps,
        burst_down_kbps=terms.burst_down_kbps,
        burst_up_kbps=terms.burst_up_kbps,
        burst_s=terms.burst_s,
    )


def _steps(subscription: Subscription, zone: str, today: date, view: View) -> Iterator[AccessStep]:
    for term, start, end in subscription.spans():
        if end is None or end > today:
            yield _step(term, start, zone, view)
    if subscription.end is not None:
        yield AccessStep(at=midnight(subscription.end, zone), state="blocked", why="terminated")


def _step(term: Term, start: date, zone: str, view: View) -> AccessStep:
    at = midnight(start, zone)
    if term.status == "active":
        return AccessStep(at=at, state="open", rates=_of_plan(term, start, view))
    if term.profile is not None:
        return AccessStep(at=at, state="throttled", rates=rates_of(term.profile, view), why=term.status)
    return AccessStep(at=at, state="blocked", why=term.status)


def _of_plan(term: Term, day: date, view: View) -> Rates | None:
    plan = view.get(Plan, term.plan_id)
    version = term.version_of(plan, day) if plan else None
    profile_id = version.terms.bandwidth_profile_id if version else None
    return rates_of(profile_id, view) if profile_id else None
