"""UsageRecorded -> what its records of sessions reported, for the detail of a record.

usage/3/1842#17   session 5F3A0001, interim, reading 73400320
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from services.usage.record.messages import UsageRecorded
from shared.engine.postgres import Connection
from shared.engine.rows import Digits, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert
from shared.kernel.instants import clamped


class SessionReportRow(Row, frozen=True, kw_only=True):
    """One report, by the record it came in; `reading` and `total` in 1e-6 units."""

    TABLE = "usage_session_report"
    KEY = ("seq", "index")

    seq: int
    index: int
    session_id: str
    status: str
    reading: Digits
    total: Digits
    read_at: datetime
    began_at: datetime
    closed_by: str | None


_TABLES: Final = Tables(insert(SessionReportRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows = [
        row
        for applied in batch
        if isinstance(applied.event, UsageRecorded) and applied.event.sessions
        for row in _rows(applied.event, applied.envelope.seq)
    ]
    await _TABLES.write(connection, partition, rows)


def _rows(event: UsageRecorded, seq: int) -> Iterable[SessionReportRow]:
    for index, reading in event.sessions.items():
        yield SessionReportRow(
            seq=seq,
            index=index,
            session_id=reading.session_id,
            status=reading.status,
            reading=Digits(reading.value),
            total=Digits(reading.total),
            read_at=clamped(reading.read_at),
            began_at=clamped(reading.began_at),
            closed_by=reading.closed_by,
        )
