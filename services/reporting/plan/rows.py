"""Versions of plans, and from when each is in force.

home   version 1   EUR   in force from 2026-08-01
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from services.rating.plan.messages import PlanDrafted, PlanDraftEdited, PlanVersionPublished, PlanVersionUnpublished
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class PlanKey(Columns, frozen=True, kw_only=True):
    """Which row of `plan_row`."""

    TABLE = "plan_row"
    KEY = ("plan_id", "version")

    plan_id: str
    version: int


class PlanRow(PlanKey, Row, frozen=True, kw_only=True):
    """A version of a plan; `effective_from` is `None` while it is a draft."""

    name: str
    currency: str
    effective_from: date | None = None


class PublishedPlan(PlanKey, Change, frozen=True, kw_only=True):
    effective_from: date | None


class RenamedPlan(PlanKey, Change, frozen=True, kw_only=True):
    name: str


TABLES: Final = Tables(insert(PlanRow), update(PublishedPlan), update(RenamedPlan))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await TABLES.write(connection, partition, _rows(batch))


def _rows(batch: Sequence[Applied]) -> Iterator[Columns]:
    for event, _, _ in batch:
        match event:
            case PlanDrafted():
                yield PlanRow.of(event)
            case PlanVersionPublished():
                yield PublishedPlan.of(event)
            case PlanVersionUnpublished():
                yield PublishedPlan.of(event, effective_from=None)
            case PlanDraftEdited():
                yield RenamedPlan.of(event)
