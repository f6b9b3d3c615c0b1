"""How fast a line is: what a plan gives, and what equipment is told to allow.

    DefineBandwidthProfile(profile_id="100-20", terms=BandwidthTerms(name="100/20", down_kbps=100_000, up_kbps=20_000))
    -> BandwidthProfileDefined

Rates in kbit/s. A burst goes up to `burst_…_kbps` for `burst_s` seconds. Reference data: it lives in partition 0.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event, Message


class BandwidthTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is said of a profile; without `burst_s` there is no burst."""

    name: str
    down_kbps: Count
    up_kbps: Count
    burst_down_kbps: Count | None = None
    burst_up_kbps: Count | None = None
    burst_s: Count | None = None
    description: str | None = None

    @property
    def rates(self) -> tuple[int | None, ...]:
        """What a line is told of it."""
        return (self.down_kbps, self.up_kbps, self.burst_down_kbps, self.burst_up_kbps, self.burst_s)


class OfProfile(Message, frozen=True, kw_only=True):
    """What is asked or said of a bandwidth profile."""

    KEY_FIELD = "profile_id"
    REFERENCE: ClassVar[bool] = True

    profile_id: str


class DefineBandwidthProfile(OfProfile, Command, frozen=True, kw_only=True):
    """Define a profile. Refused: `bandwidth_profile_exists`, `invalid` bursts."""

    terms: BandwidthTerms


class ChangeBandwidthProfile(OfProfile, Command, frozen=True, kw_only=True):
    """Say something else of a profile. Refused: `bandwidth_profile_not_found`, `version_mismatch`, `invalid` bursts."""

    terms: BandwidthTerms


class DeleteBandwidthProfile(OfProfile, Command, frozen=True, kw_only=True):
    """Forget a profile. Refused: `bandwidth_profile_not_found`, `bandwidth_profile_in_use`, `version_mismatch`."""


class BandwidthProfileDefined(OfProfile, Event, frozen=True, kw_only=True):
    """There is a profile, version 1 of it."""

    terms: BandwidthTerms


class BandwidthProfileChanged(OfProfile, Event, frozen=True, kw_only=True):
    """The profile allows this from now on. Where other rates follow from it, so many `partitions` are told to walk
    their lines; 0 where none do."""

    version: Count
    terms: BandwidthTerms
    partitions: Count = 0


class BandwidthProfileDeleted(OfProfile, Event, frozen=True, kw_only=True):
    """The profile is gone; its id may be given again."""
