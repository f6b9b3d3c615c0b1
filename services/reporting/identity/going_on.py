"""Which of some keys and sessions still open the door: asked for many at once, by who lets somebody stay for long."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from services.reporting.database import Database
from services.reporting.identity.policy import access_policy
from services.reporting.identity.sessions import OPEN


async def going_on(
    database: Database, key_ids: Collection[str], session_ids: Collection[str]
) -> tuple[set[str], set[str]]:
    """Of the keys those that work, of the sessions those that have not ended."""
    keys = await database.fetch(_KEYS, list(key_ids)) if key_ids else []
    if not session_ids:
        return {row["key_id"] for row in keys}, set()
    policy = await access_policy(database)
    sessions = await database.fetch(_SESSIONS, list(session_ids), policy.idle_minutes, policy.session_hours)
    return {row["key_id"] for row in keys}, {row["session_id"] for row in sessions}


_KEYS: Final = """
select key_id from durable.api_key
 where key_id = any($1::text[]) and revoked_at is null and (expires_at is null or expires_at > now())
"""
_SESSIONS: Final = f"""
select session_id from durable.app_session
 where session_id = any($1::text[]) and {OPEN.format(hours="$3", idle="$2")}
"""
