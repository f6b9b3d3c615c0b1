"""Bandwidth profiles: defined once, changed by version, deleted only while no plan gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import msgspec

from services.rating.bandwidth_profile.messages import (
    BandwidthProfileChanged,
    BandwidthProfileDefined,
    BandwidthProfileDeleted,
    BandwidthTerms,
    ChangeBandwidthProfile,
    DefineBandwidthProfile,
    DeleteBandwidthProfile,
)
from services.rating.bandwidth_profile.state import BandwidthProfile
from services.rating.plan.messages import PlanDrafted, PlanDraftEdited
from services.rating.plan.state import Plan, with_draft
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent, in_use

BandwidthProfileCommand = DefineBandwidthProfile | ChangeBandwidthProfile | DeleteBandwidthProfile
BandwidthProfileEvent = BandwidthProfileDefined | BandwidthProfileChanged | BandwidthProfileDeleted


def decide_bandwidth_profile(
    command: BandwidthProfileCommand, view: View, context: Context
) -> Sequence[BandwidthProfileEvent]:
    known = view.get(BandwidthProfile, command.profile_id)
    if isinstance(command, DefineBandwidthProfile):
        if known is not None:
            detail = f"{command.profile_id} exists already; choose another id, or change it"
            raise Rejection("bandwidth_profile_exists", detail, pointer="/id", status=409)
        _check_burst(command.terms)
        return [BandwidthProfileDefined(profile_id=command.profile_id, terms=command.terms)]
    if known is None:
        raise absent("bandwidth_profile", command.profile_id)
    context.check_version(known.version)
    match command:
        case ChangeBandwidthProfile():
            _check_burst(command.terms)
            if command.terms == known.terms:
                return []
            return [_change(command, known, context)]
        case DeleteBandwidthProfile():
            if known.plans:
                raise in_use("bandwidth_profile", known.profile_id, "plan", known.plans)
            return [BandwidthProfileDeleted(profile_id=known.profile_id)]
        case _:
            assert_never(command)


def evolve_bandwidth_profile(event: BandwidthProfileEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    match event:
        case BandwidthProfileDefined():
            return [BandwidthProfile(profile_id=event.profile_id, terms=event.terms)]
        case BandwidthProfileChanged():
            known = _known(event.profile_id, view)
            return [msgspec.structs.replace(known, version=event.version, terms=event.terms)]
        case BandwidthProfileDeleted():
            return [Gone(BandwidthProfile, event.profile_id)]
        case _:
            assert_never(event)


def evolve_given_profiles(event: PlanDrafted | PlanDraftEdited, envelope: Envelope, view: View) -> list[State]:
    """The profiles that a draft begins to give, or no version of its plan gives any more."""
    plan = view.get(Plan, event.plan_id)
    before = plan.bandwidth_profiles if plan else frozenset()
    after = with_draft(plan, event).bandwidth_profiles
    changed: list[State] = []
    for profile_id in sorted(before ^ after):
        known = _known(profile_id, view)
        plans = {*known.plans, event.plan_id} if profile_id in after else {*known.plans} - {event.plan_id}
        changed.append(msgspec.structs.replace(known, plans=tuple(sorted(plans))))
    return changed


def _change(command: ChangeBandwidthProfile, known: BandwidthProfile, context: Context) -> BandwidthProfileChanged:
    """Lines are told of other rates, and not of another name."""
    return BandwidthProfileChanged(
        profile_id=known.profile_id,
        version=known.version + 1,
        terms=command.terms,
        partitions=0 if command.terms.rates == known.terms.rates else context.partitions,
    )


def _check_burst(terms: BandwidthTerms) -> None:
    bursts = {
        "/burst_down_kbps": (terms.burst_down_kbps, terms.down_kbps),
        "/burst_up_kbps": (terms.burst_up_kbps, terms.up_kbps),
    }
    for pointer, (burst, rate) in bursts.items():
        if burst is not None and burst < rate:
            raise Rejection("invalid", f"a burst of {burst} kbit/s is below the rate of {rate}", pointer=pointer)
        if burst is not None and terms.burst_s is None:
            raise Rejection("required", "say how many seconds a burst may last", pointer="/burst_s")


def _known(profile_id: str, view: View) -> BandwidthProfile:
    known = view.get(BandwidthProfile, profile_id)
    if known is None:
        raise NeverBegan(f"the bandwidth profile {profile_id} was never defined")
    return known
