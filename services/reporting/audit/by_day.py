"""How many events of each type there were, by UTC day on which they were recorded: what the timeline of events shows.

2026-10-01   invoicing.InvoiceIssued.v1   118
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date
from typing import Final

from services.reporting.adding import adding
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables


class EventDay(Row, frozen=True, kw_only=True):
    TABLE = "event_day"
    KEY = ("topic", "day", "type")

    topic: str
    day: date
    type: str
    events: int


TABLES: Final = Tables(adding(EventDay, "events"))


async def project(connection: Connection, topic: str, partition: int, batch: Sequence[Applied]) -> None:
    """Those that the audit trail has."""
    told = Counter(
        (envelope.recorded_at.astimezone(UTC).date(), envelope.type) for event, envelope, _ in batch if not event.HOT
    )
    rows = [EventDay(topic=topic, day=day, type=kind, events=events) for (day, kind), events in told.items()]
    await TABLES.write(connection, partition, rows)
