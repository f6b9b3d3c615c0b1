"""Billing runs over HTTP: start one, follow it, see what it found.

POST /v1/billing-runs {"scope": {"cycle_id": "monthly"}, "target_date": "2026-10-01", "dry_run": false}
-> 201 {"id", "status": "completed", "accounts": 200, "invoices": 198, "not_closed": 1, "failed": 1, "totals": [...]}

A run that is not through within some seconds is answered as it stands, `running`; `GET /v1/billing-runs/{id}` goes on.
"""

from __future__ import annotations

import contextlib
from typing import Annotated, Final, Literal, Self

from aiokafka.errors import KafkaError
from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictBool, model_validator

from services.invoicing.billing_run.messages import RunPolicy, StartBillingRun
from services.invoicing.billing_run.progress import RESULTS, RUNS, result_shape, run_shape
from services.invoicing.billing_run.running import known, started
from services.invoicing.billing_run.shapes import RunPage, RunResultPage, RunShape
from services.invoicing.seller import seller_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.parameters import listed
from shared.kernel.bodies import BillingDate, Body, IdText
from shared.kernel.errors import Rejection, Rejections, absent
from shared.kernel.money import MoneyBody
from shared.kernel.partition import partition_of

ACCOUNTS_MAX: Final = 5_000
"""So many ids travel in one message; who has more runs a cycle."""


class ScopeBody(Body):
    """Either a whole cycle or accounts by name."""

    cycle_id: IdText | None = None
    account_ids: Annotated[list[IdText], Field(min_length=1, max_length=ACCOUNTS_MAX)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.cycle_id is None) == (self.account_ids is None):
            raise ValueError("give either cycle_id or account_ids")
        return self


class PolicyBody(Body):
    """What is left for the account's next invoice: invoices of 0.00, and those below a `minimum` in their currency."""

    zero_invoices: Literal["issue", "skip"] = "issue"
    minimum: Annotated[list[MoneyBody], Field(max_length=50)] = []

    def to_policy(self) -> RunPolicy:
        amounts = {money.currency: money.amount for money in self.minimum}
        return RunPolicy(skip_zero=self.zero_invoices == "skip", minimum=dict(sorted(amounts.items())))


class BillingRunBody(Body):
    """Periods that end on or before `target_date` are invoiced; a dry run only says what would be."""

    id: IdText | None = None
    scope: ScopeBody
    target_date: BillingDate
    dry_run: StrictBool = False
    policy: PolicyBody | None = None


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/billing-runs", status_code=201, response_model=RunShape, dependencies=[api.roles(*WRITERS)])
    async def start_billing_run(body: BillingRunBody, request: Request) -> Response:
        await _check_scope(api, body.scope)
        account_ids = body.scope.account_ids
        start = StartBillingRun(
            run_id=body.id or api.new_id(request, "billing-run"),
            target_date=body.target_date,
            dry_run=body.dry_run,
            cycle_id=body.scope.cycle_id,
            account_ids=None if account_ids is None else list(dict.fromkeys(account_ids)),
            seller=seller_of(api.settings),
            policy=None if body.policy is None else body.policy.to_policy(),
        )
        return await started(api, request, start)

    @routes.get("/v1/billing-runs", **listed(api, RUNS, RunPage))
    async def billing_runs(request: Request) -> Response:
        return await RUNS.fetch(request, api, shape=run_shape)

    @routes.get("/v1/billing-runs/{run_id}", response_model=RunShape, dependencies=[api.roles(*READERS)])
    async def billing_run(run_id: str) -> Response:
        return Answer(run_shape(await known(api, run_id)))

    @routes.get("/v1/billing-runs/{run_id}/results", **listed(api, RESULTS, RunResultPage))
    async def billing_run_results(run_id: str, request: Request) -> Response:
        await known(api, run_id)
        return await RESULTS.fetch(request, api, shape=result_shape, where={"run_id": run_id})

    return routes


async def _check_scope(api: Api, scope: ScopeBody) -> None:
    """Every name in the scope is known. Raises `Rejection` with the pointer of each that is not."""
    unknown = await _unknown(api, scope)
    if unknown:
        # One that was made in rating a moment ago may be on its way.
        with contextlib.suppress(KafkaError, OSError, TimeoutError):
            await api.wait_for_upstream(_homes(scope, api.settings.partitions))
        unknown = await _unknown(api, scope)
    if unknown:
        raise unknown[0] if len(unknown) == 1 else Rejections(unknown)


def _homes(scope: ScopeBody, partitions: int) -> set[int]:
    """Where what the scope names would be known: a cycle in partition 0, an account in its own."""
    return {0, *(partition_of(account_id, partitions) for account_id in scope.account_ids or ())}


async def _unknown(api: Api, scope: ScopeBody) -> list[Rejection]:
    if scope.cycle_id is not None:
        if await api.db.fetchval("select true from billing_cycle where cycle_id = $1 and known", scope.cycle_id):
            return []
        return [absent("cycle", scope.cycle_id, pointer="/scope/cycle_id")]
    wanted = scope.account_ids or []
    rows = await api.db.fetch("select account_id from bill_profile where account_id = any($1::text[])", wanted)
    known = {row["account_id"] for row in rows}
    return [
        absent("account", account_id, pointer=f"/scope/account_ids/{index}")
        for index, account_id in enumerate(wanted)
        if account_id not in known
    ]
