"""The operator's policy as a row.

invoices   {"above": {"EUR": "1000.00"}, "four_eyes": true}   []   version 1
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.invoicing.invoice_policy.messages import InvoicePolicySet
from shared.engine.rows import Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, upsert


class InvoicePolicyRow(Row, frozen=True, kw_only=True):
    """What is demanded of invoices, since when and by whom."""

    TABLE = "invoice_policy_row"
    KEY = ("policy_id",)

    policy_id: str
    approval: Jsonb
    clearance: Jsonb
    numbering: Jsonb
    version: int
    set_at: datetime
    set_by: str | None


TABLES: Final = Tables(upsert(InvoicePolicyRow))


def rows(applied: AppliedOf[InvoicePolicySet]) -> Iterator[Columns]:
    match applied.event:
        case InvoicePolicySet() as event:
            yield InvoicePolicyRow.of(
                event,
                approval=jsonb(event.approval),
                clearance=jsonb(event.clearance),
                numbering=jsonb(event.numbering),
                set_at=applied.envelope.recorded_at,
                set_by=applied.envelope.actor,
            )
