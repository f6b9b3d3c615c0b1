"""SubscriptionStarted -> a row of subscription_row; each change of one -> a row of subscription_change_row.

Together they find subscriptions by what they are on a day; what one is in full is in its state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from services.rating.subscription.messages import (
    ChangeCancelled,
    PlanChanged,
    QuantityChanged,
    SubscriptionChange,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionStarted,
    SubscriptionSuspended,
    SubscriptionTerminated,
)
from services.rating.subscription.timeline import change_of
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update
from shared.kernel.claims import EarlierUse
from shared.kernel.envelope import Envelope


class SubscriptionRow(Row, frozen=True, kw_only=True):
    """A plan that an account takes from `starts_on` to `ends_on` (exclusive, open when `None`), as it began."""

    TABLE = "subscription_row"
    KEY = ("subscription_id",)

    subscription_id: str
    account_id: str
    plan_id: str
    starts_on: date
    ends_on: date | None
    parent_id: str | None
    started_at: datetime


class SubscriptionChangeRow(Row, frozen=True, kw_only=True):
    """A change; `plan_id` is that of a change of plan. `seq` puts those of a day in order."""

    TABLE = "subscription_change_row"
    KEY = ("change_id",)

    change_id: str
    subscription_id: str
    kind: str
    effective_on: date
    plan_id: str | None
    seq: int
    recorded_at: datetime
    cancelled: bool = False


class Cancelled(Change, frozen=True, kw_only=True):
    """A change that does not happen."""

    TABLE = "subscription_change_row"
    KEY = ("change_id",)

    change_id: str
    cancelled: bool = True


# A change is cancelled after it was recorded, so that all of a batch may be recorded first.
TABLES: Final = Tables(insert(SubscriptionRow), insert(SubscriptionChangeRow), update(Cancelled))


Shown = (
    SubscriptionStarted
    | SubscriptionTerminated
    | PlanChanged
    | QuantityChanged
    | SubscriptionSuspended
    | SubscriptionPaused
    | SubscriptionResumed
    | ChangeCancelled
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case SubscriptionStarted():
            yield SubscriptionRow.of(event, starts_on=event.start, ends_on=event.end, started_at=envelope.recorded_at)
        case SubscriptionTerminated():
            yield _change(event, "terminate", envelope)
        case PlanChanged():
            yield _change(event, "plan", envelope, plan_id=event.plan_id)
        case QuantityChanged() | SubscriptionSuspended() | SubscriptionPaused() | SubscriptionResumed():
            yield _change(event, change_of(event).kind, envelope)
        case ChangeCancelled():
            yield Cancelled(change_id=event.change_id)


def _change(
    event: SubscriptionChange, kind: str, envelope: Envelope, plan_id: str | None = None
) -> SubscriptionChangeRow:
    return SubscriptionChangeRow.of(
        event, kind=kind, plan_id=plan_id, seq=envelope.seq, recorded_at=envelope.recorded_at
    )


async def earlier_uses(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, EarlierUse]:
    """Subscriptions of any partition that have an id which nobody claimed."""
    ids = [name.removeprefix("subscription:") for name in names]
    rows = await connection.fetch("select subscription_id from subscription_row where subscription_id = any($1)", ids)
    found = [EarlierUse(name=f"subscription:{row[0]}", holder=row[0]) for row in rows]
    return {earlier.name: earlier for earlier in found}
