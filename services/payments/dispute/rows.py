"""Disputes of invoices.

dp-1   inv-7   acc-1   15.00 EUR   not supplied   open since 2026-10-09
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from services.payments.dispute.messages import DisputeOpened, DisputeResolved
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update

DisputeStatus = Literal["open", "accepted", "rejected"]


class DisputeRow(Row, frozen=True, kw_only=True):
    """`amount` is on hold while it is `open`; `accepted` of it was credited, `covered` of that before."""

    TABLE = "dispute_row"
    KEY = ("dispute_id",)

    dispute_id: str
    invoice_id: str
    account_id: str
    currency: str
    amount: Amount
    accepted: Amount = Decimal(0)
    covered: Amount = Decimal(0)
    status: DisputeStatus = "open"
    reason: str
    note: str
    opened_on: date
    opened_by: str | None
    recorded_at: datetime
    resolved_on: date | None = None
    resolution: str | None = None


class Resolved(Change, frozen=True, kw_only=True):
    TABLE = "dispute_row"
    KEY = ("dispute_id",)

    dispute_id: str
    status: DisputeStatus
    accepted: Amount
    covered: Amount
    resolved_on: date
    resolution: str


TABLES: Final = Tables(insert(DisputeRow), update(Resolved))


def rows(applied: AppliedOf[DisputeOpened | DisputeResolved]) -> Iterator[Columns]:
    """A dispute is opened before it is resolved, so a batch can be written kind by kind."""
    event, envelope = applied.event, applied.envelope
    match event:
        case DisputeOpened():
            yield DisputeRow.of(event, opened_by=envelope.actor, recorded_at=envelope.recorded_at)
        case DisputeResolved():
            yield Resolved.of(event, status=event.outcome, resolution=event.note)
