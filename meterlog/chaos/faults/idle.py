"""Nothing happens for a while, longer than the time-outs of idle connections and metadata, which a run turns down.

What lives only because somebody keeps it busy is dead afterwards, and the probes find it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from meterlog.chaos.faults.fault import Scene, Struck
from meterlog.chaos.probes import EVERYTHING

IDLE_S: Final = 5.0
"""After so long clients of ours close a connection that nobody uses; the broker waits a little longer."""
QUIET_S: Final = (10.0, 16.0)

SETTINGS: Final[Mapping[str, object]] = MappingProxyType({"connection_idle_s": IDLE_S, "metadata_age_s": IDLE_S})
BROKER_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({"connections.max.idle.ms": "8000"})


async def quiet(scene: Scene) -> Struck:
    """No usage, no clock, no request, once all that was on its way has arrived."""
    seconds = scene.chance.uniform(*QUIET_S)
    with scene.months.held():
        await scene.probes.until_taken(EVERYTHING)
        await asyncio.sleep(seconds)
    return Struck("everything", detail=f"for {seconds:.1f} s")
