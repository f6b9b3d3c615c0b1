"""The product's databases on any PostgreSQL server: one for each service and the vault, each with a role of its own.

    await create_databases(admin_dsn, {"usage": "pw1", "rating": "pw2", ...})
    # {'usage': 'postgresql://meterlog_usage:pw1@127.0.0.1:40215/meterlog_usage', ...}

A role may connect to its own database and to no other of ours. Running it again changes nothing but the passwords,
which become the ones given; data are never touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg


async def create_databases(
    admin_dsn: str,
    passwords: Mapping[str, str],
    *,
    suffix: str = "",
    strategy: Literal["wal_log", "file_copy"] = "wal_log",
) -> dict[str, str]:
    """Create what is missing of the databases named in `passwords` and return their DSNs, by the same names.

    `suffix` is appended to the names of databases and roles; tests use it to have a set each. Copying files takes a
    tenth of the time where the server does not wait for the disk (tests), and more where it does.
    """
    dsns: dict[str, str] = {}
    connection = await asyncpg.connect(admin_dsn)
    try:
        for short, password in passwords.items():
            name = f"meterlog_{short}{suffix}"
            await _create_role(connection, name, password)
            await _create_database(connection, name, strategy)
            dsns[short] = dsn_of(admin_dsn, name, password)
    finally:
        await connection.close()
    return dsns


async def drop_databases(admin_dsn: str, names: Mapping[str, str], *, suffix: str) -> None:
    """Remove what `create_databases` made under a suffix, with the sessions that still hold it."""
    connection = await asyncpg.connect(admin_dsn)
    try:
        for short in names:
            name = f"meterlog_{short}{suffix}"
            await connection.execute(f"drop database if exists {_quoted(name)} with (force)")
            await connection.execute(f"drop role if exists {_quoted(name)}")
    finally:
        await connection.close()


def dsn_of(admin_dsn: str, name: str, password: str) -> str:
    """The DSN of a role's database of the same name, on the same server and with the same options.

    >>> dsn_of("postgresql://postgres:x@db:5432/postgres?sslmode=require", "meterlog_usage", "p/w")
    'postgresql://meterlog_usage:p%2Fw@db:5432/meterlog_usage?sslmode=require'
    """
    parts = urlsplit(admin_dsn)
    host = parts.netloc.rpartition("@")[2]
    credentials = f"{quote(name, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{credentials}@{host}", path=f"/{name}"))


async def _create_role(connection: asyncpg.Connection, name: str, password: str) -> None:
    exists = await connection.fetchval("select 1 from pg_roles where rolname = $1", name)
    verb = "alter" if exists else "create"
    await connection.execute(f"{verb} role {_quoted(name)} login password {_literal(password)}")
    if not await connection.fetchval("select rolsuper from pg_roles where rolname = current_user"):
        # Managed servers give no superuser; only a member may create a database that the role owns.
        await connection.execute(f"grant {_quoted(name)} to current_user")


async def _create_database(connection: asyncpg.Connection, name: str, strategy: str) -> None:
    if await connection.fetchval("select 1 from pg_database where datname = $1", name):
        return
    await connection.execute(
        f"create database {_quoted(name)} owner {_quoted(name)} template template0 encoding 'UTF8' strategy {strategy}"
    )
    await connection.execute(f"revoke connect on database {_quoted(name)} from public")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    """A string constant; statements about roles and databases take no parameters."""
    if "\\" in text or "\0" in text:
        raise ValueError("a database password must not contain backslashes or NUL")
    return "'" + text.replace("'", "''") + "'"
