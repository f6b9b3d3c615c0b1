"""In which sums the records of a day are, read from the tables for the batch that asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from services.rating.record_pages import DAYS, LATE_DAYS
from services.rating.usage_retraction.state import PlaceRow, RecordPlaces
from shared.engine.postgres import Connection

_ROWS: Final = f"""
select plan_id, plan_version, period_start, null::date as billed_in, {DAYS.whole("of_day")} as positions, withdrawn,
       ''::bytea as credited
  from usage_day as of_day where partition = $1 and subscription_id = $2 and meter = $3 and day = $4
union all
select plan_id, plan_version, period_start, billed_in, {LATE_DAYS.whole("of_day")}, withdrawn, credited
  from late_usage_day as of_day where partition = $1 and subscription_id = $2 and meter = $3 and day = $4
order by billed_in nulls first, plan_id, plan_version
"""


async def record_places(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, RecordPlaces]:
    """By `places_name`."""
    found: dict[str, RecordPlaces] = {}
    for name in names:
        subscription_and_meter, _, day = name.rpartition("|")
        # A subscription's id has no bar; a meter's may.
        subscription_id, _, meter = subscription_and_meter.partition("|")
        rows = await connection.fetch(_ROWS, partition, subscription_id, meter, date.fromisoformat(day))
        found[name] = RecordPlaces(name=name, rows=[PlaceRow(*row.values()) for row in rows])
    return found
