"""Payments with what is not allocated of them, and what paid for what.

pay-3   acc-1   10.00 EUR   unallocated 0.00   bank_transfer   2026-10-07   version 2
pay-3   inv-7   10.00
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import msgspec

from services.payments.balance.messages import PaymentAllocated
from services.payments.payment.messages import PaymentRecorded
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class PaymentRow(Row, frozen=True, kw_only=True):
    """`unallocated` is what is left as credit. `version` is 1 and one more for every allocation."""

    TABLE = "payment_row"
    KEY = ("payment_id",)

    payment_id: str
    account_id: str
    currency: str
    amount: Amount
    unallocated: Amount
    method: str
    received_on: date
    invoice_id: str | None
    external_key: str | None
    recorded_at: datetime
    version: int = 1


class AllocationRow(Row, frozen=True, kw_only=True):
    """`seq` is the number of the event that says so; the currency is the payment's."""

    TABLE = "allocation_row"
    KEY = ("seq",)

    seq: int
    payment_id: str
    invoice_id: str
    amount: Decimal
    recorded_at: datetime


class Unallocated(Change, frozen=True, kw_only=True):
    """What a payment has left after allocations; `version` is how many."""

    TABLE = "payment_row"
    KEY = ("payment_id",)

    payment_id: str
    unallocated: Amount
    version: int = 1


def _both(earlier: Unallocated, later: Unallocated) -> Unallocated:
    return msgspec.structs.replace(later, version=earlier.version + later.version)


TABLES: Final = Tables(
    insert(PaymentRow),
    insert(AllocationRow),
    update(Unallocated, sets={"version": "t.version + new.version"}, merge=_both),
)


def rows(applied: AppliedOf[PaymentRecorded | PaymentAllocated]) -> Iterator[Columns]:
    """A payment is recorded before it is allocated, so a batch can be written kind by kind."""
    event = applied.event
    match event:
        case PaymentRecorded():
            yield PaymentRow.of(event, unallocated=event.amount, recorded_at=applied.envelope.recorded_at)
        case PaymentAllocated():
            yield AllocationRow.of(event, seq=applied.envelope.seq, recorded_at=applied.envelope.recorded_at)
            yield Unallocated.of(event)
