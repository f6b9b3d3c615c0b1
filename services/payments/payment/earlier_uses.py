"""Ids and external keys that payments have used without claiming them: those recorded before there were claims, and ids
that the server made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from shared.engine.postgres import Connection
from shared.kernel.claims import EarlierUse

_EARLIER: Final = """
select 'payment:' || payment_id as name, payment_id from payment_row where payment_id = any($1::text[])
union all
select 'external_key:' || external_key, min(payment_id) from payment_row where external_key = any($2::text[])
 group by external_key
"""


async def earlier_uses(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, EarlierUse]:
    """Payments of any partition that have an id or an external key which nobody claimed."""
    wanted: dict[str, list[str]] = {"payment": [], "external_key": []}
    for name in names:
        kind, _, key = name.partition(":")
        # What is made of other keys, such as a mandate, was claimed from the first one on.
        if kind in wanted:
            wanted[kind].append(key)
    rows = await connection.fetch(_EARLIER, wanted["payment"], wanted["external_key"])
    return {row["name"]: EarlierUse(name=row["name"], holder=row["payment_id"]) for row in rows}
