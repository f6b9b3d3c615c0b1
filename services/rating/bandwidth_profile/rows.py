"""BandwidthProfileDefined, …Changed -> a row of bandwidth_profile_row; BandwidthProfileDeleted -> none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.rating.bandwidth_profile.messages import (
    BandwidthProfileChanged,
    BandwidthProfileDefined,
    BandwidthProfileDeleted,
)
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, update, upsert


class BandwidthProfileRow(Row, frozen=True, kw_only=True):
    """A bandwidth profile; one that was deleted stays as such until its id is given again."""

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
    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedProfile(Change, frozen=True, kw_only=True):
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


class DeletedProfile(Change, frozen=True, kw_only=True):
    TABLE = "bandwidth_profile_row"
    KEY = ("profile_id",)

    profile_id: str
    deleted_at: datetime


_TABLES: Final = Tables(upsert(BandwidthProfileRow), update(ChangedProfile), update(DeletedProfile))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        match event:
            case BandwidthProfileDefined():
                # What was written of an earlier profile of that id must not come after this.
                await _write(connection, partition, rows)
                at = envelope.recorded_at
                rows.append(BandwidthProfileRow.of(event.terms, profile_id=event.profile_id, version=1, defined_at=at))
            case BandwidthProfileChanged():
                rows.append(ChangedProfile.of(event.terms, profile_id=event.profile_id, version=event.version))
            case BandwidthProfileDeleted():
                rows.append(DeletedProfile.of(event, deleted_at=envelope.recorded_at))
    await _write(connection, partition, rows)


async def _write(connection: Connection, partition: int, rows: list[Columns]) -> None:
    await _TABLES.write(connection, partition, rows)
    rows.clear()
