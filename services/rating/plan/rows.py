"""PlanDrafted -> a row of plan_version_row, a draft; PlanVersionPublished -> from when it is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.rating.plan.messages import PlanDrafted, PlanVersionPublished
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class PlanVersionRow(Row, frozen=True, kw_only=True):
    """A version of a plan: a draft until it has `effective_from`; published it never changes again."""

    TABLE = "plan_version_row"
    KEY = ("plan_id", "version")

    plan_id: str
    version: int
    name: str
    currency: str
    prices: Jsonb
    drafted_at: datetime
    effective_from: date | None = None
    published_at: datetime | None = None


class Published(Change, frozen=True, kw_only=True):
    TABLE = "plan_version_row"
    KEY = ("plan_id", "version")

    plan_id: str
    version: int
    effective_from: date
    published_at: datetime


# A version is drafted before it is published, so that all drafts of a batch may be written first.
_TABLES: Final = Tables(insert(PlanVersionRow), update(Published))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        match event:
            case PlanDrafted():
                rows.append(PlanVersionRow.of(event, prices=jsonb(event.prices), drafted_at=envelope.recorded_at))
            case PlanVersionPublished():
                rows.append(Published.of(event, published_at=envelope.recorded_at))
    await _TABLES.write(connection, partition, rows)
