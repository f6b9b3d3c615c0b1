"""Sessions that end because something else changed: a role, a password, a person's access."""

from __future__ import annotations

from services.reporting.identity.changes import By, Change, SessionsEnded


async def end_all_sessions(change: Change, user_id: str, reason: str, by: By, *, but: str | None = None) -> int:
    """End a person's sessions, but for the one of the id `but`; says how many, and tells where there were any."""
    ended = await change.connection.fetch(
        "delete from durable.app_session where user_id = $1 and session_id is distinct from $2 returning 1",
        user_id,
        but,
    )
    if ended:
        await change.tell(SessionsEnded(user_id=user_id, sessions=len(ended), reason=reason), by)
    return len(ended)
