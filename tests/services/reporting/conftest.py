"""The fixture `stage`: reporting's tables, empty before each test, in databases made once for all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

import pytest
import pytest_asyncio

from services.reporting.app import SERVICE
from shared.engine.generation import prepare
from shared.engine.postgres import Pool, api_pool
from shared.http.vault import Vault
from tests.kit.servers import FreshEnvironment, Servers, fresh_environment
from tests.services.reporting.stage import SharedApi, Stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def reporting_environment(
    servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[FreshEnvironment]:
    async with fresh_environment(servers, tmp_path_factory.mktemp("reporting")) as environment:
        yield environment


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def reporting_pool(reporting_environment: FreshEnvironment) -> AsyncIterator[Pool]:
    settings = reporting_environment.settings
    dsn = settings.postgres_dsn_of("reporting")
    generation = await prepare(dsn, SERVICE, settings)
    pool = await api_pool(dsn, search_path=generation.search_path, size=4)
    yield pool
    await pool.close()


@pytest.fixture(scope="session")
def reporting_api() -> SharedApi:
    return SharedApi()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(
    reporting_environment: FreshEnvironment, reporting_pool: Pool, reporting_api: SharedApi
) -> AsyncIterator[Stage]:
    await _empty(reporting_pool)
    vault = Vault(reporting_environment.settings)
    yield Stage(reporting_pool, reporting_environment.settings, vault, api=reporting_api)
    await vault.close()


_EMPTY: Final = """
do $$
declare
    name text;
    has_rows boolean;
    filled text[] := '{}';
begin
    for name in
        select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('live', 'durable')
    loop
        execute format('select exists (select from %s)', name) into has_rows;
        if has_rows then
            filled := filled || name;
        end if;
    end loop;
    if cardinality(filled) > 0 then
        execute 'truncate ' || array_to_string(filled, ', ') || ' cascade';
    end if;
end $$
"""
"""Of fifty tables a test fills some. To truncate an empty one costs as much as any other: all of them, a quarter of a
second. `cascade`, for those that refer to one of these."""


async def _empty(pool: Pool) -> None:
    await pool.execute(_EMPTY)
