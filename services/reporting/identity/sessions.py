"""Sessions of the console: a random secret in a cookie, its hash in the database.

A session ends after a time without requests, and after a day's work in any case (policy.py); at once when it is
revoked, when the password, the role or the second factor of its person changes, or when a secret of it is used that had
been replaced. The secret changes every hour while the session goes on:

    current ──rotate──> current, next offered ──next used──> next is current, the one before good for a minute

so an answer that is lost on its way locks nobody out, and a cookie that was stolen is found out: whoever comes with a
secret that had been replaced ends the session for both.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from services.reporting.database import Database
from services.reporting.identity.attempts import count_attempt, forget_attempts, give_back, network_of
from services.reporting.identity.changes import By, Change, SessionEnded, SessionOpened, changing
from services.reporting.identity.ending import end_all_sessions
from services.reporting.identity.passkey.passkeys import WrongPasskey, signed_in_by
from services.reporting.identity.policy import AccessPolicy, access_policy
from services.reporting.identity.roles import Rights
from services.reporting.identity.second_factor import check_code
from services.reporting.identity.secret import digest, follows, new_secret, password_is
from services.reporting.identity.users import User, email_key, find_user
from shared.http.vault import Vault

ROTATE_AFTER_S: Final = 3600
PREVIOUS_GOOD_S: Final = 60
AGENT_MAX: Final = 200
SESSIONS_MAX: Final = 50
"""Of one person; the one that was used least recently makes room."""


class WrongCredentials(Exception):
    """No such user, or not the password: one answer for both, after the same work."""


class CodeNeeded(Exception):
    """The password is right, and a second factor is asked for: a code, or one of so many passkeys."""

    def __init__(self, email: str, *, passkeys: int = 0) -> None:
        super().__init__(email)
        self.passkeys = passkeys


class PasskeyAnswer(msgspec.Struct, frozen=True):
    """What a device has answered, and to which site."""

    credential: Mapping[str, Any]
    origin: str


class NewSession(msgspec.Struct, frozen=True):
    """`secret` is known here and in the cookie, and nowhere else."""

    secret: str
    user: User
    life_s: int
    session_id: str = ""


class Session(msgspec.Struct, frozen=True):
    """A session that goes on, under the policy of now. `is_strong`: a second factor was used to open it."""

    session_id: str
    user: User
    policy: AccessPolicy
    is_strong: bool = False

    def lacks_second_factor(self, rights: Rights) -> bool:
        """Whether the policy asks for one, and neither the person has one nor their provider asked for one."""
        return self.policy.needs_second_factor(rights) and not (self.user.second_factor or self.is_strong)


async def log_in(
    database: Database,
    email: str,
    password: str,
    *,
    source: str = "",
    agent: str = "",
    code: str | None = None,
    passkey: PasskeyAnswer | None = None,
    vault: Vault | None = None,
    correlation_id: str | None = None,
) -> NewSession:
    """Check the password, and the code or the passkey where there is a second factor, and open a session. `source` is
    the network address that asks, `agent` what it says it is.

    Raises `WrongCredentials`, `TooManyAttempts`, `CodeNeeded`; `WrongCode` and `TooManyCodes` of second_factor.py,
    `WrongPasskey`.
    """
    user = await _with_password(database, email_key(email), password, source)
    method = "password"
    if user.second_factor:
        if passkey is not None:
            await _check_passkey(database, user, passkey, correlation_id)
            method = "password_passkey"
        elif code is None or vault is None:
            await give_back(database, email_key(email), source)
            raise CodeNeeded(email, passkeys=user.passkeys)
        else:
            kind = await check_code(database, vault, user, code, By(user.actor, correlation_id))
            method = f"password_{kind}"
    await forget_attempts(database, email_key(email), source)
    return await open_session(
        database,
        user,
        method,
        is_strong=user.second_factor,
        source=source,
        agent=agent,
        correlation_id=correlation_id,
    )


async def check_own_password(database: Database, user: User, password: str, *, source: str) -> None:
    """For what is worth asking again who sits there. Raises `WrongCredentials` or `TooManyAttempts`."""
    await _with_password(database, email_key(user.email), password, source)
    await forget_attempts(database, email_key(user.email), source)


async def open_session(
    database: Database,
    user: User,
    method: str,
    *,
    is_strong: bool,
    source: str,
    agent: str,
    correlation_id: str | None = None,
) -> NewSession:
    """A session of somebody who has shown who they are."""
    secret = new_secret()
    life_s = (await access_policy(database)).session_hours * 3600
    async with changing(database) as change:
        await change.connection.execute("delete from durable.app_session where expires_at <= now()")
        await _make_room(change, user)
        session_id: str = await change.connection.fetchval(
            """
            insert into durable.app_session (session_hash, user_id, expires_at, method, network, agent, is_strong)
            values ($1, $2, now() + make_interval(secs => $3), $4, $5, $6, $7) returning session_id
            """,
            digest(secret),
            user.user_id,
            life_s,
            method,
            network_of(source),
            agent[:AGENT_MAX],
            is_strong,
        )
        seen = "update durable.app_user set last_sign_in_at = now() where user_id = $1"
        await change.connection.execute(seen, user.user_id)
        opened = SessionOpened(user_id=user.user_id, session_id=session_id, method=method, network=network_of(source))
        await change.tell(opened, By(user.actor, correlation_id))
    return NewSession(secret, user, life_s, session_id)


async def find_session(database: Database, secret: str, *, in_use: bool = True) -> Session | None:
    """Whose session it is; `None` when it is unknown, idle for too long, or over. `in_use` keeps it from being idle."""
    policy = await access_policy(database)
    row = await database.fetchrow(_FIND, digest(secret), policy.idle_minutes, policy.session_hours)
    if row is None:
        return None
    if row["is_previous"] and not row["previous_is_good"]:
        await _end_stolen(database, row)
        return None
    if row["is_next"]:
        await database.execute(_TAKE_NEXT, row["session_id"], digest(secret), PREVIOUS_GOOD_S)
    user = await find_user(database, row["user_id"])
    if user is None or user.deactivated_at is not None:
        return None
    if in_use:
        await database.execute(
            "update durable.app_session set last_seen_at = now() where session_id = $1", row["session_id"]
        )
    return Session(row["session_id"], user, policy, row["is_strong"])


async def rotate(database: Database, secret: str, *, key: str, after_s: int = ROTATE_AFTER_S) -> str | None:
    """A next secret for the session, where the one it has is older than `after_s`; `None` where it is young, or where
    `secret` is not its current one.

    It follows from the current one and `key`, which only we have: two tabs that ask at the same moment get the same,
    in whatever order their answers come.
    """
    offered = follows(secret, key)
    done = await database.fetchval(
        """
        update durable.app_session set next_hash = $2
         where session_hash = $1 and rotated_at <= now() - make_interval(secs => $3) returning 1
        """,
        digest(secret),
        digest(offered),
        after_s,
    )
    return None if done is None else offered


async def end_session(database: Database, secret: str, by: By | None = None) -> None:
    """Sign out: the session of this secret, whichever of its secrets it is."""
    found = "select session_id, user_id from durable.app_session where $1 in (session_hash, next_hash, previous_hash)"
    row = await database.fetchrow(found, digest(secret))
    if row is not None:
        await end_by_id(database, row["user_id"], row["session_id"], "signed_out", by or By(f"user:{row['user_id']}"))


async def end_by_id(database: Database, user_id: str, session_id: str, reason: str, by: By) -> bool:
    """Whether the person had such a session."""
    async with changing(database) as change:
        gone = "delete from durable.app_session where session_id = $1 and user_id = $2 returning 1"
        if await change.connection.fetchval(gone, session_id, user_id) is None:
            return False
        await change.tell(SessionEnded(user_id=user_id, session_id=session_id, reason=reason), by)
        return True


async def end_sessions_of(database: Database, user_id: str, by: By | None = None, *, reason: str = "signed_out") -> int:
    """Log a person out everywhere; says how many sessions that were."""
    async with changing(database) as change:
        return await end_all_sessions(change, user_id, reason, by or By(f"user:{user_id}"))


OPEN: Final = """
expires_at > now() and created_at > now() - make_interval(hours => {hours})
and last_seen_at > now() - make_interval(mins => {idle})
"""
# A limit that was lowered holds for the sessions that there are.
_FIND: Final = f"""
select session_id, user_id, is_strong, next_hash = $1 as is_next, previous_hash = $1 as is_previous,
       coalesce(previous_until > now(), false) as previous_is_good
  from durable.app_session
 where (session_hash = $1 or next_hash = $1 or previous_hash = $1) and {OPEN.format(hours="$3", idle="$2")}
