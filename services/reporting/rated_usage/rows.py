"""What rating did with each record it was sent, and how far it has got: from `UsageRated`, the hot event, and
`UsageTakenBack`.

    UsageRated(source=3, usage_seq=1842, sums=[line-1 data.octets 2026-09: 17, 18], not_billable=[[19, "no_price"]])
        -> rated through usage/3/1842; 17 and 18 are in a sum of September, 19 is not billable

The sums are kept per billing period beside the list of records, so that what rating counted can be held against what
usage counted without looking at single records. Records that came after their period was closed are few, and each has a
row: with which period's close it is settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import starmap
from typing import Any, Final

from msgspec.structs import replace

from services.rating.rated_usage.messages import RatedSums, TakenOfClosed, UsageRated, UsageTakenBack, came_late
from services.reporting.usage_record.parked import NotBillableRow
from shared.engine.postgres import Connection
from shared.engine.rows import Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, copy, upsert
from shared.kernel.decimals import EXACT


class RatedThroughRow(Row, frozen=True, kw_only=True):
    """How far this rating partition has rated what a usage partition sent it."""

    TABLE = "rated_through"
    KEY = ("usage_partition",)

    usage_partition: int
    usage_seq: int


class RatedPeriodRow(Row, frozen=True, kw_only=True):
    """What rating says it has put into its sums, per billing period; `quantity` in 1e-6 units."""

    TABLE = "rated_period"
    KEY = ("subscription_id", "meter", "starts")

    account_id: str
    subscription_id: str
    meter: str
    starts: date
    records: int
    quantity: Decimal


class RatedUsageRow(Row, frozen=True, kw_only=True):
    """Which records those are: the indexes into `usage/<usage_partition>/<usage_seq>`."""

    TABLE = "rated_usage"
    KEY = ("usage_partition", "usage_seq", "seq")

    seq: int
    usage_partition: int
    usage_seq: int
    indexes: tuple[int, ...]


class LateUsageRow(Row, frozen=True, kw_only=True):
    """A record of the period that begins on `starts`, which was closed. It is charged with that of `billed_in`."""

    TABLE = "late_usage"
    KEY = ("usage_partition", "usage_seq", "index")

    usage_partition: int
    usage_seq: int
    index: int
    account_id: str
    subscription_id: str
    meter: str
    starts: date
    billed_in: date


def _further(earlier: RatedThroughRow, later: RatedThroughRow) -> RatedThroughRow:
    return max(earlier, later, key=lambda row: row.usage_seq)


def _sum(earlier: RatedPeriodRow, later: RatedPeriodRow) -> RatedPeriodRow:
    records, quantity = earlier.records + later.records, EXACT.add(earlier.quantity, later.quantity)
    return replace(later, records=records, quantity=quantity)


TABLES: Final = Tables(
    upsert(RatedThroughRow, sets={"usage_seq": "greatest(t.usage_seq, excluded.usage_seq)"}, merge=_further),
    copy(NotBillableRow),
    copy(RatedUsageRow),
    copy(LateUsageRow),
    upsert(
        RatedPeriodRow,
        sets={
            "account_id": "t.account_id",
            "records": "t.records + excluded.records",
            "quantity": "t.quantity + excluded.quantity",
        },
        merge=_sum,
    ),
)


_NO_LONGER: Final = """
update rated_usage set indexes = array(select index from unnest(indexes) as index where index <> all($4::smallint[]))
 where partition = $1 and usage_partition = $2 and usage_seq = $3
"""


# Of a closed period: what came late and is not charged yet is in no bill, all else is credited with the next close.
_CREDITED: Final = """
with gone as (
    delete from late_usage where partition = $1 and usage_partition = $2 and usage_seq = $3 and index = any($4::int[])
       and billed_in = $9
    returning index
)
insert into credited_usage (partition, usage_partition, usage_seq, index, account_id, subscription_id, meter, starts,
                            billed_in)
select $1, $2, $3, index, $5, $6, $7, $8, $9 from unnest($4::int[]) as index
 where index not in (select index from gone)
