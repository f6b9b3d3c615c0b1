"""Requests for deposits, each with what its paper says.

dep-1   acc-1   100.00 EUR   equipment   2026-10-09   due 2026-10-23   open
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.invoicing.deposit_request.messages import DepositRequestClosed, DepositRequestNoted
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class DepositRequestRow(Row, frozen=True, kw_only=True):
    """`name` and `details` are sealed; `closed`: why nothing is asked for any more."""

    TABLE = "deposit_request"
    KEY = ("deposit_id",)

    deposit_id: str
    account_id: str
    amount: Amount
    currency: str
    purpose: str
    requested_on: date
    name: str
    details: str | None
    legal_entity: str | None
    due_on: date | None
    note: str
    closed: str | None = None


class Closed(Change, frozen=True, kw_only=True):
    TABLE = "deposit_request"
    KEY = ("deposit_id",)

    deposit_id: str
    closed: str


TABLES: Final = Tables(insert(DepositRequestRow), update(Closed))


def rows(applied: AppliedOf[DepositRequestNoted | DepositRequestClosed]) -> Iterator[Columns]:
    match applied.event:
        case DepositRequestNoted() as event:
            yield DepositRequestRow.of(event)
        case DepositRequestClosed() as event:
            yield Closed.of(event, closed=event.why)
