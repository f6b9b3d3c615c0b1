"""Handovers as they stand, and each movement that the agency has to be told.

handover-1   acc-1   nord   36.04 handed on 2026-11-05   16.04 left
1  handed_over 36.04     2  changed 16.04     3  withdrawn 0.00, settled
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from services.payments.handover.messages import DebtHandedOver, HandoverChanged, HandoverWithdrawn
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update

Kind = Literal["handed_over", "changed", "withdrawn"]


class HandoverRow(Row, frozen=True, kw_only=True):
    """`handed` was given to the agency, `amount` of it is to be collected."""

    TABLE = "handover_row"
    KEY = ("handover_id",)

    handover_id: str
    account_id: str
    case_id: str
    agency: str
    currency: str
    handed: Amount
    amount: Amount
    parts: Jsonb
    handed_on: date
    withdrawn_on: date | None = None
    reason: str | None = None
    recorded_at: datetime


class LeftOfHandover(Change, frozen=True, kw_only=True):
    TABLE = "handover_row"
    KEY = ("handover_id",)

    handover_id: str
    amount: Amount
    parts: Jsonb


class WithdrawnHandover(Change, frozen=True, kw_only=True):
    TABLE = "handover_row"
    KEY = ("handover_id",)

    handover_id: str
    amount: Amount = Decimal(0)
    withdrawn_on: date
    reason: str


class HandoverMovementRow(Row, frozen=True, kw_only=True):
    TABLE = "handover_movement_row"
    KEY = ("seq",)

    seq: int
    handover_id: str
    account_id: str
    agency: str
    kind: Kind
    currency: str
    amount: Amount = Decimal(0)
    parts: Jsonb = Jsonb("[]")
    reason: str | None = None
    moved_on: date
    recorded_at: datetime


TABLES: Final = Tables(
    insert(HandoverRow), update(LeftOfHandover), update(WithdrawnHandover), insert(HandoverMovementRow)
)


def rows(applied: AppliedOf[DebtHandedOver | HandoverChanged | HandoverWithdrawn]) -> Iterator[Columns]:
    event, at, seq = applied.event, applied.envelope.recorded_at, applied.envelope.seq
    match event:
        case DebtHandedOver():
            parts = jsonb(event.parts)
            yield HandoverRow.of(event, handed=event.amount, parts=parts, recorded_at=at)
            moved: dict[str, object] = {"kind": "handed_over", "moved_on": event.handed_on, "parts": parts}
        case HandoverChanged():
            parts = jsonb(event.parts)
            yield LeftOfHandover.of(event, parts=parts)
            moved = {"kind": "changed", "moved_on": event.changed_on, "parts": parts}
        case HandoverWithdrawn():
            yield WithdrawnHandover.of(event)
            moved = {"kind": "withdrawn", "moved_on": event.withdrawn_on}
    yield HandoverMovementRow.of(event, seq=seq, recorded_at=at, **moved)
