"""How long a billing run takes on real servers: from its start to the last invoice issued and numbered in the tables.

    meterlog bench billing-run [--accounts 10000] [--lines 5] [--replicas 2] [--json]
    10,000 invoices in … s (… a second from PeriodClosed to issued): closed in … s, issued in … s

Accounts and what rating says of their month stand in its log (billing_log.py); invoicing has not read it yet. It runs
in as many processes as the machine has cores, if not told otherwise, which share its partitions. Three spans are
measured, each from the moment at which its input can be read: the charges, to the last line of a draft; the closes of
all periods, to the last complete draft; the command that starts the run, to the last invoice with its number. The goal
counts the last two. Then the same run is started again, under another id, and has to create nothing (R12). No figure
is printed before every count and sum is what was written: one invoice for each account, its lines, numbers 1 to n
without a gap, net and tax to the cent.
"""

from __future__ import annotations

import time as monotonic
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

import asyncpg

from bench.billing_log import CLOSED, CYCLE, BilledBook
from bench.counted import until_there
from bench.machine import machine
from bench.product_run import SUFFIX, fresh, service_process, until_ready
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import DATABASES
from services.invoicing.billing_run.messages import StartBillingRun
from services.invoicing.commands import COMMANDS
from shared.embedded.databases import drop_databases
from shared.embedded.process import Child
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Command, encode
from shared.kernel.partition import partition_of

WARM_UP_ACCOUNTS: Final = 200
_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_PROFILES: Final = "select count(*) from live.bill_profile where expected_end is not null"
_ADDED: Final = "select count(*) from live.invoice_line"
_DRAFTED: Final = "select count(*) from live.invoice_row where agrees"
_ISSUED: Final = "select count(*) from live.invoice_row where status = 'issued'"
_WALKED: Final = "select count(*) from live.billing_run_page where last and run_id = '{run}'"


@dataclass(frozen=True)
class Span:
    """What happened between two moments: seconds, and the processor's seconds by process."""

    seconds: float
    cpu_s: Mapping[str, float]

    def per(self, count: int) -> dict[str, float]:
        """Microseconds of the processor for each of so many."""
        return {name: round(s * 1e6 / count, 1) for name, s in self.cpu_s.items() if s >= 0.05}


