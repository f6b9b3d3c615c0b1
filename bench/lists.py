"""How long a page of a million invoices takes over HTTP, with the totals of all that match.

    meterlog bench lists [--invoices 1000000] [--json]
    p95 … ms over … requests of 17 kinds; the slowest kind is …

Three years of invoices, receivables and payments are written into reporting's tables by SQL; what its projection keeps
beside them (invoice_list) is made by the projection's own statement. Then reporting, as `meterlog up` starts it, is
asked for pages: every order, every filter, pages far behind, numbers by their beginning. Requests come one after the
other, for other accounts, days and numbers each. No figure is printed before each kind's `total` and `totals` are what
one plain statement over the documents and receivables counts and sums.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

import asyncpg
import httpx

from bench.command import Latency
from bench.machine import machine
from bench.product_run import SUFFIX, fresh, service_process, until_ready
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import DATABASES
from services.reporting.invoice_list.rows import write_anew
from shared.embedded.databases import drop_databases
from shared.engine.settings import Settings
from shared.http.auth import Tokens

REQUESTS: Final = 40
"""Of each kind."""
WARM_UP: Final = 5
TOKEN_LIFE_S: Final = 30.0
CHUNK: Final = 20_000
FIRST_DAY: Final = date(2023, 11, 1)
DAYS: Final = 1100
_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_ACCOUNTS: Final = """
insert into account_row (partition, account_id, name, currency, cycle_id, frequency, anchor_day, time_zone, tax_rate,
                         opened_on, opened_at, calendar)
select n % $2, 'acc-' || to_char(n, 'FM000000'), 'v1.bench.bm9ib2R5', case when n % 10 = 0 then 'CHF' else 'EUR' end,
       'monthly', 'month', 1, 'Europe/Paris', 20, date '2023-10-01', timestamptz '2023-10-01Z', '[]'
  from generate_series(0, $1 - 1) as n
"""
# Of a thousand invoices 20 are drafts, 5 void; of the issued ones of the last two months half are unpaid, one in eight
# is paid in part, and of the older ones one in two hundred.
_DOCUMENTS: Final = """
insert into invoice_row (partition, invoice_id, account_id, status, number, currency, cycle_id, run_id, period_start,
                         period_end, issued_on, due_on, net, tax, total, provisional, version, drafted_at, kind,
                         clearance, tax_groups)
select partition, 'inv-' || md5(n::text), 'acc-' || to_char(account, 'FM000000'), status,
       case when status <> 'draft' then 'INV-' || to_char(n, 'FM0000000') end, currency, 'monthly',
       case when status <> 'draft' then 'run-' || n * $4 / $1::bigint / 30 end, day - 30, day,
       case when status <> 'draft' then day end, case when status <> 'draft' then day + 14 end,
       net, net / 5, net + net / 5, status = 'draft', 8, day::timestamp at time zone 'UTC', 'invoice', 'none',
       jsonb_build_array(jsonb_build_object('category', 'S', 'rate', '20', 'base', net::text, 'tax', (net / 5)::text))
  from (select n, n % $2 as account, (n % $2) % $3 as partition,
               case when (n % $2) % 10 = 0 then 'CHF' else 'EUR' end as currency,
               case when n > $1::bigint * 0.98 then 'draft' when n % 200 = 7 then 'void' else 'issued' end as status,
               date '2023-11-01' + (n * $4 / $1::bigint)::int as day,
               ((n * 7919 + 13) % 20000 + 500)::numeric / 20 as net
          from generate_series($5::bigint, $6::bigint) as n) as made
"""
_RECEIVABLES: Final = """
insert into receivable_row (partition, invoice_id, account_id, number, amount, open, currency, issued_on, due_on,
                            credited, written_off, disputed, kind, recorded_at, withdrawn_on)
select partition, invoice_id, account_id, number, total,
       case when status = 'void' then 0
            when issued_on > $1::date - 60 and h % 2 = 0 then total
            when issued_on > $1::date - 60 and h % 8 = 1 or h % 200 = 3 then total - round(total / 3, 2)
            else 0 end,
       currency, issued_on, due_on, 0, 0, 0, 'invoice', issued_on::timestamp at time zone 'UTC',
       case when status = 'void' then issued_on + 2 end
  from (select *, abs(hashtext(invoice_id)) as h from invoice_row where status in ('issued', 'void')) as i
"""
_PAYMENTS: Final = """
insert into payment_row (partition, payment_id, account_id, amount, unallocated, currency, method, received_on, status)
select partition, 'pay-' || invoice_id, account_id, amount - open, 0, currency, 'bank_transfer', due_on, 'succeeded'
  from receivable_row where open < amount
