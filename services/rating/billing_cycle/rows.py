"""BillingCycleDefined, …Changed, …Deleted -> a row of billing_cycle_row, and who uses a cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from services.rating.billing_cycle.messages import BillingCycleChanged, BillingCycleDefined, BillingCycleDeleted
from services.rating.billing_cycle.state import CycleUse
from shared.engine.postgres import Connection
from shared.engine.rows import Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, upsert

EXAMPLES_MAX: Final = 5
"""How many accounts a refusal names."""

_USE: Final = """
select asked.cycle_id, used.accounts, used.examples from unnest($1::text[]) as asked (cycle_id)
 cross join lateral (
       select count(*) as accounts, (array_agg(account_id order by account_id))[1:$2] as examples
         from account_row
        where cycle_id = asked.cycle_id or next_cycle ->> 'cycle_id' = asked.cycle_id) as used
 where used.accounts > 0
"""


class BillingCycleRow(Row, frozen=True, kw_only=True):
    """A calendar that accounts can be opened with; `terms` is its `CycleTerms`."""

    TABLE = "billing_cycle_row"
    KEY = ("cycle_id",)

    cycle_id: str
    name: str
    terms: Jsonb
    defined_at: datetime
    version: int = 1


def _as_first_defined(earlier: BillingCycleRow, later: BillingCycleRow) -> BillingCycleRow:
    return BillingCycleRow.of(later, defined_at=earlier.defined_at)


_TABLES: Final = Tables(upsert(BillingCycleRow, sets={"defined_at": "t.defined_at"}, merge=_as_first_defined))
_DELETE: Final = "delete from billing_cycle_row where partition = $1 and cycle_id = any($2::text[])"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rows: dict[str, list[BillingCycleRow]] = {}
    deleted: set[str] = set()
    for event, envelope, _ in batch:
        match event:
            case BillingCycleDefined() | BillingCycleChanged():
                version = event.version if isinstance(event, BillingCycleChanged) else 1
                cycle_id = event.terms.cycle_id
                row = BillingCycleRow.of(
                    event, cycle_id=cycle_id, terms=jsonb(event.terms), defined_at=envelope.recorded_at, version=version
                )
                rows.setdefault(cycle_id, []).append(row)
            case BillingCycleDeleted():
                # One that is defined again later in the batch is a new one.
                deleted.add(event.cycle_id)
                rows.pop(event.cycle_id, None)
    if deleted:
        await connection.execute(_DELETE, partition, sorted(deleted))
    await _TABLES.write(connection, partition, [row for found in rows.values() for row in found])


async def uses(connection: Connection, partition: int, cycles: Sequence[str]) -> Mapping[str, CycleUse]:
    """Those of the cycles that accounts of any partition use or are going to use."""
    rows = await connection.fetch(_USE, list(cycles), EXAMPLES_MAX)
    return {
        row["cycle_id"]: CycleUse(cycle_id=row["cycle_id"], accounts=row["accounts"], examples=tuple(row["examples"]))
        for row in rows
    }
