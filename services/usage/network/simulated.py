"""A network element of ours, in the process itself: for trying out how lines are told, and for tests.

address "lose=3"     every third request is lost
address "nak=2"      every second request is refused
"""

from __future__ import annotations

from typing import Final

from services.usage.network.contract import Driver, Example, Line, SimulatedRequest, Wanted


def render(wanted: Wanted, line: Line, vendor: str) -> tuple[SimulatedRequest, ...]:
    state = wanted.state if wanted.rates is None else f"{wanted.state} {wanted.rates.profile}"
    return (SimulatedRequest(line.resource_id, state, wanted.version),)


_LINE: Final = Line("subscription:sub-1")

DRIVER: Final = Driver(
    name="simulated",
    render=render,
    needs_secret=False,
    examples=(
        Example(
            Wanted("blocked", version=2), _LINE, "generic", (SimulatedRequest("subscription:sub-1", "blocked", 2),)
        ),
    ),
)
