"""In which time very many accounts reach a step of dunning at one midnight, on real servers, down to the tables.

    meterlog bench dunning [--accounts 100000] [--replicas 2] [--json]
    100,000 accounts are blocked in … s (… a second); their cases were opened in … s

Accounts owe an invoice each, of which the operator's policy says: written to after a day, blocked after three. All of
that is on the log and in the tables. Then the test clock steps over the midnight after the due date, and over that of
the block: each account's timer is due, it is looked at, its step is decided, logged, sent to rating and invoicing and
projected. Time ends when the tables hold the last of them. No figure is printed before every case is at the step that
it has to be at, and as many events as cases say so. The goal is 30 s for 100,000.
"""

from __future__ import annotations

import time as monotonic
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias

import asyncpg

from bench.counted import until_there
from bench.machine import machine
from bench.payments import prepare
from bench.product_run import SUFFIX, fresh, service_process, until_ready
from bench.served_close import step_to
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import DATABASES
from services.payments.balance.messages import OpenPayer
from services.payments.dunning_policy.messages import (
    DefineDunningPolicy,
    DunningStep,
    DunningTerms,
    Letter,
    Restriction,
    SetDefaultDunningPolicy,
)
from services.payments.receivable.messages import OpenReceivable
from shared.embedded.databases import drop_databases
from shared.engine.settings import Settings
from shared.kernel.message import Command

_LETTERS: Final = (Letter(language="en", subject="Overdue", text="{overdue} have been overdue for {days} days."),)
TERMS: Final = DunningTerms(
    name="Bench",
    steps=(
        DunningStep(name="Letter", after_days=1, letters=_LETTERS),
        DunningStep(name="Block", after_days=3, letters=_LETTERS, service=Restriction(access="blocked")),
    ),
)
CHUNK: Final = 5_000
"""So many accounts are set up in one transaction of the broker, which lasts ten seconds at most."""
_BEFORE: Final = datetime(2026, 10, 1, 12, tzinfo=UTC)
_OPENED: Final = datetime(2026, 10, 16, 0, 0, 1, tzinfo=UTC)
_BLOCKED: Final = datetime(2026, 10, 18, 0, 0, 1, tzinfo=UTC)
_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
_OWED: Final = "select count(*) from live.receivable_row"
_POLICY: Final = "select count(*) from live.dunning_default_row where policy_id is not null"
_AT: Final = "select count(*) from live.dunning_case_row where step = {}"
_FOUND: Final = """
select (select count(*) from live.dunning_case_row where step = 2 and access = 'blocked') as blocked,
       (select count(*) from live.dunning_case_row) as cases,
       (select count(*) from live.dunning_event_row where kind = 'DunningStepReached') as steps,
       (select count(*) from live.dunning_event_row where kind = 'ServiceRestrictionAsked') as asked
"""


async def measure(
    *, accounts: int, replicas: int, say: Callable[[str], None], on: Sandbox | None = None
) -> dict[str, Any]:
    """Start servers, set up, step over two midnights. Raises `BenchFailed` where a count is not exact."""
    async with servers(on) as sandbox:
        settings = (await fresh(sandbox, "dunning", names=("payments",))).model_copy(update={"test_clock": True})
        await step_to(settings, _BEFORE)
        children = [await service_process(sandbox, settings, "payments", replica=n) for n in range(1, replicas + 1)]
        try:
            db: _Db = await asyncpg.connect(settings.postgres_dsn_of("payments"))
            try:
                await until_ready(sandbox, [child.name for child in children])
                say(f"{accounts:,} accounts owe an invoice")
                await _set_up(sandbox, settings, db, accounts)
                say("the day after it was due")
                opened_s = await _midnight(sandbox, settings, db, _OPENED, _AT.format(1), accounts)
                say("the day of the block")
                before = sandbox.cpu()
                blocked_s = await _midnight(sandbox, settings, db, _BLOCKED, _AT.format(2), accounts)
                spent = sandbox.cpu()
                spent.subtract(before)
                await _check(db, accounts)
            finally:
                await db.close()
        finally:
            for child in children:
                await sandbox.stop(child)
            await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)
    return {
        "seconds": round(blocked_s, 2),
        "accounts_per_s": round(accounts / blocked_s),
        "opened_seconds": round(opened_s, 2),
        "accounts": accounts,
        "replicas": replicas,
        "cpu_us_per_account": {name: round(s * 1e6 / accounts, 1) for name, s in spent.items() if s >= 0.05},
        "machine": machine(),
    }


def sentence(found: dict[str, Any]) -> str:
    spent = ", ".join(f"{name} {us}" for name, us in found["cpu_us_per_account"].items())
    return (
        f"{found['accounts']:,} accounts reached the step that blocks in {found['seconds']} s"
        f" ({found['accounts_per_s']:,} a second); their cases were opened, and all written to, in"
        f" {found['opened_seconds']} s\nµs of processor an account: {spent}"
    )


async def _set_up(sandbox: Sandbox, settings: Settings, db: _Db, accounts: int) -> None:
    await (await prepare(settings, [("policy", DefineDunningPolicy(policy_id="bench", terms=TERMS))])).commit()
    await until_there(sandbox, db, "select count(*) from live.dunning_policy_row", 1)
    await (await prepare(settings, [("default", SetDefaultDunningPolicy(policy_id="bench"))])).commit()
    await until_there(sandbox, db, _POLICY, 1)
    for start in range(0, accounts, CHUNK):
        await (await prepare(settings, _owing(range(start, min(start + CHUNK, accounts))))).commit()
    await until_there(sandbox, db, _OWED, accounts)


async def _midnight(sandbox: Sandbox, settings: Settings, db: _Db, now: datetime, count: str, expected: int) -> float:
    began = monotonic.monotonic()
    await step_to(settings, now)
    return await until_there(sandbox, db, count, expected) - began


async def _check(db: _Db, accounts: int) -> None:
    """Raises `BenchFailed`."""
    found = dict(await db.fetchrow(_FOUND) or {})
    right = {"blocked": accounts, "cases": accounts, "steps": 2 * accounts, "asked": accounts}
    if found != right:
        raise BenchFailed(f"what was found is {found}, and has to be {right}")


def _owing(numbers: Iterable[int]) -> Iterable[tuple[str, Command]]:
    for n in numbers:
        account_id = f"acc-{n:06d}"
        yield f"open-{n}", OpenPayer(account_id=account_id, currency="EUR", time_zone="UTC")
        opened = OpenReceivable(
            invoice_id=f"inv-{n}",
            account_id=account_id,
            number=f"INV-{n:06d}",
            amount=Decimal("36.04"),
            currency="EUR",
            issued_on=date(2026, 10, 1),
            due_on=date(2026, 10, 15),
            series_n=n,
        )
        yield f"owe-{n}", opened
