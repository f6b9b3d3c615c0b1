"""People who work here, by e-mail address; upper and lower case are the same person.

A person is never deleted: what they did names them. Who is deactivated has no session and gets none. Of the admins who
can sign in one always stays, or nobody could let anybody in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import asyncpg
import msgspec

from services.reporting.database import Database
from services.reporting.identity.changes import (
    By,
    Change,
    PasswordSet,
    UserCreated,
    UserDeactivated,
    UserHeldToEntities,
    UserReactivated,
    UserRoleChanged,
    changing,
)
from services.reporting.identity.ending import end_all_sessions
from services.reporting.identity.passwords import check_password
from services.reporting.identity.roles import check_role, rights_of
from services.reporting.identity.secret import hash_password, new_id
from shared.http.problems import not_found
from shared.kernel.errors import Rejection


class UserExists(Exception):
    """Somebody has that e-mail address already."""


class User(msgspec.Struct, frozen=True, kw_only=True):
    """`has_password` is false for who was invited and has not come yet, or comes by a provider (`has_provider`).
    `second_factor`: a password alone does not do, since there is an authenticator app or a passkey. `legal_entities`:
    those of the operator that they are held to, `None` for all. `language`: what they have chosen to read, if any."""

    user_id: str
    email: str
    role: str
    created_at: datetime
    deactivated_at: datetime | None = None
    last_sign_in_at: datetime | None = None
    has_password: bool = True
    second_factor: bool = False
    has_authenticator: bool = False
    passkeys: int = 0
    has_provider: bool = False
    legal_entities: tuple[str, ...] | None = None
    language: str | None = None

    @property
    def has_come(self) -> bool:
        """Whether there is a way by which they come in; who was invited and has not come yet has none."""
        return self.has_password or self.has_provider or self.passkeys > 0

    @property
    def actor(self) -> str:
        """The name in tokens and events."""
        return f"user:{self.user_id}"


USERS_SOURCE: Final = """
(select u.user_id, u.email, u.email_key, u.role, u.created_at, u.deactivated_at, u.last_sign_in_at,
        u.legal_entities, u.language,
        u.password_hash is not null as has_password, f.confirmed_at is not null as has_authenticator,
        f.confirmed_at is not null or p.passkeys > 0 as second_factor, p.passkeys,
        exists (select 1 from durable.provider_identity i where i.user_id = u.user_id) as has_provider
   from durable.app_user u left join durable.second_factor f using (user_id)
   cross join lateral (select count(*) from durable.passkey where user_id = u.user_id) as p (passkeys)) as app_user
"""
_COLUMNS: Final = ", ".join(User.__struct_fields__)
_COMMAND_LINE: Final = By("cli")


async def create_user(
    database: Database,
    email: str,
    password: str | None,
    role: str,
    by: By = _COMMAND_LINE,
    user_id: str | None = None,
    *,
    language: str | None = None,
) -> User:
    """Add a person, who needs a link to come in where there is no password.

    Raises `UserExists`, and `Rejection`: `weak_password`, `unknown_role`.
    """
    if password is not None:
        check_password(password, email)
    password_hash = None if password is None else await hash_password(password)
    try:
        async with changing(database) as change:
            await check_role(change.connection, role)
            user_id = await change.connection.fetchval(
                """
                insert into durable.app_user (user_id, email, email_key, password_hash, role, language)
                values ($1, $2, $3, $4, $5, $6) returning user_id
                """,
                user_id or new_id(),
                email.strip(),
                email_key(email),
                password_hash,
                role,
                language,
            )
            await change.tell(UserCreated(user_id=user_id, role=role), by)
            if password is not None:
                await change.tell(PasswordSet(user_id=user_id, how="created"), by)
            return await known_user(change.connection, user_id)
    except asyncpg.UniqueViolationError as error:
        raise UserExists(email) from error


async def choose_language(database: Database, user_id: str, language: str | None) -> None:
    """In which language somebody is written to from now on; `None`: in the operator's."""
    await database.execute("update durable.app_user set language = $2 where user_id = $1", user_id, language)


async def find_user(database: Database, user_id: str) -> User | None:
    row = await database.fetchrow(f"select {_COLUMNS} from {USERS_SOURCE} where user_id = $1", user_id)
    return None if row is None else _user(row)


async def find_user_by_email(database: Database, email: str) -> User | None:
    row = await database.fetchrow(f"select {_COLUMNS} from {USERS_SOURCE} where email_key = $1", email_key(email))
    return None if row is None else _user(row)


async def known_user(database: Database, user_id: str) -> User:
    """Raises `Rejection` (404)."""
    user = await find_user(database, user_id)
    if user is None:
        raise not_found("user", user_id)
    return user


