"""What changed of who may what, for the audit trail: in the transaction of the change, or neither is there.

    async with changing(database) as change:
        await change.connection.execute("update durable.app_user set role = …")
        await change.tell(UserRoleChanged(user_id="u2", before="support", after="billing"), by)

Users and keys are not in the log, so neither is what becomes of them: the log is the truth of billing, is read by many
and kept for ever, and a key has to end while Kafka is away. These events are a table of their own, numbered without a
gap, which `GET /v1/events` shows beside the log's as `identity/0/17` (docs/decisions/0108). They name people and keys
by their ids, and hold no secret and no address.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import ClassVar, Final

import asyncpg
import msgspec

from services.reporting.database import Database
from shared.engine.postgres import Connection

# Arbitrary. Changes take turns from their beginning: numbers have no gap, and what one looks at (who else is an admin,
# who has a role) another does not change meanwhile. There are few, and none hashes a password in its turn.
_TURN: Final = 7_316_652


class By(msgspec.Struct, frozen=True):
    """Who changes something: `user:u1`, `key:k7`, `cli`; and the trace id of the request."""

    actor: str
    correlation_id: str | None = None


class AccessEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A change of who may what. `ABOUT` is the field that names what it is about."""

    ABOUT: ClassVar[str] = "user_id"


class UserCreated(AccessEvent, frozen=True, kw_only=True):
    user_id: str
    role: str


class UserRoleChanged(AccessEvent, frozen=True, kw_only=True):
    user_id: str
    before: str
    after: str


class UserHeldToEntities(AccessEvent, frozen=True, kw_only=True):
    """Legal entities of the operator; null for all of them."""

    user_id: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None


class UserDeactivated(AccessEvent, frozen=True, kw_only=True):
    user_id: str


class UserReactivated(AccessEvent, frozen=True, kw_only=True):
    user_id: str


class PasswordLinkMade(AccessEvent, frozen=True, kw_only=True):
    """`kind`: `invitation` or `reset`."""

    user_id: str
    kind: str
    expires_at: datetime


class PasswordSet(AccessEvent, frozen=True, kw_only=True):
    """`how`: `created`, `link`, `changed`."""

    user_id: str
    how: str


class SessionOpened(AccessEvent, frozen=True, kw_only=True):
    """`method`: `password`, `password_code`, `password_recovery_code`, `password_passkey`, `passkey`, `provider`."""

    user_id: str
    session_id: str
    method: str
    network: str


class SessionEnded(AccessEvent, frozen=True, kw_only=True):
    """`reason`: `signed_out`, `revoked`, `stolen` where a secret was used that had been replaced."""

    user_id: str
    session_id: str
    reason: str


class SessionsEnded(AccessEvent, frozen=True, kw_only=True):
    """All of a person, or all but the one that was used. `reason`: `revoked`, `password_set`, `second_factor`,
    `role_changed`, `deactivated`, `signed_out`, `provider_unlinked`, `legal_entities`."""

    user_id: str
    sessions: int
    reason: str


class SecondFactorAdded(AccessEvent, frozen=True, kw_only=True):
    user_id: str


class SecondFactorRemoved(AccessEvent, frozen=True, kw_only=True):
    user_id: str


class SecondFactorLocked(AccessEvent, frozen=True, kw_only=True):
    """Ten wrong codes after the right password: for so long none is looked at."""

    user_id: str
    until: datetime


class RecoveryCodesMade(AccessEvent, frozen=True, kw_only=True):
    user_id: str
    codes: int


class PasskeyAdded(AccessEvent, frozen=True, kw_only=True):
    user_id: str
    passkey_id: str


class PasskeyRemoved(AccessEvent, frozen=True, kw_only=True):
    user_id: str
    passkey_id: str


class PasskeyRefused(AccessEvent, frozen=True, kw_only=True):
    """Its answer was right, and yet it did not open anything. `reason`: `counter`, where it had not gone up, as that of
    a copy has not."""

    user_id: str
    passkey_id: str
    reason: str


class ProviderLinked(AccessEvent, frozen=True, kw_only=True):
    """From now on somebody whom a provider of logins knows signs in as this user."""

    user_id: str
    issuer: str


class ProviderUnlinked(AccessEvent, frozen=True, kw_only=True):
    user_id: str
    issuer: str


class ApiKeyCreated(AccessEvent, frozen=True, kw_only=True):
    ABOUT = "key_id"

    key_id: str
    name: str
    role: str
    scopes: tuple[str, ...] | None = None
    expires_at: datetime | None = None
    legal_entities: tuple[str, ...] | None = None


class ApiKeyRotated(AccessEvent, frozen=True, kw_only=True):
    """The secret before works until `previous_until`."""

    ABOUT = "key_id"

    key_id: str
    previous_until: datetime


class ApiKeyRevoked(AccessEvent, frozen=True, kw_only=True):
    ABOUT = "key_id"

    key_id: str


class RoleCreated(AccessEvent, frozen=True, kw_only=True):
    ABOUT = "role_id"

    role_id: str
    based_on: str
    scopes: tuple[str, ...]


class RoleChanged(AccessEvent, frozen=True, kw_only=True):
    ABOUT = "role_id"

    role_id: str
    based_on: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class RoleDeleted(AccessEvent, frozen=True, kw_only=True):
    ABOUT = "role_id"

    role_id: str


class AccessPolicyChanged(AccessEvent, frozen=True, kw_only=True):
    ABOUT = "policy_id"

    idle_minutes: int
    session_hours: int
    second_factor_roles: tuple[str, ...]
    policy_id: str = "access-policy"


class Change:
    """A transaction that changes something, and tells what."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def tell(self, event: AccessEvent, by: By) -> None:
        """Add to the trail; seen when the transaction ends."""
        await self.connection.execute(
            """
            insert into durable.access_event
                   (seq, type, aggregate_id, actor, correlation_id, data, account_id, recorded_at)
            select coalesce(max(seq), 0) + 1, $1, $2, $3, $4, $5::text::jsonb, $6,
                   greatest(clock_timestamp(), max(recorded_at))
              from durable.access_event
            """,
            f"identity.{type(event).__name__}.v1",
            getattr(event, event.ABOUT),
            by.actor,
            by.correlation_id,
            msgspec.json.encode(event).decode(),
            getattr(event, "account_id", None),
        )


@asynccontextmanager
async def changing(database: Database) -> AsyncIterator[Change]:
    """A transaction for a change and its event, after those that are under way; on a connection that has a transaction
    open, a part of that."""
    if isinstance(database, asyncpg.Pool):
        async with database.acquire() as connection, changing(connection) as change:
            yield change
        return
    async with database.transaction():
        await database.execute("select pg_advisory_xact_lock($1)", _TURN)
        yield Change(database)


def event_types() -> tuple[str, ...]:
    """Every type there is, as the audit trail names them."""
    return tuple(f"identity.{kind.__name__}.v1" for kind in AccessEvent.__subclasses__())
