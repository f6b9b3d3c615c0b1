"""Refunds of payments, and how far each is.

rf-1   pay-3   acc-1   20.00 EUR   card   2026-10-12   cancelled early   gateway    sent
rf-2   pay-4   acc-2   10.00 EUR   bank_transfer       moved away        transfer   paid 2026-10-14
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

import msgspec

from services.payments.references import key_of
from services.payments.refund.messages import (
    PaymentRefunded,
    RefundFailed,
    RefundPaid,
    RefundPending,
    RefundSent,
    RefundWay,
)
from services.payments.refund.state import RefundStatus
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class RefundRow(Row, frozen=True, kw_only=True):
    """What goes back of a payment; with `adjusts` the invoices that it had paid owe that much less (R51). `claim` names
    the process that calls the `gateway`, `outcome`, `reference` and `code` what that said last. `statement_key` is what
    a bank statement may call it by. `late`: it was paid after it had failed."""

    TABLE = "refund_row"
    KEY = ("refund_id",)

    refund_id: str
    payment_id: str
    account_id: str
    currency: str
    amount: Amount
    method: str
    reason: str
    note: str
    external_key: str | None
    adjusts: bool
    refunded_on: date
    refunded_by: str | None
    recorded_at: datetime
    way: RefundWay | None
    status: RefundStatus
    gateway: str
    charge: str
    claim: str = ""
    outcome: str = ""
    reference: str = ""
    code: str = ""
    statement_key: str
    paid_on: date | None = None
    late: bool = False
    moved_at: datetime


class RefundMoved(Change, frozen=True, kw_only=True):
    """How far it is; empty texts leave what is there."""

    TABLE = "refund_row"
    KEY = ("refund_id",)

    refund_id: str
    status: RefundStatus
    claim: str = ""
    outcome: str = ""
    reference: str = ""
    code: str = ""
    paid_on: date | None = None
    late: bool = False
    moved_at: datetime


_KEPT: Final = ("claim", "reference")


def _later(earlier: RefundMoved, later: RefundMoved) -> RefundMoved:
    return msgspec.structs.replace(later, **{name: getattr(later, name) or getattr(earlier, name) for name in _KEPT})


_SETS: Final = {name: f"coalesce(nullif(new.{name}, ''), t.{name})" for name in _KEPT}
TABLES: Final = Tables(insert(RefundRow), update(RefundMoved, sets=_SETS, merge=_later))


def rows(
    applied: AppliedOf[PaymentRefunded | RefundSent | RefundPending | RefundPaid | RefundFailed],
) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    at = envelope.recorded_at
    moved: dict[str, Any] = {"moved_at": at}
    match event:
        case PaymentRefunded():
            was_paid = event.way is None
            said: dict[str, Any] = {"status": "paid" if was_paid else "requested", "recorded_at": at, **moved}
            said |= {"paid_on": event.refunded_on if was_paid else None}
            key = key_of("refund", event.refund_id)
            yield RefundRow.of(event, refunded_by=envelope.actor, statement_key=key, **said)
        case RefundSent():
            yield RefundMoved.of(event, status="sent", **moved)
        case RefundPending():
            yield RefundMoved.of(event, status="sent", **moved)
        case RefundPaid():
            yield RefundMoved.of(event, status="paid", outcome="succeeded", **moved)
        case RefundFailed():
            yield RefundMoved.of(event, status="failed", outcome="failed", **moved)
