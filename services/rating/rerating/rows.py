"""Reratings as rows: a run, its pages, what each page found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.rating.correction_run.rows import (
    ConfirmedColumns,
    PageColumns,
    ResultColumns,
    RunColumns,
    confirmed,
    results,
)
from services.rating.rerating.messages import ReratingConfirmed, ReratingPageWalked, ReratingStarted
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class ReratingRow(RunColumns, Row, frozen=True, kw_only=True):
    TABLE = "rerating_row"
    KEY = ("rerating_id",)

    rerating_id: str
    plan_id: str
    plan_version: int
    prices: Jsonb
    starts_on: date
    ends_on: date
    account_ids: Jsonb | None
    started_at: datetime
    started_by: str | None


class ConfirmedRerating(ConfirmedColumns, Change, frozen=True, kw_only=True):
    TABLE = "rerating_row"
    KEY = ("rerating_id",)

    rerating_id: str


class ReratingPageRow(PageColumns, Row, frozen=True, kw_only=True):
    """What a partition has walked, and how many lines of it cost what was charged."""

    TABLE = "rerating_page"
    KEY = ("rerating_id", "dry_run", "page")

    rerating_id: str
    unchanged: int
    seq: int


class ReratingResultRow(ResultColumns, Row, frozen=True, kw_only=True):
    TABLE = "rerating_result"
    KEY = ("rerating_id", "dry_run", "page", "n")

    rerating_id: str
    price_index: int
    corrected: Amount | None
    difference: Amount | None


# A rerating is started before it is confirmed, so that all of a batch may be started first.
TABLES: Final = Tables(
    insert(ReratingRow), update(ConfirmedRerating), insert(ReratingPageRow), insert(ReratingResultRow)
)


def rows(applied: AppliedOf[ReratingStarted | ReratingConfirmed | ReratingPageWalked]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case ReratingStarted():
            yield _started(event, envelope.recorded_at, envelope.actor)
        case ReratingConfirmed():
            yield confirmed(ConfirmedRerating, event, envelope)
        case ReratingPageWalked():
            yield ReratingPageRow.of(event, walked_at=envelope.recorded_at, seq=envelope.seq)
            yield from results(ReratingResultRow, event)


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
