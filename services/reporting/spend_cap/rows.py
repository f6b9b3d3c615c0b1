"""SuspensionAsked -> a cap that was reached; SpendAlertRemoved, …Changed -> none any more.

cap-1   acc-1   reached in the period from 2026-09-01
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.rating.spend_alert.messages import SpendAlertChanged, SpendAlertRemoved, SuspensionAsked
from shared.engine.postgres import Connection
from shared.engine.rows import Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, upsert


class SpendCapRow(Row, frozen=True, kw_only=True):
    TABLE = "spend_cap_row"
    KEY = ("alert_id",)

    alert_id: str
    account_id: str
    reached_start: date


_TABLES: Final = Tables(upsert(SpendCapRow))
_DELETE: Final = "delete from spend_cap_row where partition = $1 and alert_id = any($2::text[])"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    reached: dict[str, Columns] = {}
    removed: set[str] = set()
    for event, _, _ in batch:
        match event:
            case SuspensionAsked():
                removed.discard(event.alert_id)
                reached[event.alert_id] = SpendCapRow.of(event, reached_start=event.period.start)
            case SpendAlertChanged() | SpendAlertRemoved():
                reached.pop(event.alert_id, None)
                removed.add(event.alert_id)
    await _TABLES.write(connection, partition, reached.values())
    if removed:
        await connection.execute(_DELETE, partition, sorted(removed))
