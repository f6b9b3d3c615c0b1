"""PlanDrafted -> a row of plan_version_row, a draft; PlanVersionPublished -> from when it is in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.rating.plan.messages import PlanDrafted, PlanVersionPublished
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.kernel.wire import write

_DRAFT = """
    insert into plan_version_row (partition, plan_id, version, name, currency, prices, drafted_at)
    values ($1, $2, $3, $4, $5, $6, $7)"""
_PUBLISH = """
    update plan_version_row set effective_from = $4, published_at = $5
     where partition = $1 and plan_id = $2 and version = $3"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """A version is drafted before it is published, so that all drafts of a batch may be written first."""
    drafted: list[tuple[Any, ...]] = []
    published: list[tuple[Any, ...]] = []
    for event, envelope, _ in batch:
        match event:
            case PlanDrafted():
                what = (event.plan_id, event.version, event.name, event.currency, write(event.prices).decode())
                drafted.append((partition, *what, envelope.recorded_at))
            case PlanVersionPublished():
                which = (event.plan_id, event.version)
                published.append((partition, *which, event.effective_from, envelope.recorded_at))
    if drafted:
        await connection.executemany(_DRAFT, drafted)
    if published:
        await connection.executemany(_PUBLISH, published)
