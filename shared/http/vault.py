"""The vault: keys per account, so that destroying a key makes the whole log forget one person.

    vault = Vault(settings)
    sealed = await vault.seal("acc-1", "Ann Example")       # 'v1.acc-1.kQ...': what travels in commands and events
    await vault.open(sealed)                                # 'Ann Example', or 'erased' once the key is gone
    await vault.seal_private("acc-1", "ann@example.com")    # under the account's other key: what no document prints
    secret = await vault.seal_secret("source", "bras-1", "radius-secret")
    await vault.usage.load({"2026-11"}, {"acc-1"})          # keys for what is personal in usage: usage_keys.py
    await vault.open_secret(secret)                         # 'radius-secret'; `open` refuses it, so no reader sees it
    await vault.erase("acc-1", keep_documents=True)         # `open` says "erased"; `open_document` still opens
    await vault.erase("acc-1", keep_documents=False)        # both say "erased", for ever

Fields are AES-256-GCM under the account's key, bound to the account by the associated data. The keys live in a
database of their own (backed up apart), each wrapped under `METERLOG_VAULT_KEY`, so that neither a copy of that
database nor the log alone opens anything. A key is made when an account's first field is sealed.

Name and details are printed on documents, which the law wants kept: their key outlives an erasure for as long, and
opens documents only. Of what was erased an entry stays, so that no new key is made under the old name
(docs/decisions/0122).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
from collections import OrderedDict
from typing import Any, Final, Literal, NamedTuple

import asyncpg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.engine.settings import Settings
from shared.http import personal_reads, usage_keys
from shared.http.usage_keys import USAGE, UsageKeys
from shared.kernel.bodies import parse_text
from shared.kernel.errors import Rejection
from shared.kernel.sealed import Sealed, SealedSecret

ERASED: Final = "erased"
"""What a reader sees of a field whose key has been destroyed."""

SCHEMA: Final = """
create table if not exists account_key (
    account_id text primary key,
    wrapped    bytea not null,
    created_at timestamptz not null default now()
);
create table if not exists erased_account (
    account_id           text primary key,
    erased_at            timestamptz not null default now(),
    documents_erased_at  timestamptz
);
"""

# One round trip, whether the key is there or not. Two sealers at once: the first key stays, and both get it back. An
# erased account gets none.
_MAKE: Final = """
insert into account_key as known (account_id, wrapped)
select $1, $2 where not exists (select 1 from erased_account where account_id = $3)
on conflict (account_id) do update set account_id = known.account_id returning wrapped
"""
_KEYS: Final = """
select k.account_id, k.wrapped, e.account_id is not null as is_erased
  from account_key k left join erased_account e on e.account_id = k.account_id where k.account_id = any($1::text[])
"""
_ERASE: Final = """
with gone as (delete from account_key where account_id = $2 or account_id = $4 or (account_id = $1 and not $3))
insert into erased_account as known (account_id, documents_erased_at) values ($1, case when $3 then null else now() end)
on conflict (account_id) do update
   set documents_erased_at = coalesce(known.documents_erased_at, excluded.documents_erased_at)
"""
_ERASURES: Final = """
select e.account_id,
       e.documents_erased_at is not null and not exists (select 1 from account_key k where k.account_id = e.account_id)
           as whole,
       exists (select 1 from account_key k
                where k.account_id in ('profile/' || e.account_id, 'usage/' || e.account_id)) as private_left
  from erased_account e where e.account_id = any($1::text[])
"""

_VERSION: Final = "v1"
SecretOf = Literal["network-element", "source", "webhook", "gateway", "second-factor", "mail", "webhook-endpoint"]
"""What a secret is of."""
# No id has a slash, so no account shares a key with a secret.
_SECRET: Final = "secret/"
_SECRETS_BEFORE: Final = ("network-element:", "source:", "webhook:")
"""How the keys of secrets were called at first; a log may have such for ever."""
_NONCE_BYTES: Final = 12
_CREATE_LOCK: Final = 7_316_651
_KEYS_MAX: Final = 10_000
# A destroyed key stays usable in another process for at most this long.
_KEY_LIFE_S: Final = 60.0
_PRIVATE: Final = "profile/"
"""How the keys begin of what is sealed and on no document; no id has a slash."""


class _Key(NamedTuple):
    """`is_erased`: it opens documents and nothing else."""

    cipher: AESGCM
    is_erased: bool
    until: float


class NotSealed(ValueError):
    """Text that is not a sealed field, or one that has been altered: a bug or tampering, never the caller's mistake."""


