"""What makes a password, and the links by which somebody sets one.

    link = await make_link(change, user_id, "invitation", by)         # the secret: shown once, kept as a hash
    await set_by_link(database, link, "correct horse battery", by)    # once, within its time; ends all sessions

No rule on kinds of characters (NIST SP 800-63B, 5.1.1.2): length, and none of those that everybody tries first.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.reporting.database import Database
from services.reporting.identity.changes import By, Change, PasswordLinkMade, PasswordSet, changing
from services.reporting.identity.ending import end_all_sessions
from services.reporting.identity.secret import digest, hash_password, new_secret
from shared.kernel.errors import Rejection

PASSWORD_MIN: Final = 8
PASSWORD_MAX: Final = 256
INVITATION_HOURS: Final = 72
RESET_HOURS: Final = 2
HOURS: Final = {"invitation": INVITATION_HOURS, "reset": RESET_HOURS}

_TRIED_FIRST: Final = frozenset(
    (
        *("password", "password1", "password123", "passw0rd", "12345678", "123456789", "1234567890", "qwertyuiop"),
        *("qwerty123", "qwertyui", "1q2w3e4r", "iloveyou", "sunshine", "princess", "football", "baseball"),
        *("superman", "trustno1", "letmein1", "welcome1", "welcome123", "admin123", "administrator", "changeme"),
        *("changeme1", "meterlog", "meterlog1", "abcd1234", "abc12345", "asdfghjk", "zaq12wsx"),
    )
)


def check_password(password: str, email: str = "", *, pointer: str = "/password") -> None:
    """Raises `Rejection`: `weak_password`."""
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise _weak(f"a password has {PASSWORD_MIN} to {PASSWORD_MAX} characters", pointer)
    plain = password.casefold()
    if plain in _TRIED_FIRST or len(set(plain)) < 3 or plain in (email.casefold(), email.casefold().partition("@")[0]):
        raise _weak("this password is among the first that anybody would try; choose another", pointer)


async def make_link(change: Change, user_id: str, kind: str, by: By) -> tuple[str, datetime]:
    """A link's secret and its end; those made before for the person open nothing any more."""
    secret = new_secret()
    await change.connection.execute("delete from durable.password_link where user_id = $1", user_id)
    expires_at: datetime = await change.connection.fetchval(
        """
        insert into durable.password_link (link_hash, user_id, kind, created_by, expires_at)
        values ($1, $2, $3, $4, now() + make_interval(hours => $5)) returning expires_at
        """,
        digest(secret),
        user_id,
        kind,
        by.actor,
        HOURS[kind],
    )
    await change.tell(PasswordLinkMade(user_id=user_id, kind=kind, expires_at=expires_at), by)
    return secret, expires_at


async def set_by_link(database: Database, secret: str, password: str, correlation_id: str | None = None) -> str:
    """Set the password of whom the link is for; returns the id of the person.

    Raises `Rejection`: `link_not_valid` for one that is unknown, used or over, all alike; `weak_password`.
    """
    check_password(password)
    found = "select user_id, email from durable.password_link join durable.app_user using (user_id)"
    usable = "link_hash = $1 and expires_at > now() and deactivated_at is null"
    row = await database.fetchrow(f"{found} where {usable}", digest(secret))
    if row is None:
        raise _not_valid()
    check_password(password, row["email"])
    password_hash = await hash_password(password)
    async with changing(database) as change:
        taken = "delete from durable.password_link where link_hash = $1 and expires_at > now() returning user_id"
        user_id: str | None = await change.connection.fetchval(taken, digest(secret))
        if user_id is None:
            raise _not_valid()
        by = By(f"user:{user_id}", correlation_id)
        await store_password(change, user_id, password_hash, "link", by)
        return user_id


async def store_password(
    change: Change, user_id: str, password_hash: str, how: str, by: By, *, but: str | None = None
) -> None:
    """A new password: sessions end, but for the one named `but`, and so do links."""
    await change.connection.execute(
        "update durable.app_user set password_hash = $2 where user_id = $1", user_id, password_hash
    )
    await change.connection.execute("delete from durable.password_link where user_id = $1", user_id)
    await change.tell(PasswordSet(user_id=user_id, how=how), by)
    await end_all_sessions(change, user_id, "password_set", by, but=but)


def _not_valid() -> Rejection:
    detail = "this link is not valid any more: it works once and for a time; ask for another"
    return Rejection("link_not_valid", detail, pointer="/link", status=410)


def _weak(detail: str, pointer: str) -> Rejection:
    return Rejection("weak_password", detail, pointer=pointer)
