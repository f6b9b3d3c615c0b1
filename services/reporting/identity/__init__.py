"""Who may come in: people with a password and a second factor, programs with an API key, all with a role.

    user = await create_user(connection, "ann@example.net", "correct horse battery", "billing")
    session = await log_in(pool, "ann@example.net", "correct horse battery")    # .secret is what the cookie carries
    key = await create_key(connection, name="collector", role="ingest", created_by=user.actor)   # .secret, shown once

A password is kept as Argon2id, every other secret as a hash of random bits, the key of a second factor sealed; nothing
here can show one again. The actor that appears in events is a surrogate (`user:u2`, `key:k7`), never an address. What
changes is told to the audit trail in the same transaction (changes.py).
"""

from __future__ import annotations

from services.reporting.database import Database
from services.reporting.identity.attempts import TooManyAttempts
from services.reporting.identity.changes import By
from services.reporting.identity.keys import ApiKey, KeyExists, NewKey, create_key, find_key, revoke_key
from services.reporting.identity.sessions import (
    CodeNeeded,
    NewSession,
    WrongCredentials,
    end_session,
    end_sessions_of,
    find_session,
    log_in,
)
from services.reporting.identity.users import User, UserExists, create_user, find_user

__all__ = [
    "ApiKey",
    "By",
    "CodeNeeded",
    "Database",
    "KeyExists",
    "NewKey",
    "NewSession",
    "TooManyAttempts",
    "User",
    "UserExists",
    "WrongCredentials",
    "create_key",
    "create_user",
    "end_session",
    "end_sessions_of",
    "find_key",
    "find_session",
    "find_user",
    "log_in",
    "revoke_key",
]
