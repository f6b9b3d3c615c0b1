"""What a retraction asks for: the record as it was counted, and what has become of it since.

CountedRecord("1842#17")                   as its event recorded it; with the reason, if it is in quarantine
Standing("1842#17")                        of the few that are no longer simply counted there
BatchPage("1842#17 usage-file-pja3w…")     the places of a batch behind that one
RetractionPage("1842#17 k2f…")             of a retraction, those that can be restored
"""

from __future__ import annotations

from typing import Final

from services.usage.record.messages import RecordedUsage
from shared.kernel.decider import State

RETRACTING: Final = "retracting"
RETRACTED: Final = "retracted"
RESTORING: Final = "restoring"
RESTORED: Final = "restored"
REFUSED: Final = "refused"
MOVED: Final = "moved"
DISCARDED: Final = "discarded"


class CountedRecord(State, frozen=True, kw_only=True):
    """A record as it was recorded; `parked` is why it is in quarantine now, `None` where it is not.

    `unit` is what its quantity is in, where its meter was not known to say that.
    """

    KEY_FIELD = "name"
    STORED = False

    name: str
    record: RecordedUsage
    parked: str | None = None
    unit: str | None = None


class Standing(State, frozen=True, kw_only=True):
    """What has become of a record. `moved_to` is where it is counted since it was recycled or corrected."""

    KEY_FIELD = "name"
    STORED = False

    name: str
    status: str
    retraction_id: str = ""
    parked: str | None = None
    moved_to: str | None = None
    corrected: bool = False

    @property
    def is_retracted(self) -> bool:
        return self.status in (RETRACTING, RETRACTED)


class BatchPage(State, frozen=True, kw_only=True):
    """Places of a batch's records in this partition, in order; `more` behind the last."""

    KEY_FIELD = "name"
    STORED = False

    name: str
    places: tuple[tuple[int, int], ...] = ()
    more: bool = False


class RetractionPage(State, frozen=True, kw_only=True):
    """Places of a retraction's records in this partition, in order; `more` behind the last."""

    KEY_FIELD = "name"
    STORED = False

    name: str
    places: tuple[tuple[int, int], ...] = ()
    more: bool = False
