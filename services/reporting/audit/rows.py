"""The audit trail's index: where each event that is not hot stands in the log, who caused it, and for which account.

    invoicing/3/1842   invoicing.InvoiceIssued.v1   inv-7   acc-1   user:u2   2026-12-01T01:00:03Z   offset 1907

Payloads stay in Kafka and are fetched by offset when somebody looks at one event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.engine.service import Applied
from shared.kernel.envelope import Envelope

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

COLUMNS: Final = (
    *("topic", "partition", "seq", "log_offset", "id", "type", "aggregate_id", "account_id"),
    *("invoice_id", "actor", "correlation_id", "causation_id", "version", "recorded_at"),
)


AGGREGATES: Final = (
    *("payment_id", "invoice_id", "charge_id", "subscription_id", "run_id", "plan_id", "resource_id", "meter_id"),
)
"""Fields that name what an event is about, the most particular first."""


async def project(connection: Connection, topic: str, partition: int, batch: Sequence[Applied]) -> None:
    rows = [_row(topic, partition, applied) for applied in batch if not applied.event.HOT]
    if rows:
        await connection.copy_records_to_table("audit_event", records=rows, columns=COLUMNS)


def _row(topic: str, partition: int, applied: Applied) -> tuple[Any, ...]:
    event, envelope, offset = applied
    return (
        topic,
        partition,
        envelope.seq,
        offset,
        envelope.citation,
        envelope.type,
        aggregate_of(event, envelope),
        event.account,
        getattr(event, "invoice_id", None),
        envelope.actor,
        envelope.correlation_id,
        envelope.causation_id,
        envelope.data_version,
        envelope.recorded_at,
    )


def aggregate_of(event: Any, envelope: Envelope) -> str:
    """The id of what the event is about: the invoice, not the account whose key chose its partition.

    An event that names several (a payment allocated to an invoice) is about the first of `AGGREGATES`.
    """
    for name in AGGREGATES:
        found = getattr(event, name, None)
        if found is not None:
            return str(found)
    return envelope.subject
