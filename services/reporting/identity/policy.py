"""How long a session lasts, and whose role asks for a second factor: one row, changed as a whole.

    AccessPolicy(idle_minutes=120, session_hours=12, second_factor_roles=("admin",))

Until somebody says something, the defaults here hold. A change is good for the sessions that there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from services.reporting.database import Database
from services.reporting.identity.changes import AccessPolicyChanged, By, changing
from services.reporting.identity.roles import Rights
from shared.kernel.errors import Rejection

IDLE_MINUTES: Final = 120
SESSION_HOURS: Final = 12


class AccessPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """A session ends after `idle_minutes` without a request, and after `session_hours` in any case. Who has one of
    `second_factor_roles` may do nothing but set one up until it is there. Version 0: nobody has said anything."""

    idle_minutes: int = IDLE_MINUTES
    session_hours: int = SESSION_HOURS
    second_factor_roles: tuple[str, ...] = ()
    version: int = 0

    def needs_second_factor(self, rights: Rights) -> bool:
        """Whether a role asks for one: it does so itself, or what it is based on does."""
        return not {rights.role, rights.role_name}.isdisjoint(self.second_factor_roles)


async def access_policy(database: Database) -> AccessPolicy:
    row = await database.fetchrow(
        "select idle_minutes, session_hours, second_factor_roles, version from durable.access_policy"
    )
    return AccessPolicy() if row is None else _policy(row)


async def set_access_policy(
    database: Database,
    *,
    idle_minutes: int,
    session_hours: int,
    second_factor_roles: Sequence[str],
    expected: int | None,
    by: By,
) -> AccessPolicy:
    """Raises `Rejection`: `version_mismatch` (412)."""
    async with changing(database) as change:
        known = await access_policy(change.connection)
        if expected is not None and expected != known.version:
            detail = f"this is version {known.version}, the request was made for {expected}; read it again"
            raise Rejection("version_mismatch", detail, status=412)
        wanted = AccessPolicy(
            idle_minutes=idle_minutes,
            session_hours=session_hours,
            second_factor_roles=tuple(sorted(set(second_factor_roles))),
            version=known.version + 1,
        )
        if known.version and msgspec.structs.replace(wanted, version=known.version) == known:
            return known
        await change.connection.execute(
            _SET,
            wanted.idle_minutes,
            wanted.session_hours,
            list(wanted.second_factor_roles),
            wanted.version,
        )
        told = AccessPolicyChanged(
            idle_minutes=idle_minutes, session_hours=session_hours, second_factor_roles=wanted.second_factor_roles
        )
        await change.tell(told, by)
        return wanted


_SET: Final = """
insert into durable.access_policy (idle_minutes, session_hours, second_factor_roles, version)
values ($1, $2, $3, $4)
on conflict (only_one) do update set idle_minutes = excluded.idle_minutes,
    session_hours = excluded.session_hours, second_factor_roles = excluded.second_factor_roles,
    version = excluded.version, changed_at = now()
"""


def _policy(row: Any) -> AccessPolicy:
    return AccessPolicy(**{**dict(row), "second_factor_roles": tuple(row["second_factor_roles"])})
