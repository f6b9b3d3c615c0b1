"""Mandates with where they stand.

M-1   acc-1   pm-1   recurring   CORE   active   signed 2026-01-05   3 debits, last 2026-04-15
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

import msgspec

from services.payments.direct_debit.messages import DirectDebitCancelled, DirectDebitPlaced, DirectDebitReturned
from services.payments.mandate.messages import (
    MandateAmended,
    MandateExpired,
    MandateKind,
    MandateRegistered,
    MandateRevoked,
    MandateScheme,
    MandateSigned,
)
from services.payments.mandate.state import MandateStatus
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class MandateRow(Row, frozen=True, kw_only=True):
    """`debits` are those that have not come back, `used_on` the day of the last one. One that is over says since when,
    and why."""

    TABLE = "mandate_row"
    KEY = ("mandate_id",)

    mandate_id: str
    account_id: str
    method_id: str
    kind: MandateKind
    scheme: MandateScheme
    status: MandateStatus
    registered_on: date
    signed_on: date | None
    debits: int = 0
    used_on: date | None = None
    over_on: date | None = None
    reason: str = ""
    recorded_at: datetime


class OfMandateRow(Columns, frozen=True, kw_only=True):
    TABLE = "mandate_row"
    KEY = ("mandate_id",)

    mandate_id: str


class Signed(OfMandateRow, Change, frozen=True, kw_only=True):
    signed_on: date
    status: MandateStatus = "active"


class Amended(OfMandateRow, Change, frozen=True, kw_only=True):
    method_id: str


class Over(OfMandateRow, Change, frozen=True, kw_only=True):
    status: MandateStatus
    over_on: date
    reason: str = ""


class Debited(OfMandateRow, Change, frozen=True, kw_only=True):
    """One debit more, or one less that has come back."""

    debits: int
    used_on: date | None = None


def _both(earlier: Debited, later: Debited) -> Debited:
    days = [day for day in (earlier.used_on, later.used_on) if day is not None]
    return msgspec.structs.replace(later, debits=earlier.debits + later.debits, used_on=max(days) if days else None)


_DEBITED: Final = {"debits": "t.debits + new.debits", "used_on": "greatest(t.used_on, new.used_on)"}
TABLES: Final = Tables(
    insert(MandateRow), update(Signed), update(Amended), update(Over), update(Debited, sets=_DEBITED, merge=_both)
)

Shown = (
    MandateRegistered
    | MandateSigned
    | MandateAmended
    | MandateRevoked
    | MandateExpired
    | DirectDebitPlaced
    | DirectDebitReturned
    | DirectDebitCancelled
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    """A mandate is signed before it is over, so a batch can be written kind by kind."""
    event = applied.event
    match event:
        case MandateRegistered():
            status: MandateStatus = "pending" if event.signed_on is None else "active"
            yield MandateRow.of(event, status=status, recorded_at=applied.envelope.recorded_at)
        case MandateSigned():
            yield Signed.of(event)
        case MandateAmended():
            yield Amended.of(event)
        case MandateRevoked():
            yield Over.of(event, status="revoked", over_on=event.revoked_on)
        case MandateExpired():
            yield Over.of(event, status="expired", over_on=event.expired_on, reason="unused")
        case DirectDebitPlaced():
            yield Debited(mandate_id=event.mandate_id, debits=1, used_on=event.collection_date)
        case DirectDebitReturned() | DirectDebitCancelled():
            yield Debited(mandate_id=event.mandate_id, debits=-1)
