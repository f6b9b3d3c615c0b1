"""Ids and external keys that were used without being claimed: of payments recorded before there were claims, and ids
that the server made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from shared.engine.postgres import Connection
from shared.kernel.claims import EarlierUse

_EARLIER: Final = """
select 'payment:' || payment_id as name, payment_id as holder from payment_row where payment_id = any($1::text[])
union all
select 'external_key:' || external_key, min(payment_id) from payment_row where external_key = any($2::text[])
 group by external_key
union all
select 'refund:' || refund_id, refund_id from refund_row where refund_id = any($3::text[])
union all
select 'chargeback:' || chargeback_id, chargeback_id from chargeback_row where chargeback_id = any($4::text[])
"""


async def earlier_uses(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, EarlierUse]:
    """What of any partition has an id or an external key which nobody claimed."""
    wanted: dict[str, list[str]] = {"payment": [], "external_key": [], "refund": [], "chargeback": []}
    for name in names:
        kind, _, key = name.partition(":")
        # What is made of other keys, such as a mandate, was claimed from the first one on.
        if kind in wanted:
            wanted[kind].append(key)
    rows = await connection.fetch(_EARLIER, *wanted.values())
    return {row["name"]: EarlierUse(name=row["name"], holder=row["holder"]) for row in rows}
