"""Collections with where they stand, and what gateways have given.

col-1   acc-1   inv-7   36.04 EUR   stripe   pending   attempt 2   pi_1
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec

from services.payments.collection.messages import (
    CollectionAsked,
    CollectionFailed,
    CollectionPending,
    CollectionRescheduled,
    CollectionStarted,
    CollectionSucceeded,
    GatewaySet,
)
from services.payments.collection.state import CollectionStatus
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update, upsert


class GatewayRow(Row, frozen=True, kw_only=True):
    """Secrets as they are sealed."""

    TABLE = "gateway_row"
    KEY = ("gateway",)

    gateway: str
    secret: str
    webhook_secret: str
    base_url: str


class CollectionRow(Row, frozen=True, kw_only=True):
    """`attempts` were started, the last by `claim`; the next is due at `due_at` while it waits. `outcome`, `reference`,
    `code` and `action_url` are what was heard last."""

    TABLE = "collection_row"
    KEY = ("collection_id",)

    collection_id: str
    account_id: str
    invoice_id: str | None
    method_id: str
    gateway: str
    details: str
    currency: str
    amount: Amount
    status: CollectionStatus = "waiting"
    attempts: int = 0
    due_at: datetime | None
    claim: str = ""
    outcome: str = ""
    reference: str = ""
    code: str = ""
    action_url: str = ""
    asked_at: datetime


class CollectionMoved(Change, frozen=True, kw_only=True):
    """Where it stands; empty texts leave what is there."""

    TABLE = "collection_row"
    KEY = ("collection_id",)

    collection_id: str
    status: CollectionStatus
    attempts: int
    due_at: datetime | None = None
    claim: str = ""
    outcome: str = ""
    reference: str = ""
    code: str = ""
    action_url: str = ""
    method_id: str = ""
    gateway: str = ""
    details: str = ""


_KEPT: Final = ("claim", "reference", "code", "method_id", "gateway", "details")


def _later(earlier: CollectionMoved, later: CollectionMoved) -> CollectionMoved:
    kept = {name: getattr(later, name) or getattr(earlier, name) for name in _KEPT}
    return msgspec.structs.replace(later, **kept)


_SETS: Final = {name: f"coalesce(nullif(new.{name}, ''), t.{name})" for name in _KEPT}
TABLES: Final = Tables(upsert(GatewayRow), insert(CollectionRow), update(CollectionMoved, sets=_SETS, merge=_later))

Shown = (
    GatewaySet
    | CollectionAsked
    | CollectionStarted
    | CollectionPending
    | CollectionRescheduled
    | CollectionSucceeded
    | CollectionFailed
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event = applied.event
    match event:
        case GatewaySet():
            yield GatewayRow.of(event)
        case CollectionAsked():
            yield CollectionRow.of(event, asked_at=applied.envelope.recorded_at)
        case CollectionStarted():
            yield CollectionMoved.of(event, status="calling", attempts=event.attempt)
        case CollectionPending():
            yield CollectionMoved.of(event, status="pending", attempts=event.attempt)
        case CollectionRescheduled():
            yield CollectionMoved.of(event, status="waiting", attempts=event.attempt, outcome="failed")
        case CollectionSucceeded():
            yield CollectionMoved.of(event, status="succeeded", attempts=event.attempt, outcome="succeeded")
        case CollectionFailed():
            yield CollectionMoved.of(event, status="failed", attempts=event.attempt, outcome="failed")
