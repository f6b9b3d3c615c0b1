"""Who has tried codes that no voucher has.

account:acc-1   10 since 12:00   locked until 13:04
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.payments.voucher_guess.messages import VoucherGuessed
from shared.engine.rows import Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, upsert


class GuesserRow(Row, frozen=True, kw_only=True):
    """`account_id` is the one of the last try."""

    TABLE = "voucher_guess_row"
    KEY = ("guesser",)

    guesser: str
    account_id: str
    missed: int
    since: datetime
    locked_until: datetime | None


TABLES: Final = Tables(upsert(GuesserRow))


def rows(applied: AppliedOf[VoucherGuessed]) -> Iterator[Columns]:
    yield GuesserRow.of(applied.event)
