"""Payment methods, and which one an account prefers.

pm-1   acc-1   bank_account   NL•••4300   active
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

from services.payments.collection.messages import CollectionFailed, CollectionRescheduled, is_for_good
from services.payments.payment_method.messages import (
    MethodKind,
    PaymentMethodAdded,
    PaymentMethodPreferred,
    PaymentMethodRemoved,
)
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update, upsert

MethodStatus = Literal["active", "removed"]


class PaymentMethodRow(Row, frozen=True, kw_only=True):
    """A way of paying. `payer` stands for its bank account, where it is one."""

    TABLE = "payment_method_row"
    KEY = ("method_id",)

    method_id: str
    account_id: str
    kind: MethodKind
    label: str
    details: str
    payer: str
    gateway: str
    declined: str = ""
    status: MethodStatus = "active"
    recorded_at: datetime


class MethodDeclined(Change, frozen=True, kw_only=True):
    TABLE = "payment_method_row"
    KEY = ("method_id",)

    method_id: str
    declined: str


class PreferredMethodRow(Row, frozen=True, kw_only=True):
    """The method that an account prefers, if it has any."""

    TABLE = "preferred_method_row"
    KEY = ("account_id",)

    account_id: str
    method_id: str | None


class MethodRemoved(Change, frozen=True, kw_only=True):
    TABLE = "payment_method_row"
    KEY = ("method_id",)

    method_id: str
    status: MethodStatus = "removed"


TABLES: Final = Tables(
    insert(PaymentMethodRow), update(MethodRemoved), update(MethodDeclined), upsert(PreferredMethodRow)
)


Shown = PaymentMethodAdded | PaymentMethodPreferred | PaymentMethodRemoved | CollectionRescheduled | CollectionFailed
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event = applied.event
    match event:
        case CollectionRescheduled() | CollectionFailed():
            if event.declined and is_for_good(event):
                yield MethodDeclined(method_id=event.declined, declined=event.code or "declined")
        case PaymentMethodAdded():
            yield PaymentMethodRow.of(event, recorded_at=applied.envelope.recorded_at)
        case PaymentMethodPreferred():
            yield PreferredMethodRow.of(event)
        case PaymentMethodRemoved():
            yield MethodRemoved.of(event)
            if event.preferred is not None:
                yield PreferredMethodRow(account_id=event.account_id, method_id=event.preferred)
