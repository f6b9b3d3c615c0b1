"""What rating has done with the services of accounts that do not pay, or whose payer does not, by its own word.

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
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event


class ServiceRestrictionRow(Row, frozen=True, kw_only=True):
    TABLE = "service_restriction_row"
    KEY = ("account_id", "payer_id")

    account_id: str
    payer_id: str
    case_id: str
    access: str = "open"
    lines: int = 0
    recorded_at: datetime


_TABLES: Final = Tables(upsert(ServiceRestrictionRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows = [row for event, envelope, _ in batch if (row := _row(event, envelope)) is not None]
    await _TABLES.write(connection, partition, rows)


def _row(event: Event, envelope: Envelope) -> ServiceRestrictionRow | None:
    match event:
        case ServicesRestricted():
            lines = len(event.lines)
        case ServicesRestored():
            lines = 0
        case _:
            return None
    said = {"payer_id": event.payer_id or "", "recorded_at": envelope.recorded_at, "lines": lines}
    return ServiceRestrictionRow.of(event, **said)