class Vault:
    """Seals and opens personal fields. Connects on first use; one per process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: asyncpg.Pool[Any] | None = None
        self._connecting = asyncio.Lock()
        self._master: AESGCM | None = None
        self._keys: OrderedDict[str, _Key] = OrderedDict()
        self.usage = UsageKeys(self.connected, self._wrap, self._unwrap, _KEY_LIFE_S)

    async def seal(self, account_id: str, text: str) -> Sealed:
        """Encrypt a personal field of an account. Two calls give two texts: compare what `open` gives, never these.

        Raises `Rejection` for control characters and halves of surrogate pairs: once sealed, nothing can check it.
        """
        return Sealed(await self._seal(account_id, text))

    async def seal_private(self, account_id: str, text: str) -> Sealed:
        """The same for what no document prints, such as where mail goes to or a bank account: erased at once."""
        return Sealed(await self._seal(f"{_PRIVATE}{account_id}", text))

    async def seal_secret(self, kind: SecretOf, owner_id: str, text: str) -> SealedSecret:
        """Encrypt what another system shares with us, under a key of its own. Raises as `seal`."""
        return SealedSecret(await self._seal(f"{_SECRET}{kind}/{owner_id}", text))

    async def open_secret(self, sealed: SealedSecret | str) -> str:
        """The secret, to be used and shown to nobody; `erased` when its key is gone. Raises `NotSealed`."""
        return await self._open(*_split(sealed))

    async def _seal(self, account_id: str, text: str) -> str:
        try:
            parse_text(text)
        except ValueError as error:
            raise Rejection("invalid", str(error)) from error
        key = await self._key(account_id, create=True)
        if key is None or key.is_erased:
            detail = (
                f"the personal data of account {_account_of(account_id)} was erased; nothing is kept of it any more"
            )
            raise Rejection("account_erased", detail, status=409)
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + key.cipher.encrypt(nonce, text.encode(), account_id.encode())
        return f"{_VERSION}.{_encode(account_id.encode())}.{_encode(sealed)}"

    def fingerprint(self, kind: str, text: str) -> str:
        """The same 32 characters for the same text, by which it is found again, and from which nobody gets it back
        who has not the vault's key: a bank account can be compared with those that are known, and stays sealed."""
        key = hashlib.sha256(b"fingerprint/" + self._settings.secret("vault_key").encode()).digest()
        return hmac.new(key, f"{kind}/{text}".encode(), hashlib.sha256).hexdigest()[:32]

    async def open(self, sealed: Sealed | str) -> str:
        """The field in the clear; `erased` when the account's key is gone. Raises `NotSealed`, for a secret too."""
        return await self._open_personal(sealed, document=False)

    async def open_document(self, sealed: Sealed | str) -> str:
        """The same for a document that is issued: it can be read until the law lets it go, whatever was erased."""
        return await self._open_personal(sealed, document=True)

    async def _open_personal(self, sealed: Sealed | str, *, document: bool) -> str:
        owner, nonce, ciphertext = _split(sealed)
        if owner.startswith(_SECRET):
            raise NotSealed(f"what {owner} shares with us is no personal field, and shown to nobody")
        if owner.startswith(USAGE):
            text = await self._open_usage(owner, nonce, ciphertext)
        else:
            text = await self._open(owner, nonce, ciphertext, document=document)
        if text != ERASED:
            personal_reads.note(_account_of(owner) or owner.rstrip("/"))
        return text

    async def is_gone(self, sealed: str, account_id: str | None = None) -> bool:
        """Whether what is sealed of usage can be read by nobody any more, or is of an account that is erased."""
        owner = _split(sealed)[0]
        if account_id and account_id != _account_of(owner) and await self.erasures([account_id]):
            return True
        month, account = usage_keys.parts(owner)
        return (await self.usage.load({month}, {account}, make=False)).cipher_of(owner) is None

    async def _open_usage(self, owner: str, nonce: bytes, ciphertext: bytes) -> str:
        month, account_id = usage_keys.parts(owner)
        cipher = (await self.usage.load({month}, {account_id}, make=False)).cipher_of(owner)
        return ERASED if cipher is None else _decrypted(cipher, owner, nonce, ciphertext)

    async def _open(self, account_id: str, nonce: bytes, ciphertext: bytes, *, document: bool = False) -> str:
        key = await self._key(account_id, create=False)
        if key is None or (key.is_erased and not document):
            return ERASED
        return _decrypted(key.cipher, account_id, nonce, ciphertext)

    async def open_all(self, fields: list[Sealed], *, document: bool = False) -> list[str]:
        """The fields of a list page in the clear, in order; their keys are fetched in one round trip."""
        accounts = [_split(field)[0] for field in fields]
        missing = {a for a in accounts if not a.startswith(USAGE) and self._remembered(a) is None}
        if missing:
            for row in await (await self.connected()).fetch(_KEYS, list(missing)):
                self._remember(row)
                missing.discard(row["account_id"])
        # Who has no key is not asked for again, field by field.
        return [
            ERASED if account in missing else await self._open_personal(field, document=document)
            for account, field in zip(accounts, fields, strict=True)
        ]

    async def kept(self, accounts: list[str]) -> set[str]:
        """Which of these accounts have a key and are not erased; asked of the database, not of memory."""
        rows = await (await self.connected()).fetch(_KEYS, accounts)
        return {row["account_id"] for row in rows if not row["is_erased"]}

    async def erase(self, account_id: str, *, keep_documents: bool) -> None:
        """Destroy the keys of an account; of those of its documents, if they are kept, later. Again changes nothing.

        Other processes forget within `_KEY_LIFE_S`. What was destroyed comes back with an older backup of the vault
        only, and is then to be destroyed again: who erases looks after that.
        """
        private = f"{_PRIVATE}{account_id}"
        await (await self.connected()).execute(_ERASE, account_id, private, keep_documents, f"{USAGE}{account_id}")
        for owner in (account_id, private):
            self._keys.pop(owner, None)
        self.usage.forget(account_id)

    async def destroy(self, owner: str) -> None:
        """Destroy one key of what is no account, as `bank-statement/bs-1`. Again changes nothing."""
        await (await self.connected()).execute("delete from account_key where account_id = $1", owner)
        self._keys.pop(owner, None)

    async def having_keys(self, owners: list[str]) -> set[str]:
        """Which of these have a key; asked of the database, not of memory."""
        rows = await (await self.connected()).fetch(_KEYS, owners)
        return {row["account_id"] for row in rows}

    async def erasures(self, accounts: list[str]) -> dict[str, bool]:
        """Of those of these accounts that are erased, whether their documents are too, and no key of theirs is left."""
        rows = await (await self.connected()).fetch(_ERASURES, accounts)
        return {row["account_id"]: row["whole"] for row in rows if not row["private_left"]}

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def _key(self, account_id: str, *, create: bool) -> _Key | None:
        known = self._remembered(account_id)
        if known is not None:
            return known
        pool = await self.connected()
        row = await pool.fetchrow(_KEYS, [account_id])
        if row is None and create:
            wrapped = self._wrap(account_id, AESGCM.generate_key(256))
            if await pool.fetchval(_MAKE, account_id, wrapped, _account_of(account_id)) is not None:
                row = await pool.fetchrow(_KEYS, [account_id])
        return None if row is None else self._remember(row)

    def _remembered(self, account_id: str) -> _Key | None:
        known = self._keys.get(account_id)
        if known is None or known.until < _monotonic():
            return None
        self._keys.move_to_end(account_id)
        return known

    def _remember(self, row: asyncpg.Record) -> _Key:
        account_id = row["account_id"]
        key = self._keys[account_id] = _Key(
            AESGCM(self._unwrap(account_id, row["wrapped"])), row["is_erased"], _monotonic() + _KEY_LIFE_S
        )
        self._keys.move_to_end(account_id)
        if len(self._keys) > _KEYS_MAX:
            self._keys.popitem(last=False)
        return key

    def _wrap(self, account_id: str, key: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._master_key().encrypt(nonce, key, account_id.encode())

    def _unwrap(self, account_id: str, wrapped: bytes) -> bytes:
        try:
            return self._master_key().decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], account_id.encode())
        except InvalidTag as error:
            raise NotSealed(
                f"the key of account {account_id} does not open under METERLOG_VAULT_KEY: "
                "start this process with the key that the vault was made with"
            ) from error

    def _master_key(self) -> AESGCM:
        if self._master is None:
            self._master = AESGCM(hashlib.sha256(self._settings.secret("vault_key").encode()).digest())
        return self._master

    async def connected(self) -> asyncpg.Pool[Any]:
        """The vault's database, with its tables."""
        async with self._connecting:
            if self._pool is None:
                pool = await asyncpg.create_pool(self._settings.postgres_dsn_of("vault"), min_size=0, max_size=2)
                async with pool.acquire() as connection, connection.transaction():
                    # Two processes that create one table at the same moment would fail.
                    await connection.execute("select pg_advisory_xact_lock($1)", _CREATE_LOCK)
                    await connection.execute(SCHEMA + usage_keys.SCHEMA + personal_reads.SCHEMA)
                self._pool = pool
            return self._pool


