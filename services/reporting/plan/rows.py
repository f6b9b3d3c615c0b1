"""Versions of plans, and from when each is in force.

home   version 1   EUR   in force from 2026-08-01
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from services.rating.plan.messages import PlanDrafted, PlanDraftEdited, PlanVersionPublished, PlanVersionUnpublished
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class PlanKey(Columns, frozen=True, kw_only=True):
    """Which row of `plan_row`."""

    TABLE = "plan_row"
    KEY = ("plan_id", "version")

    plan_id: str
    version: int


class PlanRow(PlanKey, Row, frozen=True, kw_only=True):
    """A version of a plan; `effective_from` is `None` while it is a draft. `recurring` are its prices for a time:
    [{"amount": "39.90", "interval": "month"}], where an interval that is not said is that of the account's cycle.
    """

    name: str
    currency: str
    service_id: str | None
    recurring: Jsonb
    effective_from: date | None = None


class PublishedPlan(PlanKey, Change, frozen=True, kw_only=True):
    effective_from: date | None


class EditedPlan(PlanKey, Change, frozen=True, kw_only=True):
    name: str
    service_id: str | None
    recurring: Jsonb


FLAT: Final = "flat"
"""The model of prices for a time (services/rating/pricing/flat.py)."""

TABLES: Final = Tables(insert(PlanRow), update(PublishedPlan), update(EditedPlan))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await TABLES.write(connection, partition, _rows(batch))


def _rows(batch: Sequence[Applied]) -> Iterator[Columns]:
    for event, _, _ in batch:
        match event:
            case PlanDrafted():
                yield PlanRow.of(event, **_terms(event))
            case PlanVersionPublished():
                yield PublishedPlan.of(event)
            case PlanVersionUnpublished():
                yield PublishedPlan.of(event, effective_from=None)
            case PlanDraftEdited():
                yield EditedPlan.of(event, **_terms(event))


def _terms(event: PlanDrafted | PlanDraftEdited) -> dict[str, Any]:
    # As they were written: a price of a model that is no more can't be asked whether it recurs.
    prices = [price for price in (one.to_wire() for one in event.prices) if price.get("model") == FLAT]
    recurring = [{"amount": price["amount"], "interval": price.get("interval")} for price in prices]
    return {"service_id": event.terms and event.terms.service_id, "recurring": jsonb(recurring)}
