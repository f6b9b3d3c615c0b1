"""What a simulation was asked for, in words of a command line, and what of it fits together.

planned(over="http", lines=200, seed=1, start=None, length="6h", rate=2000, speed=1, faults="late", now=now)
-> Plan(start_us=..., end_us=..., faults={"late"}, ...)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from meterlog.simulation.expectation import WAYS
from meterlog.simulation.faults import FAULTS, Sent, troubled
from meterlog.simulation.measuring import measured
from meterlog.simulation.network import KINDS, Network
from meterlog.simulation.run import Enough, until
from shared.kernel.instants import EPOCH, micros

_UNITS_S: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LENGTH: Final = re.compile(r"([0-9]{1,6})([smhd])")
_SECOND_US: Final = 1_000_000
_DAY_US: Final = 86_400 * _SECOND_US


class WrongUse(Exception):
    """Options that do not fit together; the message says which."""


@dataclass(frozen=True)
class Plan:
    """Instants in microseconds since 1970; without `end_us` it goes on until somebody has had enough."""

    over: str
    network: Network
    start_us: int
    end_us: int | None
    rate: float | None
    speed: float
    faults: frozenset[str]

    def stream(self, enough: Enough) -> Iterator[Sent]:
        """What the network sends, in order."""
        restarts = "nas-restart" in self.faults
        reports = measured(self.network, self.start_us, end_us=self.end_us, nas_restart=restarts)
        return troubled(until(enough, reports), self.faults, seed=self.network.seed)


def planned(
    *,
    over: str,
    lines: int,
    seed: int,
    start: str | None,
    length: str | None,
    rate: float | None,
    speed: float,
    faults: str,
    now: datetime,
) -> Plan:
    """Raises `WrongUse`."""
    if over not in WAYS:
        raise WrongUse(f"--over is one of {', '.join(WAYS)}, not {over!r}")
    chosen = chosen_faults(faults)
    is_real_time = rate is None and speed == 1
    if over == "radius" and chosen & {"late", "reorder"} and not is_real_time:
        raise WrongUse("a packet says how long it has waited: late and reorder over RADIUS need real time")
    length_us = None if length is None else length_of(length)
    start_us = _start(start, length_us, is_real_time=is_real_time, now=now)
    network = Network.drawn(seed=seed, lines=lines, kinds=("session",) if over == "radius" else KINDS)
    end_us = None if length_us is None else start_us + length_us
    return Plan(over, network, start_us, end_us, rate, speed, chosen)


def chosen_faults(words: str) -> frozenset[str]:
    """Names with commas between, `all`, or nothing. Raises `WrongUse`."""
    if words == "all":
        return frozenset(FAULTS)
    chosen = frozenset(word.strip() for word in words.split(",") if word.strip())
    if unknown := sorted(chosen - set(FAULTS)):
        raise WrongUse(f"--faults are {', '.join(FAULTS)}, or all; not {unknown[0]!r}")
    return chosen


def length_of(text: str) -> int:
    """In microseconds. Raises `WrongUse`.

    >>> length_of("45m")
    2700000000
    """
    found = _LENGTH.fullmatch(text)
    if found is None or not int(found[1]):
        raise WrongUse(f"--for is a length such as 90s, 45m, 6h or 7d, not {text!r}")
    return int(found[1]) * _UNITS_S[found[2]] * _SECOND_US


def _start(start: str | None, length_us: int | None, *, is_real_time: bool, now: datetime) -> int:
    """As said; else now in real time, and long enough ago where time goes faster: nothing is of the future."""
    if start is not None:
        try:
            return micros(start)
        except ValueError as error:
            raise WrongUse(f"--start is an instant such as 2026-11-23T00:00:00Z, not {start!r}") from error
    now_us = int((now - EPOCH).total_seconds()) * _SECOND_US
    return now_us if is_real_time else now_us - (_DAY_US if length_us is None else length_us)
