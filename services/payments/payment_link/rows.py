"""Links by which invoices are paid, and those for money on an account.

k3v…   inv-7   acc-1
9f2…   acc-1   20.00 EUR   TQ4…
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.payments.payment_link.messages import PaymentLinkMade, TopUpLinkMade
from shared.engine.rows import Amount, Columns, Row
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


class TopUpLinkRow(Row, frozen=True, kw_only=True):
    """What is to come on an account; `statement_key` is what a bank statement calls it by."""

    TABLE = "top_up_link_row"
    KEY = ("token",)

    token: str
    link_id: str
    account_id: str
    amount: Amount
    currency: str
    statement_key: str
    made_at: datetime


TABLES: Final = Tables(insert(PaymentLinkRow, known="kept"), insert(TopUpLinkRow, known="kept"))


def rows(applied: AppliedOf[PaymentLinkMade | TopUpLinkMade]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case PaymentLinkMade():
            yield PaymentLinkRow.of(event, made_at=at)
        case TopUpLinkMade():
            yield TopUpLinkRow.of(event, made_at=at)
