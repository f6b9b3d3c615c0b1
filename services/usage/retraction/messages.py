"""Counted records are retracted, with a reason, and restored; a correction counts another in the place of one.

RetractUsage([(1842, 17)])              ->  UsageRetracted([(1842, 17)])
RetractBatch("usage-file-pja3w…")       ->  UsageRetracted, one page of the file's records after the other
RestoreUsage, RestoreRetraction         ->  UsageRestored
CorrectUsage((1842, 17), quantity=5)    ->  UsageRetracted(corrected), UsageRecorded(corrects={0: (1842, 17)})
RetractionRated in rating               ->  SettleRetraction  ->  RetractionSettled
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

import msgspec

from services.usage.quarantine.messages import Place
from shared.kernel.bounds import Count, Index, Seq
from shared.kernel.message import Command, Event

ITEMS_MAX: Final = 200
"""Records of one command, or of one page: with the largest attributes they still are one message to rating."""

Reason = Literal["duplicate", "wrong_quantity", "wrong_time", "wrong_line", "bad_file", "test_data", "other"]


class RetractUsage(Command, frozen=True, kw_only=True):
    """Retract these records of the partition, `(seq, index)`, at most 200. What is retracted already stays so.

    Refused: `usage_record_not_found`, `retraction_pending`.
    """

    KEY_FIELD = "retraction_id"

    retraction_id: str
    items: list[tuple[int, int]]
    reason: Reason
    note: str | None = None


class RetractBatch(Command, frozen=True, kw_only=True):
    """Retract the records of a batch that stand behind `after` in this partition, a page of them and then the next."""

    KEY_FIELD = "retraction_id"

    retraction_id: str
    batch_id: str
    reason: Reason
    note: str | None = None
    after: tuple[int, int] = (0, -1)


class RestoreUsage(Command, frozen=True, kw_only=True):
    """Count these retracted records again, at most 200. Refused: `retraction_pending`, `record_corrected`."""

    KEY_FIELD = "retraction_id"

    retraction_id: str
    items: list[tuple[int, int]]


class RestoreRetraction(Command, frozen=True, kw_only=True):
    """Count all records of a retraction again that stand behind `after` in this partition, page by page."""

    KEY_FIELD = "retraction_id"

    retraction_id: str
    after: tuple[int, int] = (0, -1)


class CorrectUsage(Command, frozen=True, kw_only=True):
    """Retract the record at `place` and count it with other values in its place; what is `None` stays.

    Refused: `usage_record_not_found`, `record_retracted`, `retraction_pending`, `unknown_meter`, `unknown_resource`,
    `no_subscription`, and `not_allowed` where it would begin on another UTC day.
    """

    KEY_FIELD = "retraction_id"

    retraction_id: str
    place: tuple[int, int]
    reason: Reason
    note: str | None = None
    resource: str | None = None
    meter: str | None = None
    quantity: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    attributes: dict[str, Any] | None = None


class SettleRetraction(Command, frozen=True, kw_only=True):
    """Rating has rated what the event `seq` of this partition asked for: all of `places`, but those it `refused`."""

    KEY_FIELD = "seq"

    seq: int
    places: list[tuple[int, int]]
    refused: list[tuple[int, int, str]] = []


class RetractedItem(msgspec.Struct, frozen=True, array_like=True):
    """A record, by where it was recorded; `parked` is the reason with which it is in quarantine, if it is."""

    seq: Seq
    index: Index
    parked: str | None = None


class Reassigned(msgspec.Struct, frozen=True):
    """Why records are retracted: their resource was reassigned in [valid_from, valid_to)."""

    resource_id: str
    valid_from: datetime
    valid_to: datetime | None = None


class UsageRetracted(Event, frozen=True, kw_only=True):
    """These records count no longer. Of a batch others follow where there are `more`, behind `after`.

    `corrected`: another counts in the place of each; of a correction by the event behind this, of what was `reassigned`
    once rating has answered. Of that there may be none here, which is said too. The same record sent again is a
    duplicate still: its dedupe key stays.
    """

    KEY_FIELD = "retraction_id"

    retraction_id: str
    items: list[RetractedItem]
    reason: str
    note: str | None = None
    batch_id: str | None = None
    corrected: bool = False
    partitions: Count = 1
    more: bool = False
    after: Place | None = None
    reassigned: Reassigned | None = None


class UsageRestored(Event, frozen=True, kw_only=True):
    """These retracted records count again; `parked` ones are in quarantine again."""

    KEY_FIELD = "retraction_id"

    retraction_id: str
    items: list[RetractedItem]
    partitions: Count = 1
    more: bool = False
    after: Place | None = None


class RetractionSettled(Event, frozen=True, kw_only=True):
    """Rating's sums are without the records of event `seq`, or with them again; `refused` ones stay as they were.

    Reasons: `too_late` (35 days after the end of its period), `account_closed`, `unsupported`.
    """

    KEY_FIELD = "seq"

    seq: Seq
    places: list[Place]
    refused: list[tuple[Seq, Index, str]] = []
