"""`meterlog users create` and `link`: let a person sign in to the console, with nothing but the data directory.

    $ meterlog users create --email ann@example.net --role admin
    Password for ann@example.net (empty: one is made):
    ann@example.net may sign in as admin
    $ meterlog users create --email bob@example.net --role billing --generate
    bob@example.net may sign in as billing, with the password 3kXw…
    $ meterlog users link --email ann@example.net
    /set-password#Zk3…    sets another password of ann@example.net, once, until 2026-12-01T10:00:00+00:00

A password that was made is shown once. Where nobody sits at a terminal one is made, unless it comes on standard input
with `--password-stdin`.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from meterlog.cli.identity import check_role, in_installation, on_database
from meterlog.cli.output import DataDir, Json, exit_codes, print_json

if TYPE_CHECKING:
    from shared.engine.settings import Settings

app = typer.Typer(no_args_is_help=True, help="People who sign in to the console.")

# As POST /v1/users has them.
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")
PASSWORD_MIN: Final = 8
PASSWORD_MAX: Final = 256

FIRST_USER: Final = "nobody can sign in to the console yet: meterlog users create --email you@example.net --role admin"


@app.callback()
def group() -> None:
    """People who sign in to the console."""


@app.command("create")
def create(
    email: Annotated[str, typer.Option(help="The address to sign in with; upper and lower case are the same.")],
    role: Annotated[str, typer.Option(help="What the person may do: admin, billing, support or auditor.")],
    generate: Annotated[bool, typer.Option("--generate", help="Make a password instead of asking for one.")] = False,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from stdin.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Add a person who may sign in."""
    check_role(role)
    if _ADDRESS.fullmatch(email) is None or len(email) > 254:
        raise typer.BadParameter(f"{email!r} is no e-mail address", param_hint="--email")
    chosen = _chosen(email, generate=generate, from_stdin=password_stdin)
    password = chosen or secrets.token_hex(10)
    with exit_codes():
        told = ["user", "--role", role, f"--email={email}"]
        made = asyncio.run(in_installation(data_dir, told, told=f"{password}\n"))
        if as_json:
            print_json({**made, "role": role, **({} if chosen else {"password": password})})
        else:
            print(f"{made['email']} may sign in as {role}" + ("" if chosen else f", with the password {password}"))


@app.command("link")
def link(
    email: Annotated[str, typer.Option(help="Of the person who can't sign in any more.")],
    without_second_factor: Annotated[
        bool, typer.Option("--without-second-factor", help="The device is lost, and the recovery codes too.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Make a link to set another password; append it to the address of the console."""
    with exit_codes():
        told = ["link", f"--email={email}", *(["--without-second-factor"] if without_second_factor else [])]
        made = asyncio.run(in_installation(data_dir, told))
        if as_json:
            print_json(made)
        else:
            print(f"{made['link']}\nsets another password of {made['email']}, once, until {made['expires_at']}")


async def anybody(settings: Settings) -> bool:
    """Whether there is a person who can sign in, in a database that is at hand."""
    return bool((await on_database(settings.postgres_dsn_of("reporting"), ["count"]))["users"])


def _chosen(email: str, *, generate: bool, from_stdin: bool) -> str:
    """The password that the person chose; empty when one is to be made. Refuses one that is too short or too long."""
    if generate:
        return ""
    if from_stdin:
        password = sys.stdin.readline().removesuffix("\n")
        return _fitting(password) if password else _too_short()
    if not sys.stdin.isatty():
        return ""
    label = f"Password for {email} (empty: one is made)"
    password = str(typer.prompt(label, default="", show_default=False, hide_input=True))
    return _fitting(password) if password else ""


def _fitting(password: str) -> str:
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        _too_short()
    return password


def _too_short() -> str:
    raise typer.BadParameter(f"a password has {PASSWORD_MIN} to {PASSWORD_MAX} characters")
