"""Redemptions, and what becomes of single vouchers.

red-1   SUMMER-00042   acc-1   20.00 EUR   redeemed   payment red-1
red-2   SUMMER-00043   acc-2   20.00 EUR   refused    account_closed
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal

import msgspec

from services.payments.voucher.messages import VoucherClaimed, VoucherRedeemed, VoucherReleased, VoucherVoided
from services.payments.voucher.state import OwnStatus
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update

RedemptionStatus = Literal["pending", "redeemed", "refused"]


class RedemptionRow(Row, frozen=True, kw_only=True):
    """`code` and `detail` say why the account refused it."""

    TABLE = "voucher_redemption_row"
    KEY = ("redemption_id",)

    redemption_id: str
    serial: str
    batch_id: str
    account_id: str
    currency: str
    amount: Amount
    status: RedemptionStatus = "pending"
    payment_id: str | None = None
    credit_id: str | None = None
    expires_on: date | None = None
    code: str = ""
    detail: str = ""
    redeemed_by: str | None
    claimed_at: datetime
    settled_at: datetime | None = None


class SettledRedemption(Change, frozen=True, kw_only=True):
    TABLE = "voucher_redemption_row"
    KEY = ("redemption_id",)

    redemption_id: str
    status: RedemptionStatus
    payment_id: str | None = None
    credit_id: str | None = None
    expires_on: date | None = None
    code: str = ""
    detail: str = ""
    settled_at: datetime


class OwnVoucher(Change, frozen=True, kw_only=True):
    """What became of this one; empty: it is as its batch is again."""

    TABLE = "voucher_row"
    KEY = ("serial",)

    serial: str
    own: OwnStatus
    changed_at: datetime


class Counted(Change, frozen=True, kw_only=True):
    """So many more of the batch."""

    TABLE = "voucher_batch_row"
    KEY = ("batch_id",)

    batch_id: str
    redeemed: int = 0
    voided: int = 0


def _more(earlier: Counted, later: Counted) -> Counted:
    sums = {"redeemed": earlier.redeemed + later.redeemed, "voided": earlier.voided + later.voided}
    return msgspec.structs.replace(later, **sums)


_SUMS: Final = {name: f"t.{name} + new.{name}" for name in ("redeemed", "voided")}
TABLES: Final = Tables(
    insert(RedemptionRow), update(SettledRedemption), update(OwnVoucher), update(Counted, sets=_SUMS, merge=_more)
)


def rows(applied: AppliedOf[VoucherClaimed | VoucherRedeemed | VoucherReleased | VoucherVoided]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case VoucherClaimed():
            yield RedemptionRow.of(event, redeemed_by=applied.envelope.actor, claimed_at=at)
            yield OwnVoucher.of(event, own="claimed", changed_at=at)
        case VoucherRedeemed():
            yield SettledRedemption.of(event, status="redeemed", settled_at=at)
            yield OwnVoucher.of(event, own="redeemed", changed_at=at)
            yield Counted(batch_id=event.batch_id, redeemed=1)
        case VoucherReleased():
            yield SettledRedemption.of(event, status="refused", settled_at=at)
            yield OwnVoucher.of(event, own="", changed_at=at)
        case VoucherVoided():
            yield OwnVoucher.of(event, own="void", changed_at=at)
            yield Counted(batch_id=event.batch_id, voided=1)
