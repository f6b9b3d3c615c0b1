"""How long reads take with years in the tables: lists and filters, search, every report over 24 months.

    meterlog bench reads [--invoices 1000000] [--events 50000000] [--json]
    lists p95 … ms, reports p95 … ms, search p95 … ms

Three years of invoices with their receivables and payments, five charges an invoice, and events of the audit trail are
written into the tables of reporting, rating and payments by SQL; what projections keep beside them is made by their own
triggers and statements. Then the services, as `meterlog up` starts them, are asked over HTTP, one request after the
other. The limits are those that the product promises.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import asyncpg
import httpx

from bench import reads_seed, reads_sums
from bench.command import Latency
from bench.lists import DAYS, FIRST_DAY
from bench.machine import machine
from bench.product_run import SUFFIX, fresh, service_process, until_ready
from bench.reads_kept import Kept
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import DATABASES
from services.reporting.report.drilling import month_of
from services.reporting.report_rows import row_lists
from services.reporting.reports import Report, reports
from shared.embedded.databases import drop_databases
from shared.engine.settings import Settings
from shared.http.auth import Tokens

REQUESTS: Final = 20
"""Of each kind."""
WARM_UP: Final = 2
SERVICES: Final = ("reporting", "rating", "payments")
Group: TypeAlias = Literal["lists", "reports", "search"]
LIMITS_MS: Final[dict[Group, int]] = {"lists": 50, "reports": 300, "search": 100}
"""Milliseconds that 95 of 100 requests stay under."""
_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
_Parameters: TypeAlias = Callable[[int], dict[str, str]]


@dataclass(frozen=True)
class Kind:
    """Requests of one kind; the n-th one's parameters."""

    group: Group
    service: str
    path: str
    parameters: _Parameters
    name: str

    @property
    def label(self) -> str:
        return f"{self.path} {self.name}".strip()


def kinds(accounts: int, invoices: int) -> Iterator[Kind]:
    """What the console, auditors and scripts ask for."""
    yield from _events(accounts)
    yield from _charges(accounts)
    yield from _payments(accounts)
    yield from _invoices(accounts)
    yield from _behind_figures(accounts)
    yield from _search(accounts, invoices)
    for report in reports().values():
        if report.name not in reads_sums.UNMEASURED:
            yield from _report(report)


def _account(n: int, accounts: int) -> str:
    return f"acc-{n * 31 % accounts:06}"


def _month(n: int) -> date:
    day = FIRST_DAY + timedelta(days=(n * 37 + 400) % (DAYS - 40))
    return day.replace(day=1)


def _events(accounts: int) -> Iterator[Kind]:
    def kind(name: str, parameters: _Parameters) -> Kind:
        return Kind("lists", "reporting", "/v1/events", parameters, name)

    yield kind("", lambda n: {})
    yield kind("account_id", lambda n: {"account_id": _account(n, accounts)})
    yield kind("type, common", lambda n: {"type": "payments.PaymentAllocated.v1"})
    yield kind("type, rare", lambda n: {"type": reads_seed.RARE})
    yield kind("correlation_id", lambda n: {"correlation_id": f"corr-{n * 7919}"})
    yield kind("aggregate_id", lambda n: {"aggregate_id": f"inv-{n * 104729}"})
    yield kind("actor", lambda n: {"actor": f"user:u{n % 40}"})
    yield kind(
        "a day",
        lambda n: {"from": f"{_month(n)}T00:00:00Z", "to": f"{_month(n) + timedelta(days=1)}T00:00:00Z"},
    )
    yield kind(
        "a month of an account",
        lambda n: {
            **{"account_id": _account(n, accounts), "from": f"{_month(n)}T00:00:00Z"},
            "to": f"{_month(n) + timedelta(days=30)}T00:00:00Z",
        },
    )


