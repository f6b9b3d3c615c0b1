"""What rating did with each record it was sent, and how far it has got: from `UsageRated`, the hot event.

    UsageRated(source=3, usage_seq=1842, sums=[line-1 data.octets 2026-09: 17, 18], not_billable=[[19, "no_price"]])
        -> rated through usage/3/1842; 17 and 18 are in a sum of September, 19 is not billable

The sums are kept per billing period beside the list of records, so that what rating counted can be held against what
usage counted without looking at single records.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from services.rating.events import UsageRated
from shared.engine.service import Applied

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

_NOT_BILLABLE_COLUMNS: Final = ("partition", "usage_partition", "seq", "index", "state", "reason")
_RATED_COLUMNS: Final = ("partition", "seq", "usage_partition", "usage_seq", "indexes")
_THROUGH: Final = """
insert into rated_through (partition, usage_partition, usage_seq) values ($1, $2, $3)
on conflict (partition, usage_partition) do update
   set usage_seq = greatest(rated_through.usage_seq, excluded.usage_seq)
"""
_ADD: Final = """
insert into rated_period as p (partition, account_id, subscription_id, meter, starts, records, quantity)
select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::bigint[], $7::numeric[])
on conflict (partition, subscription_id, meter, starts)
do update set records = p.records + excluded.records, quantity = p.quantity + excluded.quantity
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rated = [(event, envelope.seq) for event, envelope, _ in batch if isinstance(event, UsageRated)]
    if not rated:
        return
    through: dict[int, int] = {}
    unpriced: list[tuple[Any, ...]] = []
    placed: list[tuple[Any, ...]] = []
    # (account, subscription, meter, first day of the period) -> [records, quantity in 1e-6 units]
    sums: dict[tuple[str, str, str, date], list[int]] = {}
    for event, seq in rated:
        through[event.source] = max(event.usage_seq, through.get(event.source, 0))
        for state, items in (("not_billable", event.not_billable), ("quarantined", event.returned)):
            unpriced += ((partition, event.source, event.usage_seq, index, state, reason) for index, reason, _ in items)
        indexes: list[int] = []
        for added in event.sums:
            indexes += added.indexes
            total = sums.setdefault((added.account, added.subscription, added.meter, added.period_start), [0, 0])
            total[0] += len(added.indexes)
            total[1] += added.quantity
        if indexes:
            placed.append((partition, seq, event.source, event.usage_seq, indexes))
    await connection.executemany(_THROUGH, [(partition, source, seq) for source, seq in sorted(through.items())])
    if unpriced:
        await connection.copy_records_to_table("usage_not_billable", records=unpriced, columns=_NOT_BILLABLE_COLUMNS)
    if placed:
        await connection.copy_records_to_table("rated_usage", records=placed, columns=_RATED_COLUMNS)
        await _add(connection, partition, sums)


async def _add(connection: Connection, partition: int, sums: dict[tuple[str, str, str, date], list[int]]) -> None:
    await connection.execute(
        _ADD,
        partition,
        *([key[place] for key in sums] for place in range(4)),
        [records for records, _ in sums.values()],
        [Decimal(quantity) for _, quantity in sums.values()],
    )
