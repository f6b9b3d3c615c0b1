"""`meterlog keys create` on a data directory where nothing runs."""

from __future__ import annotations

import json
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner

from services.reporting import identity
from shared.cli.keys import app
from shared.runtime.embedded.databases import create_databases
from shared.runtime.embedded.directory import DataDirectory
from shared.runtime.embedded.ports import Ports
from shared.runtime.embedded.postgres import EmbeddedPostgres


def test_a_role_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["create", "--role", "emperor", "--data-dir", str(tmp_path)])
    assert done.exit_code == 2
    assert "emperor" in done.output
    assert not list(tmp_path.iterdir())


@pytest.mark.servers
@pytest.mark.slow
def test_a_key_needs_only_the_data_directory(tmp_path: Path) -> None:
    import asyncio

    done = CliRunner().invoke(app, ["create", "--role", "admin", "--data-dir", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout.splitlines()[-1])
    found = asyncio.run(_find(DataDirectory(tmp_path), made["key"]))
    assert found is not None
    assert (found.key_id, found.role) == (made["id"], "admin")


async def _find(directory: DataDirectory, key: str) -> identity.ApiKey | None:
    secrets = directory.secrets()
    postgres = EmbeddedPostgres(
        directory.path / "postgres", port=Ports(directory.ports_file)["postgres"], password=secrets.postgres
    )
    dsns = await create_databases(await postgres.start(), secrets.databases)
    try:
        connection = await asyncpg.connect(dsns["reporting"])
        found = await identity.find_key(connection, key)
        await connection.close()
        return found
    finally:
        await postgres.stop()
