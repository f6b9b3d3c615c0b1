"""A bandwidth profile, and the plans that give it."""

from __future__ import annotations

from services.rating.bandwidth_profile.messages import BandwidthTerms
from services.rating.catalogue_item import CatalogueItem


class BandwidthProfile(CatalogueItem, frozen=True, kw_only=True):
    """How fast a line is."""

    KEY_FIELD = "profile_id"

    profile_id: str
    terms: BandwidthTerms
