"""How many accounts were opened, by day: AccountOpened on 2026-10-01 in EUR is one more on that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.rating.account.messages import AccountOpened
from services.reporting.adding import adding
from shared.engine.rows import Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables


class AccountDay(Row, frozen=True, kw_only=True):
    TABLE = "account_day"
    KEY = ("day", "currency")

    day: date
    currency: str
    accounts: int


def rows(applied: AppliedOf[AccountOpened]) -> Iterator[Columns]:
    event = applied.event
    yield AccountDay(day=event.opened_on, currency=event.currency, accounts=1)


project: Final = Tables(adding(AccountDay, "accounts")).projection(rows)
