"""LateFeePolicyDefined, …Changed -> a row of late_fee_policy_row; LateFeePolicyDeleted -> when.

Who has a policy is counted from the profiles of all partitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from services.invoicing.late_fee_policy.messages import (
    LateFeePolicyChanged,
    LateFeePolicyDefined,
    LateFeePolicyDeleted,
)
from services.invoicing.late_fee_policy.state import LateFeePolicyUse
from shared.engine.postgres import Connection
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert

EXAMPLES_MAX: Final = 5
"""So many of the accounts that have a policy are named."""


class PolicyColumns(Columns, frozen=True, kw_only=True):
    """What is said of a policy."""

    TABLE = "late_fee_policy_row"
    KEY = ("policy_id",)

    policy_id: str
    name: str
    currency: str | None
    terms: Jsonb
    version: int = 1


class LateFeePolicyRow(PolicyColumns, Row, frozen=True, kw_only=True):
    """A policy; one that was deleted stays as such until its id is given again."""

    defined_at: datetime
    deleted_at: datetime | None = None


class ChangedPolicy(PolicyColumns, Change, frozen=True, kw_only=True):
    """This is said of it from now on."""


class DeletedPolicy(Change, frozen=True, kw_only=True):
    TABLE = "late_fee_policy_row"
    KEY = ("policy_id",)

    policy_id: str
    deleted_at: datetime


TABLES: Final = Tables(upsert(LateFeePolicyRow), update(ChangedPolicy), update(DeletedPolicy))

_USE: Final = """
select late_fee_policy, count(*) as accounts, (array_agg(account_id order by account_id))[1:$2::int] as examples
  from bill_profile where late_fee_policy = any($1::text[]) group by late_fee_policy
"""


def rows(applied: AppliedOf[LateFeePolicyDefined | LateFeePolicyChanged | LateFeePolicyDeleted]) -> list[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case LateFeePolicyDefined():
            return [
                LateFeePolicyRow.of(event.terms, policy_id=event.policy_id, terms=jsonb(event.terms), defined_at=at)
            ]
        case LateFeePolicyChanged():
            terms = event.terms
            return [ChangedPolicy.of(terms, policy_id=event.policy_id, terms=jsonb(terms), version=event.version)]
        case LateFeePolicyDeleted():
            return [DeletedPolicy.of(event, deleted_at=at)]


async def uses(connection: Connection, partition: int, policies: Sequence[str]) -> Mapping[str, LateFeePolicyUse]:
    """Those of the policies that accounts of any partition have."""
    found = await connection.fetch(_USE, list(policies), EXAMPLES_MAX)
    return {
        row["late_fee_policy"]: LateFeePolicyUse(
            policy_id=row["late_fee_policy"], accounts=row["accounts"], examples=tuple(row["examples"])
        )
        for row in found
    }
