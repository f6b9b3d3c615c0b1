"""UsageRated -> usage of a local day in usage_day: its sum, and where each of its records lies. Hot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.rating.lineage import pack
from services.rating.rated_usage.messages import UsageRated
from shared.engine.postgres import Connection
from shared.engine.service import Applied


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    rated = [applied.event for applied in batch if type(applied.event) is UsageRated]
    if rated:
        await _add_usage(connection, partition, rated)


async def _add_usage(connection: Connection, partition: int, events: Sequence[UsageRated]) -> None:
    sums: dict[tuple[str, str, date, int], _Sum] = {}
    for event in events:
        source, usage_seq = event.source, event.usage_seq
        for added in event.sums:
            # The key of the row; what else it says follows from that.
            key = (added.subscription, added.meter, added.day, added.version)
            held = sums.get(key)
            if held is None:
                held = sums[key] = _Sum(added.account, added.plan, added.period_start)
            indexes = added.indexes
            held.quantity += added.quantity
            held.records += len(indexes)
            held.positions += pack(source, usage_seq, indexes)
    rows = (
        (s.account, subscription, meter, s.plan, version, s.period_start, day, str(s.quantity), s.records, s.positions)
        for (subscription, meter, day, version), s in sums.items()
    )
    columns = list(zip(*rows, strict=True))
    if columns:
        await connection.execute(_ADD_SUMS, partition, *map(list, columns))


class _Sum:
    """What a batch adds to one row of `usage_day`."""

    __slots__ = ("account", "period_start", "plan", "positions", "quantity", "records")

    def __init__(self, account: str, plan: str, period_start: date) -> None:
        self.account = account
        self.plan = plan
        self.period_start = period_start
        self.quantity = 0
        self.records = 0
        self.positions = bytearray()


# A quantity may have 24 digits, more than bigint holds; text is the cheapest way to send that many.
_ADD_SUMS = """
    insert into usage_day as d (partition, account_id, subscription_id, meter, plan_id, plan_version, period_start, day,
                                quantity, records, positions)
    select $1, account, subscription, meter, plan, version, period_start, day, quantity::numeric, records, positions
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::date[], $8::date[], $9::text[],
                  $10::bigint[], $11::bytea[])
        as added (account, subscription, meter, plan, version, period_start, day, quantity, records, positions)
    on conflict (partition, subscription_id, meter, day, plan_version) do update
       set quantity = d.quantity + excluded.quantity, records = d.records + excluded.records,
           positions = d.positions || excluded.positions"""
