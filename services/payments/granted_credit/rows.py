"""Granted credits with what is left of them.

cr-1   acc-1   10.00 EUR   left 4.00   goodwill   until 2026-12-31   open
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

import msgspec

from services.payments.balance.messages import CreditAllocated
from services.payments.granted_credit.messages import CreditExpired, CreditGranted, CreditReversed
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update

Ended = Literal["reversed", "expired"]


class GrantedCreditRow(Row, frozen=True, kw_only=True):
    """`unallocated` is what is left as credit; `ended` why nothing is, where it was not used up, and `taken_back` how
    much that was. `version` is 1 and one more for all that happened to it.
    """

    TABLE = "granted_credit_row"
    KEY = ("credit_id",)

    credit_id: str
    account_id: str
    currency: str
    amount: Amount
    unallocated: Amount
    reason: str
    note: str
    granted_on: date
    expires_on: date | None
    granted_by: str | None
    recorded_at: datetime
    ended: Ended | None = None
    ended_on: date | None = None
    ended_at: datetime | None = None
    ended_reason: str | None = None
    taken_back: Amount = Decimal(0)
    version: int = 1


class Left(Change, frozen=True, kw_only=True):
    """What is left after allocations; `version` is how many."""

    TABLE = "granted_credit_row"
    KEY = ("credit_id",)

    credit_id: str
    unallocated: Amount
    version: int = 1


class EndedCredit(Change, frozen=True, kw_only=True):
    TABLE = "granted_credit_row"
    KEY = ("credit_id",)

    credit_id: str
    unallocated: Amount = Decimal(0)
    ended: Ended
    ended_on: date
    ended_at: datetime
    ended_reason: str | None
    taken_back: Amount
    version: int = 1


def _both(earlier: Left, later: Left) -> Left:
    return msgspec.structs.replace(later, version=earlier.version + later.version)


def _last(earlier: EndedCredit, later: EndedCredit) -> EndedCredit:
    """A credit ends once."""
    return later


TABLES: Final = Tables(
    insert(GrantedCreditRow),
    update(Left, sets={"version": "t.version + new.version"}, merge=_both),
    update(EndedCredit, sets={"version": "t.version + new.version"}, merge=_last),
)


def rows(applied: Applied) -> Iterator[Columns]:
    """A credit is granted, pays and ends in that order, so a batch can be written kind by kind."""
    event, envelope = applied.event, applied.envelope
    match event:
        case CreditGranted():
            by, at = envelope.actor, envelope.recorded_at
            yield GrantedCreditRow.of(event, unallocated=event.amount, granted_by=by, recorded_at=at)
        case CreditAllocated(granted=True):
            yield Left(credit_id=event.credit_note_id, unallocated=event.unallocated)
        case CreditReversed():
            yield _ended(event, "reversed", event.reversed_on, envelope.recorded_at, event.reason)
        case CreditExpired():
            yield _ended(event, "expired", event.expired_on, envelope.recorded_at, None)


def _ended(
    event: CreditReversed | CreditExpired, ended: Ended, on: date, at: datetime, reason: str | None
) -> EndedCredit:
    return EndedCredit(
        credit_id=event.credit_id, ended=ended, ended_on=on, ended_at=at, ended_reason=reason, taken_back=event.amount
    )
