"""How far invoices are with tax authorities, on the row of the invoice (invoice/).

inv-7   waiting   SdI
inv-7   cleared   SdI   IT-4711   2026-10-01T08:00:00Z
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.invoicing.clearance.messages import ClearanceAwaited, ClearanceReported
from services.invoicing.invoice.next_event import NextEvent, next_event
from shared.engine.rows import Columns
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables


class ClearanceState(NextEvent, frozen=True, kw_only=True):
    """What an authority has said last, or that it is waited for."""

    clearance: str
    clearance_authority: str
    clearance_reference: str | None = None
    clearance_reason: str | None = None
    clearance_at: datetime | None = None


TABLES: Final = Tables(next_event(ClearanceState))


def rows(applied: AppliedOf[ClearanceAwaited | ClearanceReported]) -> Iterator[Columns]:
    event, seq = applied.event, applied.envelope.seq
    match event:
        case ClearanceAwaited():
            yield ClearanceState(
                invoice_id=event.invoice_id, clearance="waiting", clearance_authority=event.authority, seq=seq
            )
        case ClearanceReported():
            yield ClearanceState(
                invoice_id=event.invoice_id,
                clearance=event.status,
                clearance_authority=event.authority,
                clearance_reference=event.reference,
                clearance_reason=event.reason,
                clearance_at=event.at,
                seq=seq,
            )
