"""What rating has done with the services of accounts that do not pay, by its own word.

ServicesRestricted acc-1 case-1 blocked, 2 lines     ServicesRestored acc-1      open
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.rating.service_restriction.messages import ServicesRestored, ServicesRestricted
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, upsert


class ServiceRestrictionRow(Row, frozen=True, kw_only=True):
    TABLE = "service_restriction_row"
    KEY = ("account_id",)

    account_id: str
    case_id: str
    access: str = "open"
    lines: int = 0
    recorded_at: datetime


_TABLES: Final = Tables(upsert(ServiceRestrictionRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[ServiceRestrictionRow] = []
    for event, envelope, _ in batch:
        match event:
            case ServicesRestricted():
                row = ServiceRestrictionRow.of(event, recorded_at=envelope.recorded_at, lines=len(event.lines))
            case ServicesRestored():
                row = ServiceRestrictionRow.of(event, recorded_at=envelope.recorded_at, lines=0)
            case _:
                continue
        rows.append(row)
    await _TABLES.write(connection, partition, rows)
