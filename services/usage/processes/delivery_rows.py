"""What delivery reads: elements, the intents that are open, and what a line is called.

A look takes at most 500 intents of each partition's process, those first that nobody has tried or that were tried the
longest ago.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import asyncpg

from services.usage.network.contract import Line
from services.usage.resource.state import SUBSCRIPTION
from shared.engine.postgres import Pool

LOOK_MAX: Final = 500
NAMES_MAX: Final = 50

_ELEMENTS: Final = """
select element_id, driver, address, vendor, secret from network_element where deleted_at is null limit 10000
"""

# A line that nobody has assigned is served by the only element there is; with several, it waits.
_OPEN: Final = f"""
select i.partition, i.resource_id, i.version, i.desired, i.rates, i.why, i.state, i.attempts, i.element_id,
       coalesce(l.element_id, $3::text) as serving
  from network_intent i left join line_element l using (partition, resource_id)
 where i.partition = any($1::int[]) and i.state not in ('acknowledged', 'superseded')
   and (i.state = 'sent' or coalesce(l.element_id, $3::text) = any($2::text[]))
 order by i.sent_at nulls first, i.wanted_at, i.resource_id limit {LOOK_MAX}
"""

_NAMES: Final = f"""
select distinct resource_id from assignment
 where subscription_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)
 order by resource_id limit {NAMES_MAX}
"""


async def elements(pool: Pool) -> Mapping[str, Any]:
    """Every network element by its id."""
    return {row["element_id"]: row for row in await pool.fetch(_ELEMENTS)}


async def open_intents(pool: Pool, partitions: Sequence[int], known: Sequence[str]) -> list[asyncpg.Record]:
    """What is neither acknowledged nor superseded, and has an element that serves it."""
    only = known[0] if len(known) == 1 else None
    found: list[asyncpg.Record] = await pool.fetch(_OPEN, partitions, known, only)
    return found


async def line(pool: Pool, resource_id: str, at: datetime) -> Line:
    """The line by the names of the resources that are assigned to its subscription."""
    names = await pool.fetch(_NAMES, resource_id.removeprefix(SUBSCRIPTION), at)
    return Line(resource_id, tuple(row["resource_id"] for row in names if row["resource_id"] != resource_id))
