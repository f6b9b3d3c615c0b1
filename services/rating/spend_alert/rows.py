"""SpendAlertSet, …Changed -> a row of spend_alert_row; SpendThresholdReached -> when; SpendAlertRemoved -> none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.rating.spend_alert.messages import (
    SpendAlertChanged,
    SpendAlertRemoved,
    SpendAlertSet,
    SpendThresholdReached,
)
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class SpendAlertRow(Row, frozen=True, kw_only=True):
    """An alert, and the latest period in which it was reached."""

    TABLE = "spend_alert_row"
    KEY = ("alert_id",)

    alert_id: str
    account_id: str
    threshold: Amount
    currency: str
    scope: str
    action: str
    version: int
    set_at: datetime
    reached_start: date | None = None
    reached_end: date | None = None
    reached_amount: Amount | None = None
    reached_at: datetime | None = None


class ChangedAlert(Change, frozen=True, kw_only=True):
    """As new: what has been reached was another threshold."""

    TABLE = "spend_alert_row"
    KEY = ("alert_id",)

    alert_id: str
    threshold: Amount
    currency: str
    action: str
    version: int
    reached_start: date | None = None
    reached_end: date | None = None
    reached_amount: Amount | None = None
    reached_at: datetime | None = None


class Reached(Change, frozen=True, kw_only=True):
    TABLE = "spend_alert_row"
    KEY = ("alert_id",)

    alert_id: str
    reached_start: date
    reached_end: date
    reached_amount: Amount
    reached_at: datetime


# An alert is set before it is reached, so that all of a batch may be set first; what was reached before a change is
# written before it.
_TABLES: Final = Tables(insert(SpendAlertRow), update(ChangedAlert), update(Reached))
_DELETE: Final = "delete from spend_alert_row where partition = $1 and alert_id = any($2::text[])"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    removed: list[str] = []
    for event, envelope, _ in batch:
        match event:
            case SpendAlertSet():
                rows.append(SpendAlertRow.of(event, version=1, set_at=envelope.recorded_at))
            case SpendAlertChanged():
                await _TABLES.write(connection, partition, rows)
                rows = [ChangedAlert.of(event)]
            case SpendThresholdReached():
                rows.append(
                    Reached(
                        alert_id=event.alert_id,
                        reached_start=event.period.start,
                        reached_end=event.period.end,
                        reached_amount=event.amount,
                        reached_at=envelope.recorded_at,
                    )
                )
            case SpendAlertRemoved():
                removed.append(event.alert_id)
    await _TABLES.write(connection, partition, rows)
    # An id is never used again, so nothing of a batch comes after its removal.
    if removed:
        await connection.execute(_DELETE, partition, removed)
