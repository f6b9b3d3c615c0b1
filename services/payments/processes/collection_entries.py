"""What the entries of a statement say of our collections: that the money of one is there, whoever has not told us.

CRDT 36.00, A/C No. MZQ22OWTPTZ2     EndCollection col-1 succeeded, and the entry itself is no other payment
CRDT 36.04, "RF04 MZQ2 2OWT PTZ2"    likewise, of a transfer with the reference that its customer was given

A gateway whose callback was lost, or whose answer was lost together with its reference, is found here at the latest.
The first entry of a collection is its money; a second one with the same reference was paid by the customer once more,
and is matched as any other entry. So is one of another amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.payments.bank_statement.messages import IgnoreEntry
from services.payments.collection.messages import EndCollection
from shared.engine.postgres import Pool
from shared.kernel.message import Command

_ENTRIES: Final = """
select distinct on (c.collection_id)
       e.entry_id, e.bank_account, e.end_to_end_id, c.account_id, c.collection_id, c.attempts, c.status, c.amount
  from bank_entry_row e
  join collection_row c on c.statement_key = coalesce(nullif(e.reference_key, ''), e.end_to_end_id)
                       and c.currency = e.currency and c.amount = e.amount
 where e.statement_id = $1 and e.status = 'open' and (length(e.end_to_end_id) = 12 or e.reference_key <> '')
   and not exists (select 1 from bank_entry_row o
                    where o.entry_id <> e.entry_id and o.status = 'ignored'
                      and (o.end_to_end_id = c.statement_key or o.reference_key = c.statement_key))
 order by c.collection_id, e.place
"""


async def collection_commands(pool: Pool, statement_id: str) -> Sequence[Command]:
    """What is to be said to the accounts and the entries."""
    found: list[Command] = []
    for row in await pool.fetch(_ENTRIES, statement_id):
        if row["status"] != "succeeded":
            end = EndCollection(
                account_id=row["account_id"],
                collection_id=row["collection_id"],
                attempt=row["attempts"],
                outcome="succeeded",
                amount=row["amount"],
            )
            found.append(end)
        ignore = IgnoreEntry(
            bank_account=row["bank_account"],
            statement_id=statement_id,
            entry_id=row["entry_id"],
            reason=f"collection {row['collection_id']}",
        )
        found.append(ignore)
    return found
