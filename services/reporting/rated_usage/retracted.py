"""RetractionRated -> rating's sums and lists without the records that it retracted, or with them again. Rare.

withdrawn, put_back        out of the list of rated records and the sum of the period, or back
credited, credit_undone    the same, and among those that the next close credits, or no longer
charged_again              back, as one that came late
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from services.rating.usage_retraction.messages import RetractedSum, RetractionRated
from shared.engine.postgres import Connection
from shared.engine.service import Applied

_SUM: Final = """
update rated_period set records = records + $5, quantity = quantity + $6
 where partition = $1 and subscription_id = $2 and meter = $3 and starts = $4
"""
# All of an event of usage at once: a list of a thousand is some kilobytes, and each statement writes it anew.
_UNLIST: Final = """
update rated_usage
   set indexes = array(select x from unnest(indexes) with ordinality as u (x, n) where x <> all($4::smallint[])
                        order by n)
 where partition = $1 and usage_partition = $2 and usage_seq = $3 and indexes && $4::smallint[]
"""
_LIST: Final = """
insert into rated_usage as t (partition, seq, usage_partition, usage_seq, indexes)
values ($1, $5, $2, $3, $4::smallint[])
on conflict (partition, usage_partition, usage_seq, seq) do update set indexes = t.indexes || excluded.indexes
"""
_AS_LATE: Final = """
insert into {table} (partition, usage_partition, usage_seq, index, account_id, subscription_id, meter, starts,
                     billed_in)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict ({key}) do update set billed_in = excluded.billed_in
"""
_LATE: Final = _AS_LATE.format(table="late_usage", key="partition, usage_partition, usage_seq, index")
_CREDITED: Final = _AS_LATE.format(
    table="credited_usage", key="partition, usage_partition, usage_seq, index, billed_in"
)
_NOT_LATE: Final = """
delete from late_usage
 where partition = $1 and usage_partition = $2 and usage_seq = $3 and index = $4 and billed_in = $5
"""
_NOT_CREDITED: Final = """
delete from credited_usage
 where partition = $1 and usage_partition = $2 and usage_seq = $3 and index = $4 and billed_in = $5
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    for event, envelope, _ in batch:
        if isinstance(event, RetractionRated):
            for added in event.sums:
                await _change(connection, partition, event, added, envelope.seq)


async def _change(
    connection: Connection, partition: int, event: RetractionRated, added: RetractedSum, seq: int
) -> None:
    sign = 1 if event.restored else -1
    of = (added.subscription, added.meter, added.period_start)
    await connection.execute(_SUM, partition, *of, sign * len(added.indexes), Decimal(sign * added.quantity))
    places = [event.places[index] for index in added.indexes if 0 <= index < len(event.places)]
    by_event: dict[int, list[int]] = {}
    for usage_seq, index in places:
        by_event.setdefault(usage_seq, []).append(index)
    lists = [(partition, event.source, usage_seq, indexes) for usage_seq, indexes in by_event.items()]
    if event.restored:
        await connection.executemany(_LIST, [(*one, seq) for one in lists])
    else:
        await connection.executemany(_UNLIST, lists)
    if added.billed_in is None:
        return
    late = (added.account, *of, added.billed_in)
    records = [(partition, event.source, *place) for place in places]
    match added.step:
        case "withdrawn":
            await connection.executemany(_NOT_LATE, [(*record, added.billed_in) for record in records])
        case "put_back" | "charged_again":
            await connection.executemany(_LATE, [(*record, *late) for record in records])
        case "credited":
            await connection.executemany(_CREDITED, [(*record, *late) for record in records])
        case "credit_undone":
            await connection.executemany(_NOT_CREDITED, [(*record, added.billed_in) for record in records])
