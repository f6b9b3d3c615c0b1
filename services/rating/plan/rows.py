"""What is on sale, as rows: plan_row of each plan, plan_version_row of each version.

PlanDrafted -> a draft; PlanDraftEdited -> what it says now; PlanVersionPublished, …Unpublished -> from when it is in
force; PlanRetired, PlanReactivated -> from when the plan is not sold
"""

from __future__ import annotations

from collections.abc import Iterator
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
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class PlanKey(Columns, frozen=True, kw_only=True):
    """Which row of `plan_row`."""

    TABLE = "plan_row"
    KEY = ("plan_id",)

    plan_id: str


class PlanRow(PlanKey, Row, frozen=True, kw_only=True):
    """A plan: its latest version, and from when it is not sold."""

    latest: int
    retired_on: date | None = None


class PlanLatest(PlanKey, Change, frozen=True, kw_only=True):
    latest: int


class PlanSale(PlanKey, Change, frozen=True, kw_only=True):
    retired_on: date | None


class PlanVersionKey(Columns, frozen=True, kw_only=True):
    """Which row of `plan_version_row`."""

    TABLE = "plan_version_row"
    KEY = ("plan_id", "version")

    plan_id: str
    version: int


class PlanVersionRow(PlanVersionKey, Row, frozen=True, kw_only=True):
    """A version of a plan: a draft until it has `effective_from`; published it never changes again."""

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


class Edited(PlanVersionKey, Change, frozen=True, kw_only=True):
    name: str
    prices: Jsonb
    code: str
    type: str
    terms: Jsonb
    revision: int
    service_id: str | None
    bandwidth_profile_id: str | None


class VersionSale(PlanVersionKey, Change, frozen=True, kw_only=True):
    retired_on: date | None


class Publication(PlanVersionKey, Change, frozen=True, kw_only=True):
    effective_from: date | None
    published_at: datetime | None
    tax_class: str | None


# A version is drafted before anything happens to it, so that all drafts of a batch may be written first.
TABLES: Final = Tables(
    insert(PlanRow),
    update(PlanLatest),
    update(PlanSale),
    insert(PlanVersionRow),
    update(Edited),
    update(Publication),
    update(VersionSale),
)


Shown = (
    PlanDrafted
    | PlanDraftEdited
    | PlanVersionPublished
    | PlanVersionUnpublished
    | PlanVersionRetired
    | PlanRetired
    | PlanReactivated
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case PlanDrafted():
            yield from _drafted(event, envelope.recorded_at)
        case PlanDraftEdited():
            yield Edited.of(event, **_said(event))
        case PlanVersionPublished():
            yield Publication.of(event, published_at=envelope.recorded_at)
        case PlanVersionUnpublished():
            yield Publication.of(event, effective_from=None, published_at=None, tax_class=None)
            yield VersionSale.of(event, retired_on=None)
        case PlanVersionRetired():
            yield VersionSale.of(event, retired_on=event.on)
        case PlanRetired():
            yield PlanSale.of(event, retired_on=event.on)
        case PlanReactivated():
            yield PlanSale.of(event, retired_on=None)


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
