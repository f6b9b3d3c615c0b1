"""What a fault has to work with, and what it says of itself."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from meterlog.chaos.probes import EVERYTHING, Probes
from meterlog.chaos.sandbox import Sandbox
from meterlog.chaos.story import Months
from meterlog.installation import SERVICES

DECIDING: Final = tuple(service for service in SERVICES if service != "reporting")


@dataclass(frozen=True)
class Pace:
    """How long things take, in seconds: from, to."""

    slice_s: float
    """Between the twelve slices of a month's usage, so that faults meet usage on its way."""
    breath_s: tuple[float, float]
    """Between two faults."""
    stop_s: tuple[float, float]
    """How long a process is stopped at a point; short stops are more frequent."""


@dataclass(frozen=True)
class Scene:
    """The stage, and the months that are played on it."""

    sandbox: Sandbox
    probes: Probes
    months: Months
    chance: random.Random
    pace: Pace


@dataclass(frozen=True)
class Struck:
    """What was hit. Recovery counts from the moment the fault returns this."""

    target: str
    affected: tuple[str, ...] = EVERYTHING
    """Services whose input is to be taken again."""
    detail: str = ""


class Missed(Exception):
    """The moment for this fault did not come; nothing was done."""


Fault = Callable[[Scene], Awaitable[Struck]]


def affected_by(program: str) -> tuple[str, ...]:
    """What stands still when a process does.

    >>> affected_by("usage"), affected_by("entry")
    (('usage', 'intake', 'entry'), ('entry',))
    """
    if program == "usage":
        return ("usage", "intake", "entry")
    return ("entry",) if program == "entry" else (program, "entry")
