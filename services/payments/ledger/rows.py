"""The ledger: each movement of money once, with the account it is debited to and the one it is credited to.

5/1   acc-1   invoice   receivables   billed     40.00   effect  40.00   2026-10-01   INV-000001
6/1   acc-1   payment   clearing:…    unapplied  50.00   effect -50.00   2026-10-09
7/1   acc-1   allocation  unapplied   receivables 40.00  effect   0.00
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.payments.ledger.postings import Kind, Money, postings
from shared.engine.rows import Amount, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, copy


class PostingRow(Row, frozen=True, kw_only=True):
    """`seq` is the number of the event that says so, `n` the posting's place in it; `effect` by how much the account
    owes more.
    """

    TABLE = "posting_row"
    KEY = ("seq", "n")

    seq: int
    n: int
    account_id: str
    kind: Kind
    debit: str
    credit: str
    amount: Amount
    effect: Amount
    currency: str
    booked_on: date | None
    reference: str
    number: str
    invoice_id: str | None
    recorded_at: datetime
    actor: str | None


TABLES: Final = Tables(copy(PostingRow))


def rows(applied: AppliedOf[Money]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    for n, posting in enumerate(postings(event), 1):
        yield PostingRow.of(
            posting,
            seq=envelope.seq,
            n=n,
            account_id=event.account_id,
            currency=event.currency,
            recorded_at=envelope.recorded_at,
            actor=envelope.actor,
        )