on conflict do nothing
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """What is rated in one statement; what is taken back of it, which is rare, after what was rated before it."""
    rated: list[tuple[UsageRated, int]] = []
    for event, envelope, _ in batch:
        if isinstance(event, UsageRated):
            rated.append((event, envelope.seq))
        elif isinstance(event, UsageTakenBack):
            await _write(connection, partition, rated)
            rated = []
            await _take_back(connection, partition, event)
    await _write(connection, partition, rated)


async def _take_back(connection: Connection, partition: int, event: UsageTakenBack) -> None:
    """The records are in no sum any more: rating has given them back."""
    sums: dict[tuple[str, str, str, date], list[int]] = {}
    rows: list[Columns] = []
    gone: list[tuple[Any, ...]] = []
    credited: list[tuple[Any, ...]] = []
    for taken in (*event.taken, *event.closed):
        key = (event.account_id, event.subscription_id, taken.meter, taken.period_start)
        total = sums.setdefault(key, [0, 0])
        total[0] -= taken.records
        total[1] -= taken.quantity
        for usage_partition, seq, indexes in taken.behind:
            gone.append((partition, usage_partition, seq, indexes))
            if isinstance(taken, TakenOfClosed):
                credited.append((*gone[-1], *key, taken.billed_in))
            place = {"usage_partition": usage_partition, "seq": seq}
            rows += [NotBillableRow(**place, index=n, state="quarantined", reason=event.reason) for n in indexes]
    await connection.executemany(_NO_LONGER, gone)
    await connection.executemany(_CREDITED, credited)
    await TABLES.write(connection, partition, [*rows, *starmap(_period, sums.items())])


async def _write(connection: Connection, partition: int, rated: Sequence[tuple[UsageRated, int]]) -> None:
    if not rated:
        return
    # (account, subscription, meter, first day of the period) -> [records, quantity in 1e-6 units]
    sums: dict[tuple[str, str, str, date], list[int]] = {}
    rows: list[Columns] = []
    for event, seq in rated:
        rows.append(RatedThroughRow(usage_partition=event.source, usage_seq=event.usage_seq))
        rows += _unpriced(event)
        rows += _late(event)
        _add(event.sums, sums)
        if indexes := event.sums.indexes:
            placed = RatedUsageRow.of(event, seq=seq, usage_partition=event.source, indexes=tuple(indexes))
            rows.append(placed)
    await TABLES.write(connection, partition, [*rows, *starmap(_period, sums.items())])


def _add(added: RatedSums, sums: dict[tuple[str, str, str, date], list[int]]) -> None:
    """By columns: there are a thousand in an event."""
    count = added.count
    for (account, subscription), meter, starts, quantity, records in zip(
        added.holder.column(count),
        added.meter.column(count),
        added.period_start.column(count),
        added.quantity,
        added.records,
        strict=True,
    ):
        key = (account, subscription, meter, starts)
        total = sums.get(key)
        if total is None:
            sums[key] = [records, quantity]
        else:
            total[0] += records
            total[1] += quantity


def _unpriced(event: UsageRated) -> Iterator[NotBillableRow]:
    place = {"usage_partition": event.source, "seq": event.usage_seq}
    for state, items in (("not_billable", event.not_billable), ("quarantined", event.returned)):
        for index, reason, _ in items:
            yield NotBillableRow(**place, index=index, state=state, reason=reason)


def _late(event: UsageRated) -> Iterator[LateUsageRow]:
    for added, billed_in in came_late(event):
        for index in added.indexes:
            yield LateUsageRow(
                usage_partition=event.source,
                usage_seq=event.usage_seq,
                index=index,
                account_id=added.account,
                subscription_id=added.subscription,
                meter=added.meter,
                starts=added.period_start,
                billed_in=billed_in,
            )


def _period(key: tuple[str, str, str, date], counted: list[int]) -> RatedPeriodRow:
    account, subscription, meter, starts = key
    records, quantity = counted
    return RatedPeriodRow(
        account_id=account,
        subscription_id=subscription,
        meter=meter,
        starts=starts,
        records=records,
        quantity=Decimal(quantity),
    )
