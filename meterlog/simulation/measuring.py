"""All that a network reports, in the order of time.

    for report in measured(network, start_us, nas_restart=True): ...

The same network and start give the same reports, to the last octet: nothing here looks at a clock or draws from
anywhere else. Without an end it goes on for ever, and holds no more than one entry for each line.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator

from meterlog.simulation.equipment import Circuit, Equipment, OpticalLine, Telephone
from meterlog.simulation.network import Line, Network
from meterlog.simulation.report import Report
from meterlog.simulation.sessions import DialIn, Nas


def measured(
    network: Network, start_us: int, *, end_us: int | None = None, nas_restart: bool = False
) -> Iterator[Report]:
    """`end_us` is exclusive, `None` is never. With `nas_restart` every NAS restarts some times a day."""
    chance = random.Random(f"{network.seed}/{start_us}")
    equipment = _equipment(network, nas_restart=nas_restart)
    due = [(each.first_us(start_us, chance), number) for number, each in enumerate(equipment)]
    heapq.heapify(due)
    while due and (end_us is None or due[0][0] < end_us):
        at_us, number = due[0]
        reports, next_us = equipment[number].report(at_us, chance)
        yield from reports
        heapq.heapreplace(due, (next_us, number))


def _equipment(network: Network, *, nas_restart: bool) -> list[Equipment]:
    nases: dict[str, Nas] = {}
    lines = [_of(line, nases) for line in network.lines]
    return [*lines, *(nases.values() if nas_restart else ())]


def _of(line: Line, nases: dict[str, Nas]) -> Equipment:
    match line.kind:
        case "pon":
            return OpticalLine(line)
        case "business":
            return Circuit(line)
        case "voice":
            return Telephone(line)
        case "session":
            return DialIn(line, nases.setdefault(line.source, Nas(line.source)))
        case _:
            raise ValueError(f"no equipment measures a line of kind {line.kind}")
