"""The rows of invoices come out the same however their events are cut into batches."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from services.invoicing.invoice.rows import TABLES, CreditedInvoice, VoidPending


class Recorder:
    """What a connection is asked to execute."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def execute(self, sql: str, *_values: Any) -> None:
        self.asked.append(sql)


async def test_the_last_event_of_an_invoice_stays_whatever_the_order_of_the_tables() -> None:
    """A void that is refused, and then a credit note: in one batch the credit note's row is written first."""
    refused = VoidPending(invoice_id="i", void_pending=False, void_refused=Decimal(5), version=1, seq=647)
    credited = CreditedInvoice(invoice_id="i", replaced_by="j", version=1, seq=648)
    connection = Recorder()
    await TABLES.write(cast(Any, connection), 3, [refused, credited])
    assert len(connection.asked) == 2
    assert all("greatest(t.seq, new.seq)" in sql for sql in connection.asked)
