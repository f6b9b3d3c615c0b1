"""What was acknowledged is never said to be unknown: tables that were put back are shown to nobody until they are where
the log is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from meterlog.installation import create_topics
from shared.engine.postgres import ServerStartedAnew, api_pool, is_away
from shared.engine.process import Runtime
from shared.engine.settings import Settings
from shared.engine.worker import Worker
from shared.http.server import Server
from tests.kit.ports import free_port
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import COMMANDS, PutCoins, toy_service
from tests.kit.waiting import until
from tests.shared.engine.test_idle import publish, replica

pytestmark = [pytest.mark.servers, pytest.mark.databases("payments")]

_PUT_BACK = """
update meterlog.checkpoint set next_offset = 0, next_seq = 1, last_event_id = null, recorded_at = null, inputs = '{}'
"""


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """No partition is taken over before this is set, and nobody is made to wait long."""
    monkeypatch.setattr("shared.http.request_middleware.CATCH_UP_S", 0.2)
    let_go = asyncio.Event()
    take_over = Worker.take_over

    async def waits(worker: Worker) -> None:
        await let_go.wait()
        await take_over(worker)

    monkeypatch.setattr(Worker, "take_over", waits)
    return let_go


@asynccontextmanager
async def one_more(settings: Settings) -> AsyncIterator[tuple[Runtime, httpx.AsyncClient]]:
    runtime = await Runtime.start(toy_service(), settings, Server)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.service_port}", timeout=120) as api:
            yield runtime, api
    finally:
        await runtime.stop()


async def five_coins(environment: FreshEnvironment, held: asyncio.Event, sql: str) -> Settings:
    """One event in the log and in the tables, and what `sql` makes of these while nobody is there."""
    settings = environment.settings.model_copy(update={"service_port": free_port(), "partitions": 1})
    await create_topics(settings)
    held.set()
    async with replica(toy_service(), settings) as runtime:
        await publish(settings, "payments.commands", COMMANDS, PutCoins(account_id="a", coins=5), command_id="c1")
        await until(lambda: runtime.pool.fetchval("select count(*) from jar"))
        await runtime.pool.execute(sql)
    held.clear()
    return settings


async def test_tables_that_were_put_back_are_shown_once_they_are_where_the_log_is(
    fresh_env: FreshEnvironment, held: asyncio.Event
) -> None:
    settings = await five_coins(fresh_env, held, f"{_PUT_BACK}; delete from jar; delete from command_result")
    async with one_more(settings) as (runtime, api):
        answer = await api.get("/v1/commands/payments-c1")
        assert answer.status_code == 503 and answer.json()["type"].endswith("service_unavailable")
        assert answer.headers["retry-after"]
        assert (await api.get("/healthz")).status_code == 200
        assert (await api.get("/readyz")).status_code == 503
        held.set()
        await until(runtime.caught_up)
        assert (await api.get("/v1/commands/payments-c1")).status_code == 401


async def test_tables_of_a_service_that_stopped_in_order_are_shown_at_once(
    fresh_env: FreshEnvironment, held: asyncio.Event
) -> None:
    """The marker of its last transaction lies behind what it has taken, and is nothing to be taken."""
    settings = await five_coins(fresh_env, held, "select 1")
    async with one_more(settings) as (runtime, api):
        assert runtime.caught_up()
        assert (await api.get("/v1/commands/payments-c1")).status_code == 401
        held.set()


async def test_behind_a_partition_that_nobody_takes_over_the_others_are_shown_in_the_end(
    fresh_env: FreshEnvironment, held: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.engine.catching_up.HELD_S_MAX", 0.5)
    settings = await five_coins(fresh_env, held, _PUT_BACK)
    async with one_more(settings) as (runtime, _):
        assert not runtime.caught_up()
        await until(runtime.caught_up)
        held.set()


async def test_a_connection_to_a_server_that_was_started_anew_reads_nothing(fresh_env: FreshEnvironment) -> None:
    """In the second before its process notices, and ends."""
    settings = fresh_env.settings
    await create_topics(settings)
    async with replica(toy_service(), settings) as runtime:
        dsn = settings.postgres_dsn_of("payments")
        earlier = runtime.tables_since - timedelta(seconds=1)
        with pytest.raises(ServerStartedAnew) as raised:
            await api_pool(dsn, search_path="meterlog", since=earlier)
        assert is_away(raised.value)
