"""`meterlog keys create`: make an API key with nothing but the data directory.

    $ meterlog keys create --role admin --name laptop
    mk_qk3xw5o2zq4d7l5c_…
    $ meterlog keys create --role ingest --json
    {"id": "qk3xw5o2zq4d7l5c", "key": "mk_…"}

The key is shown once.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from meterlog.cli.identity import check_role, in_installation, on_database
from meterlog.cli.output import DataDir, Json, exit_codes, print_json

app = typer.Typer(no_args_is_help=True, help="API keys.")


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
    check_role(role)
    with exit_codes():
        made = asyncio.run(in_installation(data_dir, _key(role, name)))
        if as_json:
            print_json(made)
        else:
            print(made["key"])


async def make_key(dsn: str, role: str, name: str) -> dict[str, Any]:
    """The same in a database that is at hand."""
    return await on_database(dsn, _key(role, name))


def _key(role: str, name: str) -> list[str]:
    return ["key", "--role", role, f"--name={name}"]
