"""The network element of ours: it keeps what it was told, loses and refuses as its address says.

address "lose=3,nak=5"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from services.usage.network.calls.outcome import Element, Outcome
from services.usage.network.contract import SimulatedRequest

_ELEMENTS_MAX: Final = 100
_LINES_MAX: Final = 100_000


@dataclass
class SimulatedElement:
    """`lines` has what each was told last; `told` all that arrived, the refused and lost too."""

    requests: int = 0
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    told: list[SimulatedRequest] = field(default_factory=list)


ELEMENTS: Final[dict[str, SimulatedElement]] = {}


async def send(element: Element, request: SimulatedRequest) -> Outcome:
    """Raises `TimeoutError` for a request that is lost, at once: nobody wants to wait for a simulation."""
    if element.element_id not in ELEMENTS and len(ELEMENTS) >= _ELEMENTS_MAX:
        ELEMENTS.clear()
    known = ELEMENTS.setdefault(element.element_id, SimulatedElement())
    known.requests += 1
    del known.told[:-_LINES_MAX]
    known.told.append(request)
    if _every(element.address, "lose", known.requests):
        raise TimeoutError
    if _every(element.address, "nak", known.requests):
        return Outcome("refused", "simulated NAK")
    if len(known.lines) >= _LINES_MAX:
        known.lines.clear()
    known.lines[request.resource_id] = (request.state, request.version)
    return Outcome("acknowledged", "simulated ACK")


def _every(address: str, word: str, count: int) -> bool:
    for part in address.split(","):
        name, _, value = part.partition("=")
        if name.strip() == word and value.strip().isdecimal() and int(value) > 0:
            return count % int(value) == 0
    return False
