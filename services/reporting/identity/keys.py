"""API keys of programs: `mk_<id>_<secret>`, shown once when made, with an end, scopes and a last use.

The id in front finds the row, so checking a key is one look-up and one comparison in constant time:

>>> parse_key("mk_abc_s3cr3t")
('abc', 's3cr3t')
>>> parse_key("sk_live_1") is None
True

A key is rotated in place: it gets another secret, and the one before works on for a time, so that its program can be
told the new one without a gap.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from services.reporting.database import Database
from services.reporting.identity.areas import check_scopes
from services.reporting.identity.changes import ApiKeyCreated, ApiKeyRevoked, ApiKeyRotated, By, changing
from services.reporting.identity.roles import check_role
from services.reporting.identity.secret import digest, new_id, new_secret
from services.reporting.identity.users import check_held
from shared.http.problems import not_found
from shared.kernel.errors import Rejection

OVERLAP_HOURS_MAX: Final = 168
SEEN_EVERY_S: Final = 60
"""A key in constant use writes that down once a minute."""


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key without its secret. `revoked_at` is `None` while it works, `scopes` where it may all that its role may,
    `expires_at` where it has no end. Until `previous_until` the secret before the last rotation works as well."""

    key_id: str
    name: str
    role: str
    created_by: str
    created_at: datetime
    revoked_at: datetime | None
    scopes: tuple[str, ...] | None = None
    legal_entities: tuple[str, ...] | None = None
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    rotated_at: datetime | None = None
    previous_until: datetime | None = None

    @property
    def actor(self) -> str:
        """The name in tokens and events."""
        return f"key:{self.key_id}"


class NewKey(msgspec.Struct, frozen=True):
    """`key` is the whole of it, to be shown now and never again."""

    key: str
    api_key: ApiKey


class KeyExists(Exception):
    """There is a key of that id already: `api_key`, without its secret, which nobody can show again."""

    def __init__(self, api_key: ApiKey) -> None:
        super().__init__(api_key.key_id)
        self.api_key = api_key


KEY_COLUMNS: Final = tuple(ApiKey.__struct_fields__)
_COLUMNS: Final = ", ".join(KEY_COLUMNS)
_INSERT: Final = f"""
insert into durable.api_key (key_id, name, role, secret_hash, created_by, scopes, expires_at, legal_entities)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key_id) do nothing returning {_COLUMNS}
"""


async def create_key(
    database: Database,
    *,
    name: str,
    role: str,
    created_by: str,
    key_id: str | None = None,
    scopes: Sequence[str] | None = None,
    legal_entities: Sequence[str] | None = None,
    expires_at: datetime | None = None,
    correlation_id: str | None = None,
) -> NewKey:
    """Make a key, of an id of its own unless given.

    Raises `KeyExists`, and `Rejection`: `unknown_role`, `in_past` for an end that is over, and what scopes and
    `check_held` raise.
    """
    check_scopes(scopes or ())
    key_id, secret = key_id or new_id(), new_secret()
    async with changing(database) as change:
        await check_role(change.connection, role)
        await check_held(change.connection, role, legal_entities)
        await _check_end(change.connection, expires_at)
        row = await change.connection.fetchrow(
            _INSERT,
            key_id,
            name,
            role,
            digest(secret),
            created_by,
            None if scopes is None else list(scopes),
            expires_at,
            None if legal_entities is None else sorted(set(legal_entities)),
        )
        if row is None:
            raise KeyExists(await known_key(change.connection, key_id))
        made = _key(row)
        await change.tell(_created(made), By(created_by, correlation_id))
    return NewKey(f"mk_{key_id}_{secret}", made)


def _created(key: ApiKey) -> ApiKeyCreated:
    """What the audit trail has of it."""
    said = ("key_id", "name", "role", "scopes", "expires_at", "legal_entities")
    return ApiKeyCreated(**{name: getattr(key, name) for name in said})


