"""What is known of parked records: loaded from the rows that rows.py writes, never kept beside them.

ParkedRecord("1842#17")               one record, as it was recorded
ParkedPage("1842#17 mac:00:1b")       the places of a resource's parked records behind that one
ParkedSourcePage("1842#17 olt-12")    of a source's, of those that were parked because nobody had defined it
"""

from __future__ import annotations

from typing import Final

from services.usage.quarantine.messages import ITEMS_MAX
from services.usage.record.messages import RecordedUsage
from shared.kernel.decider import State

PAGE: Final = ITEMS_MAX
"""Places in a page."""

RECALLED: Final = ("unknown_resource", "no_subscription", "unknown_source")
"""Reasons that an assignment mends, the last of them where the source has been defined meanwhile."""


class ParkedRecord(State, frozen=True, kw_only=True):
    """A record in quarantine. `record` is `None` for a malformed one, of which there is none.

    `unit` is what its quantity is in, where its meter was not known to say that.
    """

    KEY_FIELD = "name"
    STORED = False

    name: str
    reason: str
    record: RecordedUsage | None = None
    unit: str | None = None


class ParkedPage(State, frozen=True, kw_only=True):
    """Places of a resource's parked records that an assignment may mend, in order; at most `PAGE`."""

    KEY_FIELD = "name"
    STORED = False

    name: str
    places: tuple[tuple[int, int], ...] = ()


class ParkedSourcePage(State, frozen=True, kw_only=True):
    """Places of a source's records with the reason `unknown_source`, in order; at most `PAGE`."""

    KEY_FIELD = "name"
    STORED = False

    name: str
    places: tuple[tuple[int, int], ...] = ()


def place_name(seq: int, item: int) -> str:
    return f"{seq}#{item}"


def page_name(after: tuple[int, int], named: str) -> str:
    """Of the page behind `after` of what is parked of a resource, or of a source."""
    return f"{place_name(*after)} {named}"
