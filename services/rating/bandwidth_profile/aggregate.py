"""How fast a service is, in partition 0; a draft of a plan says which profiles it gives."""

from __future__ import annotations

from typing import Final

from services.rating.bandwidth_profile import api, rows
from services.rating.bandwidth_profile.decide import (
    decide_bandwidth_profile,
    evolve_bandwidth_profile,
    evolve_given_profiles,
)
from services.rating.bandwidth_profile.messages import BandwidthProfileDefined
from services.rating.bandwidth_profile.state import BandwidthProfile
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_bandwidth_profile,),
    folds=(evolve_bandwidth_profile, evolve_given_profiles),
    states=(BandwidthProfile,),
    project=rows.TABLES.projection(rows.rows, anew=(BandwidthProfileDefined,)),
    routers=(api.router,),
)
