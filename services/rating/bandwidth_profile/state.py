"""A bandwidth profile, and the plans that give it."""

from __future__ import annotations

from typing import ClassVar

from services.rating.bandwidth_profile.messages import BandwidthTerms
from shared.kernel.decider import Home, State


class BandwidthProfile(State, frozen=True, kw_only=True):
    """How fast a line is. `plans` are those any version of which gives it, in order of their ids."""

    HOME: ClassVar[Home] = Home.REFERENCE

    profile_id: str
    terms: BandwidthTerms
    version: int = 1
    plans: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.profile_id
