"""Deliveries, as far as an invoice shows them: when it was sent first, and what of its deliveries needs a look.

del-1   inv-7   email   waiting
del-1   inv-7   email   sent      2026-10-01 06:00
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

from services.invoicing.delivery.messages import (
    Channel,
    DeliveryAsked,
    DeliveryBounced,
    DeliveryCancelled,
    DeliveryEnded,
    DeliveryPrinted,
    DeliveryStarted,
)
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update

Status = Literal["waiting", "sending", "sent", "bounced", "failed", "unknown", "cancelled"]


class DeliveryKey(Columns, frozen=True, kw_only=True):
    """Which row of `delivery_row`."""

    TABLE = "delivery_row"
    KEY = ("delivery_id",)

    delivery_id: str


class DeliveryRow(DeliveryKey, Row, frozen=True, kw_only=True):
    """A document on its way by one channel; `sent_at` once it was taken there."""

    document_id: str
    channel: Channel
    status: Status = "waiting"
    asked_at: datetime
    sent_at: datetime | None = None


class Stands(DeliveryKey, Change, frozen=True, kw_only=True):
    """Where it stands from now on."""

    status: Status


class Sent(DeliveryKey, Change, frozen=True, kw_only=True):
    sent_at: datetime


TABLES: Final = Tables(insert(DeliveryRow), update(Stands), update(Sent))

_ENDS: Final[dict[str, Status]] = {
    "sent": "sent",
    "deferred": "waiting",
    "bounced": "bounced",
    "failed": "failed",
    "gone": "failed",
    "unknown": "unknown",
}


def rows(applied: Applied) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case DeliveryAsked():
            yield DeliveryRow.of(event, document_id=event.document.id, asked_at=at)
        case DeliveryStarted():
            yield Stands.of(event, status="sending")
        case DeliveryEnded():
            yield Stands.of(event, status=_ENDS[event.outcome])
            if event.outcome == "sent":
                yield Sent.of(event, sent_at=at)
        case DeliveryPrinted():
            yield Stands.of(event, status="sent")
            yield Sent.of(event, sent_at=at)
        case DeliveryCancelled():
            yield Stands.of(event, status="cancelled")
        case DeliveryBounced():
            yield Stands.of(event, status="bounced")


project: Final = TABLES.projection(rows)
