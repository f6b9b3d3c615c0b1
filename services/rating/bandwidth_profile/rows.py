"""BandwidthProfileDefined, …Changed -> a row of bandwidth_profile_row; BandwidthProfileDeleted -> none."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.rating.bandwidth_profile.messages import (
    BandwidthProfileChanged,
    BandwidthProfileDefined,
    BandwidthProfileDeleted,
)
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class ProfileColumns(Columns, frozen=True, kw_only=True):
    """What is said of a bandwidth profile."""

    TABLE = "bandwidth_profile_row"
    KEY = ("profile_id",)

    profile_id: str
    name: str
    down_kbps: int
    up_kbps: int
    burst_down_kbps: int | None
    burst_up_kbps: int | None
    burst_s: int | None
    description: str | None
    version: int


class BandwidthProfileRow(ProfileColumns, Row, frozen=True, kw_only=True):
    """A bandwidth profile; one that was deleted stays as such until its id is given again."""

    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedProfile(ProfileColumns, Change, frozen=True, kw_only=True):
    """This is said of it from now on."""


class DeletedProfile(Change, frozen=True, kw_only=True):
    TABLE = "bandwidth_profile_row"
    KEY = ("profile_id",)

    profile_id: str
    deleted_at: datetime


TABLES: Final = Tables(upsert(BandwidthProfileRow), update(ChangedProfile), update(DeletedProfile))


Shown = BandwidthProfileDefined | BandwidthProfileChanged | BandwidthProfileDeleted
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> list[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case BandwidthProfileDefined():
            return [BandwidthProfileRow.of(event.terms, profile_id=event.profile_id, version=1, defined_at=at)]
        case BandwidthProfileChanged():
            return [ChangedProfile.of(event.terms, profile_id=event.profile_id, version=event.version)]
        case BandwidthProfileDeleted():
            return [DeletedProfile.of(event, deleted_at=at)]
