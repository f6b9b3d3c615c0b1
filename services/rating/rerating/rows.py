"""Reratings as rows: a run, its pages, what each page found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.rating.rerating.messages import ReratingConfirmed, ReratingPageWalked, ReratingStarted
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class ReratingRow(Row, frozen=True, kw_only=True):
    """A rerating as it was asked for, and by whom; `applied` once its differences go on the accounts."""

    TABLE = "rerating_row"
    KEY = ("rerating_id",)

    rerating_id: str
    plan_id: str
    plan_version: int
    prices: Jsonb
    starts_on: date
    ends_on: date
    reason: str
    account_ids: Jsonb | None
    partitions: int
    applied: bool
    version: int
    started_at: datetime
    started_by: str | None
    confirmed_at: datetime | None
    confirmed_by: str | None


class Confirmed(Change, frozen=True, kw_only=True):
    """That a dry run was confirmed, and by whom."""

    TABLE = "rerating_row"
    KEY = ("rerating_id",)

    rerating_id: str
    applied: bool
    version: int
    confirmed_at: datetime
    confirmed_by: str | None


class ReratingPageRow(Row, frozen=True, kw_only=True):
    """What a partition has walked: some accounts, and how many lines of them cost what was charged."""

    TABLE = "rerating_page"
    KEY = ("rerating_id", "dry_run", "page")

    rerating_id: str
    dry_run: bool
    page: int
    accounts: int
    unchanged: int
    last: bool
    walked_at: datetime
    seq: int


class ReratingResultRow(Row, frozen=True, kw_only=True):
    """The n-th line of a page at which there was something to say."""

    TABLE = "rerating_result"
    KEY = ("rerating_id", "dry_run", "page", "n")

    rerating_id: str
    dry_run: bool
    page: int
    n: int
    account_id: str
    subscription_id: str
    price_index: int
    period_start: date | None
    period_end: date | None
    outcome: str
    reason: str | None
    charged: Amount | None
    corrected: Amount | None
    difference: Amount | None
    currency: str
    charge_id: str | None


# A rerating is started before it is confirmed, so that all of a batch may be started first.
_TABLES: Final = Tables(insert(ReratingRow), update(Confirmed), insert(ReratingPageRow), insert(ReratingResultRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        at, actor = envelope.recorded_at, envelope.actor
        match event:
            case ReratingStarted():
                rows.append(_started(event, at, actor))
            case ReratingConfirmed():
                rows.append(
                    Confirmed(
                        rerating_id=event.rerating_id, applied=True, version=2, confirmed_at=at, confirmed_by=actor
                    )
                )
            case ReratingPageWalked():
                rows.append(ReratingPageRow.of(event, walked_at=at, seq=envelope.seq))
                rows += _found(event)
    await _TABLES.write(connection, partition, rows)


def _started(event: ReratingStarted, at: datetime, actor: str | None) -> ReratingRow:
    terms = event.terms
    return ReratingRow.of(
        event,
        plan_id=terms.plan_id,
        plan_version=terms.version,
        prices=jsonb(terms.prices),
        starts_on=terms.start,
        ends_on=terms.end,
        account_ids=None if event.account_ids is None else jsonb(event.account_ids),
        applied=not event.dry_run,
        version=1,
        started_at=at,
        started_by=actor,
        confirmed_at=None if event.dry_run else at,
        confirmed_by=None if event.dry_run else actor,
    )


def _found(event: ReratingPageWalked) -> list[Columns]:
    return [
        ReratingResultRow.of(
            found,
            rerating_id=event.rerating_id,
            dry_run=event.dry_run,
            page=event.page,
            n=n,
            period_start=found.period.start if found.period else None,
            period_end=found.period.end if found.period else None,
        )
        for n, found in enumerate(event.found, 1)
    ]
