"""Migrations: subscriptions move from one plan, or version, to another on a day.

POST /v1/plans/fiber/migrations {"from_version": 1, "to_version": 2, "on": "2026-12-01"}              all of version 1
POST /v1/plans/fiber/migrations {"to_plan_id": "fiber-plus", "on": "2026-12-01", "account_ids": ["acc-1"]}
POST /v1/plans/fiber/migrations {..., "preview": true}          the next bill of each with and without it, page by page
POST /v1/plans/fiber/migrations/m-1/cancel
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, StrictBool

from services.rating.fields import Body, VersionNumber
from services.rating.plan_migration.decide import EARLIEST_ZONE
from services.rating.plan_migration.messages import (
    ACCOUNTS_MAX,
    CancelMigration,
    MigrationTerms,
    ScheduleMigration,
)
from services.rating.plan_migration.previewing import MigrationPreview, Preview, preview_page
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.filtering import Filter
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, IdText
from shared.kernel.errors import Rejection

MigrationStatus = Literal["scheduling", "scheduled", "done", "cancelling", "cancelled"]

PREVIEW_DEFAULT: Final = 20
PREVIEW_MAX: Final = 50


class MigrationBody(Body):
    """Who moves: those with `from_plan_id` on that day, with `from_version` only those whom it would price then.

    Where: `to_plan_id`, pinned to `to_version`, or without one to whatever version is in force. Either plan is the one
    in the path unless named; one of them is. `account_ids`: only theirs. With `preview` nothing is stored.
    """

    id: IdText | None = None
    from_plan_id: IdText | None = None
    from_version: VersionNumber | None = None
    to_plan_id: IdText | None = None
    to_version: VersionNumber | None = None
    on: BillingDate
    account_ids: Annotated[list[IdText], Field(min_length=1, max_length=ACCOUNTS_MAX)] | None = None
    preview: StrictBool = False

    def terms(self, plan_id: str) -> MigrationTerms:
        """Raises `invalid` where neither plan is that of the path."""
        source, target = self.from_plan_id or plan_id, self.to_plan_id or plan_id
        if plan_id not in (source, target):
            detail = f"{plan_id} is neither where they come from nor where they go; leave one of the plans out"
            raise Rejection("invalid", detail, pointer="/to_plan_id")
        return MigrationTerms(
            from_plan=source,
            from_version=self.from_version,
            to_plan=target,
            to_version=self.to_version,
            on=self.on,
        )


class MigrationShape(BaseModel):
    """A migration. `moved` have their change of plan, `failed` were refused it, `cancelled` have it no more.

    `accounts` is how many were named, `null` for all. `scheduling` and `cancelling` while pages are walked.
    """

    id: str
    from_plan_id: str
    from_version: int | None
    to_plan_id: str
    to_version: int | None
    on: date
    accounts: int | None
    status: MigrationStatus
    moved: int
    failed: int
    cancelled: int
    scheduled_at: AwareDatetime
    scheduled_by: str | None
    cancelled_at: AwareDatetime | None
    allowed_actions: list[ActionShape]


class MigrationPage(Page):
    items: list[MigrationShape]


class ResultShape(BaseModel):
    """What came of it at one subscription; `code` and `detail` say why it failed."""

    subscription_id: str
    account_id: str
    outcome: Literal["moved", "failed", "cancelled"]
    code: str | None
    detail: str | None


class ResultPage(Page):
    items: list[ResultShape]


_SOURCE: Final = """
(select m.*, p.*
   from plan_migration_row m cross join lateral (
        select coalesce(sum(w.moved) filter (where not w.undo), 0) as moved,
               coalesce(sum(w.failed) filter (where not w.undo), 0) as failed,
               coalesce(sum(w.moved) filter (where w.undo), 0) as cancelled,
               count(*) filter (where w.last and not w.undo) as walked,
               count(*) filter (where w.last and w.undo) as undone
          from plan_migration_page w where w.migration_id = m.migration_id) p) as migration
