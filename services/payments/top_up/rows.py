"""Money that was asked for to be put on accounts.

top-1   acc-1   20.00 EUR   automatic
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.payments.top_up.messages import WalletTopUpAsked
from shared.engine.rows import Amount, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert


class TopUpRow(Row, frozen=True, kw_only=True):
    """Where it stands its collection says."""

    TABLE = "top_up_row"
    KEY = ("top_up_id",)

    top_up_id: str
    account_id: str
    currency: str
    amount: Amount
    automatic: bool
    asked_by: str | None
    asked_at: datetime


TABLES: Final = Tables(insert(TopUpRow))


def rows(applied: AppliedOf[WalletTopUpAsked]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    yield TopUpRow.of(event, asked_by=envelope.actor, asked_at=envelope.recorded_at)
