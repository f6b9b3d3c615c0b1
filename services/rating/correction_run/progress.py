"""Runs out of the tables: a run is its own row, joined when read with the pages that all partitions write.

`status` is `running` until every partition has walked its last page, of the dry run or once it is confirmed of that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import asyncpg
from fastapi import Request, Response

from services.rating.correction_run.walking import RunKind
from services.rating.fields import from_json
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.periods import period
from shared.http.problems import not_found
from shared.http.waiting import until
from shared.kernel.errors import Rejection
from shared.kernel.message import Command

Shape = Callable[[asyncpg.Record], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Runs:
    """The runs of a kind as they are read. `code` refuses to confirm one that runs; `begun`: how its start is called.

    `filters` and `sorts` are its own. `result` shows what is a kind's own of a line that a page found, `sums` are
    columns of those besides the amount.
    """

    kind: RunKind
    code: str
    shape: Shape
    result: Shape
    begun: str
    filters: Mapping[str, Filter] = field(default_factory=dict)
    sorts: Mapping[str, str] = field(default_factory=dict)
    sums: tuple[str, ...] = ()

    @cached_property
    def listing(self) -> Listing:
        return Listing(
            source=_source(self.kind),
            filters={
                "id": Filter(self.kind.key),
                "status": Filter("status", one_of=("running", "previewed", "completed")),
                "plan_id": Filter("plan_id"),
                **self.filters,
            },
            sorts={f"{self.begun}_at": f"{self.begun}_at", **self.sorts},
            default_sort=f"-{self.begun}_at",
            tiebreak=self.kind.key,
        )

    @cached_property
    def results(self) -> Listing:
        amount = self.kind.amount
        return Listing(
            source="(select r.*, to_char(r.partition, 'FM0000') || to_char(r.page, 'FM000000')"
            f" || to_char(r.n, 'FM0000') as place from {self.kind.name}_result r) as result",
            filters={
                "outcome": Filter("outcome", one_of=self.kind.outcomes),
                **{name: Filter(name) for name in ("account_id", "subscription_id", "currency")},
            },
            sorts={"account_id": "account_id", amount: amount},
            default_sort="account_id",
            tiebreak="place",
            totals=Totals(sums={"amount": amount, **{name: name for name in self.sums}}),
        )

    async def find(self, api: Api, run_id: str) -> asyncpg.Record | None:
        row: asyncpg.Record | None = await api.db.fetchrow(
            f"select * from {self.listing.source} where {self.kind.key} = $1", run_id
        )
        return row

    async def answer(self, api: Api, run_id: str) -> Response:
        """A run as it stands. Raises `not_found`."""
        return Answer(self.shown(await self._row(api, run_id)))

    async def settled(self, api: Api, run_id: str, *, status_code: int = 200) -> Response:
        """A run once every partition is through, or as it stands after some seconds."""
        row = await until(lambda: self.find(api, run_id), lambda row: row is None or row["status"] != "running")
        if row is None:
            raise not_found(self.kind.name, run_id)
        return Answer(self.shown(row), status_code=status_code)

    async def found(self, request: Request, api: Api, run_id: str) -> Response:
        """What a run has found, in its dry run or on the accounts."""
        row = await self._row(api, run_id)
        where = {self.kind.key: run_id, "dry_run": not row["applied"]}
        return await self.results.fetch(request, api, shape=self._result, where=where)

    async def confirm(self, request: Request, api: Api, run_id: str, command: Command) -> Response:
        """Have it confirmed. Raises `Rejection` while its dry run goes on."""
        row = await self._row(api, run_id)
        if not row["applied"] and row["status"] == "running":
            detail = f"{self.kind.why_not_confirm('running', applied=False)}; confirm it once it is previewed"
            raise Rejection(self.code, detail, status=409)
        await api.command(request, command)
        return await self.settled(api, run_id)

    def shown(self, row: asyncpg.Record) -> dict[str, Any]:
        """A row of a run as the contract has it."""
        why_not = self.kind.why_not_confirm(row["status"], applied=row["applied"])
        names = ("status", "reason", "accounts", *self.kind.counted, *self.kind.outcomes, "version")
        who = (f"{self.begun}_at", f"{self.begun}_by", "confirmed_at", "confirmed_by")
        return {
            "id": row[self.kind.key],
            **{name: row[name] for name in (*names, *who)},
            **self.shape(row),
            "totals": [money(Decimal(total["amount"]), total["currency"]) for total in from_json(row["totals"])],
            "finished_at": None if row["status"] == "running" else row["walked_at"],
            "allowed_actions": [action("confirm", why_not=why_not)],
        }

    async def _row(self, api: Api, run_id: str) -> asyncpg.Record:
        row = await self.find(api, run_id)
        if row is None:
            raise not_found(self.kind.name, run_id)
        return row

    def _result(self, row: asyncpg.Record) -> dict[str, Any]:
        return {
            **{name: row[name] for name in ("account_id", "outcome", "reason", "charge_id")},
            "subscription_id": row["subscription_id"] or None,
            "period": period(row["period_start"], row["period_end"]),
            **{name: money(row[name], row["currency"]) for name in ("charged", self.kind.amount)},
            **self.result(row),
        }


def _source(kind: RunKind) -> str:
    counted = "".join(f", coalesce(sum({name}), 0)::bigint as {name}" for name in kind.counted)
    outcomes = ", ".join(
        f"coalesce(sum(n) filter (where outcome = '{name}'), 0)::bigint as {name}" for name in kind.outcomes
    )
    of_run = f"where {kind.key} = run.{kind.key} and dry_run = not run.applied"
    return f"""
(select run.*, pages.*, results.*,
        case when pages.ended < run.partitions then 'running' when run.applied then 'completed' else 'previewed' end
            as status
   from {kind.name}_row run
  cross join lateral (
        select coalesce(sum(accounts), 0)::bigint as accounts{counted},
               count(*) filter (where last) as ended, max(walked_at) as walked_at
          from {kind.name}_page {of_run}) as pages
  cross join lateral (
        select {outcomes},
               coalesce(json_agg(json_build_object('currency', currency, 'amount', amount::text) order by currency)
                        filter (where outcome = '{kind.outcomes[0]}'), '[]')::text as totals
          from (select outcome, currency, count(*) as n, sum({kind.amount}) as amount from {kind.name}_result
                 {of_run} group by outcome, currency) as by_outcome) as results
) as run
"""
