"""A profile with other rates: each partition finds the subscriptions that may have it, a page at a time.

sub-1   fiber, a version of which gives "slow" or steps down to it    found
sub-2   cable, suspended and throttled to "slow"                      found
sub-3   cable                                                         not
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from services.rating.access.messages import ProfilePageWalked, WalkProfile
from services.rating.bandwidth_profile.state import BandwidthProfile
from services.rating.plan.state import Plan
from services.rating.plan_migration.state import page_of
from services.rating.subscription.state import Subscription
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope


def decide_profile(command: WalkProfile, view: View, context: Context) -> list[ProfilePageWalked]:
    known = view.get(BandwidthProfile, command.profile_id)
    if known is not None and known.version > command.version:
        return [_walked(command, context, (), last=True)]
    ids, last = page_of(command.page, view)
    held = view.get_many(Subscription, ids)
    plans = view.get_many(Plan, sorted({plan for one in held.values() for plan in _plans(one)}))
    found = [one for one in ids if one in held and _may_have(command.profile_id, held[one], plans)]
    return [_walked(command, context, found, last=last)]


def evolve_profile(event: ProfilePageWalked, envelope: Envelope, view: View) -> Iterator[State]:
    """Nothing is kept of it: what follows is on its way to usage."""
    yield from ()


def _plans(subscription: Subscription) -> set[str]:
    return {term.plan_id for term, _, _ in subscription.spans()}


def _may_have(profile_id: str, subscription: Subscription, plans: Mapping[str, Plan]) -> bool:
    if any(term.profile == profile_id for term, _, _ in subscription.spans()):
        return True
    return any(plan in plans and profile_id in plans[plan].bandwidth_profiles for plan in _plans(subscription))


def _walked(command: WalkProfile, context: Context, found: Sequence[str], *, last: bool) -> ProfilePageWalked:
    return ProfilePageWalked(
        profile_id=command.profile_id,
        version=command.version,
        rates=command.rates,
        partition=context.partition,
        page=command.page,
        last=last,
        found=list(found),
    )
