"""NetworkElementDefined, …Changed -> a row of network_element; NetworkElementDeleted -> marked as gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.usage.network_element.messages import (
    NetworkElementChanged,
    NetworkElementDefined,
    NetworkElementDeleted,
)
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, update, upsert


class ElementRow(Row, frozen=True, kw_only=True):
    """A network element; one that was deleted stays as such until its id is given again."""

    TABLE = "network_element"
    KEY = ("element_id",)

    element_id: str
    driver: str
    address: str
    vendor: str
    secret: str | None
    version: int
    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedElement(Change, frozen=True, kw_only=True):
    TABLE = "network_element"
    KEY = ("element_id",)

    element_id: str
    driver: str
    address: str
    vendor: str
    version: int
    secret: str | None


class DeletedElement(Change, frozen=True, kw_only=True):
    TABLE = "network_element"
    KEY = ("element_id",)

    element_id: str
    deleted_at: datetime


_TABLES: Final = Tables(
    upsert(ElementRow),
    update(ChangedElement, sets={"secret": "coalesce(new.secret, t.secret)"}, merge=lambda a, b: _merged(a, b)),
    update(DeletedElement),
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        match event:
            case NetworkElementDefined():
                # What was written of an earlier element of that id must not come after this.
                await _write(connection, partition, rows)
                rows.append(
                    ElementRow.of(
                        event.terms,
                        element_id=event.element_id,
                        secret=event.secret,
                        version=1,
                        defined_at=envelope.recorded_at,
                    )
                )
            case NetworkElementChanged():
                changed = ChangedElement.of(
                    event.terms, element_id=event.element_id, version=event.version, secret=event.secret
                )
                rows.append(changed)
            case NetworkElementDeleted():
                rows.append(DeletedElement.of(event, deleted_at=envelope.recorded_at))
    await _write(connection, partition, rows)


async def _write(connection: Connection, partition: int, rows: list[Columns]) -> None:
    await _TABLES.write(connection, partition, rows)
    rows.clear()


def _merged(earlier: ChangedElement, later: ChangedElement) -> ChangedElement:
    """Of two changes of a batch the later one, with the secret that was said last."""
    return ChangedElement.of(later, secret=earlier.secret if later.secret is None else later.secret)
