"""What somebody may do now, who asked for something before: work that comes back is done with today's rights.

await caller_now(database, "user:u2")       # None: deactivated since
"""

from __future__ import annotations

from services.reporting.database import Database
from services.reporting.identity.roles import rights_of
from services.reporting.identity.users import User, find_user
from shared.http.auth import Caller


async def caller_now(database: Database, actor: str) -> Caller | None:
    """`None` where the actor may do nothing any more."""
    kind, _, actor_id = actor.partition(":")
    if kind == "user":
        user = await find_user(database, actor_id)
        return None if user is None else await caller_of_user(database, user)
    row = await database.fetchrow(
        """
        select role, scopes, legal_entities from durable.api_key
         where key_id = $1 and revoked_at is null and (expires_at is null or expires_at > now())
        """,
        actor_id,
    )
    rights = None if row is None else await rights_of(database, row["role"])
    if row is None or rights is None:
        return None
    rights = rights.narrowed(row["scopes"])
    held = None if row["legal_entities"] is None else frozenset(row["legal_entities"])
    return Caller(actor, rights.role, rights.role_name, rights.restrictions, legal_entities=held)


async def caller_of_user(database: Database, user: User) -> Caller | None:
    rights = None if user.deactivated_at is not None else await rights_of(database, user.role)
    if rights is None:
        return None
    held = None if user.legal_entities is None else frozenset(user.legal_entities)
    return Caller(user.actor, rights.role, rights.role_name, rights.restrictions, legal_entities=held)
