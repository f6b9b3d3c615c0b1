"""SourceDefined, …Changed -> the row of a source; SourceDeleted -> none."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from services.usage.source.messages import SourceChanged, SourceDefined, SourceDeleted
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class SourceColumns(Columns, frozen=True, kw_only=True):
    """What is said of a source."""

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


class SourceRow(SourceColumns, Row, frozen=True, kw_only=True):
    """What is known of a source; one that was deleted stays as such until its id is defined again."""

    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedSource(SourceColumns, Change, frozen=True, kw_only=True):
    """This is said of it from now on."""


class DeletedSource(Change, frozen=True, kw_only=True):
    TABLE = "source"
    KEY = ("id",)

    id: str
    deleted_at: datetime


TABLES: Final = Tables(upsert(SourceRow), update(ChangedSource), update(DeletedSource))


def rows(applied: AppliedOf[SourceDefined | SourceChanged | SourceDeleted]) -> list[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case SourceDefined():
            return [SourceRow.of(event.terms, **_own(event), version=1, defined_at=at)]
        case SourceChanged():
            return [ChangedSource.of(event.terms, **_own(event), version=event.version)]
        case SourceDeleted():
            return [DeletedSource(id=event.source_id, deleted_at=at)]


def _own(event: SourceDefined | SourceChanged) -> dict[str, Any]:
    return {"id": event.source_id, "addresses": jsonb(event.terms.addresses)}
