"""Keys of what is personal in usage: one for each account and month, made of two that are destroyed apart.

    keys = await usage_keys.load({"2026-11"}, {"acc-1"})
    keys.seal("2026-11", "acc-1", '{"destination": "33612345678"}')     # 'v1.dXNhZ2Uv….kQ3n…', or None: nothing is kept
    keys.fingerprint("2026-11", content)                                # stands for the content, tells nothing of it
    await usage_keys.destroy_before("2025-06")                          # of every account, for ever

    key of (account, month) = HMAC(key of the month, key of the account's usage)

So a month is forgotten by destroying one key and an account by destroying another, and there are as many rows as there
are months and accounts, not their product. Usage whose account nobody knows where it comes in is sealed under the
month alone (docs/decisions/0127). A destroyed month stays as an entry without a key: none is made for it again.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

USAGE: Final = "usage/"
"""How the keys of usage are called: `usage/acc-1` in the vault, `usage/2026-11/acc-1` in what they sealed."""

SCHEMA: Final = """
create table if not exists usage_month_key (
    month        text primary key,
    wrapped      bytea,
    created_at   timestamptz not null default now(),
    destroyed_at timestamptz
);
"""

_MONTHS: Final = "select month, wrapped from usage_month_key where month = any($1::text[])"
_MAKE_MONTHS: Final = """
insert into usage_month_key (month, wrapped) select * from unnest($1::text[], $2::bytea[]) on conflict do nothing
"""
_ACCOUNTS: Final = "select account_id, wrapped from account_key where account_id = any($1::text[])"
# Nothing new is kept of an account that is erased.
_MAKE_ACCOUNTS: Final = """
insert into account_key (account_id, wrapped)
select n.owner, n.wrapped from unnest($1::text[], $2::bytea[], $3::text[]) as n (owner, wrapped, account_id)
 where not exists (select 1 from erased_account e where e.account_id = n.account_id)
on conflict do nothing
"""
_DESTROY: Final = """
update usage_month_key set wrapped = null, destroyed_at = coalesce(destroyed_at, now())
 where month < $1 and wrapped is not null
