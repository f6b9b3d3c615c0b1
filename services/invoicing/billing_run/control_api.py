"""What people do with a run once they have looked at it.

POST /v1/billing-runs/{id}/confirm         the run that a dry run has shown; asked twice, it is the same run
POST /v1/billing-runs/{id}/cancel          nothing more is locked
POST /v1/billing-runs/{id}/retry-failed    a run over the accounts that failed
GET  /v1/billing-runs/{id}/preview         totals by plan, warnings, samples, and the difference to the last run
"""

from __future__ import annotations

from typing import Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.billing_run.messages import CancelBillingRun, RunPolicy, StartBillingRun
from services.invoicing.billing_run.preview import PreviewShape, preview
from services.invoicing.billing_run.running import known, settled, started
from services.invoicing.billing_run.shapes import RunShape
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.kernel.errors import Rejection
from shared.kernel.ids import derive

RETRIED_MAX: Final = 5_000
"""So many failures are tried again at once; a run over the cycle takes all."""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/billing-runs/{run_id}/confirm",
        status_code=201,
        response_model=RunShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def confirm_billing_run(run_id: str, request: Request) -> Response:
        """Invoice what the dry run has shown, as it is now: drafts that have come since are taken, too."""
        dry = await known(api, run_id)
        if dry["status"] != "previewed":
            raise _not_now("confirm", dry, "only a dry run that is through is confirmed")
        real = _like(api, dry, derive("confirm", run_id), confirms=run_id)
        try:
            return await started(api, request, real)
        except Rejection as refusal:
            if refusal.code != "billing_run_exists":
                raise
            return await settled(api, request, real.run_id, status_code=201)

    @routes.post("/v1/billing-runs/{run_id}/cancel", response_model=RunShape, dependencies=[api.roles(*WRITERS)])
    async def cancel_billing_run(run_id: str, request: Request) -> Response:
        """Nothing more is locked for the run; what is locked is issued."""
        run = await known(api, run_id)
        if run["status"] != "running":
            raise _not_now("cancel", run, f"it is {run['status']}")
        await api.command(request, CancelBillingRun(run_id=run_id))
        return await settled(api, request, run_id)

    @routes.post(
        "/v1/billing-runs/{run_id}/retry-failed",
        status_code=201,
        response_model=RunShape,
        dependencies=[api.roles(*WRITERS)],
    )
    async def retry_failed(run_id: str, request: Request) -> Response:
        """A run over the accounts that failed, of the same target date."""
        run = await known(api, run_id)
        if run["dry_run"] or run["status"] == "running":
            raise _not_now("retry", run, "a dry run has locked nothing" if run["dry_run"] else "it is running")
        accounts = await _failed(api, run_id)
        if not accounts:
            raise _not_now("retry", run, "nothing has failed")
        again = _like(api, run, api.new_id(request, "billing-run"), retries=run_id, account_ids=accounts)
        return await started(api, request, again)

    @routes.get("/v1/billing-runs/{run_id}/preview", response_model=PreviewShape, dependencies=[api.roles(*READERS)])
    async def billing_run_preview(run_id: str) -> Response:
        """What people look at before they confirm: totals by plan, warnings, samples, difference to the last run."""
        return Answer(await preview(api, await known(api, run_id)))

    return routes


def _like(
    api: Api,
    run: asyncpg.Record,
    run_id: str,
    *,
    confirms: str | None = None,
    retries: str | None = None,
    account_ids: list[str] | None = None,
) -> StartBillingRun:
    """A run of the same scope and date, or over some of its accounts, that locks."""
    named = account_ids or run["account_ids"]
    return StartBillingRun(
        run_id=run_id,
        target_date=run["target_date"],
        cycle_id=None if account_ids else run["cycle_id"],
        account_ids=None if named is None else list(named),
        seller=seller_of(api.settings),
        confirms=confirms,
        retries=retries,
        policy=None if run["policy"] is None else msgspec.json.decode(run["policy"], type=RunPolicy),
    )


async def _failed(api: Api, run_id: str) -> list[str]:
    rows = await api.db.fetch(
        "select distinct account_id from billing_run_result where run_id = $1 and outcome = 'failed'"
        " and reason <> 'unknown_account' order by account_id limit $2",
        run_id,
        RETRIED_MAX,
    )
    return [row["account_id"] for row in rows]


def _not_now(what: str, run: asyncpg.Record, why: str) -> Rejection:
    return Rejection("billing_run_state", f"can't {what} billing run {run['run_id']}: {why}", status=409)
