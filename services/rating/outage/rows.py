"""Outages as rows: an outage, its pages, what each page found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from services.rating.correction_run.rows import (
    ConfirmedColumns,
    PageColumns,
    ResultColumns,
    RunColumns,
    confirmed,
    results,
)
from services.rating.outage.messages import OutageConfirmed, OutagePageWalked, OutageRecorded
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class OutageRow(RunColumns, Row, frozen=True, kw_only=True):
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
    recorded_at: datetime
    recorded_by: str | None


class ConfirmedOutage(ConfirmedColumns, Change, frozen=True, kw_only=True):
    TABLE = "outage_row"
    KEY = ("outage_id",)

    outage_id: str


class OutagePageRow(PageColumns, Row, frozen=True, kw_only=True):
    TABLE = "outage_page"
    KEY = ("outage_id", "dry_run", "page")

    outage_id: str


class OutageResultRow(ResultColumns, Row, frozen=True, kw_only=True):
    """The n-th charge of a page that the outage touches."""

    TABLE = "outage_result"
    KEY = ("outage_id", "dry_run", "page", "n")

    outage_id: str
    corrects: str | None
    seconds: int
    credit: Amount | None


# An outage is recorded before it is confirmed, so that all of a batch may be recorded first.
TABLES: Final = Tables(insert(OutageRow), update(ConfirmedOutage), insert(OutagePageRow), insert(OutageResultRow))


def rows(applied: AppliedOf[OutageRecorded | OutageConfirmed | OutagePageWalked]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case OutageRecorded():
            yield _recorded(event, envelope.recorded_at, envelope.actor)
        case OutageConfirmed():
            yield confirmed(ConfirmedOutage, event, envelope)
        case OutagePageWalked():
            yield OutagePageRow.of(event, walked_at=envelope.recorded_at)
            yield from results(OutageResultRow, event)


def _recorded(event: OutageRecorded, at: datetime, actor: str | None) -> OutageRow:
    terms = event.terms
    names = ("subscription_ids", "account_ids", "resources")
    said = {name: None if getattr(terms, name) is None else jsonb(getattr(terms, name)) for name in names}
    return OutageRow.of(
        event,
        **said,
        starts_at=terms.start,
        ends_at=terms.end,
        share=terms.policy.share,
        percent=terms.policy.percent,
        minimum_minutes=terms.policy.minimum_minutes,
        plan_id=terms.plan_id,
        applied=False,
        version=1,
        recorded_at=at,
        recorded_by=actor,
        confirmed_at=None,
        confirmed_by=None,
    )