def _account_of(owner: str) -> str:
    """Empty for usage that nobody's account was known of where it came in."""
    return usage_keys.parts(owner)[1] if owner.startswith(USAGE) else owner.removeprefix(_PRIVATE)


def _decrypted(cipher: AESGCM, owner: str, nonce: bytes, ciphertext: bytes) -> str:
    try:
        return cipher.decrypt(nonce, ciphertext, owner.encode()).decode()
    except InvalidTag as error:
        raise NotSealed(f"a sealed field of account {_account_of(owner)} has been altered") from error


def is_secret(sealed: str) -> bool:
    """Whether what is sealed is, or may be, a secret: of an account whose id is like an earlier key
    that can't be told, and the answer is the safe one. Raises `NotSealed` for what can't be a sealed field."""
    return _split(sealed)[0].startswith((_SECRET, *_SECRETS_BEFORE))


def _split(sealed: str) -> tuple[str, bytes, bytes]:
    try:
        version, account, data = sealed.split(".")
        if version != _VERSION:
            raise ValueError(f"version {version!r}")
        raw = _decode(data)
        return _decode(account).decode(), raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
    except ValueError as error:
        raise NotSealed(f"not a sealed field: {error}") from error


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _monotonic() -> float:
    return asyncio.get_running_loop().time()
