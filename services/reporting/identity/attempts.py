"""Guessing is slow: ten wrong passwords for an e-mail address, and it is closed for five minutes.

Attempts are counted before the password is looked at, so a hundred requests at once get ten answers too. An address
that belongs to nobody is counted just the same: the lock tells nothing about who has an account.
"""

from __future__ import annotations

import hashlib
from typing import Final

from services.reporting.database import Database

ATTEMPTS_MAX: Final = 10
LOCKED_FOR_S: Final = 300


class TooManyAttempts(Exception):
    """The address is closed for up to `LOCKED_FOR_S` seconds; even the right password is not looked at."""


# `last_at` is that of the last attempt that counted: knocking on a closed door does not keep it closed.
_COUNT: Final = """
insert into durable.login_attempt as a (email_hash, attempts, last_at) values ($1, 1, now())
on conflict (email_hash) do update set
    attempts = case when a.last_at <= now() - make_interval(secs => $2) then 1 else least(a.attempts, $3) + 1 end,
    last_at = case when a.attempts >= $3 and a.last_at > now() - make_interval(secs => $2) then a.last_at else now() end
returning attempts
"""


async def count_attempt(database: Database, email_key: str) -> None:
    """Count one more attempt. Raises `TooManyAttempts` from the eleventh within the time on."""
    attempts = await database.fetchval(_COUNT, _hash(email_key), LOCKED_FOR_S, ATTEMPTS_MAX)
    if attempts > ATTEMPTS_MAX:
        raise TooManyAttempts(email_key)


async def forget_attempts(database: Database, email_key: str) -> None:
    """After a success. Takes along what has run out, so the table holds five minutes of failures at most."""
    await database.execute(
        "delete from durable.login_attempt where email_hash = $1 or last_at <= now() - make_interval(secs => $2)",
        _hash(email_key),
        LOCKED_FOR_S,
    )


def _hash(email_key: str) -> bytes:
    return hashlib.blake2b(email_key.encode(), digest_size=16).digest()
