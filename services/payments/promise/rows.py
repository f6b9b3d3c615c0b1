"""Promises, and what became of them.

pro-1   acc-1   36.04 EUR by 2026-11-20   broken on 2026-11-21, 20.00 paid
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from services.payments.promise.messages import PromiseBroken, PromiseCancelled, PromiseKept, PromiseMade
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update

Status = Literal["open", "kept", "broken", "cancelled"]


class PromiseRow(Row, frozen=True, kw_only=True):
    """A promise; `paid` is what came in until it was kept or broken."""

    TABLE = "promise_row"
    KEY = ("promise_id",)

    promise_id: str
    account_id: str
    currency: str
    amount: Amount
    made_on: date
    pay_by: date
    restores: bool
    note: str
    made_by: str
    parts: Jsonb
    status: Status = "open"
    paid: Amount = Decimal(0)
    closed_on: date | None = None
    closed_reason: str | None = None
    recorded_at: datetime


class ClosedPromise(Change, frozen=True, kw_only=True):
    """What became of it."""

    TABLE = "promise_row"
    KEY = ("promise_id",)

    promise_id: str
    status: Status
    paid: Amount = Decimal(0)
    closed_on: date
    closed_reason: str | None = None


TABLES: Final = Tables(insert(PromiseRow), update(ClosedPromise))


def rows(applied: AppliedOf[PromiseMade | PromiseKept | PromiseBroken | PromiseCancelled]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case PromiseMade():
            said = {"parts": jsonb(event.parts), "made_by": envelope.actor, "recorded_at": envelope.recorded_at}
            yield PromiseRow.of(event, **said)
        case PromiseKept():
            yield ClosedPromise.of(event, status="kept", closed_on=event.kept_on)
        case PromiseBroken():
            yield ClosedPromise.of(event, status="broken", closed_on=event.broken_on)
        case PromiseCancelled():
            reason = event.reason or None
            yield ClosedPromise.of(event, status="cancelled", closed_on=event.cancelled_on, closed_reason=reason)