"""

MIGRATIONS: Final = Listing(
    source=_SOURCE,
    filters={
        "id": Filter("migration_id"),
        "from": Filter("takes_effect_on", op=">=", kind="date"),
        "to": Filter("takes_effect_on", op="<=", kind="date"),
    },
    sorts={"on": "takes_effect_on", "scheduled_at": "scheduled_at", "id": "migration_id"},
    default_sort="-scheduled_at",
    tiebreak="migration_id",
)

RESULTS: Final = Listing(
    source="plan_migration_result",
    columns=("subscription_id", "account_id", "outcome", "code", "detail"),
    filters={
        "outcome": Filter("outcome", one_of=("moved", "failed", "cancelled")),
        "account_id": Filter("account_id"),
        "subscription_id": Filter("subscription_id"),
        "code": Filter("code"),
    },
    sorts={"subscription_id": "subscription_id"},
    default_sort="subscription_id",
    tiebreak="subscription_id || '/' || undo",
)


def router(api: Api, preview: Preview) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]

    @routes.post(
        "/v1/plans/{plan_id}/migrations",
        status_code=201,
        response_model=MigrationShape,
        responses={200: {"model": MigrationPreview, "description": "With `preview`. Nothing is stored."}},
        dependencies=writers,
    )
    async def schedule_migration(
        plan_id: str,
        body: MigrationBody,
        request: Request,
        limit: Annotated[int, Query(ge=1, le=PREVIEW_MAX, description="of a preview")] = PREVIEW_DEFAULT,
        cursor: Annotated[str | None, Query(description="of a preview: `next_cursor` of the page before")] = None,
    ) -> Response:
        terms = body.terms(plan_id)
        if body.preview:
            page = await preview_page(api, request, preview, terms, body.account_ids, after=cursor or "", limit=limit)
            return Answer(page)
        migration_id = body.id or api.new_id(request, "migration")
        command = ScheduleMigration(migration_id=migration_id, terms=terms, account_ids=body.account_ids)
        await api.command(request, command)
        return Answer(await _migration(api, plan_id, migration_id), status_code=201)

    @routes.get("/v1/plans/{plan_id}/migrations", **listed(api, MIGRATIONS, MigrationPage))
    async def migrations(plan_id: str, request: Request) -> Response:
        now = api.clock.now()
        return Answer(
            await MIGRATIONS.page(request, api, shape=lambda row: _shape(row, now), where={_OF_PLAN: plan_id})
        )

    @routes.get("/v1/plans/{plan_id}/migrations/{migration_id}", response_model=MigrationShape, dependencies=readers)
    async def migration(plan_id: str, migration_id: str) -> Response:
        return Answer(await _migration(api, plan_id, migration_id))

    @routes.get("/v1/plans/{plan_id}/migrations/{migration_id}/results", **listed(api, RESULTS, ResultPage))
    async def migration_results(plan_id: str, migration_id: str, request: Request) -> Response:
        await _migration(api, plan_id, migration_id)
        return await RESULTS.fetch(request, api, where={"migration_id": migration_id})

    @routes.post(
        "/v1/plans/{plan_id}/migrations/{migration_id}/cancel", response_model=MigrationShape, dependencies=writers
    )
    async def cancel_migration(plan_id: str, migration_id: str, request: Request) -> Response:
        await _migration(api, plan_id, migration_id)
        await api.command(request, CancelMigration(migration_id=migration_id))
        return Answer(await _migration(api, plan_id, migration_id))

    return routes


_OF_PLAN: Final = "(from_plan = {value} or to_plan = {value})"


async def _migration(api: Api, plan_id: str, migration_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(
        f"select * from {_SOURCE} where migration_id = $1 and (from_plan = $2 or to_plan = $2)", migration_id, plan_id
    )
    if row is None:
        raise not_found("migration", migration_id)
    return _shape(row, api.clock.now())


def _shape(row: asyncpg.Record, now: datetime) -> dict[str, Any]:
    status = _status(row, now.date())
    day = row["takes_effect_on"]
    begun = f"its day, {day}, has begun" if day <= (now + EARLIEST_ZONE).date() else None
    return {
        "id": row["migration_id"],
        "from_plan_id": row["from_plan"],
        "from_version": row["from_version"],
        "to_plan_id": row["to_plan"],
        "to_version": row["to_version"],
        "on": day,
        **{name: row[name] for name in ("accounts", "moved", "failed", "cancelled")},
        "status": status,
        **{name: row[name] for name in ("scheduled_at", "scheduled_by", "cancelled_at")},
        "allowed_actions": [action("cancel", why_not="it is cancelled" if row["cancelled_at"] else begun)],
    }


def _status(row: asyncpg.Record, today: date) -> MigrationStatus:
    if row["cancelled_at"] is not None:
        return "cancelled" if row["undone"] == row["partitions"] else "cancelling"
    if row["walked"] < row["partitions"]:
        return "scheduling"
    return "done" if row["takes_effect_on"] <= today else "scheduled"
