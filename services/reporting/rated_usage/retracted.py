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
_UNLIST: Final = """
update rated_usage set indexes = array_remove(indexes, $4::smallint)
 where partition = $1 and usage_partition = $2 and usage_seq = $3 and $4::smallint = any(indexes)
"""
_LIST: Final = """
insert into rated_usage as t (partition, seq, usage_partition, usage_seq, indexes)
values ($1, $5, $2, $3, array[$4::smallint])
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
    for index in (one for one in added.indexes if 0 <= one < len(event.places)):
        record = (partition, event.source, *event.places[index])
        if event.restored:
            await connection.execute(_LIST, *record, seq)
        else:
            await connection.execute(_UNLIST, *record)
        if added.billed_in is None:
            continue
        late = (added.account, *of, added.billed_in)
        match added.step:
            case "withdrawn":
                await connection.execute(_NOT_LATE, *record, added.billed_in)
            case "put_back" | "charged_again":
                await connection.execute(_LATE, *record, *late)
            case "credited":
                await connection.execute(_CREDITED, *record, *late)
            case "credit_undone":
                await connection.execute(_NOT_CREDITED, *record, added.billed_in)