"""
_DESTROYED: Final = "select month from usage_month_key where wrapped is null order by month"

_NONCE_BYTES: Final = 12
_REMEMBERED_MAX: Final = 50_000
_UNKNOWN: Final = b"nobody's yet"
_CONTENT: Final = b"content"

Wrap = Callable[[str, bytes], bytes]


class LoadedKeys:
    """Keys in memory: what is sealed with them needs no more I/O. `None` is a key that is destroyed."""

    def __init__(self, months: dict[str, bytes | None], accounts: dict[str, bytes | None]) -> None:
        self._months = months
        self._accounts = accounts
        self._ciphers: dict[tuple[str, str], AESGCM | None] = {}

    def seal(self, month: str, account_id: str, text: str) -> str | None:
        """Sealed for the account and the month; `None` where either is forgotten, so that nothing is kept."""
        cipher = self._cipher(month, account_id)
        if cipher is None:
            return None
        owner, nonce = f"{USAGE}{month}/{account_id}".encode(), os.urandom(_NONCE_BYTES)
        sealed = nonce + cipher.encrypt(nonce, text.encode(), owner)
        return f"v1.{_encode(owner)}.{_encode(sealed)}"

    def cipher_of(self, owner: str) -> AESGCM | None:
        """The key of what `owner` sealed, as `usage/2026-11/acc-1`; `None` where it is destroyed."""
        return self._cipher(*parts(owner))

    def fingerprint(self, month: str, content: bytes) -> bytes:
        """As long as the content and the same for the same one of a month; without the month's key nobody gets from it
        to what it stands for, not even by trying. Of a month that is forgotten it tells nothing at all."""
        key = self._months.get(month)
        if key is None:
            return bytes(len(content))
        return hashlib.blake2b(content, key=_derived(key, _CONTENT), digest_size=len(content)).digest()

    def _cipher(self, month: str, account_id: str) -> AESGCM | None:
        named = (month, account_id)
        if named not in self._ciphers:
            of_month = self._months.get(month)
            of_account = self._accounts.get(account_id) if account_id else _UNKNOWN
            known = of_month is not None and of_account is not None
            self._ciphers[named] = AESGCM(_derived(of_month, of_account)) if known else None  # type: ignore[arg-type]
        return self._ciphers[named]


class UsageKeys:
    """Loads, makes and destroys them in the vault's database; remembers them for `life_s`, as the vault its own."""

    def __init__(
        self, connected: Callable[[], Any], wrap: Wrap, unwrap: Callable[[str, bytes], bytes], life_s: float
    ) -> None:
        self._connected = connected
        self._wrap = wrap
        self._unwrap = unwrap
        self._life_s = life_s
        self._remembered: OrderedDict[str, tuple[bytes | None, float]] = OrderedDict()

    async def load(self, months: Collection[str], accounts: Collection[str], *, make: bool = True) -> LoadedKeys:
        """The keys of these months and accounts; those that were never needed before are made, where that is asked."""
        of_accounts = {account: f"{USAGE}{account}" for account in accounts if account}
        wanted_months = self._unknown(f"month {month}" for month in months)
        wanted_accounts = self._unknown(of_accounts.values())
        if wanted_months or wanted_accounts:
            pool: asyncpg.Pool[Any] = await self._connected()
            if wanted_months:
                names = sorted(name.removeprefix("month ") for name in wanted_months)
                await self._fetch(pool, _MONTHS, _MAKE_MONTHS, names, make, prefix="month ")
            if wanted_accounts:
                await self._fetch(pool, _ACCOUNTS, _MAKE_ACCOUNTS, sorted(wanted_accounts), make)
        return LoadedKeys(
            {month: self._known(f"month {month}") for month in months},
            {account: self._known(name) for account, name in of_accounts.items()},
        )

    async def destroy_before(self, month: str) -> None:
        """Destroy the keys of all months before this one. Again changes nothing."""
        await (await self._connected()).execute(_DESTROY, month)
        for name in [name for name in self._remembered if "month " < name < f"month {month}"]:
            self._remembered[name] = (None, _monotonic() + self._life_s)

    async def destroyed(self) -> list[str]:
        """The months whose keys are destroyed, in order."""
        return [row["month"] for row in await (await self._connected()).fetch(_DESTROYED)]

    def forget(self, account_id: str) -> None:
        self._remembered.pop(f"{USAGE}{account_id}", None)

    async def _fetch(
        self, pool: asyncpg.Pool[Any], query: str, making: str, names: list[str], make: bool, prefix: str = ""
    ) -> None:
        found = {row[0]: row["wrapped"] for row in await pool.fetch(query, names)}
        missing = [name for name in names if name not in found]
        if missing and make:
            # Two makers at once: the first key stays, and both read it back.
            wrapped = [self._wrap(prefix + name, AESGCM.generate_key(256)) for name in missing]
            more = ([name.removeprefix(USAGE) for name in missing],) if making is _MAKE_ACCOUNTS else ()
            await pool.execute(making, missing, wrapped, *more)
            found |= {row[0]: row["wrapped"] for row in await pool.fetch(query, missing)}
        until = _monotonic() + self._life_s
        for name in names:
            kept = found.get(name)
            self._remembered[prefix + name] = (None if kept is None else self._unwrap(prefix + name, kept), until)
            self._remembered.move_to_end(prefix + name)
        while len(self._remembered) > _REMEMBERED_MAX + len(names):
            self._remembered.popitem(last=False)

    def _unknown(self, names: Iterable[str]) -> set[str]:
        now = _monotonic()
        return {name for name in names if self._remembered.get(name, (None, 0.0))[1] < now}

    def _known(self, name: str) -> bytes | None:
        return self._remembered[name][0] if name in self._remembered else None


def parts(owner: str) -> tuple[str, str]:
    """Month and account of `usage/2026-11/acc-1`; no account has a slash in its id, and may be none at all."""
    month, _, account_id = owner.removeprefix(USAGE).partition("/")
    return month, account_id


def _derived(key: bytes, of: bytes) -> bytes:
    return hmac.new(key, of, hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _monotonic() -> float:
    return asyncio.get_running_loop().time()
