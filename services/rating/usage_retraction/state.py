"""Retractions that wait, and in which sums the records of a day are.

WaitingRetraction("3/1907")                          rated by its timer
WaitingRetractions                                   one per partition: how many
RecordPlaces("sub-1|data.octets|2026-09-05")         the rows of that day, out of the tables for the batch that asks
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

import msgspec

from services.usage.record.messages import GuidedRecord
from shared.kernel.decider import State

WAITING: Final = "all"


class WaitingRetraction(State, frozen=True, kw_only=True):
    """A retraction, or a restoring, as usage sent it."""

    KEY_FIELD = "name"

    name: str
    places: list[tuple[int, int]]
    records: list[GuidedRecord]
    origins: dict[int, tuple[str, str]] = {}
    restored: bool = False


class WaitingRetractions(State, frozen=True, kw_only=True):
    """How many wait. As long as any does, no period closes and no usage moves to another plan."""

    count: int = 0

    @property
    def key(self) -> str:
        return WAITING


class PlaceRow(msgspec.Struct, frozen=True, array_like=True):
    """A row of `usage_day`, or of `late_usage_day` with the period that it is `billed_in`; positions are packed.

    `counted` are in its sum; `withdrawn` were, and can be put back; `credited` are taken off what was charged before.
    """

    plan: str
    version: int
    period_start: date
    billed_in: date | None
    counted: bytes
    withdrawn: bytes
    credited: bytes


class RecordPlaces(State, frozen=True, kw_only=True):
    """The rows of a subscription, meter and local day, the earliest first."""

    STORED: ClassVar[bool] = False
    KEY_FIELD = "name"

    name: str
    rows: list[PlaceRow]


def waiting_name(source: int, seq: int) -> str:
    return f"{source}/{seq}"


def places_name(subscription_id: str, meter: str, day: date) -> str:
    return f"{subscription_id}|{meter}|{day}"