"""
_EXACT: Final = """
select currency, count(*) as n,
       sum(case when status in ('carried_forward', 'passed_on', 'void') then 0 else total end) as amount,
       sum(paid) as paid, sum(due) as due
  from invoice_view where {where} group by currency order by currency
"""


_OVERDUE: Final = "due > 0 and due_on < (now() at time zone time_zone)::date"


@dataclass(frozen=True)
class Kind:
    """Requests of one kind: the n-th one's parameters, and the condition in SQL that says the same as the first's."""

    name: str
    parameters: Callable[[int], dict[str, str]]
    where: str = "true"
    follow: int = 0
    """So many pages further by cursor before time is taken."""


def kinds(invoices: int, accounts: int) -> Iterator[Kind]:
    """What the console and scripts ask for."""

    yield from _orders()
    yield from _filters(accounts)
    yield from _spans()
    yield from _numbers(invoices)


def _orders() -> Iterator[Kind]:
    yield Kind("first page", lambda n: {})
    yield Kind("far behind", lambda n: {"limit": "500"}, follow=20)
    for sort in (
        "-due_on",
        "number",
        "-number",
        "-total",
        "net",
        "-due",
        "-paid",
        "account_id",
        "-period",
        "issued_on",
    ):
        yield Kind(f"sort={sort}", lambda n, sort=sort: {"sort": sort})  # type: ignore[misc]


def _filters(accounts: int) -> Iterator[Kind]:
    for status in ("issued", "draft", "void"):
        yield Kind(f"status={status}", lambda n, s=status: {"status": s}, f"status = '{status}'")  # type: ignore[misc]
    for paid in ("unpaid", "partially_paid", "paid"):
        where = f"payment_status = '{paid}'"
        yield Kind(f"payment_status={paid}", lambda n, p=paid: {"payment_status": p}, where)  # type: ignore[misc]
    yield Kind(
        "issued and unpaid by due date",
        lambda n: {"status": "issued", "payment_status": "unpaid", "sort": "due_on"},
        "status = 'issued' and payment_status = 'unpaid'",
    )
    yield Kind("account", lambda n: {"account_id": f"acc-{n * 31 % accounts:06}"}, "account_id = 'acc-000000'")
    yield Kind("overdue", lambda n: {"overdue": "true", "sort": "due_on"}, _OVERDUE)
    yield Kind("cycle", lambda n: {"cycle_id": "monthly", "overdue": "true"}, _OVERDUE)
    yield Kind("run", lambda n: {"run_id": f"run-{n % 30}", "sort": "-total"}, "run_id = 'run-0'")


def _spans() -> Iterator[Kind]:
    def day(n: int) -> date:
        return FIRST_DAY + timedelta(days=(n * 37 + 400) % DAYS)

    yield Kind(
        "due range",
        lambda n: {"due_from": day(n).isoformat(), "due_to": (day(n) + timedelta(days=30)).isoformat()},
        f"due_on between '{day(0)}' and '{day(0) + timedelta(days=30)}'",
    )
    yield Kind(
        "period of issue",
        lambda n: {"from": day(n).isoformat(), "to": (day(n) + timedelta(days=30)).isoformat(), "sort": "number"},
        f"issued_on between '{day(0)}' and '{day(0) + timedelta(days=30)}'",
    )


def _numbers(invoices: int) -> Iterator[Kind]:
    def number(n: int) -> str:
        return f"INV-{n * 7919 % (invoices // 2) + 1:07}"

    yield Kind("number", lambda n: {"number": number(n)}, f"number = '{number(0)}'")
    yield Kind("number begins", lambda n: {"q": number(n)[:-1]}, f"number like '{number(0)[:-1]}_'")


async def measure(
    *, invoices: int, requests: int = REQUESTS, say: Callable[[str], None], on: Sandbox | None = None
) -> dict[str, Any]:
    """Start servers, write the tables, ask. Raises `BenchFailed` where a count or a sum is not exact."""
    async with servers(on) as sandbox:
        settings = await fresh(sandbox, "lists", names=("reporting",))
        child = await service_process(sandbox, settings, "reporting")
        try:
            await until_ready(sandbox, ("reporting",))
            db: _Db = await asyncpg.connect(
                settings.postgres_dsn_of("reporting"), server_settings={"search_path": "live"}, command_timeout=900
            )
            try:
                say(f"writing {invoices:,} invoices")
                began = time.monotonic()
                accounts = max(1, invoices // 30)
                await seed(db, settings, invoices, accounts, say)
                written_s = time.monotonic() - began
                say(f"written in {written_s:.0f} s; asking")
                found = await _asked(sandbox, settings, db, list(kinds(invoices, accounts)), requests)
            finally:
                await db.close()
        finally:
            await sandbox.stop(child)
            await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)
    return {**_figures(found), "invoices": invoices, "written_s": round(written_s, 1), "machine": machine()}


async def seed(db: _Db, settings: Settings, invoices: int, accounts: int, say: Callable[[str], None]) -> None:
    await db.execute(_ACCOUNTS, accounts, settings.partitions)
    for first in range(1, invoices + 1, CHUNK):
        last = min(first + CHUNK - 1, invoices)
        await db.execute(_DOCUMENTS, invoices, accounts, settings.partitions, DAYS, first, last)
    await db.execute(_RECEIVABLES, FIRST_DAY + timedelta(days=DAYS))
    await db.execute(_PAYMENTS)
    await db.execute("analyze account_row, invoice_row, receivable_row, payment_row")
    say("documents, receivables and payments are there; the list")
    for partition in range(settings.partitions):
        ids = [r[0] for r in await db.fetch("select invoice_id from invoice_row where partition = $1", partition)]
        for start in range(0, len(ids), CHUNK):
            async with db.transaction():
                await write_anew(db, partition, ids[start : start + CHUNK])
    await db.execute("vacuum analyze account_row, invoice_row, receivable_row, payment_row, invoice_list, invoice_sum")


async def _asked(sandbox: Sandbox, settings: Settings, db: _Db, asked: list[Kind], requests: int) -> dict[str, Latency]:
    found: dict[str, Latency] = {}
    async with httpx.AsyncClient(base_url=settings.service_url("reporting"), trust_env=False, timeout=60) as client:
        for kind in asked:
            client.headers["Authorization"] = f"Bearer {Tokens(settings.secret('token_key')).issue('bench', 'admin')}"
            sandbox.check()
            await _check(db, client, kind)
            times = [await _timed(client, kind, n) for n in range(WARM_UP + requests)]
            found[kind.name] = Latency.of(times[WARM_UP:])
    return found


async def _timed(client: httpx.AsyncClient, kind: Kind, n: int) -> float:
    parameters = kind.parameters(n)
    if kind.follow and n == 0:
        await _follow(client, kind, parameters)
    if kind.follow:
        parameters = {"cursor": _CURSORS[kind.name]}
    began = time.perf_counter()
    await _page(client, parameters)
    return time.perf_counter() - began


_CURSORS: dict[str, str] = {}


async def _follow(client: httpx.AsyncClient, kind: Kind, parameters: dict[str, str]) -> None:
    page = await _page(client, parameters)
    for _ in range(kind.follow):
        if page["next_cursor"] is None:  # of few invoices there are no more pages
            return
        _CURSORS[kind.name] = page["next_cursor"]
        page = await _page(client, {**parameters, "cursor": page["next_cursor"]})


async def _page(client: httpx.AsyncClient, parameters: dict[str, str]) -> Any:
    answer = await client.get("/v1/invoices", params=parameters)
    if answer.status_code != 200:
        raise BenchFailed(f"{parameters}: {answer.status_code} {answer.text[:300]}")
    return answer.json()


async def _check(db: _Db, client: httpx.AsyncClient, kind: Kind) -> None:
    page = await _page(client, kind.parameters(0))
    exact = await db.fetch(_EXACT.format(where=kind.where))
    told = [(t["currency"], *(Decimal(t[name]) for name in ("amount", "paid", "due"))) for t in page["totals"]]
    right = [(r["currency"], r["amount"], r["paid"], r["due"]) for r in exact]
    if told != right or page["total"] != sum(r["n"] for r in exact):
        raise BenchFailed(f"{kind.name}: told {page['total']} {told}, there are {sum(r['n'] for r in exact)} {right}")


def _figures(found: dict[str, Latency]) -> dict[str, Any]:
    every = Latency(sorted(ms for latency in found.values() for ms in latency.sorted_ms))
    slowest = max(found, key=lambda name: found[name].percentile(95))
    return {
        "p50_ms": every.percentile(50),
        "p95_ms": every.percentile(95),
        "slowest": slowest,
        "slowest_p95_ms": found[slowest].percentile(95),
        "requests": len(every.sorted_ms),
        "kinds": {name: latency.percentile(95) for name, latency in found.items()},
    }


def sentence(figures: dict[str, Any]) -> str:
    """The figures for people."""
    kinds_said = "\n".join(f"{ms:>9} ms  {name}" for name, ms in figures["kinds"].items())
    return (
        f"pages of {figures['invoices']:,} invoices: p50 {figures['p50_ms']} ms, p95 {figures['p95_ms']} ms over"
        f" {figures['requests']} requests; the slowest is {figures['slowest']}, p95 {figures['slowest_p95_ms']} ms\n"
        f"p95 by kind:\n{kinds_said}"
    )


if __name__ == "__main__":
    print(sentence(asyncio.run(measure(invoices=100_000, say=print))))
