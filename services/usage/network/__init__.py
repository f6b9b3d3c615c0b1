"""Ways of telling the network how much a line may do. Every file of this folder but contract.py is one, found by
listing it; what they have in common with the world, the calls, is in calls/.

    drivers()["radius_coa"].render(Wanted(state="blocked", version=3), Line(...), "mikrotik")
        ->  (RadiusRequest(disconnect=True, attributes=(("User-Name", "ann"),)),)
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from services.usage.network.contract import Driver
from shared.kernel.plugins import plugins


@cache
def drivers() -> Mapping[str, Driver]:
    """Every way by its name."""
    return plugins(__name__, Driver)


__all__ = ["drivers"]
