"""The names of billing cycles: BillingCycleDefined, …Changed, …Deleted -> a row, another name, none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.rating.billing_cycle.messages import BillingCycleChanged, BillingCycleDefined, BillingCycleDeleted
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, upsert


class CycleRow(Row, frozen=True, kw_only=True):
    TABLE = "cycle_row"
    KEY = ("cycle_id",)

    cycle_id: str
    name: str


_TABLES: Final = Tables(upsert(CycleRow))
_DELETE: Final = "delete from cycle_row where partition = $1 and cycle_id = any($2::text[])"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """What a batch leaves of the cycles that it names: the last word on each."""
    named: dict[str, str | None] = {}
    for event, _, _ in batch:
        match event:
            case BillingCycleDefined() | BillingCycleChanged():
                named[event.terms.cycle_id] = event.name
            case BillingCycleDeleted():
                named[event.cycle_id] = None
    if deleted := [cycle_id for cycle_id, name in named.items() if name is None]:
        await connection.execute(_DELETE, partition, deleted)
    rows = [CycleRow(cycle_id=cycle_id, name=name) for cycle_id, name in named.items() if name is not None]
    await _TABLES.write(connection, partition, rows)
