"""Outages as rows: an outage, its pages, what each page found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from services.rating.outage.messages import OutageConfirmed, OutagePageWalked, OutageRecorded
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class OutageRow(Row, frozen=True, kw_only=True):
    """An outage as it was recorded, and by whom; `applied` once its credits go on the accounts."""

    TABLE = "outage_row"
    KEY = ("outage_id",)

    outage_id: str
    starts_at: datetime
    ends_at: datetime
    share: str
    percent: Decimal | None
    minimum_minutes: int
    subscription_ids: Jsonb | None
    account_ids: Jsonb | None
    plan_id: str | None
    resources: Jsonb | None
    reason: str
    partitions: int
    applied: bool
    version: int
    recorded_at: datetime
    recorded_by: str | None
    confirmed_at: datetime | None
    confirmed_by: str | None


class Confirmed(Change, frozen=True, kw_only=True):
    """That the credits go on the accounts, and who has said so."""

    TABLE = "outage_row"
    KEY = ("outage_id",)

    outage_id: str
    applied: bool
    version: int
    confirmed_at: datetime
    confirmed_by: str | None


class OutagePageRow(Row, frozen=True, kw_only=True):
    """What a partition has walked."""

    TABLE = "outage_page"
    KEY = ("outage_id", "dry_run", "page")

    outage_id: str
    dry_run: bool
    page: int
    accounts: int
    last: bool
    walked_at: datetime


class OutageResultRow(Row, frozen=True, kw_only=True):
    """The n-th charge of a page that the outage touches."""

    TABLE = "outage_result"
    KEY = ("outage_id", "dry_run", "page", "n")

    outage_id: str
    dry_run: bool
    page: int
    n: int
    account_id: str
    subscription_id: str
    corrects: str | None
    period_start: date | None
    period_end: date | None
    seconds: int
    outcome: str
    reason: str | None
    charged: Amount | None
    credit: Amount | None
    currency: str
    charge_id: str | None


# An outage is recorded before it is confirmed, so that all of a batch may be recorded first.
_TABLES: Final = Tables(insert(OutageRow), update(Confirmed), insert(OutagePageRow), insert(OutageResultRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        at, actor = envelope.recorded_at, envelope.actor
        match event:
            case OutageRecorded():
                rows.append(_recorded(event, at, actor))
            case OutageConfirmed():
                named = event.outage_id
                rows.append(Confirmed(outage_id=named, applied=True, version=2, confirmed_at=at, confirmed_by=actor))
            case OutagePageWalked():
                rows.append(OutagePageRow.of(event, walked_at=at))
                rows += _found(event)
    await _TABLES.write(connection, partition, rows)


def _recorded(event: OutageRecorded, at: datetime, actor: str | None) -> OutageRow:
    terms = event.terms
    return OutageRow(
        outage_id=event.outage_id,
        starts_at=terms.start,
        ends_at=terms.end,
        share=terms.policy.share,
        percent=terms.policy.percent,
        minimum_minutes=terms.policy.minimum_minutes,
        subscription_ids=None if terms.subscription_ids is None else jsonb(terms.subscription_ids),
        account_ids=None if terms.account_ids is None else jsonb(terms.account_ids),
        plan_id=terms.plan_id,
        resources=None if terms.resources is None else jsonb(terms.resources),
        reason=event.reason,
        partitions=event.partitions,
        applied=False,
        version=1,
        recorded_at=at,
        recorded_by=actor,
        confirmed_at=None,
        confirmed_by=None,
    )


def _found(event: OutagePageWalked) -> list[Columns]:
    return [
        OutageResultRow.of(
            found,
            outage_id=event.outage_id,
            dry_run=event.dry_run,
            page=event.page,
            n=n,
            period_start=found.period.start if found.period else None,
            period_end=found.period.end if found.period else None,
        )
        for n, found in enumerate(event.found, 1)
    ]
