"""LateFeeAdded -> a row of late_fee_row; LateFeeBilled -> its draft; LateFeeWaived -> why.

fee-1   acc-1   on INV-000042   step 1   5.00 EUR   charged 2026-10-16   line 3 of inv-9
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.invoicing.late_fee.messages import LateFeeAdded, LateFeeBilled, LateFeeWaived
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class LateFeeRow(Row, frozen=True, kw_only=True):
    """A late fee on `overdue_invoice_id`, of which `base` was overdue; `billed_on` is the invoice that asks for it."""

    TABLE = "late_fee_row"
    KEY = ("fee_id",)

    fee_id: str
    account_id: str
    overdue_invoice_id: str
    number: str
    due_on: date
    step: int
    kind: str
    amount: Amount
    currency: str
    base: Amount
    charged_on: date
    policy_id: str
    policy_version: int
    capped: bool
    billed_on: str | None = None
    line_n: int | None = None
    waived_at: datetime | None = None
    waived_reason: str | None = None


class BilledFee(Change, frozen=True, kw_only=True):
    """The last draft that has taken it counts."""

    TABLE = "late_fee_row"
    KEY = ("fee_id",)

    fee_id: str
    billed_on: str
    line_n: int


class WaivedFee(Change, frozen=True, kw_only=True):
    TABLE = "late_fee_row"
    KEY = ("fee_id",)

    fee_id: str
    waived_at: datetime
    waived_reason: str


TABLES: Final = Tables(insert(LateFeeRow), update(BilledFee), update(WaivedFee))


def rows(applied: AppliedOf[LateFeeAdded | LateFeeBilled | LateFeeWaived]) -> Iterator[Columns]:
    event = applied.event
    match event:
        case LateFeeAdded(fee=fee):
            yield LateFeeRow.of(fee, account_id=event.account_id, overdue_invoice_id=fee.invoice_id)
        case LateFeeBilled():
            yield BilledFee(fee_id=event.fee_id, billed_on=event.invoice_id, line_n=event.n)
        case LateFeeWaived():
            at = applied.envelope.recorded_at
            yield WaivedFee(fee_id=event.fee_id, waived_at=at, waived_reason=event.reason)
