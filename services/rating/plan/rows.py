"""What is on sale, as rows: plan_row of each plan, plan_version_row of each version.

PlanDrafted -> a draft; PlanDraftEdited -> what it says now; PlanVersionPublished, …Unpublished -> from when it is in
force; PlanRetired, PlanReactivated -> from when the plan is not sold
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from services.rating.plan.messages import (
    NO_TERMS,
    PlanDrafted,
    PlanDraftEdited,
    PlanReactivated,
    PlanRetired,
    PlanVersionPublished,
    PlanVersionRetired,
    PlanVersionUnpublished,
)
from services.rating.plan.prices import type_of
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class PlanRow(Row, frozen=True, kw_only=True):
    """A plan: its latest version, and from when it is not sold."""

    TABLE = "plan_row"
    KEY = ("plan_id",)

    plan_id: str
    latest: int
    retired_on: date | None = None


class PlanLatest(Change, frozen=True, kw_only=True):
    TABLE = "plan_row"
    KEY = ("plan_id",)

    plan_id: str
    latest: int


class PlanSale(Change, frozen=True, kw_only=True):
    TABLE = "plan_row"
    KEY = ("plan_id",)

    plan_id: str
    retired_on: date | None


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
    code: str
    type: str
    terms: Jsonb
    revision: int = 1
    service_id: str | None = None
    bandwidth_profile_id: str | None = None
    cloned_from: str | None = None
    effective_from: date | None = None
    published_at: datetime | None = None
    tax_class: str | None = None
    retired_on: date | None = None


class Edited(Change, frozen=True, kw_only=True):
    TABLE = "plan_version_row"
    KEY = ("plan_id", "version")

    plan_id: str
    version: int
    name: str
    prices: Jsonb
    code: str
    type: str
    terms: Jsonb
    revision: int
    service_id: str | None
    bandwidth_profile_id: str | None


class VersionSale(Change, frozen=True, kw_only=True):
    TABLE = "plan_version_row"
    KEY = ("plan_id", "version")

    plan_id: str
    version: int
    retired_on: date | None


class Publication(Change, frozen=True, kw_only=True):
    TABLE = "plan_version_row"
    KEY = ("plan_id", "version")

    plan_id: str
    version: int
    effective_from: date | None
    published_at: datetime | None
    tax_class: str | None


# A version is drafted before anything happens to it, so that all drafts of a batch may be written first.
_TABLES: Final = Tables(
    insert(PlanRow),
    update(PlanLatest),
    update(PlanSale),
    insert(PlanVersionRow),
    update(Edited),
    update(Publication),
    update(VersionSale),
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: list[Columns] = []
    for event, envelope, _ in batch:
        match event:
            case PlanDrafted():
                rows += _drafted(event, envelope.recorded_at)
            case PlanDraftEdited():
                rows.append(Edited.of(event, **_said(event)))
            case PlanVersionPublished():
                rows.append(Publication.of(event, published_at=envelope.recorded_at))
            case PlanVersionUnpublished():
                rows.append(Publication.of(event, effective_from=None, published_at=None, tax_class=None))
                rows.append(VersionSale.of(event, retired_on=None))
            case PlanVersionRetired():
                rows.append(VersionSale.of(event, retired_on=event.on))
            case PlanRetired():
                rows.append(PlanSale.of(event, retired_on=event.on))
            case PlanReactivated():
                rows.append(PlanSale.of(event, retired_on=None))
    await _TABLES.write(connection, partition, rows)


def _drafted(event: PlanDrafted, at: datetime) -> Iterator[Columns]:
    yield PlanRow.of(event, latest=1) if event.version == 1 else PlanLatest.of(event, latest=event.version)
    yield PlanVersionRow.of(event, **_said(event), drafted_at=at)


def _said(event: PlanDrafted | PlanDraftEdited) -> dict[str, Any]:
    terms = event.terms or NO_TERMS
    return {
        "prices": jsonb(event.prices),
        "type": type_of(event.prices),
        "terms": jsonb(terms),
        "code": terms.code or event.plan_id,
        "service_id": terms.service_id,
        "bandwidth_profile_id": terms.bandwidth_profile_id,
    }
