"""TopUpAdded -> a row of top_up_row; AllowancesSettled, TopUpCancelled -> what has become of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from services.rating.allowance.messages import AllowancesSettled, TopUpAdded, TopUpCancelled
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update

ACTIVE: Final = "active"
USED_UP: Final = "used_up"
EXPIRED: Final = "expired"


class TopUpRow(Row, frozen=True, kw_only=True):
    """A top-up. `unused` of it was taken back, and `credited` of its price given back, by the charge `credit_id`."""

    TABLE = "top_up_row"
    KEY = ("top_up_id",)

    top_up_id: str
    subscription_id: str
    account_id: str
    meter: str
    quantity: Decimal
    remaining: Decimal
    expires_on: date | None
    price: Amount | None
    currency: str | None
    charge_id: str | None
    status: str
    added_at: datetime
    cancelled_at: datetime | None = None
    reason: str | None = None
    unused: Decimal | None = None
    credited: Amount | None = None
    credit_id: str | None = None


class SettledTopUp(Change, frozen=True, kw_only=True):
    """What a close left of it."""

    TABLE = "top_up_row"
    KEY = ("top_up_id",)

    top_up_id: str
    remaining: Decimal
    status: str


class CancelledTopUp(Change, frozen=True, kw_only=True):
    TABLE = "top_up_row"
    KEY = ("top_up_id",)

    top_up_id: str
    cancelled_at: datetime
    reason: str
    unused: Decimal
    credited: Amount
    currency: str
    credit_id: str | None


# A top-up is added before anything becomes of it, and what a close and a cancellation say of it are other columns.
TABLES: Final = Tables(insert(TopUpRow), update(SettledTopUp), update(CancelledTopUp))


def rows(applied: AppliedOf[TopUpAdded | TopUpCancelled | AllowancesSettled]) -> list[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case TopUpAdded():
            return [_added(event, at)]
        case TopUpCancelled():
            return [CancelledTopUp.of(event, cancelled_at=at, credit_id=event.charge_id)]
        case AllowancesSettled():
            return _settled(event)


def _added(event: TopUpAdded, at: datetime) -> TopUpRow:
    bucket = event.bucket
    return TopUpRow.of(
        bucket,
        top_up_id=bucket.bucket_id,
        subscription_id=event.subscription_id,
        account_id=event.account_id,
        quantity=bucket.granted,
        remaining=bucket.left,
        currency=event.currency,
        status=ACTIVE,
        added_at=at,
    )


def _settled(event: AllowancesSettled) -> list[Columns]:
    held = {bucket.bucket_id: bucket.left for bucket in event.held}
    found: list[Columns] = []
    for bucket in event.buckets:
        if bucket.top_up:
            over = EXPIRED if bucket.expired else USED_UP
            status = ACTIVE if bucket.bucket_id in held else over
            remaining = held.get(bucket.bucket_id, Decimal(0))
            found.append(SettledTopUp(top_up_id=bucket.bucket_id, remaining=remaining, status=status))
    return found
