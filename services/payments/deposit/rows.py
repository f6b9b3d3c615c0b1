"""Deposits with what is held of them.

dep-1   acc-1   100.00 EUR   equipment   held 63.96   applied 36.04   returned 0.00
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import msgspec

from services.payments.deposit.messages import (
    DepositApplied,
    DepositCancelled,
    DepositReceived,
    DepositRequested,
    DepositReturned,
)
from services.payments.deposit.state import Status
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update
from shared.kernel.decimals import EXACT

ZERO: Final = Decimal(0)


class DepositRow(Row, frozen=True, kw_only=True):
    """`amount` = `held` + `applied` + `returned` once it was received. `reference` is of what was paid back last."""

    TABLE = "deposit_row"
    KEY = ("deposit_id",)

    deposit_id: str
    account_id: str
    currency: str
    amount: Amount
    purpose: str
    note: str
    requested_on: date
    due_on: date | None
    status: Status = "requested"
    held: Amount = ZERO
    applied: Amount = ZERO
    returned: Amount = ZERO
    method: str | None = None
    received_on: date | None = None
    reference: str | None = None
    recorded_at: datetime
    version: int = 1


class OfDeposit(Columns, frozen=True, kw_only=True):
    """Which row of `deposit_row`."""

    TABLE = "deposit_row"
    KEY = ("deposit_id",)

    deposit_id: str


class Received(OfDeposit, Change, frozen=True, kw_only=True):
    status: Status = "held"
    held: Amount
    method: str
    received_on: date
    version: int = 1


class Spent(OfDeposit, Change, frozen=True, kw_only=True):
    """What is held after it was applied or paid back, and how much was."""

    status: Status
    held: Amount
    applied: Amount = ZERO
    returned: Amount = ZERO
    reference: str | None = None
    version: int = 1


class Cancelled(OfDeposit, Change, frozen=True, kw_only=True):
    status: Status = "cancelled"
    version: int = 1


def _once(earlier: Received, later: Received) -> Received:
    return later


def _gone(earlier: Cancelled, later: Cancelled) -> Cancelled:
    return later


def _both(earlier: Spent, later: Spent) -> Spent:
    return msgspec.structs.replace(
        later,
        applied=EXACT.add(earlier.applied, later.applied),
        returned=EXACT.add(earlier.returned, later.returned),
        reference=later.reference or earlier.reference,
        version=earlier.version + later.version,
    )


_MORE: Final = {"version": "t.version + new.version"}
_SPENT: Final = _MORE | {
    "applied": "t.applied + new.applied",
    "returned": "t.returned + new.returned",
    "reference": "coalesce(new.reference, t.reference)",
}
TABLES: Final = Tables(
    insert(DepositRow),
    update(Received, sets=_MORE, merge=_once),
    update(Spent, sets=_SPENT, merge=_both),
    update(Cancelled, sets=_MORE, merge=_gone),
)


def rows(applied: Applied) -> Iterator[Columns]:
    """A deposit is asked for, received and spent in that order, so a batch can be written kind by kind."""
    event = applied.event
    match event:
        case DepositRequested():
            yield DepositRow.of(event, recorded_at=applied.envelope.recorded_at)
        case DepositReceived():
            yield Received.of(event, held=event.amount)
        case DepositApplied():
            status: Status = "held" if event.held else "closed"
            yield Spent(deposit_id=event.deposit_id, status=status, held=event.held, applied=event.amount)
        case DepositReturned():
            yield Spent(
                deposit_id=event.deposit_id,
                status="held" if event.held else "closed",
                held=event.held,
                returned=event.amount,
                reference=event.reference,
            )
        case DepositCancelled():
            yield Cancelled(deposit_id=event.deposit_id)