def _charges(accounts: int) -> Iterator[Kind]:
    def kind(name: str, parameters: _Parameters) -> Kind:
        return Kind("lists", "rating", "/v1/charges", parameters, name)

    yield kind("", lambda n: {})
    yield kind("account_id", lambda n: {"account_id": _account(n, accounts)})
    yield kind("plan_id", lambda n: {"plan_id": f"plan-{n % reads_sums.PLANS}"})
    yield kind("kind", lambda n: {"kind": "usage"})
    yield kind("billing_period", lambda n: {"billing_period": _month(n).isoformat()})
    yield kind("month", lambda n: {"from": str(_month(n)), "to": str(_month(n) + timedelta(days=27))})
    yield kind("sort=-amount", lambda n: {"sort": "-amount"})
    yield kind("sort=period", lambda n: {"sort": "period"})


def _payments(accounts: int) -> Iterator[Kind]:
    def kind(name: str, parameters: _Parameters) -> Kind:
        return Kind("lists", "payments", "/v1/payments", parameters, name)

    yield kind("", lambda n: {})
    yield kind("account_id", lambda n: {"account_id": _account(n, accounts)})
    yield kind("needs_attention", lambda n: {"needs_attention": "true"})
    yield kind("status", lambda n: {"status": "failed"})
    yield kind("method", lambda n: {"method": "card"})
    yield kind("sort=-amount", lambda n: {"sort": "-amount"})
    yield kind("month", lambda n: {"from": str(_month(n)), "to": str(_month(n) + timedelta(days=27))})


def _invoices(accounts: int) -> Iterator[Kind]:
    """Combinations of filters, and pages far behind; each filter and order alone is measured by `bench lists`."""

    def kind(name: str, parameters: _Parameters) -> Kind:
        return Kind("lists", "reporting", "/v1/invoices", parameters, name)

    def month(n: int) -> dict[str, str]:
        return {"from": str(_month(n)), "to": str(_month(n) + timedelta(days=27))}

    yield kind("account and status", lambda n: {"account_id": _account(n, accounts), "status": "issued"})
    yield kind("month, sort=-total", lambda n: {**month(n), "sort": "-total"})
    yield kind(
        "month, unpaid of a currency, sort=-due",
        lambda n: {**month(n), "payment_status": "unpaid", "currency": "CHF", "sort": "-due"},
    )
    yield kind("page 100", lambda n: {"page": "100", "size": "100"})
    yield kind("page before the last", lambda n: {"page": "9998", "size": "100"})


def _behind_figures(accounts: int) -> Iterator[Kind]:
    """Rows behind figures, as reports lead to them."""
    for rows in row_lists().values():

        def kind(name: str, parameters: _Parameters, path: str = rows.path) -> Kind:
            return Kind("lists", "reporting", path, parameters, name)

        yield kind("", lambda n: {})
        if "from" in rows.filters:
            yield kind(
                "month",
                lambda n: {"from": str(_month(n)), "to": str(month_of(_month(n))[1])},
            )
        if "account_id" in rows.filters:
            yield kind("account_id", lambda n: {"account_id": _account(n, accounts)})


def _search(accounts: int, invoices: int) -> Iterator[Kind]:
    def kind(name: str, text: Callable[[int], str]) -> Kind:
        return Kind("search", "reporting", "/v1/search", lambda n: {"q": text(n)}, name)

    yield kind("number", lambda n: f"INV-{n * 7919 % (invoices // 2) + 1:07}")
    yield kind("number begins", lambda n: f"inv-{n % 100:03}")
    yield kind("account", lambda n: _account(n, accounts))
    yield kind("payment begins", lambda n: f"pay-{n % 16:x}")
    yield kind("nothing", lambda n: f"no such thing {n}")


def _report(report: Report) -> Iterator[Kind]:
    last = FIRST_DAY + timedelta(days=DAYS)
    span = {"from": (last - timedelta(days=730)).isoformat(), "to": last.isoformat()}
    span = {name: value for name, value in span.items() if name in report.takes}
    for group in report.groups or (None,):
        asked = span | ({} if group is None else {"group_by": group})
        yield Kind("reports", "reporting", f"/v1/reports/{report.name}", lambda n, asked=asked: asked, group or "")  # type: ignore[misc]


