"""Which charges a usage record is in.

    await charges_of(connection, record, is_gone=False)
    [<Record charge_id='ch-1' kind='usage' period_start=2026-12-01 period_end=2026-12-16 ...>]

A billing period has a usage charge for each plan version that prices the meter, and a plan may change in the middle of
it. So the day decides: a charge whose days the record is not of does not count it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import asyncpg

from shared.engine.postgres import Connection
from shared.kernel.calendar import zone


async def charges_of(connection: Connection, record: asyncpg.Record, *, is_gone: bool) -> list[asyncpg.Record]:
    """Those that the record is in; of one that `is_gone` (retracted, corrected) the charge that it was in, and the one
    that credits it. None of a record that is not billed."""
    line = [record["subscription_id"], record["meter"]]
    if not is_gone:
        found = await connection.fetch(_CHARGES, *line, record["billing_start"], record["settles_start"])
        return _of_its_day(found, record)
    credits = await connection.fetch(_CREDITS, *[record[name] for name in ("partition", "seq", "index")])
    found = []
    for credit in credits:
        if not found:
            found += _of_its_day(await connection.fetch(_CHARGES, *line, credit["starts"], None), record)
        found += _of_its_day(await connection.fetch(_CHARGES, *line, credit["billed_in"], credit["starts"]), record)
    return found


def _of_its_day(charges: Sequence[asyncpg.Record], record: asyncpg.Record) -> list[asyncpg.Record]:
    """The charges whose days have the day of the record; all of them where none has (what counts over time reaches into
    the days of others).

    A plan that comes back has one charge from its first day to its last, and the plan between lies within: of two that
    have the day, the one within the other counts the record.
    """
    if record["started_at"] is None or record["time_zone"] is None:
        return list(charges)
    day = record["started_at"].astimezone(zone(record["time_zone"])).date()
    having = [charge for charge in charges if charge["period_start"] <= day < charge["period_end"]]
    return [charge for charge in having if not any(_lies_within(other, charge) for other in having)] or list(charges)


def _lies_within(one: asyncpg.Record, other: asyncpg.Record) -> bool:
    """Whether the days of `one` are some, and not all, of the days of `other`, of another plan or version."""
    if (one["plan_id"], one["plan_version"]) == (other["plan_id"], other["plan_version"]):
        return False
    inner: tuple[date, date] = (one["period_start"], one["period_end"])
    outer: tuple[date, date] = (other["period_start"], other["period_end"])
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


_CREDITS: Final = """
select starts, billed_in from credited_usage where usage_partition = $1 and usage_seq = $2 and index = $3
 order by billed_in
"""

# Of a record that is not billed (its billing period unknown) there are none.
_CHARGES: Final = """
select charge_id, kind, billing_start, billing_end, amount, currency, plan_id, plan_version, period_start, period_end
  from charge_row
 where subscription_id = $1 and (meter = $2 or meters ? $2) and billing_start = $3
   and settles_start is not distinct from $4
 order by period_start, charge_id
"""
