"""API keys of programs: `mk_<id>_<secret>`, shown once when made, revoked for good.

The id in front finds the row, so checking a key is one look-up and one comparison in constant time:

>>> parse_key("mk_abc_s3cr3t")
('abc', 's3cr3t')
>>> parse_key("sk_live_1") is None
True
"""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any, Final

import msgspec

from services.reporting.database import Database
from services.reporting.identity.secret import digest, new_id, new_secret
from shared.http.auth import ROLES


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key without its secret. `revoked_at` is `None` while it works."""

    key_id: str
    name: str
    role: str
    created_by: str
    created_at: datetime
    revoked_at: datetime | None

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


_COLUMNS: Final = "key_id, name, role, created_by, created_at, revoked_at"


async def create_key(database: Database, *, name: str, role: str, created_by: str, key_id: str | None = None) -> NewKey:
    """Make a key, of an id of its own unless given. Raises `KeyExists`; `ValueError` for a role that does not exist."""
    if role not in ROLES:
        raise ValueError(f"{role!r} is no role: use one of {', '.join(ROLES)}")
    key_id, secret = key_id or new_id(), new_secret()
    row = await database.fetchrow(
        f"""
        insert into durable.api_key (key_id, name, role, secret_hash, created_by) values ($1, $2, $3, $4, $5)
        on conflict (key_id) do nothing returning {_COLUMNS}
        """,
        key_id,
        name,
        role,
        digest(secret),
        created_by,
    )
    if row is None:
        known = await database.fetchrow(f"select {_COLUMNS} from durable.api_key where key_id = $1", key_id)
        raise KeyExists(_key(known))
    return NewKey(f"mk_{key_id}_{secret}", _key(row))


async def find_key(database: Database, text: str) -> ApiKey | None:
    """The key that `text` is, if it is one of ours and works; `None` for all others alike."""
    parts = parse_key(text)
    if parts is None:
        return None
    row = await database.fetchrow(
        f"select {_COLUMNS}, secret_hash from durable.api_key where key_id = $1 and revoked_at is null", parts[0]
    )
    if row is None or not hmac.compare_digest(row["secret_hash"], digest(parts[1])):
        return None
    return _key(row)


async def revoke_key(database: Database, key_id: str) -> ApiKey | None:
    """End a key; `None` if there is none of that id. Revoking again changes nothing."""
    row = await database.fetchrow(
        f"""
        update durable.api_key set revoked_at = coalesce(revoked_at, now()) where key_id = $1 returning {_COLUMNS}
        """,
        key_id,
    )
    return None if row is None else _key(row)


def parse_key(text: str) -> tuple[str, str] | None:
    """The id and the secret of a key; `None` for anything else."""
    prefix, _, rest = text.partition("_")
    key_id, _, secret = rest.partition("_")
    return (key_id, secret) if prefix == "mk" and key_id and secret else None


def _key(row: Any) -> ApiKey:
    return ApiKey(**{name: row[name] for name in ApiKey.__struct_fields__})
