"""What the entries of a statement say of refunds that a person pays by transfer: that one has gone out.

DBIT 20.00, "RF71 R…"      ConfirmRefund rf-1, paid on the day of the entry

Each is made with a reference of ours; the entry of another amount, or a second one, is left to a person. A refund that
was said to have failed and went out all the same is paid late.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.payments.refund.messages import ConfirmRefund
from shared.engine.postgres import Pool
from shared.kernel.message import Command

_ENTRIES: Final = """
select distinct on (r.refund_id) r.refund_id, r.account_id, e.entry_id, e.booked_on
  from bank_entry_row e
  join refund_row r on r.statement_key in (e.reference_key, e.end_to_end_id)
                   and r.currency = e.currency and r.amount = -e.amount
 where e.statement_id = $1 and e.status = 'outgoing' and (length(e.end_to_end_id) = 12 or e.reference_key <> '')
   and r.way = 'transfer' and r.status <> 'paid'
 order by r.refund_id, e.place
"""


async def refund_commands(pool: Pool, statement_id: str) -> Sequence[Command]:
    """What is to be said to the accounts."""
    return [
        ConfirmRefund(
            account_id=row["account_id"],
            refund_id=row["refund_id"],
            paid_on=row["booked_on"],
            entry_id=row["entry_id"],
        )
        for row in await pool.fetch(_ENTRIES, statement_id)
    ]
