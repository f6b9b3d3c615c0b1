"""How often one link may be used, and how often somebody may come with one that is none: whoever has the address of a
page can be anybody, and asks without a login.

    hammering.take(digest)        # 429 too_many_requests with Retry-After, once it was taken too often

Each key has a bucket that fills by the second (GCRA). What is kept is bounded; in memory, per entry: a page that asks
four things each half a minute is far from it, and a second entry only doubles a number that has room.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from typing import Final

from shared.http.problems import Unavailable

PER_MINUTE: Final = 120
"""Uses of a link; a page that is opened asks for some ten things."""
MISSES_PER_MINUTE: Final = 30
"""Links that are none, by the network address they come from: enough for a household with an old bookmark."""
KEPT_MAX: Final = 10_000


class Hammering:
    """One limit, for as many keys as are kept; what was used least recently makes room."""

    def __init__(self, per_minute: int) -> None:
        self._each_s = 60.0 / per_minute
        self._burst_s = 60.0
        self._full_at: OrderedDict[bytes, float] = OrderedDict()

    def take(self, key: bytes) -> None:
        """Use it once. Raises `Unavailable` (429) where nothing is left."""
        self.check(key)
        self._full_at[key] = max(self._full_at.get(key, 0.0), time.monotonic()) + self._each_s
        self._full_at.move_to_end(key)
        if len(self._full_at) > KEPT_MAX:
            self._full_at.popitem(last=False)

    def check(self, key: bytes) -> None:
        """The same, and nothing is used."""
        over_s = self._full_at.get(key, 0.0) + self._each_s - self._burst_s - time.monotonic()
        if over_s > 0:
            wait_s = math.ceil(over_s)
            detail = f"asked too often; try again in {wait_s} s"
            raise Unavailable("too_many_requests", detail, retry_after_s=wait_s, status=429)
