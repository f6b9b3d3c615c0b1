"""What `meterlog keys` and `meterlog users` share: reporting's own command, on the database of a data directory.

    made = await in_installation(data_dir, ["key", "--role", "admin", "--name", "laptop"])

It works at once in an installation that runs, and in the container of reporting, which has the database's address in
its environment; where nothing runs, Postgres alone is started for the moment. Whoever can read the data directory can
make an administrator: it holds the database's password anyway.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from meterlog.cli.output import Unreachable, settings_with

if TYPE_CHECKING:
    from shared.embedded.directory import DataDirectory

_DSN: Final = "METERLOG_REPORTING_POSTGRES_DSN"
# By its name and in a process of its own: the command knows no service, as the supervisor does not.
_MODULE: Final = "services.reporting.identity"


class NotMade(Unreachable):
    """The database or the service refused; the message is the last line it said."""


def check_role(role: str) -> None:
    """Refuse a role that does not exist, before anything is started."""
    from shared.http.auth import ROLES

    if role not in ROLES:
        raise typer.BadParameter(f"{role!r} is no role: use one of {', '.join(ROLES)}", param_hint="--role")


async def in_installation(data_dir: Path | None, arguments: Sequence[str], *, told: str = "") -> dict[str, Any]:
    """Use the database that is there: a given one, a running one, or our own for a moment."""
    from shared.embedded.directory import DataDirectory

    if data_dir is None and (given := os.environ.get(_DSN)):
        return await on_database(given, arguments, told=told)
    directory = DataDirectory(settings_with(data_dir=data_dir).data_dir)
    given_servers = (directory.path / "environment.json").exists() and not (directory.path / "postgres").exists()
    if given_servers or "postgres" in directory.running():
        return await on_database(directory.settings().postgres_dsn_of("reporting"), arguments, told=told)
    return await _with_postgres_alone(directory, arguments, told)


async def on_database(dsn: str, arguments: Sequence[str], *, told: str = "") -> dict[str, Any]:
    """Run the service's own command. The DSN travels in the environment and secrets in `told`, its standard input:
    `ps` shows neither."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", _MODULE, *arguments],
        env={**os.environ, _DSN: dsn},
        input=told,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise NotMade(f"nothing was made: {(done.stderr.strip().splitlines() or [str(done.returncode)])[-1]}")
    made: dict[str, Any] = json.loads(done.stdout)
    return made


async def _with_postgres_alone(directory: DataDirectory, arguments: Sequence[str], told: str) -> dict[str, Any]:
    from meterlog.installation import DATABASES
    from shared.embedded.databases import create_databases
    from shared.embedded.ports import Ports
    from shared.embedded.postgres import EmbeddedPostgres

    with directory.locked():
        secrets = directory.secrets(DATABASES)
        postgres = EmbeddedPostgres(
            directory.path / "postgres",
            port=Ports(directory.ports_file)["postgres"],
            password=secrets.postgres,
            log=directory.logs / "postgres.log",
        )
        try:
            dsns = await create_databases(await postgres.start(), secrets.databases)
            return await on_database(dsns["reporting"], arguments, told=told)
        finally:
            await postgres.stop()
