"""Detects that a partition of `usage.reported` is not read though there is more in it, while others may go on.

    detector = StallDetector()
    detector.check(positions={reported/2: 4711}, ends={reported/2: 4900}, at_s=12.0, batches=40, busy=False)
    ...
    detector.check(positions={reported/2: 4711}, ends={reported/2: 5200}, at_s=133.0, batches=95, busy=True)
      raises IntakeStalled: local.usage.reported/2 stands at 4711 of 5200 for 121 s

A client can be alive and read nothing, or nothing of one partition: after a restart of its broker, or at bytes that it
can't read. Then the process ends, loudly, and begins anew; nothing is ever skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aiokafka import TopicPartition

STALLED_S: Final = 120.0


class IntakeStalled(Exception):
    """Records are there and none is read: start again."""


class StallDetector:
    """How long each partition has stood where it is."""

    def __init__(self) -> None:
        # Position, since when, and how many batches had been handled.
        self._since: dict[TopicPartition, tuple[int, float, int]] = {}

    def check(
        self,
        *,
        positions: Mapping[TopicPartition, int],
        ends: Mapping[TopicPartition, int],
        at_s: float,
        batches: int,
        busy: bool,
    ) -> None:
        """Raises `IntakeStalled`. `batches` have been handled; a long one, while `busy`, holds up every partition."""
        self._since = {tp: known for tp, known in self._since.items() if tp in ends}
        for tp, end in ends.items():
            position = positions[tp]
            known = self._since.get(tp)
            if known is None or known[0] != position or position >= end or (busy and batches <= known[2] + 1):
                began = known[2] if known is not None and known[0] == position else batches
                self._since[tp] = (position, at_s, began)
            elif at_s - known[1] > STALLED_S:
                stood = at_s - known[1]
                raise IntakeStalled(f"{tp.topic}/{tp.partition} stands at {position} of {end} for {stood:.0f} s")
