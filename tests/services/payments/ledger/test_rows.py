"""Tables of payments and reporting over random lives of an account, in a real Postgres: they say what states say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from services.payments import app as payments_app
from services.payments.balance.api import _AT, _BALANCE
from services.payments.payment.api import ALLOCATED
from services.payments.payment.state import KnownPayment
from services.reporting import app as reporting_app
from services.reporting.payment import rows as reporting_rows
from shared.engine.generation import prepare
from shared.engine.service import Applied
from shared.http.moments import LAST_DAY, LAST_INSTANT
from shared.kernel.envelope import Envelope
from tests.kit.servers import FreshEnvironment
from tests.services.payments.ledger.lives import Life
from tests.services.payments.story import ACCOUNT, NOON, OPENED

pytestmark = pytest.mark.servers

SEEDS = range(40)
_PAYMENTS = f"select payment_id, status, {ALLOCATED} as allocated, unallocated, version from payment_row"
_NET = """
select payment_id, invoice_id, sum(amount) as amount from allocation_row group by 1, 2 having sum(amount) <> 0
"""
_LEDGER = "select account, sum(amount) as amount from ledger_entry group by 1"
_STATEMENT = "select coalesce(sum(effect), 0) from posting_row"
_OPEN = "select invoice_id, open from receivable_row where open <> 0"


@asynccontextmanager
async def connected(environment: FreshEnvironment, service: Any) -> AsyncIterator[asyncpg.Connection[Any]]:
    dsn = environment.settings.postgres_dsn_of(service.name)
    generation = await prepare(dsn, service, environment.settings)
    connection = await asyncpg.connect(dsn, server_settings={"search_path": generation.search_path})
    try:
        yield connection
    finally:
        await connection.close()


def opened() -> Applied:
    envelope = Envelope(
        env="test", service="payments", partition=0, type="PayerOpened", recorded_at=NOON, subject=ACCOUNT, seq=0
    )
    return Applied(OPENED, envelope)


async def by(connection: asyncpg.Connection[Any], query: str, *keys: str) -> dict[Any, Any]:
    rows = [dict(row) for row in await connection.fetch(query)]
    return {tuple(row[key] for key in keys): {n: v for n, v in row.items() if n not in keys} for row in rows}


async def written(
    connection: asyncpg.Connection[Any], project: Any, batches: list[list[Applied]], look: Callable[[Any], Any]
) -> Any:
    """What the tables say after these batches; all of it is undone."""
    undone = connection.transaction()
    await undone.start()
    for batch in batches:
        await project(connection, 0, batch)
    found = await look(connection)
    await undone.rollback()
    return found


async def test_tables_say_what_the_states_say_in_one_batch_and_event_by_event(fresh_env: FreshEnvironment) -> None:
    async with connected(fresh_env, payments_app.SERVICE) as connection:

        async def look(db: asyncpg.Connection[Any]) -> dict[str, Any]:
            return {
                "balance": dict(await db.fetchrow(_BALANCE, ACCOUNT) or {}),
                "then": dict(await db.fetchrow(_AT, ACCOUNT, LAST_DAY, LAST_INSTANT) or {}),
                "payments": await by(db, _PAYMENTS, "payment_id"),
                "net": await by(db, _NET, "payment_id", "invoice_id"),
                "ledger": await by(db, _LEDGER, "account"),
                "statement": await db.fetchval(_STATEMENT),
                "open": await by(db, _OPEN, "invoice_id"),
            }

        for seed in SEEDS:
            life = Life(seed)
            events = [opened(), *life.applied]
            project = payments_app.SERVICE.project
            found = await written(connection, project, [events], look)
            assert found == await written(connection, project, [[event] for event in events], look), seed
            _agree(life, found, seed)


def _agree(life: Life, found: dict[str, Any], seed: int) -> None:
    payer = life.payer
    open_ = sum((invoice.open for invoice in payer.owed), Decimal(0))
    credit = sum((one.left for one in payer.credits), Decimal(0))
    assert (found["balance"]["open"], found["balance"]["credit"]) == (open_, credit), seed
    assert (found["then"]["open"], found["then"]["credit"]) == (open_, credit), seed
    assert found["statement"] == open_ - credit, seed
    assert found["open"] == {(one.invoice_id,): {"open": one.open} for one in payer.owed}, seed
    assert sum(entry["amount"] for entry in found["ledger"].values()) == 0, seed
    for known in life.spec.state.all(KnownPayment):
        row = found["payments"][(known.payment_id,)]
        paid = sum((part.amount for part in known.parts), Decimal(0))
        left = payer.left_of(known.payment_id)
        expected = {"status": known.status, "allocated": paid, "unallocated": left, "version": known.version}
        assert row == expected, (seed, known)
        net = {key[1]: value["amount"] for key, value in found["net"].items() if key[0] == known.payment_id}
        assert net == {part.invoice_id: part.amount for part in known.parts}, (seed, known)


async def test_reporting_says_the_same_of_what_is_open_and_what_is_left(fresh_env: FreshEnvironment) -> None:
    async with connected(fresh_env, reporting_app.SERVICE) as connection:

        async def look(db: asyncpg.Connection[Any]) -> dict[str, Any]:
            settled = "select coalesce(sum(amount), 0) from settlement_view"
            claimed = "select coalesce(sum(amount), 0) from receivable_row"
            left = "select coalesce(sum(unallocated), 0) from (select unallocated from payment_row"
            return {
                "open": await by(db, _OPEN, "invoice_id"),
                "credit": await db.fetchval(f"{left} union all select unallocated from credit_row) as one"),
                "owed": await db.fetchval(claimed) - await db.fetchval(settled),
            }

        for seed in SEEDS:
            life = Life(seed)
            project = reporting_rows.project
            found = await written(connection, project, [life.applied], look)
            assert found == await written(connection, project, [[event] for event in life.applied], look), seed
            owed = {(one.invoice_id,): {"open": one.open} for one in life.payer.owed}
            assert found["open"] == owed, seed
            assert found["credit"] == sum((one.left for one in life.payer.credits), Decimal(0)), seed
            assert found["owed"] == sum((one.open for one in life.payer.owed), Decimal(0)), seed
