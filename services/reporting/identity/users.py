"""People who work here, by e-mail address; upper and lower case are the same person."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import asyncpg
import msgspec

from services.reporting.database import Database
from services.reporting.identity.secret import hash_password, new_id
from shared.http.auth import ROLES


class UserExists(Exception):
    """Somebody has that e-mail address already."""


class User(msgspec.Struct, frozen=True, kw_only=True):
    user_id: str
    email: str
    role: str
    created_at: datetime

    @property
    def actor(self) -> str:
        """The name in tokens and events."""
        return f"user:{self.user_id}"


_COLUMNS: Final = "user_id, email, role, created_at"


async def create_user(database: Database, email: str, password: str, role: str) -> User:
    """Add a person. Raises `UserExists`; `ValueError` for a role that does not exist."""
    if role not in ROLES:
        raise ValueError(f"{role!r} is no role: use one of {', '.join(ROLES)}")
    try:
        row = await database.fetchrow(
            f"""
            insert into durable.app_user (user_id, email, email_key, password_hash, role) values ($1, $2, $3, $4, $5)
            returning {_COLUMNS}
            """,
            new_id(),
            email.strip(),
            email_key(email),
            await hash_password(password),
            role,
        )
    except asyncpg.UniqueViolationError as error:
        raise UserExists(email) from error
    return _user(row)


async def find_user(database: Database, user_id: str) -> User | None:
    row = await database.fetchrow(f"select {_COLUMNS} from durable.app_user where user_id = $1", user_id)
    return None if row is None else _user(row)


def email_key(email: str) -> str:
    """What makes two spellings of an address the same.

    >>> email_key(" Ann@Example.NET ")
    'ann@example.net'
    """
    return email.strip().casefold()


def _user(row: Any) -> User:
    return User(**dict(row))
