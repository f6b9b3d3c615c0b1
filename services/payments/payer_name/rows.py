"""What payers are called, sealed.

acc-1   v1.YWNj…
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.payments.payer_name.messages import PayerNamed
from shared.engine.rows import Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, upsert


class PayerNameRow(Row, frozen=True, kw_only=True):
    """The name and the details that the customer of the account has now."""

    TABLE = "payer_name_row"
    KEY = ("account_id",)

    account_id: str
    name: str
    details: str | None


TABLES: Final = Tables(upsert(PayerNameRow))


def rows(applied: AppliedOf[PayerNamed]) -> Iterator[Columns]:
    yield PayerNameRow.of(applied.event)
