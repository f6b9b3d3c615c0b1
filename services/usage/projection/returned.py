"""UsageReturned -> quarantine: an accepted record that rating could not take is parked with rating's reason.

UsageReturned(seq=1842, items=[(17, "too_late")])  ->  usage/3/1842#17 is quarantined, no longer accepted
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from services.usage.events import UsageReturned
from services.usage.projection.recorded import KEPT, write_quarantine_rows
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.instants import clamped
from shared.kernel.money import micro_decimal

if TYPE_CHECKING:
    from shared.engine.postgres import Connection


async def write_returned(connection: Connection, partition: int, event: UsageReturned, envelope: Envelope) -> None:
    body = await connection.fetchval(
        "select records from recorded where partition = $1 and seq = $2", partition, event.seq
    )
    kept = KEPT.decode(body) if body is not None else []
    rows: list[tuple[Any, ...]] = []
    for index, reason in event.items:
        record = kept[index] if index < len(kept) else None
        if record is None:
            raise NeverBegan(f"usage/{partition}/{event.seq}#{index} was returned and is not an accepted record")
        quantity: Decimal = micro_decimal(int(record.quantity))
        rows.append(
            (
                event.seq,
                index,
                record.id,
                record.source,
                record.resource,
                record.meter,
                quantity,
                clamped(record.started_at),
                reason,
                "given back by rating",
                record.account,
                record.subscription,
                None,
                None,
                envelope.recorded_at,
            )
        )
    await write_quarantine_rows(connection, partition, rows)
