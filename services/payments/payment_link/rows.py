"""Links by which invoices are paid.

k3v…   inv-7   acc-1
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.payments.payment_link.messages import PaymentLinkMade
from shared.engine.rows import Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert


class PaymentLinkRow(Row, frozen=True, kw_only=True):
    """Whose token it is."""

    TABLE = "payment_link_row"
    KEY = ("token",)

    token: str
    invoice_id: str
    account_id: str
    made_at: datetime


TABLES: Final = Tables(insert(PaymentLinkRow, known="kept"))


def rows(applied: AppliedOf[PaymentLinkMade]) -> Iterator[Columns]:
    yield PaymentLinkRow.of(applied.event, made_at=applied.envelope.recorded_at)