async def give_role(database: Database, user_id: str, role: str, by: By) -> User:
    """Give somebody another role: their sessions end, and the next one has it.

    Raises `Rejection`: 404, `unknown_role`, `last_admin`, and what `check_held` raises.
    """
    async with changing(database) as change:
        before = await known_user(change.connection, user_id)
        if before.role == role:
            return before
        await check_role(change.connection, role)
        await check_held(change.connection, role, before.legal_entities)
        await change.connection.execute("update durable.app_user set role = $2 where user_id = $1", user_id, role)
        await check_admins(change, before)
        await change.tell(UserRoleChanged(user_id=user_id, before=before.role, after=role), by)
        await end_all_sessions(change, user_id, "role_changed", by)
        return await known_user(change.connection, user_id)


async def hold_to_entities(database: Database, user_id: str, entities: Sequence[str] | None, by: By) -> User:
    """Hold somebody to legal entities of the operator, `None`: to none in particular. Their sessions end.

    Raises `Rejection`: 404, and what `check_held` raises.
    """
    held = None if entities is None else tuple(sorted(set(entities)))
    async with changing(database) as change:
        before = await known_user(change.connection, user_id)
        if before.legal_entities == held:
            return before
        await check_held(change.connection, before.role, held)
        set_to = "update durable.app_user set legal_entities = $2 where user_id = $1"
        await change.connection.execute(set_to, user_id, None if held is None else list(held))
        await change.tell(UserHeldToEntities(user_id=user_id, before=before.legal_entities, after=held), by)
        await end_all_sessions(change, user_id, "legal_entities", by)
        return await known_user(change.connection, user_id)


async def check_held(database: Database, role: str, entities: Sequence[str] | None) -> None:
    """Whether who has the role can be held to entities.

    Raises `Rejection`: `admin_has_all`, since an admin gives rights to everybody, and `ingest_has_all`, since whose
    usage is reported is known only once it is counted (docs/decisions/0138).
    """
    if entities is None:
        return
    rights = await rights_of(database, role)
    if role == "admin":
        detail = "an admin has all legal entities; give another role first"
        raise Rejection("admin_has_all", detail, pointer="/legal_entities", status=409)
    if rights is not None and rights.role == "ingest":
        detail = (
            "whose usage is reported is known only once it is counted, so who reports it can't be held to legal"
            " entities; leave legal_entities out, or give a role that reads"
        )
        raise Rejection("ingest_has_all", detail, pointer="/legal_entities", status=409)


async def deactivate(database: Database, user_id: str, by: By) -> User:
    """End somebody's sessions and let them in no more. Raises `Rejection`: 404, `own_user`, `last_admin`."""
    async with changing(database) as change:
        user = await known_user(change.connection, user_id)
        if user.deactivated_at is not None:
            return user
        if by.actor == user.actor:
            detail = "nobody deactivates themselves; ask another admin"
            raise Rejection("own_user", detail, status=409)
        stop = "update durable.app_user set deactivated_at = now() where user_id = $1"
        await change.connection.execute(stop, user_id)
        await change.connection.execute("delete from durable.password_link where user_id = $1", user_id)
        await check_admins(change, user)
        await change.tell(UserDeactivated(user_id=user_id), by)
        await end_all_sessions(change, user_id, "deactivated", by)
        return await known_user(change.connection, user_id)


async def reactivate(database: Database, user_id: str, by: By) -> User:
    """Let somebody in again, with the password and the second factor that they had. Raises `Rejection` (404)."""
    async with changing(database) as change:
        user = await known_user(change.connection, user_id)
        if user.deactivated_at is None:
            return user
        again = "update durable.app_user set deactivated_at = null where user_id = $1"
        await change.connection.execute(again, user_id)
        await change.tell(UserReactivated(user_id=user_id), by)
        return await known_user(change.connection, user_id)


def email_key(email: str) -> str:
    """What makes two spellings of an address the same.

    >>> email_key(" Ann@Example.NET ")
    'ann@example.net'
    """
    return email.strip().casefold()


async def check_admins(change: Change, before: User) -> None:
    """Whether an admin is left who can come in: by a password, a passkey or a provider of logins.

    Raises `Rejection`: `last_admin`. Of somebody who was none, nothing changes.
    """
    if before.role != "admin" or before.deactivated_at is not None:
        return
    left = """
    select count(*) from durable.app_user u where role = 'admin' and deactivated_at is null
       and (password_hash is not null or exists (select 1 from durable.passkey k where k.user_id = u.user_id)
            or exists (select 1 from durable.provider_identity i where i.user_id = u.user_id))
    """
    if not await change.connection.fetchval(left):
        detail = "nobody would be left who manages access; make another admin first"
        raise Rejection("last_admin", detail, status=409)


def _user(row: Any) -> User:
    held = row["legal_entities"]
    return User(**{**dict(row), "legal_entities": None if held is None else tuple(held)})
