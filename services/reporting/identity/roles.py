"""What a role is: one of the five fixed ones, or one that an administrator has made by narrowing one of them.

    cashier    based on billing    ["payments:write", "invoices:read", "accounts:read"]

A made role opens nothing that its base has not (docs/decisions/0109): endpoints name the five, and scopes take away.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import asyncpg
import msgspec

from services.reporting.database import Database
from services.reporting.identity.areas import check_scopes
from services.reporting.identity.changes import By, RoleChanged, RoleCreated, RoleDeleted, changing
from shared.http.auth import ROLES
from shared.http.scopes import Restrictions
from shared.kernel.errors import Rejection

ROLES_MAX: Final = 100
BASES: Final = tuple(name for name in ROLES if name != "admin")
"""What a role can be made of: a narrower admin would be one who may not do what an admin is for."""


class MadeRole(msgspec.Struct, frozen=True, kw_only=True):
    """A role that an administrator has made. `holders`: people and keys that have it, deactivated and revoked ones
    left out."""

    role_id: str
    description: str
    based_on: str
    scopes: tuple[str, ...]
    version: int
    created_at: datetime
    changed_at: datetime
    holders: int = 0


class Rights(msgspec.Struct, frozen=True):
    """What a role comes to: the fixed role that endpoints know, and what of it is open."""

    role: str
    role_name: str
    restrictions: Restrictions = ()

    def narrowed(self, scopes: Sequence[str] | None) -> Rights:
        """The same, held to scopes as well; `None` takes nothing away."""
        if scopes is None:
            return self
        return Rights(self.role, self.role_name, (*self.restrictions, frozenset(scopes)))


_ROLE: Final = """
select r.*, (select count(*) from durable.app_user u where u.role = r.role_id and u.deactivated_at is null)
          + (select count(*) from durable.api_key k where k.role = r.role_id and k.revoked_at is null) as holders
  from durable.access_role r
"""


async def rights_of(database: Database, role: str) -> Rights | None:
    """`None` for a role that is not there."""
    if role in ROLES:
        return Rights(role, role)
    row = await database.fetchrow("select based_on, scopes from durable.access_role where role_id = $1", role)
    return None if row is None else Rights(row["based_on"], role, (frozenset(row["scopes"]),))


async def check_role(database: Database, role: str) -> None:
    """Raises `Rejection` for a role that is not there."""
    if await rights_of(database, role) is None:
        raise Rejection("unknown_role", f"there is no role {role!r}; GET /v1/roles lists them", pointer="/role")


async def made_roles(database: Database) -> list[MadeRole]:
    """All of them, by name; there are at most a hundred."""
    return [_role(row) for row in await database.fetch(f"{_ROLE} order by r.role_id")]


async def made_role(database: Database, role_id: str) -> MadeRole | None:
    row = await database.fetchrow(f"{_ROLE} where r.role_id = $1", role_id)
    return None if row is None else _role(row)


async def create_role(
    database: Database, *, role_id: str, description: str, based_on: str, scopes: Sequence[str], by: By
) -> None:
    """Raises `Rejection`: `role_exists`, `too_many_roles`, and what `check_scopes` raises."""
    if role_id in ROLES:
        raise _exists(role_id)
    check_scopes(scopes)
    async with changing(database) as change:
        if await change.connection.fetchval("select count(*) from durable.access_role") >= ROLES_MAX:
            raise Rejection("too_many_roles", f"there are {ROLES_MAX} made roles; delete one first", status=409)
        made = """
        insert into durable.access_role (role_id, description, based_on, scopes, version) values ($1, $2, $3, $4, 1)
        """
        try:
            await change.connection.execute(made, role_id, description, based_on, list(scopes))
        except asyncpg.UniqueViolationError as error:
            raise _exists(role_id) from error
        await change.tell(RoleCreated(role_id=role_id, based_on=based_on, scopes=tuple(scopes)), by)


async def change_role(
    database: Database, role_id: str, *, description: str, scopes: Sequence[str], expected: int | None, by: By
) -> bool:
    """Whether there is such a role. Its base stays. Raises `Rejection`: `version_mismatch` (412), and of scopes."""
    check_scopes(scopes)
    async with changing(database) as change:
        known = await change.connection.fetchrow(
            "select * from durable.access_role where role_id = $1 for update", role_id
        )
        if known is None:
            return False
        if expected is not None and expected != known["version"]:
            detail = f"this is version {known['version']}, the request was made for {expected}; read it again"
            raise Rejection("version_mismatch", detail, status=412)
        if (known["description"], known["scopes"]) == (description, list(scopes)):
            return True
        changed = """
        update durable.access_role
           set description = $2, scopes = $3, version = version + 1, changed_at = now() where role_id = $1
        """
        await change.connection.execute(changed, role_id, description, list(scopes))
        before, after = tuple(known["scopes"]), tuple(scopes)
        await change.tell(RoleChanged(role_id=role_id, based_on=known["based_on"], before=before, after=after), by)
        return True


async def delete_role(database: Database, role_id: str, by: By) -> bool:
    """Whether there was such a role. Raises `Rejection`: `role_in_use`."""
    async with changing(database) as change:
        known = await made_role(change.connection, role_id)
        if known is None:
            return False
        if known.holders:
            detail = f"{known.holders} people and API keys have the role {role_id}; give them another first"
            raise Rejection("role_in_use", detail, status=409)
        await change.connection.execute("delete from durable.access_role where role_id = $1", role_id)
        await change.tell(RoleDeleted(role_id=role_id), by)
        return True


def _exists(role_id: str) -> Rejection:
    return Rejection("role_exists", f"there is a role {role_id} already", pointer="/id", status=409)


def _role(row: Any) -> MadeRole:
    return MadeRole(
        **{name: row[name] for name in MadeRole.__struct_fields__ if name != "scopes"}, scopes=tuple(row["scopes"])
    )
