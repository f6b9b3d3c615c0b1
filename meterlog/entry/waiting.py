"""For how long the oldest message that nobody has taken has been in its log, as seen from outside.

    waiting = Waiting()
    waiting.note(("rating", "usage.guided", 3), taken=10, behind=4, now=100.0)
    waiting.note(("rating", "usage.guided", 3), taken=13, behind=9, now=160.0)      # 13 was there at 100 already
    waiting.oldest_s("rating", 160.0)
    60.0

It remembers when a log was first seen to be that long, so it needs no message to be read and no clock of a broker. What
was written before the first look counts from that look on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import Final

SEEN_MAX: Final = 64
"""Looks that are remembered of a partition; where there are more, every second one is enough."""

Place = tuple[str, str, int]


class Waiting:
    """Of all partitions of all services."""

    def __init__(self) -> None:
        self._seen: dict[Place, list[tuple[int, float]]] = defaultdict(list)
        """How long a log was, and when that was first seen, in that order."""

    def note(self, place: Place, *, taken: int, behind: int, now: float) -> None:
        """`behind` as `Logs.behind` counts: from the first record that is not taken to the end."""
        seen = self._seen[place]
        del seen[: bisect_right(seen, (taken, float("inf")))]
        if behind > 0 and (not seen or taken + behind > seen[-1][0]):
            seen.append((taken + behind, now))
        if len(seen) > SEEN_MAX:
            del seen[1::2]

    def oldest_s(self, service: str, now: float) -> float:
        """0 where everything is taken."""
        since = (seen[0][1] for place, seen in self._seen.items() if place[0] == service and seen)
        return max(0.0, now - min(since, default=now))
