"""`meterlog keys create` and `meterlog users create` on a data directory where nothing runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from typer.testing import CliRunner

from meterlog.cli import keys, users
from services.reporting import identity
from shared.embedded.databases import create_databases
from shared.embedded.directory import DataDirectory
from shared.embedded.ports import Ports
from shared.embedded.postgres import EmbeddedPostgres


def test_a_role_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    done = CliRunner().invoke(keys.app, ["create", "--role", "emperor", "--data-dir", str(tmp_path)])
    assert done.exit_code == 2
    assert "emperor" in done.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "told", "said"),
    [
        (["--email", "ann@example.net", "--role", "emperor"], "", "emperor"),
        (["--email", "ann", "--role", "admin"], "", "no e-mail address"),
        (["--email", "ann@example.net", "--role", "admin", "--password-stdin"], "short\n", "8 to 256 characters"),
        (["--email", "ann@example.net", "--role", "admin", "--password-stdin"], "", "8 to 256 characters"),
    ],
)
def test_a_person_who_cannot_be_made_is_wrong_use(tmp_path: Path, arguments: list[str], told: str, said: str) -> None:
    done = CliRunner().invoke(users.app, ["create", *arguments, "--data-dir", str(tmp_path)], input=told)
    assert done.exit_code == 2
    assert said in " ".join(done.output.replace("│", " ").split())
    assert not list(tmp_path.iterdir())


@pytest.mark.servers
@pytest.mark.slow
def test_keys_and_people_need_only_the_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = ["--data-dir", str(tmp_path), "--json"]
    done = CliRunner().invoke(keys.app, ["create", "--role", "admin", *directory])
    assert done.exit_code == 0, done.output
    key = json.loads(done.stdout.splitlines()[-1])
    ann = ["create", "--role", "billing", "--email", "Ann@example.net"]
    done = CliRunner().invoke(users.app, [*ann, *directory])
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout.splitlines()[-1])
    done = CliRunner().invoke(
        users.app,
        ["create", "--role", "admin", "--email", "bob@example.net", "--password-stdin", *directory],
        input="correct horse battery\n",
    )
    assert done.exit_code == 0, done.output
    assert "password" not in json.loads(done.stdout.splitlines()[-1])
    done = CliRunner().invoke(users.app, [*ann, *directory])
    assert (done.exit_code, "Ann@example.net already" in done.output) == (3, True)

    async def check(dsn: str, connection: asyncpg.Connection[Any]) -> None:
        found = await identity.find_key(connection, key["key"])
        assert found is not None
        assert (found.key_id, found.role) == (key["id"], "admin")
        # The address in another case, with the password that was made and shown; the chosen one; and nobody else's.
        session = await identity.log_in(connection, "ann@example.net", made["password"])
        assert (session.user.user_id, session.user.role) == (made["id"], "billing")
        await identity.log_in(connection, "bob@example.net", "correct horse battery")
        with pytest.raises(identity.WrongCredentials):
            await identity.log_in(connection, "bob@example.net", made["password"])
        # As in the container of reporting: no directory, and the address of the database in the environment.
        monkeypatch.setenv("METERLOG_REPORTING_POSTGRES_DSN", dsn)
        carl = ["create", "--role", "support", "--email", "carl@example.net", "--generate"]
        done = await asyncio.to_thread(CliRunner().invoke, users.app, carl)
        password = done.stdout.rstrip().rpartition(" ")[2]
        await identity.log_in(connection, "carl@example.net", password)

    asyncio.run(_with_database(DataDirectory(tmp_path), check))


async def _with_database(
    directory: DataDirectory, work: Callable[[str, asyncpg.Connection[Any]], Awaitable[None]]
) -> None:
    secrets = directory.secrets()
    postgres = EmbeddedPostgres(
        directory.path / "postgres", port=Ports(directory.ports_file)["postgres"], password=secrets.postgres
    )
    dsns = await create_databases(await postgres.start(), secrets.databases)
    try:
        connection = await asyncpg.connect(dsns["reporting"])
        await work(dsns["reporting"], connection)
        await connection.close()
    finally:
        await postgres.stop()
