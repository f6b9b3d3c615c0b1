"""Bandwidth profiles: defined once, changed by version, deleted only while no plan gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

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
from services.rating.catalogue_item import Catalogue
from services.rating.plan.messages import PlanDrafted, PlanDraftEdited
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.message import Event

PROFILES: Final = Catalogue(
    name="bandwidth_profile",
    code="bandwidth_profile_exists",
    item=BandwidthProfile,
    named="bandwidth_profiles",
    define=DefineBandwidthProfile,
    delete=DeleteBandwidthProfile,
    defined=BandwidthProfileDefined,
    changed=BandwidthProfileChanged,
    deleted=BandwidthProfileDeleted,
)


def decide_bandwidth_profile(
    command: DefineBandwidthProfile | ChangeBandwidthProfile | DeleteBandwidthProfile, view: View, context: Context
) -> Sequence[Event]:
    said = PROFILES.decide(command, view, context)
    if not isinstance(command, DeleteBandwidthProfile):
        _check_burst(command.terms)
    return [_walked(event, view, context) if isinstance(event, BandwidthProfileChanged) else event for event in said]


def evolve_bandwidth_profile(
    event: BandwidthProfileDefined | BandwidthProfileChanged | BandwidthProfileDeleted, envelope: Envelope, view: View
) -> list[State | Gone]:
    return PROFILES.evolve(event, view)


def evolve_given_profiles(event: PlanDrafted | PlanDraftEdited, envelope: Envelope, view: View) -> list[State]:
    """The profiles that a draft begins to give, or no version of its plan gives any more."""
    return PROFILES.evolve_named(event, view)


def _walked(event: BandwidthProfileChanged, view: View, context: Context) -> BandwidthProfileChanged:
    """Lines are told of other rates, and not of another name."""
    known = view.get(BandwidthProfile, event.profile_id)
    if known is not None and known.terms.rates == event.terms.rates:
        return event
    return replace(event, partitions=context.partitions)


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
