"""Collections with where they stand, and what gateways have given.

col-1   acc-1   inv-7   36.04 EUR   stripe   pending   attempt 2   pi_1
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from services.payments.collection.messages import (
    CollectionAsked,
    CollectionFailed,
    CollectionHurried,
    CollectionPending,
    CollectionRescheduled,
    CollectionStarted,
    CollectionStopAsked,
    CollectionStopped,
    CollectionSucceeded,
    GatewaySet,
)
from services.payments.collection.state import CollectionStatus
from services.payments.gateways.contract import statement_key_of
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update, upsert

TOLD_BY: Final = "gateway:"
"""How the actor of what a webhook says begins."""


class GatewayRow(Row, frozen=True, kw_only=True):
    """Secrets as they are sealed."""

    TABLE = "gateway_row"
    KEY = ("gateway",)

    gateway: str
    secret: str
    webhook_secret: str
    base_url: str
    merchant: str
    callback_url: str


class CollectionRow(Row, frozen=True, kw_only=True):
    """`attempts` were started, the last by `claim`; the next is due at `due_at` while it waits. `outcome`, `reference`,
    `code` and `action_url` are what was heard last, by a webhook at `told_at`. `stopping` is why it is to be stopped or
    was, `late` says that its money came after that or after it had failed."""

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
    pay_to: Jsonb | None = None
    return_url: str
    stopping: str = ""
    late: bool = False
    statement_key: str
    asked_at: datetime
    moved_at: datetime
    told_at: datetime | None = None


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
    pay_to: Jsonb | None = None
    method_id: str = ""
    gateway: str = ""
    details: str = ""
    stopping: str = ""
    late: bool = False
    moved_at: datetime
    told_at: datetime | None = None


_KEPT: Final = ("claim", "reference", "code", "method_id", "gateway", "details", "stopping")


def _later(earlier: CollectionMoved, later: CollectionMoved) -> CollectionMoved:
    kept = {name: getattr(later, name) or getattr(earlier, name) for name in (*_KEPT, "told_at")}
    return msgspec.structs.replace(later, **kept)


_SETS: Final = {
    **{name: f"coalesce(nullif(new.{name}, ''), t.{name})" for name in _KEPT},
    "told_at": "coalesce(new.told_at, t.told_at)",
}
TABLES: Final = Tables(
    upsert(GatewayRow),
    insert(CollectionRow),
    update(CollectionMoved, sets=_SETS, merge=_later),
)

Shown = (
    GatewaySet
    | CollectionAsked
    | CollectionStarted
    | CollectionPending
    | CollectionRescheduled
    | CollectionSucceeded
    | CollectionFailed
    | CollectionHurried
    | CollectionStopAsked
    | CollectionStopped
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    told_at = at if (applied.envelope.actor or "").startswith(TOLD_BY) else None
    moved: dict[str, Any] = {"moved_at": at, "told_at": told_at}
    match event:
        case GatewaySet():
            yield GatewayRow.of(event)
        case CollectionAsked():
            key = statement_key_of(event.collection_id)
            yield CollectionRow.of(event, asked_at=at, moved_at=at, statement_key=key)
        case CollectionHurried():
            outcome = "failed" if event.attempt else ""
            yield CollectionMoved.of(event, status="waiting", attempts=event.attempt, outcome=outcome, **moved)
        case CollectionStopAsked():
            said = {"outcome": "action_required", "stopping": event.reason}
            yield CollectionMoved.of(event, status="pending", attempts=event.attempt, **said, **moved)
        case CollectionStopped():
            yield CollectionMoved.of(event, status="stopped", attempts=event.attempt, stopping=event.reason, **moved)
        case CollectionStarted():
            yield CollectionMoved.of(event, status="calling", attempts=event.attempt, **moved)
        case CollectionPending():
            pay_to = None if event.pay_to is None else jsonb(event.pay_to)
            yield CollectionMoved.of(event, status="pending", attempts=event.attempt, pay_to=pay_to, **moved)
        case CollectionRescheduled():
            yield CollectionMoved.of(event, status="waiting", attempts=event.attempt, outcome="failed", **moved)
        case CollectionSucceeded():
            yield CollectionMoved.of(event, status="succeeded", attempts=event.attempt, outcome="succeeded", **moved)
        case CollectionFailed():
            yield CollectionMoved.of(event, status="failed", attempts=event.attempt, outcome="failed", **moved)
