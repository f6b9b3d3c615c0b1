"""What the journal costs: invoices booked a second, and milliseconds to its answers over a month of very many lines.

    meterlog bench journal [--invoices 200000] [--lines 5] [--json]
    … invoices a second of one connection; deferred revenue p95 … ms; a DATEV file of 99,999 rows … s

Invoices of one month, most of their lines in advance, are booked by the projection's own function in batches, into
tables of a reporting that runs as `meterlog up` starts it. Then it is asked. No figure is printed before debits are
credits and what is deferred and earned is what was billed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias

import asyncpg
import httpx
import msgspec

from bench.command import Latency
from bench.machine import machine
from bench.product_run import SUFFIX, fresh, service_process, until_ready
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import DATABASES
from services.invoicing.invoice.messages import InvoiceIssued, InvoiceLine, TaxGroup
from services.payments.bookkeeping.messages import NEUTRAL, ChartOfAccountsSet, DatevTerms, JournalExported
from services.reporting.journal.projecting import project_documents, project_payments
from shared.embedded.databases import drop_databases
from shared.engine.service import Applied
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed

BATCH: Final = 500
REQUESTS: Final = 20
MONTH: Final = Period(date(2026, 10, 1), date(2026, 11, 1))
YEAR: Final = Period(date(2026, 10, 1), date(2027, 10, 1))
AT: Final = datetime(2026, 10, 1, 8, tzinfo=UTC)
_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
ASKED: Final = {
    "journal": "/v1/journal?from=2026-10-01&to=2026-10-31&limit=50",
    "journal of an account": "/v1/journal?account_id=acc-7&to=2027-12-31",
    "one document": "/v1/journal?document_id=inv-7&to=2027-12-31",
    "trial balance": "/v1/trial-balance?from=2026-10&to=2027-10",
    "deferred revenue by plan": "/v1/reports/deferred-revenue?to=2027-10-31&group_by=plan",
}


async def measure(
    *, invoices: int, lines: int, say: Callable[[str], None], on: Sandbox | None = None
) -> dict[str, Any]:
    """Start servers, book, ask. Raises `BenchFailed` where the books are not right."""
    async with servers(on) as sandbox:
        settings = await fresh(sandbox, "journal", names=("reporting",))
        child = await service_process(sandbox, settings, "reporting")
        try:
            await until_ready(sandbox, ("reporting",))
            db: _Db = await asyncpg.connect(
                settings.postgres_dsn_of("reporting"), server_settings={"search_path": "live"}, command_timeout=900
            )
            try:
                say(f"booking {invoices:,} invoices of {lines} lines")
                booked_s = await _book(db, settings.partitions, invoices, lines)
                await db.execute("vacuum analyze")
                await _check(db, invoices, lines)
                found, file_s = await _asked(sandbox, settings, db)
            finally:
                await db.close()
        finally:
            await sandbox.stop(child)
            await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)
    figures = {"invoices": invoices, "lines": invoices * lines, "invoices_per_s": round(invoices / booked_s)}
    return {**figures, "datev_file_s": round(file_s, 2), "p95_ms": found, "machine": machine()}


async def _book(db: _Db, partitions: int, invoices: int, lines: int) -> float:
    began = time.monotonic()
    for start in range(0, invoices, BATCH):
        partition = start // BATCH % partitions
        batch = [_applied(_invoice(n, lines), partition, n + 1) for n in range(start, min(start + BATCH, invoices))]
        async with db.transaction():
            await project_documents(db, partition, batch)
    booked_s = time.monotonic() - began
    terms = msgspec.structs.replace(NEUTRAL, datev=DatevTerms(consultant=29098, client=55003))
    cut = {"invoicing": [2 * invoices + 3] * partitions, "payments": [0] * partitions}
    told: list[Event] = [
        ChartOfAccountsSet(effective_from=date(2026, 1, 1), terms=terms, version=1),
        JournalExported(export_id="je-1", n=1, month=MONTH.start, closes=True, cut=cut, chart_version=1),
    ]
    async with db.transaction():
        await project_payments(db, 0, [_applied(event, 0, n, "payments") for n, event in enumerate(told, 1)])
    return booked_s


def _applied(event: Event, partition: int, seq: int, service: str = "invoicing") -> Applied:
    envelope = Envelope(
        env="bench", service=service, partition=partition, type="bench", recorded_at=AT, subject=event.key, seq=seq
    )
    return Applied(event, envelope, seq * 2)


def _invoice(n: int, lines: int) -> InvoiceIssued:
    """Of `lines` lines one is for a year, the others for the month; 10.00 each."""
    found = list(_lines(n, lines))
    net = Decimal(10 * lines)
    return InvoiceIssued(
        invoice_id=f"inv-{n}",
        account_id=f"acc-{n}",
        number=f"INV-{n:07}",
        currency="EUR",
        issued_on=MONTH.start,
        due_on=MONTH.end,
        period=MONTH,
        lines=found,
        tax_groups=[TaxGroup(category="S", rate=Decimal(20), base=net, tax=net / 5)],
        net=net,
        tax=net / 5,
        total=net + net / 5,
        cycle_id="monthly",
        name=Sealed("v1.bench"),
    )


def _lines(n: int, lines: int) -> Iterator[InvoiceLine]:
    for place in range(1, lines + 1):
        yield InvoiceLine(
            n=place,
            charge_id=f"ch-{n}-{place}",
            kind="recurring",
            description="Fibre 300",
            subscription_id=f"sub-{n}",
            plan_id=f"plan-{n % 20}",
            plan_version=1,
            period=YEAR if place == 1 else MONTH,
            net=Decimal("10.00"),
            unrounded=Decimal("10.00"),
        )


async def _check(db: _Db, invoices: int, lines: int) -> None:
    row = await db.fetchrow(
        "select sum(debit) as debit, sum(credit) as credit,"
        " sum(credit - debit) filter (where account in ('revenue', 'deferred_revenue')) as billed from journal_sum"
    )
    if row is None or row["debit"] != row["credit"] or row["billed"] != 10 * invoices * lines:
        raise BenchFailed(f"the books are not right: {row}")


async def _asked(sandbox: Sandbox, settings: Settings, db: _Db) -> tuple[dict[str, float], float]:
    found: dict[str, float] = {}
    token = Tokens(settings.secret("token_key")).issue("bench", "admin", life_s=600)
    async with httpx.AsyncClient(base_url=settings.service_url("reporting"), trust_env=False, timeout=120) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        for name, path in ASKED.items():
            sandbox.check()
            times = [await _timed(client, path) for _ in range(REQUESTS)]
            found[name] = Latency.of(times[2:]).percentile(95)
        await db.execute(_TAKEN)
        file = "/v1/journal-exports/je-1/file?format=datev&month=2026-10&currency=EUR&part=1"
        return found, await _timed(client, file)


_TAKEN: Final = """
update meterlog.checkpoint set next_offset = 9000000000000 where topic in ('invoicing.events', 'payments.events')
"""
"""Nothing came over Kafka: reporting is told that it has read all."""


async def _timed(client: httpx.AsyncClient, path: str) -> float:
    began = time.perf_counter()
    answer = await client.get(path)
    if answer.status_code != 200:
        raise BenchFailed(f"{path}: {answer.status_code} {answer.text[:300]}")
    return time.perf_counter() - began


def sentence(figures: dict[str, Any]) -> str:
    """The figures for people."""
    said = "\n".join(f"{ms:>9} ms  {name}" for name, ms in figures["p95_ms"].items())
    return (
        f"{figures['invoices_per_s']:,} invoices a second are booked by one connection, {figures['lines']:,} lines in"
        f" all; a DATEV file in {figures['datev_file_s']} s; p95:\n{said}"
    )


if __name__ == "__main__":
    print(sentence(asyncio.run(measure(invoices=10_000, lines=5, say=print))))
