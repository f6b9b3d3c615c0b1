"""What is personal opens with its account's key, and with nothing once that is destroyed."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from shared.http.vault import ERASED, NotSealed, Vault
from tests.kit.servers import FreshEnvironment

pytestmark = [pytest.mark.servers, pytest.mark.databases("vault")]


async def test_a_sealed_field_opens_until_its_key_is_destroyed(fresh_env: FreshEnvironment) -> None:
    settings = fresh_env.settings
    vault, other = Vault(settings), Vault(settings)
    sealed, again = await asyncio.gather(vault.seal("acc-1", "Ann Exámple"), other.seal("acc-1", "Ann Exámple"))
    assert sealed != again
    assert "Ann" not in sealed
    assert await other.open(sealed) == await vault.open(again) == "Ann Exámple"
    with pytest.raises(NotSealed):
        await vault.open(sealed[:-6] + "AAAAAA")
    connection = await asyncpg.connect(settings.postgres_dsn_of("vault"))
    await connection.execute("delete from account_key")
    await connection.close()
    fresh = Vault(settings)
    assert await fresh.open_all([sealed, again]) == [ERASED, ERASED]
    for each in (vault, other, fresh):
        await each.close()
