"""How fast each service answers, as the entry measures it: the 95th percentile of the last five minutes.

    times = ResponseTimes()
    times.note("rating", 0.012, now=100.0)
    times.p95_ms("rating", now=101.0)
    12

What is measured is what callers wait for: from the request's last byte to the answer's first.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

OVER_S: Final = 300.0
KEPT_MAX: Final = 2_000


class ResponseTimes:
    """Of the services by name, the last two thousand answers of each."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._taken: dict[str, deque[tuple[float, float]]] = defaultdict(lambda: deque(maxlen=KEPT_MAX))

    @contextmanager
    def measured(self, service: str) -> Iterator[None]:
        """An answer that does not come counts too: who asked has waited for it."""
        began = self._clock()
        try:
            yield
        finally:
            self.note(service, self._clock() - began, now=self._clock())

    def note(self, service: str, seconds: float, *, now: float) -> None:
        self._taken[service].append((now, seconds))

    def p95_ms(self, service: str, *, now: float | None = None) -> int | None:
        """Rounded up; `None` where nobody has asked the service anything in these five minutes."""
        since = (self._clock() if now is None else now) - OVER_S
        found = sorted(seconds for at, seconds in self._taken.get(service, ()) if at >= since)
        if not found:
            return None
        place = -(-95 * len(found) // 100) - 1
        return -int(-found[place] * 1000 // 1)
