"""OneTimeChargeAdded -> a row of one_time_charge_row; what becomes of it -> its status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from services.rating.period.messages import TOP_UP, ChargeFixed
from services.rating.pricing.engine.lines import ONE_TIME
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class OneTimeChargeRow(Row, frozen=True, kw_only=True):
    """A one-time charge; `charged_on` is the day whose period bills it."""

    TABLE = "one_time_charge_row"
    KEY = ("charge_id",)

    charge_id: str
    account_id: str
    description: str
    amount: Amount
    currency: str
    charged_on: date
    item: str
    subscription_id: str | None
    tax_class: str | None
    includes_tax: bool
    status: str
    added_at: datetime


class OneTimeChargeStatus(Change, frozen=True, kw_only=True):
    """`billed` or `cancelled`."""

    TABLE = "one_time_charge_row"
    KEY = ("charge_id",)

    charge_id: str
    status: str


# A charge is added before it is billed or cancelled, so that all of a batch may be added first.
TABLES: Final = Tables(insert(OneTimeChargeRow), update(OneTimeChargeStatus))


def rows(applied: AppliedOf[OneTimeChargeAdded | OneTimeChargeCancelled | ChargeFixed]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case OneTimeChargeAdded():
            yield OneTimeChargeRow.of(event, charged_on=event.on, status="pending", added_at=envelope.recorded_at)
        case OneTimeChargeCancelled():
            yield OneTimeChargeStatus(charge_id=event.charge_id, status="cancelled")
        case ChargeFixed() if event.kind == ONE_TIME or event.item == TOP_UP:
            yield OneTimeChargeStatus(charge_id=event.charge_id, status="billed")
