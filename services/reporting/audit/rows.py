"""The audit trail's index: where each event that is not hot stands in the log, who caused it, and for which account.

    invoicing/3/1842   invoicing.InvoiceIssued.v1   inv-7   acc-1   user:u2   2026-12-01T01:00:03Z   offset 1907

Payloads stay in Kafka and are fetched by offset when somebody looks at one event.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.invoicing.invoice.messages import DEBIT_NOTE, INVOICE
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy
from shared.kernel.envelope import Envelope


class AuditRow(Row, frozen=True, kw_only=True):
    """Where an event stands, and what it is about."""

    TABLE = "audit_event"
    KEY = ("topic", "seq")

    topic: str
    seq: int
    log_offset: int
    id: str
    type: str
    aggregate_id: str
    account_id: str | None
    invoice_id: str | None
    actor: str | None
    correlation_id: str | None
    causation_id: str | None
    version: int
    recorded_at: datetime


TABLES: Final = Tables(copy(AuditRow))

AGGREGATES: Final = (
    *(
        "credit_note_id",
        "payment_id",
        "invoice_id",
        "charge_id",
        "subscription_id",
        "run_id",
        "plan_id",
        "resource_id",
        "meter_id",
        "case_id",
    ),
)
"""Fields that name what an event is about, the most particular first."""


async def project(connection: Connection, topic: str, partition: int, batch: Sequence[Applied]) -> None:
    await TABLES.write(connection, partition, [_row(topic, applied) for applied in batch if not applied.event.HOT])


def _row(topic: str, applied: Applied) -> AuditRow:
    event, envelope, offset = applied
    return AuditRow.of(
        envelope,
        topic=topic,
        log_offset=offset,
        id=envelope.citation,
        aggregate_id=aggregate_of(event, envelope),
        account_id=event.account,
        invoice_id=_invoice_of(event),
        version=envelope.data_version,
    )


def _invoice_of(event: Any) -> str | None:
    document = getattr(event, "document", None)
    if document is not None:
        return document.id if document.kind in (INVOICE, DEBIT_NOTE) else None
    return getattr(event, "invoice_id", None)


def aggregate_of(event: Any, envelope: Envelope) -> str:
    """The id of what the event is about: the invoice, not the account whose key chose its partition.

    An event that names several (a payment allocated to an invoice) is about the first of `AGGREGATES`; one that gives a
    document a number is about the document.
    """
    document = getattr(event, "document", None)
    if document is not None:
        return str(document.id)
    for name in AGGREGATES:
        found = getattr(event, name, None)
        if found is not None:
            return str(found)
    return envelope.subject
