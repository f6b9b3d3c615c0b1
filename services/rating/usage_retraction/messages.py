"""Rated usage is retracted, or comes again: the sums of open periods fall, closed ones are credited at the next close.

usage.GuidedRetraction -> TakeRetraction -> RetractionTaken, with a timer that is due at once
                       -> RateRetraction -> RetractionRated, and usage is told (SettleRetraction)

In two steps, since which sum a record is in stands in the tables of the batches before.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.rating.rated_usage.messages import RatedMeasure, RatedSum
from services.usage.record.messages import GuidedRecord
from shared.kernel.bounds import Index, Partition, Seq
from shared.kernel.message import Command, Event

Step = Literal["withdrawn", "put_back", "credited", "credit_undone", "charged_again"]
"""What becomes of records: `withdrawn` from the sum of a period that is not charged yet, and `put_back` there;
`credited` against a charge, which is undone as long as the credit is not charged; `charged_again` with the next close.
"""


class TakeRetraction(Command, frozen=True, kw_only=True):
    """Retract these records, or with `restored` count them again, once what was guided before them is rated."""

    KEY_FIELD = ""

    source: int
    seq: int
    places: list[tuple[int, int]]
    records: list[GuidedRecord]
    origins: dict[int, tuple[str, str]] = {}
    restored: bool = False


class RateRetraction(Command, frozen=True, kw_only=True):
    """Rate the retraction that waits under this name. Its timer sends it, until nothing of its source is parked."""

    KEY_FIELD = ""

    source: int
    seq: int


class RetractionTaken(Event, frozen=True, kw_only=True):
    """Records of the event `usage/{source}/{seq}` wait to be retracted, or with `restored` to be counted again.

    `places` say where each of `records` was recorded, `[seq, index]`. No period closes meanwhile.
    """

    KEY_FIELD = ""

    source: Partition
    seq: Seq
    places: list[tuple[Seq, Index]]
    records: list[GuidedRecord]
    origins: dict[int, tuple[str, str]] = {}
    restored: bool = False


class RetractedSum(RatedSum, frozen=True, array_like=True):
    """What leaves, or with `restored` comes to, one sum; `indexes` into the event's `places`.

    `quantity` is what these records are, never below zero. `billed_in`: of a closed period, the first day of the one
    that is charged with it. A sum without records has parts of records that count over time.
    """

    step: Step
    billed_in: date | None = None


class RetractionRated(Event, frozen=True, kw_only=True):
    """What the retraction `usage/{source}/{seq}` takes out of sums, or with `restored` puts back.

    Records of `places` that are in none of the sums were in no sum, or are `refused`, `[place, reason]`: `too_late`,
    `account_closed`, `no_subscription`, `unsupported`; these stay as they are. `measured` is what they come to beyond
    sums, taken back or put back: merged with what is there it is as if they had never come, or never gone.
    """

    KEY_FIELD = ""

    source: Partition
    seq: Seq
    places: list[tuple[Seq, Index]]
    sums: list[RetractedSum] = []
    measured: list[RatedMeasure] = []
    refused: list[tuple[Index, str]] = []
    restored: bool = False
