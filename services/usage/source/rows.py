"""SourceDefined, …Changed -> the row of a source; SourceDeleted -> none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.usage.source.messages import SourceChanged, SourceDefined, SourceDeleted
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, update, upsert


class SourceRow(Row, frozen=True, kw_only=True):
    """What is known of a source; one that was deleted stays as such until its id is defined again."""

    TABLE = "source"
    KEY = ("id",)

    id: str
    name: str | None
    addresses: Jsonb
    secret: str | None
    line: str
    signed: bool
    silent_after_s: int | None
    version: int
    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedSource(Change, frozen=True, kw_only=True):
    TABLE = "source"
    KEY = ("id",)

    id: str
    name: str | None
    addresses: Jsonb
    secret: str | None
    line: str
    signed: bool
    silent_after_s: int | None
    version: int


class DeletedSource(Change, frozen=True, kw_only=True):
    TABLE = "source"
    KEY = ("id",)

    id: str
    deleted_at: datetime


_TABLES: Final = Tables(upsert(SourceRow), update(ChangedSource), update(DeletedSource))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        match event:
            case SourceDefined():
                # What was written of an earlier source of that id must not come after this.
                await _write(connection, partition, rows)
                at = envelope.recorded_at
                rows.append(SourceRow.of(event.terms, **_own(event), version=1, defined_at=at))
            case SourceChanged():
                rows.append(ChangedSource.of(event.terms, **_own(event), version=event.version))
            case SourceDeleted():
                rows.append(DeletedSource(id=event.source_id, deleted_at=envelope.recorded_at))
    await _write(connection, partition, rows)


def _own(event: SourceDefined | SourceChanged) -> dict[str, Any]:
    return {"id": event.source_id, "addresses": jsonb(event.terms.addresses)}


async def _write(connection: Connection, partition: int, rows: list[Columns]) -> None:
    await _TABLES.write(connection, partition, rows)
    rows.clear()
