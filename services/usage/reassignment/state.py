"""What a reassignment asks for: where records of its resource were counted.

CountedPage("1842#17 1788220800000000 - mac:00:1b")     places behind that one, from that instant on (to none)
"""

from __future__ import annotations

from typing import Final, NamedTuple

from services.usage.quarantine.messages import Place
from services.usage.quarantine.state import place_name
from shared.kernel.decider import State

INDEX_LAST: Final = 2**15 - 1
"""Behind every record of an event."""


class CountedPage(State, frozen=True, kw_only=True):
    """Places of guided records of a resource, or of what a prefix covers, in order; `more` may stand behind `after`."""

    KEY_FIELD = "name"
    STORED = False

    name: str
    places: tuple[tuple[int, int], ...] = ()
    more: bool = False
    after: tuple[int, int] = (0, -1)


class Asked(NamedTuple):
    """Which records: behind `after`, that begin in [since, until), in microseconds since the epoch."""

    after: Place
    since: int
    until: int | None
    resource_id: str

    @property
    def name(self) -> str:
        until = "-" if self.until is None else str(self.until)
        return f"{place_name(*self.after)} {self.since} {until} {self.resource_id}"

    @classmethod
    def of(cls, name: str) -> Asked:
        place, since, until, resource_id = name.split(" ", 3)
        seq, _, index = place.partition("#")
        return cls((int(seq), int(index)), int(since), None if until == "-" else int(until), resource_id)
