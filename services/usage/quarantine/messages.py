"""Quarantine: records that wait for a person, each with its reason. Those that rating gives back come here too.

ReturnUsage(seq=1842, items=[(17, "too_late")])     rating asks
UsageReturned(seq=1842, items=[(17, "too_late")])   usage/3/1842#17 is quarantined, no longer accepted
"""

from __future__ import annotations

from shared.kernel.bounds import Index, Seq
from shared.kernel.message import Command, Event


class ReturnUsage(Command, frozen=True, kw_only=True):
    """Rating gives records back: `[index, reason]` into event `seq` of this partition. They go to quarantine."""

    KEY_FIELD = "seq"

    seq: int
    items: list[tuple[int, str]]
    account_id: str | None = None


class UsageReturned(Event, frozen=True, kw_only=True):
    """Records that rating could not take back in quarantine: `[index, reason]` into the event numbered `seq` here.

    Reasons: `too_late` (the period is closed), `no_subscription`.
    """

    KEY_FIELD = "seq"

    seq: Seq
    items: list[tuple[Index, str]]
    account_id: str | None = None
