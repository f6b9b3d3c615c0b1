"""Sessions of the console: a random secret in a cookie, its hash in the database, twelve hours."""

from __future__ import annotations

import asyncio
from typing import Final

import msgspec

from services.reporting.database import Database
from services.reporting.identity.attempts import count_attempt, forget_attempts
from services.reporting.identity.secret import digest, new_secret, password_is
from services.reporting.identity.users import User, email_key, find_user

SESSION_LIFE_S: Final = 12 * 3600


class WrongCredentials(Exception):
    """No such user, or not the password: one answer for both, after the same work."""


class NewSession(msgspec.Struct, frozen=True):
    """`secret` is known here and in the cookie, and nowhere else."""

    secret: str
    user: User


async def log_in(database: Database, email: str, password: str, *, source: str = "") -> NewSession:
    """Check the password and open a session. `source` is the network address that asks.

    Raises `WrongCredentials` or `TooManyAttempts`.
    """
    key = email_key(email)
    delay_s = await count_attempt(database, key, source)
    if delay_s:
        await asyncio.sleep(delay_s)
    row = await database.fetchrow("select user_id, password_hash from durable.app_user where email_key = $1", key)
    if not await password_is(password, row["password_hash"] if row else None) or row is None:
        raise WrongCredentials(email)
    await forget_attempts(database, key, source)
    user = await find_user(database, row["user_id"])
    if user is None:
        raise WrongCredentials(email)
    return NewSession(await _open(database, user), user)


async def find_session(database: Database, secret: str) -> User | None:
    """Whose session it is; `None` when it is unknown or over."""
    user_id = await database.fetchval(
        "select user_id from durable.app_session where session_hash = $1 and expires_at > now()", digest(secret)
    )
    return None if user_id is None else await find_user(database, user_id)


async def end_session(database: Database, secret: str) -> None:
    await database.execute("delete from durable.app_session where session_hash = $1", digest(secret))


async def end_sessions_of(database: Database, user_id: str) -> None:
    """Log a person out everywhere."""
    await database.execute("delete from durable.app_session where user_id = $1", user_id)


async def _open(database: Database, user: User) -> str:
    secret = new_secret()
    await database.execute("delete from durable.app_session where expires_at <= now()")
    await database.execute(
        """
        insert into durable.app_session (session_hash, user_id, expires_at)
        values ($1, $2, now() + make_interval(secs => $3))
        """,
        digest(secret),
        user.user_id,
        SESSION_LIFE_S,
    )
    return secret