async def measure(
    *,
    invoices: int,
    events: int,
    requests: int = REQUESTS,
    say: Callable[[str], None],
    on: Sandbox | None = None,
    keep: Path | None = None,
) -> dict[str, Any]:
    """Start servers, write the tables, ask. Raises `BenchFailed` where an answer is not 200.

    What is in `keep` already is not written again.
    """
    size_figures: dict[str, Any] = {"invoices": invoices, "charges": 5 * invoices, "events": events}
    async with servers(on, at=keep) as sandbox, AsyncExitStack() as stack:
        settings = await fresh(sandbox, "reads", names=SERVICES)
        if keep is None:
            stack.push_async_callback(drop_databases, sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)
        for name in SERVICES:
            stack.push_async_callback(sandbox.stop, await service_process(sandbox, settings, name))
        await until_ready(sandbox, SERVICES)
        accounts = max(1, invoices // 30)
        size = reads_seed.Size(invoices=invoices, accounts=accounts, events=events, partitions=settings.partitions)
        began = time.monotonic()
        kept = Kept.of(keep, size)
        async with reads_seed.hurrying(sandbox.admin_dsn):
            await reads_seed.write(settings, size, say, done=kept.done, note=kept.note)
        say(f"written in {time.monotonic() - began:.0f} s; asking")
        found = await _asked(sandbox, settings, list(kinds(accounts, invoices)), requests)
    return {**_figures(found), **size_figures, "machine": machine()}


async def _asked(sandbox: Sandbox, settings: Settings, asked: list[Kind], requests: int) -> dict[Kind, Latency]:
    found: dict[Kind, Latency] = {}
    async with httpx.AsyncClient(trust_env=False, timeout=120) as client:
        for kind in asked:
            sandbox.check()
            token = Tokens(settings.secret("token_key")).issue("bench", "admin")
            client.headers["Authorization"] = f"Bearer {token}"
            times = [await _timed(client, settings, kind, n) for n in range(WARM_UP + requests)]
            found[kind] = Latency.of(times[WARM_UP:])
    return found


async def _timed(client: httpx.AsyncClient, settings: Settings, kind: Kind, n: int) -> float:
    began = time.perf_counter()
    answer = await client.get(f"{settings.service_url(kind.service)}{kind.path}", params=kind.parameters(n))
    took = time.perf_counter() - began
    if answer.status_code != 200 and not _is_too_long(answer):
        raise BenchFailed(f"{kind.label} {kind.parameters(n)}: {answer.status_code} {answer.text[:300]}")
    return took


def _is_too_long(answer: httpx.Response) -> bool:
    """A report of more rows than it may have is refused once it has found so many: that counts as its answer."""
    return answer.status_code == 422 and answer.json()["type"].endswith(":too_many_rows")


def _figures(found: dict[Kind, Latency]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for group, limit_ms in LIMITS_MS.items():
        own = {kind: latency for kind, latency in found.items() if kind.group == group}
        every = Latency(sorted(ms for latency in own.values() for ms in latency.sorted_ms))
        over = {
            kind.label: latency.percentile(95) for kind, latency in own.items() if latency.percentile(95) > limit_ms
        }
        figures[group] = {"p50_ms": every.percentile(50), "p95_ms": every.percentile(95), "over_limit": over}
    return {**figures, "kinds": {kind.label: latency.percentile(95) for kind, latency in found.items()}}


def sentence(figures: dict[str, Any]) -> str:
    """The figures for people."""
    kinds_said = "\n".join(f"{ms:>9} ms  {name}" for name, ms in figures["kinds"].items())
    said = ", ".join(
        f"{group} p95 {figures[group]['p95_ms']} ms (each under {limit_ms}: {not figures[group]['over_limit']})"
        for group, limit_ms in LIMITS_MS.items()
    )
    return (
        f"{figures['invoices']:,} invoices, {figures['charges']:,} charges, {figures['events']:,} events: {said}\n"
        f"p95 by kind:\n{kinds_said}"
    )
