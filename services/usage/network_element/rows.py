"""NetworkElementDefined, …Changed -> a row of network_element; NetworkElementDeleted -> marked as gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.usage.network_element.messages import (
    NetworkElementChanged,
    NetworkElementDefined,
    NetworkElementDeleted,
)
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class ElementColumns(Columns, frozen=True, kw_only=True):
    """What is said of an element."""

    TABLE = "network_element"
    KEY = ("element_id",)

    element_id: str
    driver: str
    address: str
    vendor: str
    secret: str | None
    version: int


class ElementRow(ElementColumns, Row, frozen=True, kw_only=True):
    """A network element; one that was deleted stays as such until its id is given again."""

    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedElement(ElementColumns, Change, frozen=True, kw_only=True):
    """This is said of it from now on."""


class DeletedElement(Change, frozen=True, kw_only=True):
    TABLE = "network_element"
    KEY = ("element_id",)

    element_id: str
    deleted_at: datetime


TABLES: Final = Tables(
    upsert(ElementRow),
    update(ChangedElement, sets={"secret": "coalesce(new.secret, t.secret)"}, merge=lambda a, b: _merged(a, b)),
    update(DeletedElement),
)


Shown = NetworkElementDefined | NetworkElementChanged | NetworkElementDeleted
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case NetworkElementDefined():
            yield ElementRow.of(event.terms, element_id=event.element_id, secret=event.secret, version=1, defined_at=at)
        case NetworkElementChanged():
            yield ChangedElement.of(
                event.terms, element_id=event.element_id, version=event.version, secret=event.secret
            )
        case NetworkElementDeleted():
            yield DeletedElement.of(event, deleted_at=at)


def _merged(earlier: ChangedElement, later: ChangedElement) -> ChangedElement:
    """Of two changes of a batch the later one, with the secret that was said last."""
    return ChangedElement.of(later, secret=earlier.secret if later.secret is None else later.secret)
