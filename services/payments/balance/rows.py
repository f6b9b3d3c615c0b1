"""The accounts that can owe and pay; what they owe and have is summed from receivables and payments.

acc-1   EUR
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.payments.balance.messages import PayerOpened
from shared.engine.rows import Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert


class PayerRow(Row, frozen=True, kw_only=True):
    TABLE = "payer_row"
    KEY = ("account_id",)

    account_id: str
    currency: str
    time_zone: str
    opened_at: datetime
    allocation: str | None = None


TABLES: Final = Tables(insert(PayerRow))


def rows(applied: AppliedOf[PayerOpened]) -> Iterator[Columns]:
    event = applied.event
    match event:
        case PayerOpened():
            yield PayerRow.of(event, opened_at=applied.envelope.recorded_at)
