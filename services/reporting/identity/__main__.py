"""Make an API key, a person or a link in a database, and count people, for `meterlog keys` and `meterlog users`.

    METERLOG_REPORTING_POSTGRES_DSN=postgresql://… python -m services.reporting.identity key --role admin --name first
    {"id": "qk3x…", "key": "mk_qk3x…_…"}
    echo "$PASSWORD" | … python -m services.reporting.identity user --role admin --email ann@example.net
    {"id": "w5o2…", "email": "ann@example.net"}
    … python -m services.reporting.identity link --email ann@example.net --without-second-factor
    {"email": "ann@example.net", "link": "/set-password#…", "expires_at": "2026-12-01T10:00:00+00:00"}
    … python -m services.reporting.identity count
    {"users": 1}

Before the first of them nobody can ask the API. It works on a database that no service has prepared yet: what is
missing of the durable tables is created.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import asyncpg

from services.reporting.identity.asking import PASSWORD_PAGE
from services.reporting.identity.changes import By, changing
from services.reporting.identity.keys import create_key
from services.reporting.identity.passwords import make_link
from services.reporting.identity.second_factor import remove
from services.reporting.identity.users import UserExists, create_user, find_user_by_email
from shared.engine.settings import Settings
from shared.http.auth import ROLES
from shared.kernel.errors import Rejection

_DURABLE: Final = Path(__file__).with_name("durable.sql")


def main() -> None:
    """Print what was made, or how many there are, as one JSON object."""
    parser = argparse.ArgumentParser(description="Who may come in.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind, named in (("key", "--name"), ("user", "--email")):
        made = kinds.add_parser(kind)
        made.add_argument("--role", required=True, choices=tuple(ROLES))
        made.add_argument(named, required=True)
    link = kinds.add_parser("link")
    link.add_argument("--email", required=True)
    link.add_argument("--without-second-factor", action="store_true")
    kinds.add_parser("count")
    print(json.dumps(asyncio.run(_answer(Settings().postgres_dsn_of("reporting"), parser.parse_args()))), flush=True)


async def _answer(dsn: str, given: argparse.Namespace) -> dict[str, Any]:
    async with _prepared(dsn) as connection:
        if given.kind == "key":
            made = await create_key(connection, name=given.name, role=given.role, created_by="cli")
            return {"id": made.api_key.key_id, "key": made.key}
        if given.kind == "user":
            # Read from standard input, since arguments and environment are seen by others on the machine.
            password = sys.stdin.readline().removesuffix("\n")
            try:
                user = await create_user(connection, given.email, password, given.role)
            except UserExists:
                raise SystemExit(f"somebody has the address {given.email} already") from None
            except Rejection as refusal:
                raise SystemExit(refusal.detail) from None
            return {"id": user.user_id, "email": user.email}
        if given.kind == "link":
            return await _link(connection, given.email, without_second_factor=given.without_second_factor)
        return {"users": await connection.fetchval("select count(*) from durable.app_user")}


async def _link(connection: asyncpg.Connection[Any], email: str, *, without_second_factor: bool) -> dict[str, Any]:
    """For whoever can't come in any more, the last admin too: somebody who reads the database's password may."""
    user = await find_user_by_email(connection, email)
    if user is None or user.deactivated_at is not None:
        raise SystemExit(f"nobody who may sign in has the address {email}")
    by = By("cli")
    async with changing(connection) as change:
        if without_second_factor:
            await remove(connection, user.user_id, by, with_passkeys=True)
        secret, expires_at = await make_link(change, user.user_id, "reset" if user.has_password else "invitation", by)
    return {"email": user.email, "link": f"{PASSWORD_PAGE}{secret}", "expires_at": expires_at.isoformat()}


@asynccontextmanager
async def _prepared(dsn: str) -> AsyncIterator[asyncpg.Connection[Any]]:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("create schema if not exists durable")
        await connection.execute(_DURABLE.read_text())
        yield connection
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
