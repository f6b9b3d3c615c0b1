"""DraftCredited -> the row of its invoice, which is done with, and names the credit notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.invoicing.draft_credit.messages import DraftCredited
from services.invoicing.invoice.next_event import NextEvent, next_event
from shared.engine.rows import Columns, Jsonb, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables


class CreditedDraftRow(NextEvent, frozen=True, kw_only=True):
    status: str = "credited"
    credited_by: Jsonb


TABLES: Final = Tables(next_event(CreditedDraftRow))


def rows(applied: AppliedOf[DraftCredited]) -> Iterator[Columns]:
    event = applied.event
    yield CreditedDraftRow.of(event, credited_by=jsonb(event.credit_notes), seq=applied.envelope.seq)
