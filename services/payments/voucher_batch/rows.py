"""Batches of vouchers and the vouchers in them.

b-1   SUMMER   Kiosk Ltd   20.00 EUR   1000   redeemed 12   voided 1   activated
SUMMER-00042   b-1   claimed
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

import msgspec

from services.payments.voucher_batch.messages import (
    VoucherBatchActivated,
    VoucherBatchCreated,
    VoucherBatchExpired,
    VoucherBatchVoided,
    VouchersAdded,
    serial,
)
from services.payments.voucher_batch.state import BatchStatus
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, copy, insert, update


class VoucherBatchRow(Row, frozen=True, kw_only=True):
    """`redeemed` and `voided` count what happened to single vouchers; the others are as the batch is."""

    TABLE = "voucher_batch_row"
    KEY = ("batch_id",)

    batch_id: str
    prefix: str
    seller: str
    seller_reference: str
    currency: str
    amount: Amount
    count: int
    filled: int = 0
    redeemed: int = 0
    voided: int = 0
    valid_from: date | None
    valid_until: date | None
    credit_days: int | None
    status: BatchStatus = "preparing"
    reason: str = ""
    created_by: str | None
    created_at: datetime
    activated_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1


class VoucherRow(Row, frozen=True, kw_only=True):
    """`own` is what became of this one: claimed, redeemed, void; empty: as its batch is."""

    TABLE = "voucher_row"
    KEY = ("serial",)

    serial: str
    batch_id: str
    n: int
    code_hash: str
    own: str = ""
    changed_at: datetime


class Filled(Change, frozen=True, kw_only=True):
    """So many more have their codes."""

    TABLE = "voucher_batch_row"
    KEY = ("batch_id",)

    batch_id: str
    filled: int


class Activated(Change, frozen=True, kw_only=True):
    TABLE = "voucher_batch_row"
    KEY = ("batch_id",)

    batch_id: str
    status: BatchStatus
    activated_at: datetime
    version: int


class Ended(Change, frozen=True, kw_only=True):
    TABLE = "voucher_batch_row"
    KEY = ("batch_id",)

    batch_id: str
    status: BatchStatus
    reason: str
    ended_at: datetime
    version: int


def _more(earlier: Filled, later: Filled) -> Filled:
    return msgspec.structs.replace(later, filled=earlier.filled + later.filled)


_FILLED: Final = "t.filled + new.filled"
TABLES: Final = Tables(
    insert(VoucherBatchRow),
    copy(VoucherRow),
    update(Filled, sets={"filled": _FILLED}, merge=_more),
    update(Activated),
    update(Ended),
)
_COMPLETE: Final = "filled = count and status = 'preparing'"
"""Of a batch whose codes are all there the status is `created`: its rows can't tell, each adds to what it finds."""
STATUS: Final = f"(case when {_COMPLETE} then 'created' else status end)"

Shown = VoucherBatchCreated | VouchersAdded | VoucherBatchActivated | VoucherBatchVoided | VoucherBatchExpired


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    at = envelope.recorded_at
    match event:
        case VoucherBatchCreated():
            terms: dict[str, Any] = msgspec.structs.asdict(event.terms)
            yield VoucherBatchRow.of(event, **terms, created_by=envelope.actor, created_at=at)
        case VouchersAdded():
            yield Filled(batch_id=event.batch_id, filled=len(event.hashes))
            for n, code_hash in enumerate(event.hashes, event.first):
                name = serial(event.prefix, n)
                yield VoucherRow(serial=name, batch_id=event.batch_id, n=n, code_hash=code_hash, changed_at=at)
        case VoucherBatchActivated():
            yield Activated.of(event, status="activated", activated_at=at)
        case VoucherBatchVoided():
            yield Ended.of(event, status="void", ended_at=at)
        case VoucherBatchExpired():
            yield Ended.of(event, status="expired", reason="", ended_at=at)
