"""Guessing is slow, and nobody's guessing keeps another out.

Attempts to log in are counted before the password is looked at, so a hundred requests at once get no more than their
share, and an attempt that succeeds is not counted in the end. There are three allowances, each with some attempts at
once and then one every so often; what is refused does not make the wait longer:

    an address of the network, for one e-mail     10, then one in 30 s
    an address of the network, for all e-mails    100, then one in 3 s
    an e-mail, from everywhere                    100, then one in 3 s: past that it answers 3 s later, but it answers

So ten wrong passwords close an account for their sender alone, for half a minute. E-mails that belong to nobody count
just the same: the answer tells nothing about who has an account.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from typing import Final, NamedTuple

from services.reporting.database import Database

SLOWED_S: Final = 3.0


class Allowance(NamedTuple):
    """So many attempts at once, and then one in `every_s`."""

    at_once: int
    every_s: int


PAIR: Final = Allowance(10, 30)
SOURCE: Final = Allowance(100, 3)
ACCOUNT: Final = Allowance(100, 3)


class TooManyAttempts(Exception):
    """Nothing is looked at for `wait_s` seconds, not even the right password."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"wait {wait_s} s")
        self.wait_s = wait_s


# `full_at` is when the allowance will be whole again; an attempt moves it on by `every_s` ($2), up to `at_once` ($3)
# times that from now. A refused attempt leaves it, and gives back how long to wait.
_TAKE: Final = """
with taken as (
    insert into durable.login_allowance as a (key_hash, full_at) values ($1, now() + make_interval(secs => $2))
    on conflict (key_hash) do update set full_at = greatest(a.full_at, now()) + make_interval(secs => $2)
     where greatest(a.full_at, now()) + make_interval(secs => $2) <= now() + make_interval(secs => $2 * $3)
    returning 0.0 as wait_s
)
select coalesce((select wait_s from taken), (
    select extract(epoch from full_at - now()) - $2 * ($3 - 1) from durable.login_allowance where key_hash = $1
), 0)::float8
"""
_GIVE_BACK: Final = """
update durable.login_allowance set full_at = full_at - make_interval(secs => $2) where key_hash = $1
"""


async def count_attempt(database: Database, email_key: str, source: str) -> float:
    """Count one more attempt; returns the seconds after which to go on. Raises `TooManyAttempts`."""
    source = network_of(source)
    for key, allowance in ((_pair(email_key, source), PAIR), (_source(source), SOURCE)):
        wait_s = await _take(database, key, allowance)
        if wait_s > 0:
            raise TooManyAttempts(math.ceil(wait_s))
    return SLOWED_S if await _take(database, _account(email_key), ACCOUNT) > 0 else 0.0


async def count_source(database: Database, source: str) -> None:
    """Count an attempt that names nobody: one by a passkey, or at a provider. Raises `TooManyAttempts`."""
    wait_s = await _take(database, _source(network_of(source)), SOURCE)
    if wait_s > 0:
        raise TooManyAttempts(math.ceil(wait_s))


async def forget_source(database: Database, source: str) -> None:
    """It succeeded, and so did not count."""
    await database.execute(_GIVE_BACK, _source(network_of(source)), SOURCE.every_s)


async def forget_attempts(database: Database, email_key: str, source: str) -> None:
    """After a success: it did not count, and the sender has a new start. Takes along what is whole again, so the table
    holds failures of the last five minutes."""
    source = network_of(source)
    await database.execute(
        "delete from durable.login_allowance where key_hash = $1 or full_at <= now()", _pair(email_key, source)
    )
    await database.execute(_GIVE_BACK, _source(source), SOURCE.every_s)
    await database.execute(_GIVE_BACK, _account(email_key), ACCOUNT.every_s)


async def give_back(database: Database, email_key: str, source: str) -> None:
    """The password was right and a code is missing: no failure, and no success that forgets the failures before it."""
    source = network_of(source)
    for key, allowance in ((_pair(email_key, source), PAIR), (_source(source), SOURCE), (_account(email_key), ACCOUNT)):
        await database.execute(_GIVE_BACK, key, allowance.every_s)


async def _take(database: Database, key: bytes, allowance: Allowance) -> float:
    wait_s: float = await database.fetchval(_TAKE, key, allowance.every_s, allowance.at_once)
    return wait_s


def network_of(address: str) -> str:
    """Whom an address stands for: itself, or its /64 where it is IPv6, since a subscriber has all of that.

    >>> network_of("203.0.113.7"), network_of("2001:db8::1:2"), network_of("?")
    ('203.0.113.7', '2001:db8::/64', '?')
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))


def _pair(email_key: str, source: str) -> bytes:
    return _hash("pair", email_key, source)


def _source(source: str) -> bytes:
    return _hash("source", source)


def _account(email_key: str) -> bytes:
    return _hash("account", email_key)


def _hash(*parts: str) -> bytes:
    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
