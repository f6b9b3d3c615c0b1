"""DunningPolicyDefined, …Changed -> a row of dunning_policy_row; DunningPolicyDeleted -> when. And the operator's.

Who has a policy is counted from the accounts of all partitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from services.payments.dunning_policy.messages import (
    DefaultDunningPolicySet,
    DunningPolicyChanged,
    DunningPolicyDefined,
    DunningPolicyDeleted,
)
from services.payments.dunning_policy.state import DunningPolicyUse
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert
from shared.kernel.errors import IN_USE_NAMED


class DunningPolicyRow(Row, frozen=True, kw_only=True):
    """A policy; one that was deleted stays as such until its id is given again."""

    TABLE = "dunning_policy_row"
    KEY = ("policy_id",)

    policy_id: str
    name: str
    terms: Jsonb
    version: int
    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedPolicy(Change, frozen=True, kw_only=True):
    """This is said of it from now on."""

    TABLE = "dunning_policy_row"
    KEY = ("policy_id",)

    policy_id: str
    name: str
    terms: Jsonb
    version: int


class DeletedPolicy(Change, frozen=True, kw_only=True):
    TABLE = "dunning_policy_row"
    KEY = ("policy_id",)

    policy_id: str
    deleted_at: datetime


class DunningVersionRow(Row, frozen=True, kw_only=True):
    """What each version says: open cases go on by theirs."""

    TABLE = "dunning_version_row"
    KEY = ("policy_id", "version")

    policy_id: str
    version: int
    terms: Jsonb


class DunningDefaultRow(Row, frozen=True, kw_only=True):
    """The operator's policy; `None` where accounts without one of their own are not dunned."""

    TABLE = "dunning_default_row"
    KEY = ("setting",)

    setting: str
    policy_id: str | None


TABLES: Final = Tables(
    upsert(DunningPolicyRow),
    update(ChangedPolicy),
    update(DeletedPolicy),
    upsert(DunningVersionRow),
    upsert(DunningDefaultRow),
)

_USE: Final = """
select policy_id, count(*) as accounts, (array_agg(account_id order by account_id))[1:$2::int] as examples
  from dunning_account_row where policy_id = any($1::text[]) group by policy_id
"""

Shown = DunningPolicyDefined | DunningPolicyChanged | DunningPolicyDeleted | DefaultDunningPolicySet


def rows(applied: AppliedOf[Shown]) -> list[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case DunningPolicyDefined(terms=terms):
            told = DunningPolicyRow.of(event, name=terms.name, terms=jsonb(terms), defined_at=at)
            return [told, DunningVersionRow.of(event, terms=jsonb(terms))]
        case DunningPolicyChanged(terms=terms):
            changed = ChangedPolicy.of(event, name=terms.name, terms=jsonb(terms))
            return [changed, DunningVersionRow.of(event, terms=jsonb(terms))]
        case DunningPolicyDeleted():
            return [DeletedPolicy.of(event, deleted_at=at)]
        case DefaultDunningPolicySet():
            return [DunningDefaultRow.of(event)]


async def uses(connection: Connection, partition: int, policies: Sequence[str]) -> Mapping[str, DunningPolicyUse]:
    """Those of the policies that accounts of any partition have."""
    found = await connection.fetch(_USE, list(policies), IN_USE_NAMED)
    return {
        row["policy_id"]: DunningPolicyUse(
            policy_id=row["policy_id"], accounts=row["accounts"], examples=tuple(row["examples"])
        )
        for row in found
    }
