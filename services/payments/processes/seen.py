"""What a process has asked, called or looked up of late, and when: rows show it some time later.

seen.is_time(("look", "col-1", 1), 60.0, now, at_first=False)     # False, and so for a minute; then True, and anew
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Key = tuple[str | int, ...]
FORGET_S: Final = 3_600


class Seen:
    """Bounded by time: after an hour, or as `keeps` says of the first word of a key, rows show it."""

    def __init__(self, keeps: Mapping[str, float] | None = None) -> None:
        self._keeps = keeps or {}
        self._at: dict[Key, float] = {}

    def is_time(self, what: Key, every_s: float, now: float, *, at_first: bool) -> bool:
        """Whether it was not done for so long; what is seen for the first time waits unless `at_first`."""
        before = self._at.get(what)
        if before is None:
            self._at[what] = now
            return at_first
        if now - before < every_s:
            return False
        self._at[what] = now
        return True

    def forget(self, now: float) -> None:
        for what in [what for what, at in self._at.items() if now - at > self._keeps.get(str(what[0]), FORGET_S)]:
            del self._at[what]