async def measure(*, accounts: int, lines: int, replicas: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Start servers, write the log, draft, run, run again. Raises `BenchFailed` where a count is not exact.

    `replicas`: processes of invoicing.
    """
    async with servers() as sandbox:
        warm_up = BilledBook(WARM_UP_ACCOUNTS, lines)
        await _whole(sandbox, warm_up, env="warm", replicas=replicas, say=lambda line: None)
        return await _whole(sandbox, BilledBook(accounts, lines), env="run", replicas=replicas, say=say)


async def _whole(
    sandbox: Sandbox, book: BilledBook, *, env: str, replicas: int, say: Callable[[str], None]
) -> dict[str, Any]:
    settings = await fresh(sandbox, env, names=("invoicing",))
    numbers = range(1, replicas + 1)
    children = [await service_process(sandbox, settings, "invoicing", replica=number) for number in numbers]
    try:
        db: _Db = await asyncpg.connect(settings.postgres_dsn_of("invoicing"))
        try:
            await until_ready(sandbox, [child.name for child in children])
            say(f"signing up {book.accounts:,} accounts")
            await book.sign_up(settings)
            await until_there(sandbox, db, _PROFILES, book.accounts)
            return await _measured(sandbox, settings, children, db, book, say)
        finally:
            await db.close()
    finally:
        for child in children:
            await sandbox.stop(child)
        await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)


async def _measured(
    sandbox: Sandbox,
    settings: Settings,
    children: Sequence[Child],
    db: _Db,
    book: BilledBook,
    say: Callable[[str], None],
) -> dict[str, Any]:
    say(f"drafting {book.accounts:,} invoices of {book.lines} lines")
    charges = await book.prepare_charges(settings)
    adding = await _span(sandbox, db, charges.commit, _ADDED, book.accounts * book.lines)
    say(f"lines drafted in {adding.seconds:.1f} s; the closes")
    closes = await book.prepare_closes(settings)
    closing = await _span(sandbox, db, closes.commit, _DRAFTED, book.accounts)
    say(f"closed in {closing.seconds:.1f} s; the run")
    running = await _span(sandbox, db, lambda: _start(settings, "run-1"), _ISSUED, book.accounts)
    say(f"issued in {running.seconds:.1f} s; the run again")
    await until_there(sandbox, db, _WALKED.format(run="run-1"), settings.partitions)
    found = await _check(db, book)
    again = await _span(
        sandbox, db, lambda: _start(settings, "run-2"), _WALKED.format(run="run-2"), settings.partitions
    )
    await _check_again(db, book, found)
    return {
        **_figures(book, adding, closing, running),
        "run_again_s": round(again.seconds, 2),
        "created_again": 0,
        "amount": str(found["total"]),
        "replicas": len(children),
        "rss_mb_max": max(_peak_mb(sandbox.pids[child.name]) for child in children),
        "machine": machine(),
    }


def _figures(book: BilledBook, adding: Span, closing: Span, running: Span) -> dict[str, Any]:
    total_s = closing.seconds + running.seconds
    return {
        "closed_to_issued_per_s": round(book.accounts / total_s),
        "lines_per_s": round(book.accounts * book.lines / adding.seconds),
        "closes_per_s": round(book.accounts / closing.seconds),
        "invoices_per_s": round(book.accounts / running.seconds),
        "lines_s": round(adding.seconds, 2),
        "closing_s": round(closing.seconds, 2),
        "run_s": round(running.seconds, 2),
        "total_s": round(total_s, 2),
        "invoices": book.accounts,
        "lines": book.lines,
        "cpu_us_per_line": adding.per(book.accounts * book.lines),
        "cpu_us_per_close": closing.per(book.accounts),
        "cpu_us_per_invoice": running.per(book.accounts),
    }


async def _span(sandbox: Sandbox, db: _Db, begin: Callable[[], Any], count: str, expected: int) -> Span:
    before = sandbox.cpu()
    began = monotonic.monotonic()
    await begin()
    ended = await until_there(sandbox, db, count, expected)
    spent: Counter[str] = sandbox.cpu()
    spent.subtract(before)
    return Span(ended - began, {name: round(s, 2) for name, s in spent.items()})


async def _start(settings: Settings, run_id: str) -> None:
    """The command that the API sends when somebody starts a run of the cycle."""
    start = StartBillingRun(run_id=run_id, target_date=CLOSED.end, cycle_id=CYCLE)
    producer = await Log(settings).idempotent_producer()
    try:
        await producer.send_and_wait(
            f"{settings.env}.invoicing.commands",
            encode(start),
            key=start.key.encode(),
            partition=partition_of(start.key, settings.partitions),
            headers=to_headers(_envelope(settings, start)),
        )
    finally:
        await producer.stop()


def _envelope(settings: Settings, command: Command) -> Envelope:
    return Envelope(
        env=settings.env,
        service="invoicing",
        partition=partition_of(command.key, settings.partitions),
        type=COMMANDS.name_of(command),
        recorded_at=datetime.now(UTC),
        subject=command.key,
        actor="bench",
        command_id=f"{type(command).__name__}-{command.key}",
    )


_FOUND: Final = """
select count(*) as invoices, count(distinct account_id) as accounts, count(distinct number) as numbers,
       min(number) as first, max(number) as last, sum(net) as net, sum(tax) as tax, sum(total) as total,
       count(*) filter (where status = 'issued' and run_id = 'run-1') as issued
  from live.invoice_row
"""
_LINES: Final = "select count(*) as lines, count(distinct charge_id) as charges from live.invoice_line"
_SERIES: Final = "select last from live.numbering_series_row where series_id = 'INV'"
_RUN: Final = """
select coalesce(sum(invoices), 0)::bigint as invoices, coalesce(sum(failed), 0)::bigint as failed
  from live.billing_run_page where run_id = $1
"""


async def _check(db: _Db, book: BilledBook) -> dict[str, Any]:
    """Everything is there once: raises `BenchFailed` and says what is not."""
    found = {**_only(await db.fetchrow(_FOUND)), **_only(await db.fetchrow(_LINES))}
    found["series"] = await db.fetchval(_SERIES)
    found |= {f"run_{name}": value for name, value in _only(await db.fetchrow(_RUN, "run-1")).items()}
    count = book.accounts
    net, tax = (Decimal(cents).scaleb(-2) for cents in (book.net_cents, book.tax_cents))
    once = ("invoices", "accounts", "numbers", "issued", "series", "run_invoices")
    expected: dict[str, Any] = {**dict.fromkeys(once, count), "net": net, "tax": tax, "total": net + tax}
    expected |= {"first": "INV-000001", "last": f"INV-{count:06}"}
    expected |= {"lines": count * book.lines, "charges": count * book.lines, "run_failed": 0}
    if wrong := {name: (found[name], right) for name, right in expected.items() if found[name] != right}:
        raise BenchFailed(f"what was found and what was written differ: {wrong}")
    return found


async def _check_again(db: _Db, book: BilledBook, before: dict[str, Any]) -> None:
    """The second run has created nothing, and changed nothing (R12)."""
    created = _only(await db.fetchrow(_RUN, "run-2"))
    after = await _check(db, book)
    if any(created.values()) or after != before:
        raise BenchFailed(f"the run again created {created}; before {before}, after {after}")


def _only(row: asyncpg.Record | None) -> dict[str, Any]:
    if row is None:
        raise BenchFailed("there is nothing")
    return dict(row)


def _peak_mb(pid: int) -> int:
    """The most memory that a process has had so far."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def sentence(figures: dict[str, Any]) -> str:
    spans = "\n".join(
        f"µs of processor {what}: {', '.join(f'{name} {us}' for name, us in figures[f'cpu_us_per_{key}'].items())}"
        for what, key in (("a line", "line"), ("a close", "close"), ("an invoice of the run", "invoice"))
    )
    return (
        f"{figures['invoices']:,} invoices in {figures['total_s']} s ({figures['closed_to_issued_per_s']:,} a second"
        f" from PeriodClosed to issued): closed in {figures['closing_s']} s ({figures['closes_per_s']:,} a second),"
        f" issued in {figures['run_s']} s ({figures['invoices_per_s']:,} a second)\n"
        f"their lines were drafted before in {figures['lines_s']} s ({figures['lines_per_s']:,} lines a second)\n"
        f"run again in {figures['run_again_s']} s: nothing created twice;"
        f" {figures['replicas']} processes of invoicing took at most {figures['rss_mb_max']} MB each\n"
        f"{spans}"
    )
