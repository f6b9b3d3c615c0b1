"""What the entries of a bank statement say of our direct debits: that a block of a run is booked, and which came back.

DBIT 36.04, EndToEndId d-1, RtrInf AM04     ReturnDebit d-1 AM04
CRDT 72.08, PmtInfId run-1-RCUR             BookDebit of each of that block, and the entry itself is no payment
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from services.payments.bank_statement.messages import IgnoreEntry
from services.payments.direct_debit.messages import BookDebit, ReturnDebit
from services.payments.sepa.pain008 import batch_id
from shared.engine.postgres import Pool
from shared.kernel.decimals import exact
from shared.kernel.message import Command

_RETURNED: Final = """
select d.account_id, d.debit_id, e.return_code
  from bank_entry_row e join direct_debit_row d on d.debit_id = e.end_to_end_id
 where e.statement_id = $1 and e.status = 'outgoing' and e.return_code <> '' and d.status in ('placed', 'booked')
"""
_BLOCKS: Final = """
select e.entry_id, e.bank_account, e.amount as booked, e.batch_id, e.booked_on,
       d.account_id, d.debit_id, d.amount, d.run_id, d.sequence
  from bank_entry_row e
  join direct_debit_run_row r on left(r.run_id, 30) = left(e.batch_id, -5)
  join direct_debit_row d on d.run_id = r.run_id and d.status = 'placed'
 where e.statement_id = $1 and e.status = 'open' and length(e.batch_id) > 5
 order by e.entry_id, d.debit_id
"""


async def debit_commands(pool: Pool, statement_id: str) -> Sequence[Command]:
    """What is to be said to the accounts. A block whose sum is another is left to a person."""
    rows = await pool.fetch(_RETURNED, statement_id)
    found: list[Command] = [
        ReturnDebit(account_id=row["account_id"], debit_id=row["debit_id"], code=row["return_code"]) for row in rows
    ]
    for entry_id, group in groupby(await pool.fetch(_BLOCKS, statement_id), key=lambda row: row["entry_id"]):
        block = [row for row in group if batch_id(row["run_id"], row["sequence"]) == row["batch_id"]]
        with exact():
            agrees = bool(block) and sum(row["amount"] for row in block) == block[0]["booked"]
        if not agrees:
            continue
        found += [
            BookDebit(account_id=row["account_id"], debit_id=row["debit_id"], booked_on=row["booked_on"])
            for row in block
        ]
        found.append(
            IgnoreEntry(
                bank_account=block[0]["bank_account"],
                statement_id=statement_id,
                entry_id=entry_id,
                reason=f"direct debits {block[0]['batch_id']}",
            )
        )
    return found
