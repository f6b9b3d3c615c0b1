"""`meterlog keys create`: make an API key with nothing but the data directory.

    $ meterlog keys create --role admin --name laptop
    mk_qk3xw5o2zq4d7l5c_…
    $ meterlog keys create --role ingest --json
    {"id": "qk3xw5o2zq4d7l5c", "key": "mk_…"}

The key is shown once. It works at once in an installation that runs; where none runs, Postgres alone is started for the
moment. Whoever can read the data directory can make an administrator's key: it holds the database's password anyway.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from shared.cli.output import DataDir, Json, Unreachable, exit_codes, print_json, settings_with

if TYPE_CHECKING:
    from shared.runtime.embedded.directory import DataDirectory

app = typer.Typer(no_args_is_help=True, help="API keys.")

# By its name and in a process of its own: the command knows no service, as the supervisor does not.
_MODULE = "services.reporting.identity"


class KeyNotMade(Unreachable):
    """The database refused; the message is the last line it said."""


@app.callback()
def group() -> None:
    """API keys."""


@app.command("create")
def create(
    role: Annotated[str, typer.Option(help="What the key may do: admin, billing, support, auditor or ingest.")],
    name: Annotated[str, typer.Option(help="What the key is for; shown in lists and never used as a secret.")] = "cli",
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Make an API key and show it, this once."""
    from shared.runtime.auth import ROLES
    from shared.runtime.embedded.directory import DataDirectory

    if role not in ROLES:
        raise typer.BadParameter(f"{role!r} is no role: use one of {', '.join(ROLES)}", param_hint="--role")
    with exit_codes():
        directory = DataDirectory(settings_with(data_dir=data_dir).data_dir)
        made = asyncio.run(_create(directory, role, name))
        if as_json:
            print_json(made)
        else:
            print(made["key"])


async def _create(directory: DataDirectory, role: str, name: str) -> dict[str, str]:
    """Use the database that is there: a running one, a given one, or our own for a moment."""
    given_servers = (directory.path / "environment.json").exists() and not (directory.path / "postgres").exists()
    if given_servers or "postgres" in directory.running():
        return await make_key(directory.settings().postgres_dsn_of("reporting"), role, name)
    return await _with_postgres_alone(directory, role, name)


async def _with_postgres_alone(directory: DataDirectory, role: str, name: str) -> dict[str, str]:
    from shared.runtime.embedded.databases import create_databases
    from shared.runtime.embedded.ports import Ports
    from shared.runtime.embedded.postgres import EmbeddedPostgres

    with directory.locked():
        secrets = directory.secrets()
        postgres = EmbeddedPostgres(
            directory.path / "postgres",
            port=Ports(directory.ports_file)["postgres"],
            password=secrets.postgres,
            log=directory.logs / "postgres.log",
        )
        try:
            dsns = await create_databases(await postgres.start(), secrets.databases)
            return await make_key(dsns["reporting"], role, name)
        finally:
            await postgres.stop()


async def make_key(dsn: str, role: str, name: str) -> dict[str, str]:
    """Run the service's own command. The DSN travels in the environment, where `ps` does not show it."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", _MODULE, "--role", role, f"--name={name}"],
        env={**os.environ, "METERLOG_REPORTING_POSTGRES_DSN": dsn},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise KeyNotMade(f"no key was made: {(done.stderr.strip().splitlines() or [str(done.returncode)])[-1]}")
    made: dict[str, str] = json.loads(done.stdout)
    return made
