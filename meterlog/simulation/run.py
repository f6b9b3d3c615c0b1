"""A simulation from beginning to end: what is due is sent, and all of it is remembered in sums.

told = await simulate(troubled(...), sender, pace, Tally(Expectation("http")), stop)
told.figures()      -> {"reports": {"pon": 812, ...}, "faults": {"late": 7}, "records": 1624, ...}
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, Protocol

from meterlog.simulation.expectation import Expectation
from meterlog.simulation.faults import Sent
from meterlog.simulation.pacing import Pace
from meterlog.simulation.report import Report
from meterlog.simulation.senders import Sender

_BATCH_MAX: Final = 2000
_BATCHES_A_SECOND: Final = 5


@dataclass
class Tally:
    """What was sent."""

    expected: Expectation
    records: int = 0
    reports: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, sent: Sent) -> None:
        self.expected.add(sent)
        if sent.fault is not None:
            self.faults[sent.fault] += 1
        if sent.fault != "lost-stop":
            self.reports[sent.report.kind] += 1
            self.records += len(sent.report.records)

    def figures(self) -> dict[str, Any]:
        return {
            "records": self.records,
            "reports": dict(sorted(self.reports.items())),
            "faults": dict(sorted(self.faults.items())),
        }


class Enough(Protocol):
    """Whether somebody has had enough: an `asyncio.Event`."""

    def is_set(self) -> bool: ...


def until(enough: Enough, reports: Iterable[Report]) -> Iterator[Report]:
    """The reports until somebody has had enough."""
    for report in reports:
        if enough.is_set():
            return
        yield report


async def simulate(stream: Iterator[Sent], sender: Sender, pace: Pace, tally: Tally, stop: asyncio.Event) -> None:
    """Send all of the stream, each when it is due; once `stop` is set, what is left of it at once."""
    batch_max = _BATCH_MAX if pace.rate is None else max(1, min(_BATCH_MAX, int(pace.rate / _BATCHES_A_SECOND)))
    batch: list[Sent] = []
    for sent in chain(stream, [None]):
        due_us = None if sent is None else pace.due_us(sent.report.at_us, tally.records)
        if batch and (due_us is None or len(batch) >= batch_max or due_us > _now_us()):
            await sender.send(batch)
            batch = []
        if sent is None or due_us is None:
            return
        await _wait_until(due_us, stop)
        tally.add(sent)
        if sent.fault != "lost-stop":
            batch.append(sent)


async def _wait_until(due_us: int, stop: asyncio.Event) -> None:
    while (left_us := due_us - _now_us()) > 0 and not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), left_us / 1_000_000)


def _now_us() -> int:
    return time.time_ns() // 1000
