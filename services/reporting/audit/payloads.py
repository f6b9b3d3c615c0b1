"""The payloads of single events, read from the log where the audit index says they are.

    payloads = Payloads(lambda: api.settings)
    await payloads.read([LogOffset("invoicing.events", 3, 1907)])    # {LogOffset(...): {"invoice_id": "inv-7", ...}}

The log is the only place that has them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from shared.engine.settings import Settings
from shared.http.lookup import LogOffset, Lookup

__all__ = ["LogOffset", "LostEvent", "Payloads"]


class Payloads:
    """Reads payloads of one environment's events."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._lookup = Lookup(settings)

    async def read(self, places: Sequence[LogOffset]) -> dict[LogOffset, Any]:
        """The decoded data of each event. Raises `Unavailable` (503) when the log does not answer within 8 s."""
        found = await self._lookup.read(places)
        missing = [place for place in places if place not in found]
        if missing:
            raise LostEvent(f"{missing[0]} holds no event")
        return {place: msgspec.json.decode(record.value or b"null") for place, record in found.items()}


class LostEvent(Exception):
    """The index points to an offset without an event: index and log are not of one origin."""