"""
_TAKE_NEXT: Final = """
update durable.app_session
   set previous_hash = session_hash, previous_until = now() + make_interval(secs => $3), session_hash = $2,
       next_hash = null, rotated_at = now()
 where session_id = $1 and next_hash = $2
"""


async def _with_password(database: Database, key: str, password: str, source: str) -> User:
    delay_s = await count_attempt(database, key, source)
    if delay_s:
        await asyncio.sleep(delay_s)
    row = await database.fetchrow(
        "select user_id, password_hash from durable.app_user where email_key = $1 and deactivated_at is null", key
    )
    if not await password_is(password, row["password_hash"] if row else None) or row is None:
        raise WrongCredentials(key)
    user = await find_user(database, row["user_id"])
    if user is None:
        raise WrongCredentials(key)
    return user


async def _check_passkey(database: Database, user: User, answer: PasskeyAnswer, correlation_id: str | None) -> None:
    """Beside a password, any passkey of the same person does. Raises `WrongPasskey`."""
    found = await signed_in_by(
        database, answer.credential, answer.origin, is_alone=False, correlation_id=correlation_id
    )
    if found.user_id != user.user_id:
        raise WrongPasskey("of somebody else")


async def _make_room(change: Change, user: User) -> None:
    await change.connection.execute(
        """
        delete from durable.app_session where session_id in (
            select session_id from durable.app_session where user_id = $1 order by last_seen_at desc offset $2)
        """,
        user.user_id,
        SESSIONS_MAX - 1,
    )


async def _end_stolen(database: Database, row: Any) -> None:
    user_id, session_id = row["user_id"], row["session_id"]
    await end_by_id(database, user_id, session_id, "stolen", By(f"user:{user_id}"))


class Opened(msgspec.Struct, frozen=True):
    """How a session was opened."""

    method: str | None = None
    is_strong: bool = False


async def opened_as(database: Database, session_id: str | None) -> Opened:
    row = await database.fetchrow("select method, is_strong from durable.app_session where session_id = $1", session_id)
    return Opened() if row is None else Opened(row["method"], row["is_strong"])


class OwnSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session as its person sees it in a list."""

    id: str
    method: str
    network: str
    agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


async def sessions_of(database: Database, user_id: str) -> list[OwnSession]:
    """Those that are open, the latest first; at most `SESSIONS_MAX`."""
    policy = await access_policy(database)
    rows = await database.fetch(
        f"""
        select session_id as id, method, network, agent, created_at, last_seen_at,
               least(expires_at, created_at + make_interval(hours => $3)) as expires_at
          from durable.app_session where user_id = $1 and {OPEN.format(hours="$3", idle="$2")}
         order by last_seen_at desc, session_id limit {SESSIONS_MAX}
        """,
        user_id,
        policy.idle_minutes,
        policy.session_hours,
    )
    return [OwnSession(**dict(row)) for row in rows]