async def find_key(database: Database, text: str) -> ApiKey | None:
    """The key that `text` is, if it is one of ours and works; `None` for all others alike. Its use is noted."""
    parts = parse_key(text)
    if parts is None:
        return None
    row = await database.fetchrow(
        f"""
        select {_COLUMNS}, secret_hash, case when previous_until > now() then previous_hash end as previous_hash
          from durable.api_key
         where key_id = $1 and revoked_at is null and (expires_at is null or expires_at > now())
        """,
        parts[0],
    )
    if row is None:
        return None
    given = digest(parts[1])
    known = [row["secret_hash"], *([row["previous_hash"]] if row["previous_hash"] is not None else [])]
    if not any([hmac.compare_digest(one, given) for one in known]):
        return None
    await database.execute(
        """
        update durable.api_key set last_used_at = now()
         where key_id = $1 and (last_used_at is null or last_used_at < now() - make_interval(secs => $2))
        """,
        parts[0],
        SEEN_EVERY_S,
    )
    return _key(row)


async def known_key(database: Database, key_id: str) -> ApiKey:
    """Raises `Rejection` (404)."""
    row = await database.fetchrow(f"select {_COLUMNS} from durable.api_key where key_id = $1", key_id)
    if row is None:
        raise not_found("API key", key_id)
    return _key(row)


async def rotate_key(database: Database, key_id: str, *, overlap_hours: int, by: By) -> NewKey:
    """Give a key another secret; the one it had works for `overlap_hours` more, 0: not at all, and one that was
    rotated away before it works no longer. Raises `Rejection`: 404, `key_over`."""
    secret = new_secret()
    async with changing(database) as change:
        before = await known_key(change.connection, key_id)
        row = await change.connection.fetchrow(
            f"""
            update durable.api_key
               set previous_hash = secret_hash, previous_until = now() + make_interval(hours => $3),
                   secret_hash = $2, rotated_at = now()
             where key_id = $1 and revoked_at is null and (expires_at is null or expires_at > now())
            returning {_COLUMNS}
            """,
            key_id,
            digest(secret),
            overlap_hours,
        )
        if row is None:
            over = "was revoked" if before.revoked_at is not None else "has expired"
            raise Rejection("key_over", f"the API key {key_id} {over}; make another", status=409)
        await change.tell(ApiKeyRotated(key_id=key_id, previous_until=row["previous_until"]), by)
        return NewKey(f"mk_{key_id}_{secret}", _key(row))


async def revoke_key(database: Database, key_id: str, by: By | None = None) -> ApiKey | None:
    """End a key; `None` if there is none of that id. Revoking again changes nothing."""
    async with changing(database) as change:
        ended = f"""
        update durable.api_key set revoked_at = now() where key_id = $1 and revoked_at is null returning {_COLUMNS}
        """
        row = await change.connection.fetchrow(ended, key_id)
        if row is not None:
            await change.tell(ApiKeyRevoked(key_id=key_id), by or By("cli"))
            return _key(row)
        row = await change.connection.fetchrow(f"select {_COLUMNS} from durable.api_key where key_id = $1", key_id)
        return None if row is None else _key(row)


def parse_key(text: str) -> tuple[str, str] | None:
    """The id and the secret of a key; `None` for anything else."""
    prefix, _, rest = text.partition("_")
    key_id, _, secret = rest.partition("_")
    return (key_id, secret) if prefix == "mk" and key_id and secret else None


async def _check_end(database: Database, expires_at: datetime | None) -> None:
    if expires_at is not None and await database.fetchval("select $1::timestamptz <= now()", expires_at):
        raise Rejection("in_past", f"{expires_at.isoformat()} is over", pointer="/expires_at")


def _key(row: Any) -> ApiKey:
    lists = {name: None if row[name] is None else tuple(row[name]) for name in ("scopes", "legal_entities")}
    return ApiKey(**{**{name: row[name] for name in KEY_COLUMNS}, **lists})
