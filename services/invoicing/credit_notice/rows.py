"""Notices of credit, for what delivers them and for lists.

notice-1   acc-1   low   4.10 EUR left, told at 5.00   2026-10-25
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.invoicing.credit_notice.messages import CreditNoticeWritten
from shared.engine.rows import Amount, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert


class CreditNoticeRow(Row, frozen=True, kw_only=True):
    """A notice; `name` and `details` are sealed."""

    TABLE = "credit_notice_row"
    KEY = ("notice_id",)

    notice_id: str
    account_id: str
    kind: str
    currency: str
    amount: Amount
    threshold: Amount
    written_on: date
    name: str
    details: str | None
    seller: Jsonb | None
    legal_entity: str | None
    written_at: datetime


TABLES: Final = Tables(insert(CreditNoticeRow))


def rows(applied: AppliedOf[CreditNoticeWritten]) -> Iterator[Columns]:
    event = applied.event
    seller = None if event.seller is None else jsonb(event.seller)
    yield CreditNoticeRow.of(event, seller=seller, written_at=applied.envelope.recorded_at)
