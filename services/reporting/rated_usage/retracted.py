"""RetractionRated -> rating's sums and lists without the records that it retracted, or with them again. Rare.

withdrawn, put_back        out of the list of rated records and the sum of the period, or back
credited, credit_undone    the same, and among those that the next close credits, or no longer
charged_again              back, as one that came late
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from services.rating.usage_retraction.messages import RetractedSum, RetractionRated
from shared.engine.postgres import Connection
from shared.engine.runs import runs
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


Statement = tuple[str, tuple[Any, ...], tuple[Any, ...]]
"""SQL, its arguments behind the partition, and the row that it is about."""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Statements about different rows are sent together, however many events they are of."""
    asked: list[Statement] = []
    for event, envelope, _ in batch:
        if isinstance(event, RetractionRated):
            asked += (one for added in event.sums for one in _changes(event, added, envelope.seq))
    for sql, run in runs(asked, kind=lambda one: one[0], keys=lambda one: [one[2]], in_order=True):
        await connection.executemany(str(sql), [(partition, *arguments) for _, arguments, _ in run])


def _changes(event: RetractionRated, added: RetractedSum, seq: int) -> Iterator[Statement]:
    sign = 1 if event.restored else -1
    of = (added.subscription, added.meter, added.period_start)
    yield _SUM, (*of, sign * len(added.indexes), Decimal(sign * added.quantity)), ("sum", *of)
    places = [event.places[index] for index in added.indexes if 0 <= index < len(event.places)]
    by_event: dict[int, list[int]] = {}
    for usage_seq, index in places:
        by_event.setdefault(usage_seq, []).append(index)
    for usage_seq, indexes in by_event.items():
        listed = (event.source, usage_seq)
        if event.restored:
            yield _LIST, (*listed, indexes, seq), ("list", *listed)
        else:
            yield _UNLIST, (*listed, indexes), ("list", *listed)
    if added.billed_in is None:
        return
    late = (added.account, *of, added.billed_in)
    for place in places:
        record = (event.source, *place)
        sql, arguments = {
            "withdrawn": (_NOT_LATE, (*record, added.billed_in)),
            "put_back": (_LATE, (*record, *late)),
            "charged_again": (_LATE, (*record, *late)),
            "credited": (_CREDITED, (*record, *late)),
            "credit_undone": (_NOT_CREDITED, (*record, added.billed_in)),
        }[added.step]
        yield sql, arguments, ("record", *record)
